//! What an edit is merged into: the content of one event, or a list of people that is cut into several.

use super::{Edit, FieldChange};
use crate::plan::{MAX_BYTES, MAX_PEOPLE, people_key};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The field of a people event that holds them.
const PEOPLE: &str = "people";
/// Brackets, and a `base`, which is an event id of 44 bytes.
const FRAME: usize = 256;

/// What has become of a change.
#[derive(Clone, Debug, PartialEq)]
pub enum Merged {
    Applied,
    /// It is so already.
    Already,
    /// Somebody else has changed the field to this since.
    Conflict(Value),
    /// What is there breaks the rules and is not overwritten.
    Unreadable,
}

/// Contents of plan events by their state keys.
#[derive(Clone, Debug, PartialEq)]
pub enum Document {
    /// One event; `null` where there is none yet.
    Single(Value),
    /// A list of people, under the keys of its parts.
    People {
        list: String,
        parts: BTreeMap<String, Value>,
    },
    /// Power levels, whole: what is not about the people in them stays as it is.
    Levels(Value),
}

impl Document {
    /// Takes over a change if the field is still what the administrator saw.
    pub fn merge(&mut self, change: &FieldChange) -> Merged {
        let Some(current) = self.get(change) else {
            return Merged::Unreadable;
        };
        if current == change.to {
            return Merged::Already;
        }
        if current != change.from {
            return Merged::Conflict(current);
        }
        self.set(change);
        Merged::Applied
    }

    /// Takes over what can be, and says what has become of each change.
    pub fn merge_all(&mut self, edit: &Edit) -> Vec<Merged> {
        edit.changes
            .iter()
            .map(|change| self.merge(change))
            .collect()
    }

    /// Whether every change is in it.
    pub fn has(&self, edit: &Edit) -> bool {
        // What is changed twice counts as it is left.
        let later = |at: usize| {
            edit.changes[at + 1..]
                .iter()
                .any(|change| change.overlaps(&edit.changes[at]))
        };
        edit.changes
            .iter()
            .enumerate()
            .all(|(at, change)| later(at) || self.get(change).as_ref() == Some(&change.to))
    }

    /// What a field is now; nothing where it can't be read.
    pub fn get(&self, change: &FieldChange) -> Option<Value> {
        if let Self::Levels(content) = self {
            let person = change.person.as_deref()?;
            let users = &content["users"];
            let readable = users.is_object() || users.is_null();
            return readable.then(|| match &users[format!("@{person}")] {
                Value::Null => 0.into(),
                level => level.clone(),
            });
        }
        let whole = match (self, &change.person) {
            (Self::Single(content), None) => content,
            (Self::People { parts, .. }, Some(person)) => {
                let mut found = &Value::Null;
                for part in parts.values() {
                    for entry in part.get(PEOPLE)?.as_array()? {
                        if found.is_null() && entry["id"] == person.as_str() {
                            found = entry;
                        }
                    }
                }
                found
            }
            _ => return None,
        };
        match (&change.field, whole) {
            (None, Value::Null) => Some(Value::Null),
            (None, whole) => whole.is_object().then(|| without_base(whole)),
            (Some(_), Value::Null) => Some(Value::Null),
            (Some(field), whole) => {
                let fields = whole.as_object()?;
                Some(fields.get(field).cloned().unwrap_or(Value::Null))
            }
        }
    }

    fn set(&mut self, change: &FieldChange) {
        match self {
            Self::Single(content) => set_in(content, change.field.as_deref(), &change.to),
            Self::Levels(content) => {
                let person = change.person.as_deref().unwrap_or_default();
                content["users"][format!("@{person}")] = change.to.clone();
            }
            Self::People { list, parts } => {
                let person = change.person.as_deref().unwrap_or_default();
                set_person(list, parts, person, change);
            }
        }
    }
}

/// The `base` of an event tells how it came to be, not what it says.
pub(crate) fn without_base(content: &Value) -> Value {
    let mut content = content.clone();
    if let Some(fields) = content.as_object_mut() {
        fields.remove("base");
    }
    content
}

fn set_in(whole: &mut Value, field: Option<&str>, to: &Value) {
    let Some(field) = field else {
        whole.clone_from(to);
        return;
    };
    if !whole.is_object() {
        *whole = Value::Object(Map::new());
    }
    let fields = whole.as_object_mut().expect("it was just made an object");
    if to.is_null() {
        fields.remove(field);
    } else {
        fields.insert(field.to_owned(), to.clone());
    }
}

fn people_of(part: &mut Value) -> Option<&mut Vec<Value>> {
    part.get_mut(PEOPLE)?.as_array_mut()
}

fn set_person(list: &str, parts: &mut BTreeMap<String, Value>, person: &str, change: &FieldChange) {
    let mut place = None;
    for (key, part) in parts.iter_mut() {
        let at = people_of(part)
            .and_then(|people| people.iter().position(|entry| entry["id"] == person));
        if let Some(at) = at {
            place = Some((key.clone(), at));
            break;
        }
    }
    let Some((key, at)) = place else {
        let mut entry = Value::Null;
        set_in(&mut entry, change.field.as_deref(), &change.to);
        if !entry.is_null() {
            // A person who is not there any more comes back with nothing but the field: the id makes him somebody.
            entry["id"] = person.into();
            add(list, parts, entry);
        }
        return;
    };
    let part = parts.get_mut(&key).expect("the key was just found");
    let people = people_of(part).expect("the person was just found in it");
    set_in(&mut people[at], change.field.as_deref(), &change.to);
    if people[at].is_null() {
        people.remove(at);
    } else if people.len() > 1 && bytes(people) > MAX_BYTES {
        let entry = people.remove(at);
        add(list, parts, entry);
    }
}

fn bytes(people: &[Value]) -> usize {
    let size = |entry: &Value| entry.to_string().len() + 1;
    FRAME + people.iter().map(size).sum::<usize>()
}

/// Into the first part with room, so that people stay where they are.
fn add(list: &str, parts: &mut BTreeMap<String, Value>, entry: Value) {
    let size = entry.to_string().len() + 1;
    for number in 0.. {
        let part = parts
            .entry(people_key(list, number))
            .or_insert_with(|| json!({ PEOPLE: [] }));
        if let Some(people) = people_of(part)
            && (people.is_empty()
                || (people.len() < MAX_PEOPLE && bytes(people) + size <= MAX_BYTES))
        {
            people.push(entry);
            return;
        }
    }
}
