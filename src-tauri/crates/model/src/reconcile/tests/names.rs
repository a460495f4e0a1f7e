//! Names and pictures follow the kind of the organisation.

use super::*;
use crate::cabinet::NewClass;
use crate::cabinet::tests::school;
use crate::reconcile::wanted::places;

/// An organisation of a kind, with a group that its cabinet has added.
fn of_kind(kind: &str) -> OrgPlan {
    let mut sources = school();
    let org = sources[0]
        .events
        .iter_mut()
        .find(|event| event.key.is_empty());
    org.unwrap().content["kind"] = json!(kind);
    let plan = OrgPlan::read(&sources, &ChatId::new("!org")).unwrap();
    let new = NewClass {
        stage: None,
        letter: None,
        title: Some("Ромашки".to_owned()),
    };
    let edits = plan.add_classes(&[new], || "new".to_owned());
    changed(plan, edits)
}

/// What the chats of the new group and of the organisation are called.
fn names(kind: &str) -> Vec<String> {
    let plan = of_kind(kind);
    let own = |key: &PlaceKey| match key {
        PlaceKey::ClassChat(class, _) => class == "new",
        PlaceKey::OrgChat(_) => true,
        _ => false,
    };
    let places = places(&plan).into_iter().filter(|place| own(&place.key));
    let mut names: Vec<String> = places.filter_map(|place| place.name).collect();
    names.sort();
    names
}

#[test]
fn a_kindergartens_groups_have_no_chat_of_their_pupils() {
    let names = names("kindergarten");
    let group: Vec<_> = names
        .iter()
        .filter(|name| name.contains("Ромашки"))
        .collect();
    assert_eq!(group, ["Ромашки · воспитатели", "Ромашки · родители"]);
}

#[test]
fn chats_are_called_by_the_words_of_their_kind() {
    for (kind, group, whole) in [
        (
            "school",
            [
                "Ромашки · родители",
                "Ромашки · ученики",
                "Ромашки · учителя",
            ],
            ["Учительский чат", "Школа 1 · совет учеников"],
        ),
        (
            "college",
            [
                "Ромашки · преподаватели",
                "Ромашки · родители",
                "Ромашки · студенты",
            ],
            ["Преподаватели и сотрудники", "Школа 1 · студенческий совет"],
        ),
    ] {
        let names = names(kind);
        for name in group.iter().chain(&whole) {
            assert!(names.iter().any(|one| one == name), "{name} in {names:?}");
        }
    }
}
