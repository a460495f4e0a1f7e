//! The people of the organisations as they are looked for, and what a card says of them.

use super::*;
use crate::PersonStatus;
use crate::contacts::Contact;

/// The school with the staff's own list: a head, somebody who has left, and Olga as the mother of Dasha and Ilya.
fn with_staff() -> Vec<PlanSource> {
    let mut sources = school("!org");
    let staff = vec![
        person("maria", "teacher", None, "active"),
        person("head", "staff", None, "active"),
        person("gone", "teacher", None, "removed"),
    ];
    sources.push(source(
        "!org-staff",
        room_type::STAFF,
        vec![people("staff/1", staff)],
    ));
    let class = &mut sources[1].events[0].content["people"][2];
    class["children"] = json!([format!("dasha:{SERVER}"), format!("ilya:{SERVER}")]);
    sources
}

fn contact(directory: &Directory, login: &str) -> Option<Contact> {
    let all = directory.contacts(&[user("ilya"), user("olga")]);
    let mut of: Vec<Contact> = all
        .into_iter()
        .filter(|contact| contact.id == user(login))
        .collect();
    assert!(of.len() < 2, "{login} twice");
    of.pop()
}

#[test]
fn people_come_with_their_classes_and_what_they_are_to_the_one_who_looks() {
    let directory = read(&with_staff(), "dasha");
    let maria = contact(&directory, "maria").unwrap();
    let classes: Vec<_> = maria
        .classes
        .iter()
        .map(|class| (class.id.as_str(), class.label.as_str(), class.stage))
        .collect();
    assert_eq!(classes, [("5a", "5А", Some(5)), ("5b", "5Б", Some(5))]);
    assert_eq!(
        (maria.family.as_str(), maria.given.as_str()),
        ("MARIA", "Мария")
    );
    assert_eq!(maria.patronymic.as_deref(), Some("Петровна"));
    assert_eq!((maria.own_class, maria.recent), (true, None));
    let ilya = contact(&directory, "ilya").unwrap();
    assert_eq!((ilya.own_class, ilya.recent), (false, Some(0)));
    assert_eq!(ilya.organisation, ChatId::new("!org"));
}

#[test]
fn who_has_left_is_known_to_those_who_work_here_and_to_nobody_else() {
    let organisation = ChatId::new("!org");
    for (me, knows) in [
        ("maria", true),
        ("head", true),
        ("dasha", false),
        ("olga", false),
        ("stranger", false),
    ] {
        let directory = read(&with_staff(), me);
        let gone = contact(&directory, "gone").map(|contact| contact.status);
        assert_eq!(gone, knows.then_some(PersonStatus::Removed), "{me}");
        let badge = directory.badge_of(&organisation, &user("gone"));
        assert_eq!(
            badge.map(|(_, former)| former),
            knows.then_some(true),
            "{me}"
        );
        assert_eq!(
            directory.card_badges(&user("gone")).len(),
            usize::from(knows)
        );
        // Nowhere else he is one of them.
        assert_eq!(directory.badge(&user("gone")), None);
    }
}

#[test]
fn a_card_knows_children_and_parents_by_their_true_names() {
    let directory = read(&with_staff(), "maria");
    let names = |found: Vec<Found>| -> Vec<String> {
        found.into_iter().map(|found| found.person.name).collect()
    };
    assert_eq!(
        names(directory.children(&user("olga"))),
        ["DASHA Мария Петровна", "ILYA Мария Петровна"]
    );
    assert_eq!(
        names(directory.parents(&user("ilya"))),
        ["OLGA Мария Петровна"]
    );
    assert!(directory.children(&user("maria")).is_empty());
}

#[test]
fn somebody_is_edited_in_the_cabinets_of_those_who_run_his_organisation() {
    let mut sources = with_staff();
    let cabinets =
        |sources: &[PlanSource], who: &str| read(sources, "head").cabinets_of(&user(who));
    assert!(cabinets(&sources, "dasha").is_empty());
    sources[0].administrator = true;
    let own = [ChatId::new("!org")];
    assert_eq!(cabinets(&sources, "dasha"), own);
    assert_eq!(cabinets(&sources, "gone"), own);
    assert!(cabinets(&sources, "stranger").is_empty());
}

#[test]
fn a_chat_of_a_class_tells_who_is_in_it_without_its_list_of_members() {
    let mut sources = with_staff();
    let chat = event("school.parta.chat", "parents", json!({"room_id": "!p"}));
    sources[1].events.push(chat);
    let directory = read(&sources, "maria");
    let is_in = |chat: &str, who: &str| directory.is_wanted_in(&ChatId::new(chat), &user(who));
    assert_eq!(is_in("!p", "olga"), Some(true));
    assert_eq!(is_in("!p", "dasha"), Some(false));
    assert_eq!(is_in("!elsewhere", "olga"), None);
}
