mod marks;
mod people;
pub(crate) mod undoing;

use super::*;
use crate::edit::{Edit, FieldChange, Merged, STAFF, Target};
use crate::plan::{As, Board, ClassStatus, Role, room_type};
use crate::{BadgeRole, ChatId, PlanEvent, PlanSource, UserId};
use serde_json::{Value, json};
use std::collections::BTreeMap;

pub(crate) fn user(login: &str) -> UserId {
    UserId::new(format!("@{login}:s"))
}

pub(crate) fn entry(login: &str, role: &str, part: Option<&str>, family: &str) -> Value {
    let mut entry = json!({"id": format!("{login}:s"), "role": role, "name": {"family": family, "given": "А"}, "status": "active", "later": 1});
    if let Some(part) = part {
        entry["as"] = part.into();
    }
    entry
}

pub(crate) fn place(id: &str, kind: &str, events: Vec<(&str, &str, Value)>) -> PlanSource {
    PlanSource {
        id: ChatId::new(id),
        kind: Some(kind.into()),
        founder: Some(user("steward")),
        guarded: true,
        administrator: true,
        levels: BTreeMap::from([
            (user("head"), 90),
            (user("steward"), 100),
            (user("maria"), 50),
        ]),
        events: events
            .into_iter()
            .map(|(kind, key, content)| PlanEvent {
                kind: format!("school.parta.{kind}"),
                key: key.into(),
                event: format!("${kind}/{key}"),
                content,
            })
            .collect(),
    }
}

pub(crate) fn class(stage: u8, letter: &str, homeroom: Option<&str>) -> Value {
    let mut class = json!({"stage": stage, "letter": letter, "status": "active", "chats": ["students", "parents", "teachers"], "later": {"x": 1}, "base": "$0"});
    if let Some(login) = homeroom {
        class["homeroom"] = format!("{login}:s").into();
    }
    class
}

/// 5А (homeroom: Maria), 6А and 11Б; Maria and Ivan work here, Petya and his mother are of 5А.
pub(crate) fn school() -> Vec<PlanSource> {
    let rooms = json!({"staff": "!staff", "office": "!office", "reception": "!reception"});
    let org = json!({"kind": "school", "full_name": "Школа № 1", "short_name": "Школа 1", "school_year": 2026, "rooms": rooms, "later": true});
    let staff = vec![
        entry("maria", "teacher", None, "Щукина"),
        entry("ivan", "staff", None, "Белов"),
    ];
    let fifth = vec![
        entry("maria", "teacher", Some("homeroom"), "Щукина"),
        entry("petya", "student", Some("student"), "Ёлкин"),
        entry("mother", "parent", Some("parent"), "Ёлкина"),
    ];
    vec![
        place(
            "!org",
            room_type::ORGANISATION,
            vec![
                ("org", "", org),
                ("class", "5a", class(5, "А", Some("maria"))),
                ("class", "6a", class(6, "А", None)),
                ("class", "11b", class(11, "Б", None)),
            ],
        ),
        place(
            "!staff",
            room_type::STAFF,
            vec![
                ("people", "staff/1", json!({ "people": staff })),
                ("people", "5a", json!({ "people": fifth })),
            ],
        ),
    ]
}

pub(crate) fn plan() -> OrgPlan {
    OrgPlan::read(&school(), &ChatId::new("!org")).unwrap()
}

fn cabinet(plan: &OrgPlan) -> Cabinet {
    plan.show(&user("steward"), std::iter::empty()).unwrap()
}

/// Lays edits over a plan that must all fit.
pub(crate) fn done(mut plan: OrgPlan, edits: &[Edit]) -> OrgPlan {
    for edit in edits {
        assert!(
            plan.lay(edit)
                .iter()
                .all(|merged| *merged == Merged::Applied),
            "{edit:?}"
        );
    }
    plan
}

fn person(plan: &OrgPlan, login: &str) -> CabinetPerson {
    cabinet(plan)
        .people
        .into_iter()
        .find(|person| person.id == user(login))
        .unwrap()
}

fn of_class(plan: &OrgPlan, id: &str) -> CabinetClass {
    cabinet(plan)
        .classes
        .into_iter()
        .find(|class| class.id == id)
        .unwrap()
}

