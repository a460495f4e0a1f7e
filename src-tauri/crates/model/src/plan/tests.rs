//! Reading and writing plan events: nothing unknown is lost, nothing wrong passes.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn person(id: usize, family: String) -> Member {
    Member {
        id: format!("p{id}:school.test"),
        role: Role::Student,
        name: Name {
            family,
            given: "Артём".into(),
            patronymic: None,
            other: Other::new(),
        },
        part: Some(As::Student),
        subjects: vec![],
        position: None,
        boards: BTreeMap::new(),
        children: vec![],
        verified: None,
        via: None,
        status: MemberStatus::Active,
        other: Other::new(),
    }
}

fn whole_people_event() -> Value {
    json!({
        "base": "$abc",
        "people": [{
            "id": "o.kuznetsova:school.test",
            "role": "parent",
            "as": "parent",
            "name": {"family": "Кузнецова", "given": "Ольга", "patronymic": "Андреевна"},
            "children": ["d.kuznetsova:school.test"],
            "verified": {"by": "@steward:school.test", "at": 1_795_000_000_000u64},
            "via": "01J",
            "status": "active",
        }],
    })
}

fn check<T: PlanContent + PartialEq + std::fmt::Debug>(content: Value) -> T {
    let read = T::read("", &content).expect("it is a good event");
    assert_eq!(read.write(), content, "a rewrite loses nothing");
    read
}

#[test]
fn every_kind_survives_a_rewrite() {
    let org: Org = check(json!({
        "kind": "school", "full_name": "МБОУ «Школа № 1»", "short_name": "Школа № 1", "inn": "7700000000",
        "school_year": 2026, "rooms": {"staff": "!s", "office": "!o", "reception": "!r", "museum": "!m"}, "motto": "x",
    }));
    assert_eq!(org.rooms.other["museum"], "!m");
    check::<Policy>(json!({
        "safe_mode": {"student": "forced", "parent": "default"}, "write_to": {"student": ["teacher", "student"]},
        "create_chats": ["teacher"], "quiet_hours": {"from": "21:00", "to": "07:00", "days": [1, 2]},
        "encrypt_direct": false,
    }));
    let class: Class = check(json!({
        "stage": 5, "letter": "А", "status": "active", "homeroom": "m.shchukina:school.test",
        "chats": ["students", "parents", "teachers", "robotics"], "base": "$b",
    }));
    assert_eq!(class.label(), "5А");
    assert_eq!(class.chats[3], ChatWish::Unknown("robotics".into()));
    check::<Chat>(json!({"room_id": "!c"}));
    check::<Invite>(json!({
        "public_key": "k", "role": "parent", "classes": ["01J"], "max_uses": 30, "expires_at": 1, "revoked": false,
    }));
    check::<Roster>(json!({
        "name": {"family": "Орлов", "given": "Пётр"}, "role": "student", "classes": {"01J": "student"},
        "contacts": [{"kind": "phone", "value": "+7 900 000-00-00"}],
    }));
    check::<Lease>(json!({"holder": "@steward:school.test", "device": "D", "until": 1}));
    let people: People = check(whole_people_event());
    assert_eq!(
        people.people[0].user_id().as_str(),
        "@o.kuznetsova:school.test"
    );
    assert_eq!(people.people[0].name.full(), "Кузнецова Ольга Андреевна");
}

#[test]
fn a_wrong_event_is_an_error_and_names_its_place() {
    let error = Class::read("01J", &json!({"stage": "five", "status": "active"})).unwrap_err();
    assert_eq!(
        (error.kind, error.state_key.as_str()),
        ("school.parta.class", "01J")
    );
    assert!(People::read("01J", &json!({})).is_err());
    assert!(People::read("01J", &json!({"people": [{"id": "x"}]})).is_err());
    assert!(Lease::read("", &json!({"holder": "@s:x", "device": "D", "until": 1.5})).is_err());
    assert!(Org::read("", &json!(null)).is_err());
}

#[test]
fn a_state_key_of_a_user_is_not_the_plans() {
    assert!(is_plan_key("01J/2"));
    assert!(!is_plan_key("@a.pupil:school.test"));
}

#[test]
fn a_class_keeps_its_bare_key_and_the_staff_is_numbered() {
    assert_eq!(people_key("01J", 0), "01J");
    assert_eq!(people_key("01J", 1), "01J/2");
    assert_eq!(people_key("staff", 0), "staff/1");
}

#[test]
fn an_emptied_list_is_still_one_part() {
    assert_eq!(split_people(vec![]), vec![Vec::<Member>::new()]);
}

proptest! {
    #[test]
    fn unknown_fields_survive_everywhere(field in "x_[a-z]{1,12}", text in ".{0,40}", number in any::<i64>()) {
        let mut content = whole_people_event();
        content[&field] = json!({"deep": [text, number]});
        content["people"][0][&field] = json!(text);
        content["people"][0]["name"][&field] = json!(number);
        content["people"][0]["verified"][&field] = json!(text);
        let read = People::read("k", &content).unwrap();
        prop_assert_eq!(read.write(), content);
    }

    #[test]
    fn unknown_words_survive(word in "[a-zа-я_]{1,20}") {
        let role = Role::from(word.as_str());
        prop_assert_eq!(role.as_str(), word.as_str());
        let content = json!({"status": word, "chats": [word]});
        prop_assert_eq!(Class::read("k", &content).unwrap().write(), content);
    }

    #[test]
    fn parts_fit_an_event_and_keep_the_order(lengths in prop::collection::vec(1usize..2_000, 0..260)) {
        let all: Vec<Member> = lengths.iter().enumerate().map(|(id, length)| person(id, "Я".repeat(*length))).collect();
        let parts = split_people(all.clone());
        for part in &parts {
            let event = People { people: part.clone(), base: Some("$".repeat(44)), other: Other::new() };
            prop_assert!(part.len() <= MAX_PEOPLE);
            prop_assert!(event.write().to_string().len() <= MAX_BYTES);
        }
        prop_assert_eq!(parts.concat(), all);
    }
}
