mod sending;

use super::*;
use crate::plan::{MAX_BYTES, MAX_PEOPLE};
use proptest::prelude::*;
use serde_json::json;
use std::collections::BTreeMap;

fn change(field: &str, from: Value, to: Value) -> FieldChange {
    FieldChange {
        person: None,
        field: Some(field.to_owned()),
        from,
        to,
    }
}

fn of(person: &str, change: FieldChange) -> FieldChange {
    FieldChange {
        person: Some(person.to_owned()),
        ..change
    }
}

fn come(person: &str) -> FieldChange {
    FieldChange {
        person: Some(person.to_owned()),
        field: None,
        from: Value::Null,
        to: json!({"id": person, "role": "student"}),
    }
}

fn people(parts: &[(&str, Value)]) -> Document {
    Document::People {
        list: "5a".to_owned(),
        parts: parts
            .iter()
            .map(|(key, content)| ((*key).to_owned(), content.clone()))
            .collect(),
    }
}

fn ids(document: &Document) -> Vec<String> {
    let Document::People { parts, .. } = document else {
        panic!("a list of people");
    };
    let entries = parts
        .values()
        .flat_map(|part| part["people"].as_array().unwrap());
    entries
        .map(|entry| entry["id"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn two_who_change_different_fields_both_keep_theirs() {
    let mut class = Document::Single(json!({"stage": 5, "letter": "А", "homeroom": "a:s"}));
    assert_eq!(
        class.merge(&change("stage", json!(5), json!(6))),
        Merged::Applied
    );
    assert_eq!(
        class.merge(&change("homeroom", json!("a:s"), json!("b:s"))),
        Merged::Applied
    );
    assert_eq!(
        class,
        Document::Single(json!({"stage": 6, "letter": "А", "homeroom": "b:s"}))
    );
}

#[test]
fn a_field_that_another_has_changed_since_is_a_conflict_and_stays_his() {
    let mut class = Document::Single(json!({"stage": 7}));
    let mine = change("stage", json!(5), json!(6));
    assert_eq!(class.merge(&mine), Merged::Conflict(json!(7)));
    assert_eq!(class, Document::Single(json!({"stage": 7})));
    assert_eq!(
        class.merge(&change("stage", json!(6), json!(7))),
        Merged::Already
    );
}

#[test]
fn fields_that_this_version_does_not_know_stay() {
    let mut class = Document::Single(json!({"stage": 5, "later": {"x": [1]}, "base": "$1"}));
    class.merge(&change("stage", json!(5), Value::Null));
    assert_eq!(
        class,
        Document::Single(json!({"later": {"x": [1]}, "base": "$1"}))
    );
}

#[test]
fn what_can_not_be_read_is_never_overwritten() {
    for broken in [json!("a text"), json!([1])] {
        let mut class = Document::Single(broken.clone());
        assert_eq!(
            class.merge(&change("stage", Value::Null, json!(6))),
            Merged::Unreadable
        );
        assert_eq!(class, Document::Single(broken));
    }
    let mut list = people(&[("5a", json!({"people": "none"}))]);
    assert_eq!(list.merge(&come("new:s")), Merged::Unreadable);
}

#[test]
fn a_new_class_is_not_laid_over_one_that_is_there() {
    let new = FieldChange {
        person: None,
        field: None,
        from: Value::Null,
        to: json!({"stage": 5, "status": "active"}),
    };
    let mut nothing = Document::Single(Value::Null);
    assert_eq!(nothing.merge(&new), Merged::Applied);
    assert_eq!(nothing.merge(&new), Merged::Already);
    assert_eq!(nothing.merge(&new.opposite()), Merged::Applied);
    assert_eq!(nothing, Document::Single(Value::Null));
    let mut other = Document::Single(json!({"stage": 6, "base": "$1"}));
    assert_eq!(other.merge(&new), Merged::Conflict(json!({"stage": 6})));
}

#[test]
fn a_person_is_found_in_any_part_and_stays_there() {
    let mut list = people(&[
        (
            "5a",
            json!({"people": [{"id": "a:s", "status": "active"}], "later": 1}),
        ),
        (
            "5a/2",
            json!({"people": [{"id": "b:s", "status": "active", "note": "x"}]}),
        ),
    ]);
    let gone = change("status", json!("active"), json!("removed"));
    assert_eq!(list.merge(&of("b:s", gone.clone())), Merged::Applied);
    let expected = people(&[
        (
            "5a",
            json!({"people": [{"id": "a:s", "status": "active"}], "later": 1}),
        ),
        (
            "5a/2",
            json!({"people": [{"id": "b:s", "status": "removed", "note": "x"}]}),
        ),
    ]);
    assert_eq!(list, expected);
    // Somebody who has gone meanwhile is not made up again from one field.
    assert_eq!(list.merge(&of("c:s", gone)), Merged::Conflict(Value::Null));
}

#[test]
fn a_full_part_is_followed_by_another_and_none_grows_too_large() {
    let mut list = people(&[]);
    for number in 0..MAX_PEOPLE + 1 {
        assert_eq!(list.merge(&come(&format!("p{number}:s"))), Merged::Applied);
    }
    let Document::People { parts, .. } = &list else {
        unreachable!()
    };
    assert_eq!(parts.keys().collect::<Vec<_>>(), ["5a", "5a/2"]);
    let long = json!("я".repeat(MAX_BYTES / 4));
    for person in ["p0:s", "p1:s", "p2:s"] {
        assert_eq!(
            list.merge(&of(person, change("position", Value::Null, long.clone()))),
            Merged::Applied
        );
    }
    let Document::People { parts, .. } = &list else {
        unreachable!()
    };
    assert!(
        parts
            .values()
            .all(|part| part.to_string().len() <= MAX_BYTES)
    );
    assert_eq!(ids(&list).len(), MAX_PEOPLE + 1);
}

#[test]
fn an_edit_that_changes_a_field_twice_is_in_once_its_last_word_is() {
    let edit = Edit {
        target: Target::Class("5a".into()),
        changes: vec![
            change("stage", json!(5), json!(6)),
            change("stage", json!(6), json!(7)),
        ],
    };
    let mut class = Document::Single(json!({"stage": 5}));
    assert!(!class.has(&edit));
    class.merge_all(&edit);
    assert!(class.has(&edit));
}

#[test]
fn an_edit_is_kept_as_text_and_read_again() {
    for target in [
        Target::Organisation,
        Target::Class("01J".into()),
        Target::People(STAFF.into()),
    ] {
        let edit = Edit {
            target,
            changes: vec![of("a:s", change("role", json!("teacher"), Value::Null))],
        };
        let text = serde_json::to_string(&edit).unwrap();
        assert_eq!(serde_json::from_str::<Edit>(&text).unwrap(), edit);
    }
    assert!("room/x".parse::<Target>().is_err());
}

fn documents() -> impl Strategy<Value = Document> {
    let entry = ("[a-h]", 0..3u8).prop_map(|(id, stage)| (format!("{id}:s"), stage));
    prop_oneof![
        proptest::collection::btree_map("[a-d]", 0..3u8, 0..4)
            .prop_map(|fields| Document::Single(json!(fields))),
        proptest::collection::vec(entry, 0..8).prop_map(|entries| {
            let entries: BTreeMap<_, _> = entries.into_iter().collect();
            let (first, second): (Vec<_>, Vec<_>) = entries
                .into_iter()
                .map(|(id, stage)| json!({"id": id, "a": stage}))
                .enumerate()
                .partition(|(at, _)| at % 2 == 0);
            let part = |entries: Vec<(usize, Value)>| {
                let entries: Vec<Value> = entries.into_iter().map(|(_, entry)| entry).collect();
                json!({ "people": entries })
            };
            people(&[("5a", part(first)), ("5a/2", part(second))])
        }),
    ]
}

/// Changes that an administrator could make who sees the document.
fn made_on(document: &Document, wishes: &[(String, String, Option<u8>)]) -> Edit {
    let mut shown = document.clone();
    let mut changes = Vec::new();
    for (person, field, to) in wishes {
        let single = matches!(document, Document::Single(_));
        let mut change = FieldChange {
            person: (!single).then(|| format!("{person}:s")),
            field: Some(field.clone()),
            from: Value::Null,
            to: json!(to),
        };
        change.from = shown.get(&change).unwrap();
        let whole = FieldChange {
            field: None,
            ..change.clone()
        };
        if !single && shown.get(&whole).unwrap().is_null() {
            change = FieldChange {
                to: json!({"id": whole.person, "a": 1}),
                ..whole
            };
        }
        shown.merge(&change);
        changes.push(change);
    }
    Edit {
        target: Target::Class("5a".into()),
        changes,
    }
}

proptest! {
    #[test]
    fn an_edit_arrives_whole_twice_is_once_and_its_opposite_takes_it_back(
        before in documents(),
        wishes in proptest::collection::vec(("[a-h]", "[a-d]", proptest::option::of(0..3u8)), 0..6),
    ) {
        let edit = made_on(&before, &wishes);
        let mut now = before.clone();
        prop_assert!(now.merge_all(&edit).iter().all(|merged| matches!(merged, Merged::Applied | Merged::Already)));
        prop_assert!(now.has(&edit));
        let once = now.clone();
        for (at, change) in edit.changes.iter().enumerate() {
            if !edit.changes[at + 1..].iter().any(|later| later.overlaps(change)) {
                prop_assert_eq!(now.merge(change), Merged::Already);
            }
        }
        prop_assert_eq!(&now, &once);
        now.merge_all(&edit.opposite());
        for change in &edit.changes {
            prop_assert_eq!(now.get(change), before.get(change));
        }
    }

    #[test]
    fn edits_of_different_fields_come_to_the_same_in_any_order(
        before in documents(),
        wishes in proptest::collection::btree_map(("[a-h]", "[a-d]"), proptest::option::of(0..3u8), 2..6),
    ) {
        let edits: Vec<FieldChange> = wishes
            .into_iter()
            .flat_map(|((person, field), to)| made_on(&before, &[(person, field, to)]).changes)
            .collect();
        let apart = edits
            .iter()
            .enumerate()
            .all(|(at, one)| !edits[at + 1..].iter().any(|other| other.overlaps(one)));
        prop_assume!(apart);
        let (mut there, mut back) = (before.clone(), before.clone());
        edits.iter().for_each(|change| drop(there.merge(change)));
        edits.iter().rev().for_each(|change| drop(back.merge(change)));
        for change in &edits {
            prop_assert_eq!(there.get(change), back.get(change));
        }
    }
}
