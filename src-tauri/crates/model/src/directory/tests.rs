//! What a plan makes of people, and what it must not.

mod contacts;
mod marks;
mod places;
mod vouching;

use super::*;
use crate::plan::room_type;
use crate::{BadgeRole, PersonMark};
use proptest::prelude::*;
use serde_json::json;

const SERVER: &str = "school.test";

fn user(login: &str) -> UserId {
    UserId::new(format!("@{login}:{SERVER}"))
}

fn event(kind: &str, key: &str, content: Value) -> PlanEvent {
    PlanEvent {
        kind: kind.into(),
        key: key.into(),
        event: String::new(),
        content,
    }
}

fn person(login: &str, role: &str, part: Option<&str>, status: &str) -> Value {
    let mut person = json!({
        "id": format!("{login}:{SERVER}"), "role": role, "status": status,
        "name": {"family": login.to_uppercase(), "given": "Мария", "patronymic": "Петровна"},
    });
    if let Some(part) = part {
        person["as"] = json!(part);
    }
    person
}

fn people(key: &str, people: Vec<Value>) -> PlanEvent {
    event("school.parta.people", key, json!({"people": people}))
}

fn source(id: &str, kind: &str, events: Vec<PlanEvent>) -> PlanSource {
    PlanSource {
        id: ChatId::new(id),
        kind: Some(kind.into()),
        founder: Some(user("steward")),
        guarded: true,
        administrator: false,
        levels: Default::default(),
        events,
    }
}

/// An organisation of 5А (taught by `maria`), 5Б and 10А with their spaces, as `!org…` rooms.
fn school(id: &str) -> Vec<PlanSource> {
    let class =
        |stage: u8, letter: &str| json!({"stage": stage, "letter": letter, "status": "active"});
    let chat = |room: String| json!({ "room_id": room });
    let org = vec![
        event(
            "school.parta.org",
            "",
            json!({
                "kind": "school", "full_name": "Школа № 1", "short_name": "Школа № 1", "school_year": 2026,
                "rooms": {"staff": format!("{id}-staff"), "office": "!o", "reception": "!r"},
            }),
        ),
        event("school.parta.class", "5b", class(5, "Б")),
        event("school.parta.class", "10a", class(10, "А")),
        event("school.parta.class", "5a", class(5, "А")),
        event("school.parta.chat", "class/5a", chat(format!("{id}-5a"))),
        event("school.parta.chat", "class/5b", chat(format!("{id}-5b"))),
        people("staff/1", vec![person("maria", "teacher", None, "active")]),
    ];
    let five_a = vec![
        person("maria", "teacher", Some("homeroom"), "active"),
        person("dasha", "student", Some("student"), "active"),
        person("olga", "parent", Some("parent"), "active"),
    ];
    let five_b = vec![
        person("maria", "teacher", Some("teacher"), "active"),
        person("ilya", "student", Some("student"), "active"),
        person("olga", "parent", Some("parent"), "active"),
    ];
    vec![
        source(id, room_type::ORGANISATION, org),
        source(
            &format!("{id}-5a"),
            room_type::CLASS,
            vec![people("5a", five_a)],
        ),
        source(
            &format!("{id}-5b"),
            room_type::CLASS,
            vec![people("5b", five_b)],
        ),
    ]
}

fn read(sources: &[PlanSource], me: &str) -> Directory {
    Directory::read(sources, &user(me))
}

#[test]
fn a_person_of_several_classes_has_one_badge() {
    let directory = read(&school("!org"), "dasha");
    let maria = user("maria");
    let badge = directory.badge(&maria).unwrap();
    assert_eq!(badge.name, "MARIA Мария Петровна");
    assert_eq!(badge.role, BadgeRole::Teacher);
    assert_eq!(
        (badge.classes.clone(), badge.homeroom.clone()),
        (vec!["5А".into(), "5Б".into()], vec!["5А".into()])
    );
    assert_eq!(directory.badges(&maria).count(), 1);
    assert_eq!(
        directory.badge(&user("olga")).unwrap().classes,
        ["5А", "5Б"]
    );
    assert_eq!(directory.skipped, 0);
}