#[test]
fn the_cabinet_shows_classes_in_order_and_everybody_once() {
    let cabinet = cabinet(&plan());
    let labels: Vec<_> = cabinet
        .classes
        .iter()
        .map(|class| class.label.as_str())
        .collect();
    assert_eq!(labels, ["5А", "6А", "11Б"]);
    let names: Vec<_> = cabinet
        .people
        .iter()
        .map(|person| person.name.as_str())
        .collect();
    assert_eq!(names, ["Белов А", "Ёлкин А", "Ёлкина А", "Щукина А"]);
    let fifth = &cabinet.classes[0];
    assert_eq!((fifth.students, fifth.parents, fifth.teachers), (1, 1, 1));
    assert_eq!(fifth.homeroom, Some(user("maria")));
    let administrators: Vec<_> = cabinet
        .administrators
        .iter()
        .map(|one| (one.id.clone(), one.owner))
        .collect();
    assert_eq!(
        administrators,
        [(user("steward"), true), (user("head"), false)]
    );
}

#[test]
fn who_is_no_administrator_or_can_not_see_the_people_has_no_cabinet() {
    let organisation = ChatId::new("!org");
    for place in 0..2 {
        let mut sources = school();
        sources[place].administrator = false;
        assert!(OrgPlan::read(&sources, &organisation).is_none());
        let mut sources = school();
        sources[place].guarded = false;
        assert!(OrgPlan::read(&sources, &organisation).is_none());
    }
    assert!(OrgPlan::read(&school()[..1], &organisation).is_none());
}

#[test]
fn a_new_year_leads_every_class_on_and_the_last_one_out_in_one_step() {
    let plan = plan();
    let steps: Vec<_> = plan
        .promotion(None)
        .into_iter()
        .map(|step| (step.label, step.becomes, step.clashes))
        .collect();
    let promoted = |label: &str, stage: u8| Becomes::Promoted {
        label: label.into(),
        stage,
    };
    assert_eq!(
        steps,
        [
            ("5А".into(), promoted("6А", 6), false),
            ("6А".into(), promoted("7А", 7), false),
            ("11Б".into(), Becomes::Graduated, false),
        ]
    );
    let edits = plan.promote(None).unwrap();
    assert_eq!(edits.len(), 3, "one event for each class");
    let after = done(plan.clone(), &edits);
    assert_eq!(of_class(&after, "5a").label, "6А");
    assert_eq!(of_class(&after, "11b").status, ClassStatus::Graduated);
    assert_eq!(cabinet(&after).school_year, 2027);
    let next = done(after.clone(), &after.promote(None).unwrap());
    assert_eq!(cabinet(&next).school_year, 2028);
    // And back.
    let opposites: Vec<Edit> = edits.iter().rev().map(Edit::opposite).collect();
    assert_eq!(done(after, &opposites), plan);
}

#[test]
fn the_school_is_in_the_year_of_most_of_its_classes() {
    let plan = plan();
    let one = ["6a".to_owned()];
    let after = done(plan.clone(), &plan.promote(Some(&one)).unwrap());
    assert_eq!(cabinet(&after).school_year, 2026);
    let two = ["5a".to_owned(), "11b".to_owned()];
    let after = done(after.clone(), &after.promote(Some(&two)).unwrap());
    assert_eq!(cabinet(&after).school_year, 2027);
    let new = NewClass {
        stage: Some(1),
        letter: Some("А".into()),
        title: None,
    };
    let more = after.add_classes(&[new], || "1a".into()).unwrap();
    assert_eq!(cabinet(&done(after, &more)).school_year, 2027);
}

#[test]
fn a_group_of_a_college_keeps_its_name_and_goes_on_to_the_next_course() {
    let mut sources = school();
    for event in &mut sources[0].events {
        if event.kind == "school.parta.org" {
            event.content["kind"] = "college".into();
        }
        if event.key == "5a" {
            event.content["title"] = "ИС-21".into();
            event.content["stage"] = 2.into();
        }
        if event.key == "6a" {
            event.content["stage"] = 4.into();
        }
    }
    let plan = OrgPlan::read(&sources, &ChatId::new("!org")).unwrap();
    let only = ["5a".to_owned(), "6a".to_owned()];
    let steps = plan.promotion(Some(&only)).into_iter();
    let becomes: Vec<_> = steps.map(|step| step.becomes).collect();
    let label = "ИС-21".to_owned();
    assert!(becomes.contains(&Becomes::Promoted { label, stage: 3 }));
    assert!(becomes.contains(&Becomes::Graduated));
    let after = done(plan.clone(), &plan.promote(Some(&only)).unwrap());
    assert_eq!(of_class(&after, "5a").stage, Some(3));
}

