//! Whose word it is what somebody is called.

use super::*;

#[test]
fn two_organisations_stand_side_by_side() {
    let mut sources = school("!b");
    let mut other = school("!a");
    other.truncate(1);
    other[0].events[0].content["kind"] = json!("college");
    other[0].events.push(people(
        "staff/2",
        vec![person("olga", "staff", None, "active")],
    ));
    sources.extend(other);
    let directory = read(&sources, "dasha");
    let olga = user("olga");
    let roles: Vec<_> = directory
        .badges(&olga)
        .map(|(o, badge)| (o.id.as_str(), badge.role, badge.organisation))
        .collect();
    // The one that dasha belongs to comes first although its id is later.
    assert_eq!(
        roles,
        [
            ("!b", BadgeRole::Parent, OrganisationKind::School),
            ("!a", BadgeRole::Staff, OrganisationKind::College),
        ]
    );
    // A stranger's organisation can call nobody a colleague.
    let mut fake = school("!c");
    fake.truncate(1);
    fake[0].events.push(people(
        "staff/2",
        vec![person("eve", "staff", None, "active")],
    ));
    sources.extend(fake);
    let directory = read(&sources, "dasha");
    assert_eq!(directory.badge(&user("eve")), None);
    assert_eq!(directory.badges(&user("eve")).count(), 1);
}

#[test]
fn the_service_account_is_nobodys_colleague() {
    let directory = read(&school("!org"), "dasha");
    assert!(directory.is_service(&user("steward")));
    assert!(!directory.is_service(&user("maria")) && !directory.is_service(&user("stranger")));
    let in_chat = |login: &str| {
        let person = Person {
            id: user(login),
            name: "Служба".into(),
            avatar: None,
            mark: PersonMark::None,
        };
        directory.in_chat(person).1.map(|badge| badge.role)
    };
    // In a chat it is shown as what it is, and a stranger is not.
    assert_eq!(in_chat("steward"), Some(BadgeRole::Other));
    assert_eq!(in_chat("maria"), Some(BadgeRole::Teacher));
    assert_eq!(in_chat("stranger"), None);

    // Who founded it by hand and was removed is not its service: what he calls himself is his own word.
    let mut sources = school("!org");
    sources[0].founder = Some(user("gone"));
    assert!(read(&sources, "dasha").is_service(&user("gone")));
    sources[0].events.push(people(
        "staff/9",
        vec![person("gone", "staff", None, "removed")],
    ));
    assert!(!read(&sources, "dasha").is_service(&user("gone")));
}