#[test]
fn a_removed_person_has_no_badge() {
    let mut sources = school("!org");
    sources[1].events = vec![people(
        "5a",
        vec![
            person("dasha", "student", Some("student"), "removed"),
            person("olga", "parent", Some("parent"), "expelled"),
        ],
    )];
    let directory = read(&sources, "ilya");
    assert_eq!(directory.badge(&user("dasha")), None);
    assert_eq!(directory.badge(&user("olga")).unwrap().classes, ["5Б"]);
}

#[test]
fn a_dismissed_teacher_has_no_badge_though_a_class_still_lists_him() {
    let mut sources = school("!org");
    let staff = sources[0]
        .events
        .iter_mut()
        .find(|e| e.key == "staff/1")
        .unwrap();
    *staff = people("staff/1", vec![person("maria", "teacher", None, "removed")]);
    assert_eq!(read(&sources, "dasha").badge(&user("maria")), None);
}

#[test]
fn a_graduated_class_gives_no_badges() {
    let mut sources = school("!org");
    let class = sources[0]
        .events
        .iter_mut()
        .find(|e| e.key == "5b")
        .unwrap();
    class.content["status"] = json!("graduated");
    let directory = read(&sources, "dasha");
    assert_eq!(directory.badge(&user("ilya")), None);
    assert_eq!(directory.badge(&user("maria")).unwrap().classes, ["5А"]);
}

#[test]
fn a_chat_that_says_it_is_an_organisation_is_none() {
    let mut sources = school("!org");
    sources[0].kind = None;
    assert_eq!(read(&sources, "dasha").organisations(), []);
    let mut sources = school("!org");
    sources[0].guarded = false;
    assert_eq!(read(&sources, "dasha").organisations(), []);
}

#[test]
fn people_are_read_only_where_the_organisation_keeps_them() {
    let mut sources = school("!org");
    // A chat, a class space about another class, one that anybody may write, and a user's own key.
    let fake = vec![person("eve", "staff", None, "active")];
    sources.push(source(
        "!chat",
        room_type::CLASS,
        vec![people("5a", fake.clone()), people("staff/1", fake.clone())],
    ));
    sources[1].events.push(people("5b", fake.clone()));
    sources[1].events.push(people("staff/2", fake.clone()));
    sources[0]
        .events
        .push(people("@eve:school.test", fake.clone()));
    sources[0].events.push(people("5a", fake.clone()));
    sources[2].events.push(people("5b/x", fake));
    let directory = read(&sources, "dasha");
    assert_eq!(directory.badge(&user("eve")), None);
    sources[2].guarded = false;
    assert_eq!(read(&sources, "dasha").badge(&user("ilya")), None);
}

#[test]
fn the_staff_room_is_the_master_copy() {
    let mut sources = school("!org");
    let master = vec![person("nova", "student", Some("student"), "active")];
    sources.push(source(
        "!org-staff",
        room_type::STAFF,
        vec![people("10a", master.clone()), people("5b", master)],
    ));
    let directory = read(&sources, "maria");
    assert_eq!(
        directory.badge(&user("nova")).unwrap().classes,
        ["5Б", "10А"]
    );
    assert_eq!(directory.badge(&user("ilya")), None);
    sources[3].kind = None;
    assert_eq!(read(&sources, "maria").badge(&user("nova")), None);
}

#[test]
fn a_long_list_is_read_from_all_its_parts() {
    let mut sources = school("!org");
    sources[1].events.push(people(
        "5a/2",
        vec![person("late", "student", Some("student"), "active")],
    ));
    let directory = read(&sources, "dasha");
    assert_eq!(directory.badge(&user("late")).unwrap().classes, ["5А"]);
    assert!(directory.badge(&user("dasha")).is_some());
}

