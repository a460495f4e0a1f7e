//! What one event of the plan changed, told as an edit: for the journal.

use super::plan::list_of;
use crate::edit::{Edit, FieldChange, LEVEL, Target, without_base};
use crate::plan::{Class, Org, People, PlanContent};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

const POWER_LEVELS: &str = "m.room.power_levels";

/// What became of an event's content; nothing for events that are not an administrator's. Absent contents are `null`.
pub fn what_changed(kind: &str, key: &str, before: &Value, after: &Value) -> Option<Edit> {
    let (before, after) = (whole(before), whole(after));
    let (target, changes) = match kind {
        Org::TYPE if key.is_empty() => (Target::Organisation, fields(None, &before, &after)),
        Class::TYPE => (Target::Class(key.to_owned()), fields(None, &before, &after)),
        People::TYPE => (
            Target::People(list_of(key)?.to_owned()),
            people(&before, &after),
        ),
        POWER_LEVELS => (Target::Administrators, levels(&before, &after)),
        _ => return None,
    };
    Some(Edit { target, changes })
}

/// An event that was blanked is none.
fn whole(content: &Value) -> Value {
    match without_base(content) {
        Value::Object(fields) if fields.is_empty() => Value::Null,
        content => content,
    }
}

fn fields(person: Option<&str>, before: &Value, after: &Value) -> Vec<FieldChange> {
    let person = person.map(str::to_owned);
    let (Some(old), Some(new)) = (before.as_object(), after.as_object()) else {
        return (before != after)
            .then(|| FieldChange {
                person,
                field: None,
                from: before.clone(),
                to: after.clone(),
            })
            .into_iter()
            .collect();
    };
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let value = |of: &Map<String, Value>, name: &str| of.get(name).cloned().unwrap_or_default();
    names
        .into_iter()
        .filter(|name| old.get(*name) != new.get(*name))
        .map(|name| FieldChange {
            person: person.clone(),
            field: Some(name.clone()),
            from: value(old, name),
            to: value(new, name),
        })
        .collect()
}

fn people(before: &Value, after: &Value) -> Vec<FieldChange> {
    let listed = |content: &Value| -> Vec<(String, Value)> {
        let entries = content["people"].as_array().into_iter().flatten();
        entries
            .filter_map(|entry| Some((entry["id"].as_str()?.to_owned(), entry.clone())))
            .collect()
    };
    let (old, new) = (listed(before), listed(after));
    let find = |list: &[(String, Value)], id: &str| {
        let found = list.iter().find(|(other, _)| other == id);
        found.map(|(_, entry)| entry.clone()).unwrap_or_default()
    };
    let ids: BTreeSet<&String> = old.iter().chain(&new).map(|(id, _)| id).collect();
    ids.into_iter()
        .flat_map(|id| fields(Some(id), &find(&old, id), &find(&new, id)))
        .collect()
}

fn levels(before: &Value, after: &Value) -> Vec<FieldChange> {
    let level = |content: &Value, id: &str| content["users"][id].as_i64().unwrap_or_default();
    let users = |content: &Value| -> BTreeSet<String> {
        let users = content["users"].as_object().into_iter().flatten();
        users.map(|(id, _)| id.clone()).collect()
    };
    users(before)
        .union(&users(after))
        .map(|id| FieldChange {
            person: Some(id.trim_start_matches('@').to_owned()),
            field: Some(LEVEL.to_owned()),
            from: level(before, id).into(),
            to: level(after, id).into(),
        })
        .filter(|change| change.from != change.to)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::Document;
    use proptest::prelude::*;
    use serde_json::json;
    use std::collections::BTreeMap;

    fn list(people: &[(u8, u8)]) -> Value {
        let people: BTreeMap<&u8, &u8> = people.iter().map(|(id, role)| (id, role)).collect();
        let people: Vec<Value> = people
            .iter()
            .map(|(id, role)| json!({"id": format!("p{id}:s"), "role": role}))
            .collect();
        json!({"people": people, "base": "$x"})
    }

    proptest! {
        #[test]
        fn what_changed_leads_from_what_was_to_what_is(
            before in proptest::collection::vec((0u8..6, 0u8..3), 0..6),
            after in proptest::collection::vec((0u8..6, 0u8..3), 0..6),
        ) {
            let (before, after) = (list(&before), list(&after));
            let edit = what_changed(People::TYPE, "5a", &before, &after).unwrap();
            let of = |content: Value| Document::People { list: "5a".into(), parts: BTreeMap::from([("5a".to_owned(), content)]) };
            let mut document = of(before);
            document.merge_all(&edit);
            prop_assert!(of(after).has(&edit));
            prop_assert!(document.has(&edit));
        }
    }

    #[test]
    fn fields_are_told_one_by_one_and_the_base_is_none_of_them() {
        let old = json!({"stage": 5, "letter": "А", "base": "$1"});
        let new = json!({"stage": 6, "letter": "А", "homeroom": "m:s", "base": "$2"});
        let edit = what_changed(Class::TYPE, "c", &old, &new).unwrap();
        let told: Vec<_> = edit
            .changes
            .iter()
            .map(|change| (change.field.as_deref().unwrap(), &change.from, &change.to))
            .collect();
        assert_eq!(
            told,
            [
                ("homeroom", &Value::Null, &json!("m:s")),
                ("stage", &json!(5), &json!(6))
            ]
        );
    }

    #[test]
    fn a_new_class_is_told_as_a_whole_and_levels_by_person() {
        let edit = what_changed(Class::TYPE, "c", &Value::Null, &json!({"stage": 5})).unwrap();
        assert_eq!(edit.changes.len(), 1);
        assert_eq!(edit.changes[0].field, None);
        let levels = |level: i64| json!({"users": {"@head:s": level}, "redact": 90});
        let edit = what_changed(POWER_LEVELS, "", &levels(0), &levels(90)).unwrap();
        assert_eq!(edit.changes[0].person.as_deref(), Some("head:s"));
        assert_eq!(edit.changes[0].to, 90);
        assert!(what_changed("m.room.name", "", &Value::Null, &json!({})).is_none());
    }
}