#[test]
fn a_class_is_not_promoted_onto_one_that_stays() {
    let only = ["5a".to_owned()];
    let steps = plan().promotion(Some(&only));
    assert!(steps.len() == 1 && steps[0].clashes);
    assert_eq!(plan().promote(Some(&only)), Err(ActError::ClassExists));
    let both = ["5a".to_owned(), "6a".to_owned()];
    assert_eq!(plan().promote(Some(&both)).unwrap().len(), 2);
}

#[test]
fn classes_are_made_many_at_once_and_none_twice() {
    let new = |letter: &str| NewClass {
        stage: Some(7),
        letter: Some(letter.into()),
        title: None,
    };
    let mut number = 0;
    let mut ids = || {
        number += 1;
        format!("new{number}")
    };
    let edits = plan()
        .add_classes(&[new("А"), new(" Б ")], &mut ids)
        .unwrap();
    let after = done(plan(), &edits);
    assert_eq!(of_class(&after, "new2").label, "7Б");
    assert_eq!(
        plan().add_classes(&[new("А"), new("А")], &mut ids),
        Err(ActError::ClassExists)
    );
    let there = NewClass {
        stage: Some(6),
        letter: Some("А".into()),
        title: None,
    };
    assert_eq!(
        plan().add_classes(&[there], &mut ids),
        Err(ActError::ClassExists)
    );
    assert_eq!(
        plan().add_classes(&[NewClass::default()], &mut ids),
        Err(ActError::NoName)
    );
}

#[test]
fn a_good_number_of_the_tax_office_is_wanted_and_blanks_are_nothing() {
    let fields = |inn: &str, kpp: &str| OrgFields {
        inn: Some(inn.into()),
        kpp: Some(kpp.into()),
        phone: Some("  ".into()),
        ..cabinet(&plan()).org
    };
    assert_eq!(
        plan().set_org(&fields("7707083894", "")),
        Err(ActError::BadInn)
    );
    assert_eq!(
        plan().set_org(&fields("7707083893", "77")),
        Err(ActError::BadKpp)
    );
    let after = done(
        plan(),
        &plan().set_org(&fields("7707083893", "773601001")).unwrap(),
    );
    let org = cabinet(&after).org;
    assert_eq!((org.inn.as_deref(), org.phone), (Some("7707083893"), None));
    let nameless = OrgFields {
        full_name: " ".into(),
        ..cabinet(&plan()).org
    };
    assert_eq!(plan().set_org(&nameless), Err(ActError::NoName));
}

#[test]
fn check_digits_tell_a_wrong_number() {
    for good in ["7707083893", "7830002293", "500100732259"] {
        assert!(is_inn(good), "{good}");
    }
    for bad in [
        "7707083892",
        "500100732258",
        "500100732269",
        "12345",
        "",
        "77070838٩3",
        "77070838931",
    ] {
        assert!(!is_inn(bad), "{bad}");
    }
    assert!(is_kpp("773601001") && is_kpp("7736AB001"));
    assert!(!is_kpp("77360100") && !is_kpp("7736ab001") && !is_kpp("A73601001"));
}

#[test]
fn an_unreadable_class_is_counted_and_left_alone() {
    let mut sources = school();
    sources[0].events.push(PlanEvent {
        kind: "school.parta.class".into(),
        key: "bad".into(),
        event: String::new(),
        content: json!({"stage": "five"}),
    });
    let plan = OrgPlan::read(&sources, &ChatId::new("!org")).unwrap();
    assert_eq!(cabinet(&plan).unreadable, 1);
    assert_eq!(
        plan.set_class_status(&["bad".into()], &ClassStatus::Deleted),
        Err(ActError::Unreadable)
    );
    assert!(
        plan.promote(None)
            .unwrap()
            .iter()
            .all(|edit| edit.target != Target::Class("bad".into()))
    );
}