#[test]
fn classes_to_make_a_chat_of_are_those_one_teaches() {
    let mut sources = school("!org");
    let labels = |sources: &[PlanSource], me: &str| -> Vec<String> {
        read(sources, me)
            .taught()
            .into_iter()
            .map(|class| class.label)
            .collect()
    };
    assert_eq!(labels(&sources, "maria"), ["5А", "5Б"]);
    assert_eq!(labels(&sources, "dasha"), Vec::<String>::new());
    let class = read(&sources, "maria").taught().remove(0);
    assert_eq!(class.id, "!org/5a");
    assert_eq!(
        (
            class.students.len(),
            class.parents.len(),
            class.teachers.len()
        ),
        (1, 1, 0)
    );
    sources[0].administrator = true;
    assert_eq!(labels(&sources, "head"), ["5А", "5Б", "10А"]);
}

#[test]
fn the_policy_decides_about_encryption_and_who_makes_chats() {
    let mut sources = school("!org");
    let directory = read(&sources, "dasha");
    assert!(directory.encrypts(&user("maria")) && directory.may_create_chats());
    let policy = json!({"create_chats": ["teacher"], "encrypt_direct": false});
    sources[0]
        .events
        .push(event("school.parta.policy", "", policy));
    let directory = read(&sources, "dasha");
    assert!(!directory.encrypts(&user("maria")) && !directory.may_create_chats());
    assert!(directory.encrypts(&user("stranger")));
    assert!(read(&sources, "maria").may_create_chats());
    assert!(read(&sources, "stranger").may_create_chats());
}

#[test]
fn a_name_is_one_line_that_hides_nothing() {
    let mut sources = school("!org");
    let mut trick = person("olga", "parent", Some("parent"), "active");
    trick["name"]["family"] = json!("Ольга\u{202e}\n\u{200b} Петрова");
    let mut empty = person("nobody", "student", Some("student"), "active");
    empty["name"] = json!({"family": "\u{200b}", "given": ""});
    let mut lost = person("x", "student", Some("student"), "active");
    lost["id"] = json!("no server");
    sources[1].events = vec![people("5a", vec![trick, empty, lost])];
    let directory = read(&sources[..2], "dasha");
    assert_eq!(
        directory.badge(&user("olga")).unwrap().name,
        "Ольга Петрова Мария Петровна"
    );
    assert_eq!((directory.people().len(), directory.skipped), (2, 2));
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        let field = prop_oneof![
            "[a-z]{1,6}",
            Just("people".to_owned()),
            Just("status".to_owned()),
            Just("room_id".to_owned())
        ];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::hash_map(field, inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn a_broken_event_harms_only_itself(which in 0usize..10, content in any_json()) {
        let mut sources = school("!org");
        let events: Vec<(usize, usize)> = sources.iter().enumerate()
            .flat_map(|(s, source)| (0..source.events.len()).map(move |e| (s, e))).collect();
        let (s, e) = events[which % events.len()];
        sources[s].events[e].content = content;
        let directory = read(&sources, "dasha");
        for badge in directory.people().values() {
            prop_assert!(!badge.name.is_empty());
        }
        // 5Б is told by its own space alone: what breaks in that of 5А leaves it as it was.
        if s == 1 {
            prop_assert_eq!(&directory.badge(&user("ilya")).unwrap().classes, &["5Б"]);
        }
    }

    #[test]
    fn the_order_in_which_a_plan_comes_changes_nothing(seed in any::<u64>()) {
        let mut sources = school("!org");
        sources.extend(school("!other"));
        let expected = read(&sources, "dasha");
        let mut state = seed;
        let mut next = |most: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(state >> 33).unwrap_or(0) % most
        };
        for index in (1..sources.len()).rev() {
            let other = next(index + 1);
            sources.swap(index, other);
        }
        for source in &mut sources {
            for index in (1..source.events.len()).rev() {
                let other = next(index + 1);
                source.events.swap(index, other);
            }
        }
        prop_assert_eq!(read(&sources, "dasha"), expected);
    }
}
