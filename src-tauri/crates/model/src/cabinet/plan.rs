//! The plan of one organisation as an administrator may change it: raw contents, so that what this version does not
//! know is kept, with the edits that wait laid over what the server says.

use crate::edit::{Document, Edit, FieldChange, Link, Merged, Target, without_base};
use crate::plan::{
    Class, Member, MemberStatus, Org, People, PlanContent, Unreadable, is_plan_key, room_type,
};
use crate::{ChatId, OrganisationKind, PlanEvent, PlanSource, UserId};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// An organisation's plan, with edits in it.
#[derive(Clone, Debug, PartialEq)]
pub struct OrgPlan {
    pub id: ChatId,
    /// Where the master copy of the people lies.
    pub staff_room: ChatId,
    pub(super) org: Value,
    pub(super) classes: BTreeMap<String, Value>,
    /// Lists of people by class, and [`STAFF`].
    pub(super) lists: BTreeMap<String, Document>,
    pub(super) levels: BTreeMap<UserId, i64>,
    /// The events of the server that this was read from, by target and state key.
    events: BTreeMap<(Target, String), String>,
}

impl OrgPlan {
    /// Reads an organisation where the account is an administrator; nothing where it is none, or can't see the people.
    pub fn read(sources: &[PlanSource], organisation: &ChatId) -> Option<Self> {
        let source = sources.iter().find(|source| source.id == *organisation)?;
        let is_organisation = source.kind.as_deref() == Some(room_type::ORGANISATION);
        if !source.guarded || !source.administrator || !is_organisation {
            return None;
        }
        let org = content(source, Org::TYPE, "")?.clone();
        let staff_room = Org::read("", &org).ok()?.rooms.staff;
        let staff = sources.iter().find(|source| source.id == staff_room);
        let staff = staff.filter(|room| {
            room.guarded && room.administrator && room.kind.as_deref() == Some(room_type::STAFF)
        })?;
        let classes: BTreeMap<String, Value> = events(source, Class::TYPE)
            .map(|(key, content)| (key.to_owned(), content.clone()))
            .collect();
        let mut lists = BTreeMap::new();
        let mut known = BTreeMap::new();
        for event in plan_events(source) {
            let target = match event.kind.as_str() {
                Org::TYPE => Target::Organisation,
                Class::TYPE => Target::Class(event.key.clone()),
                _ => continue,
            };
            known.insert((target, String::new()), event.event.clone());
        }
        for event in plan_events(staff).filter(|event| event.kind == People::TYPE) {
            let (key, content) = (event.key.as_str(), &event.content);
            let Some(list) = list_of(key) else { continue };
            known.insert(
                (Target::People(list.to_owned()), key.to_owned()),
                event.event.clone(),
            );
            let document = lists
                .entry(list.to_owned())
                .or_insert_with(|| empty_list(list));
            if let Document::People { parts, .. } = document {
                parts.insert(key.to_owned(), content.clone());
            }
        }
        Some(Self {
            id: organisation.clone(),
            staff_room,
            org,
            classes,
            lists,
            levels: source.levels.clone(),
            events: known,
        })
    }

    /// The event on the server that a part of a target was read from; a target of one event has the empty part.
    pub fn event(&self, target: &Target, part: &str) -> Option<&str> {
        let event = self.events.get(&(target.clone(), part.to_owned()))?;
        Some(event.as_str()).filter(|event| !event.is_empty())
    }

    /// How the events of a target came to be, as far as the plan itself tells.
    pub fn links(&self, target: &Target) -> Vec<Link> {
        let of_target = self.events.iter().filter(|((of, _), _)| of == target);
        let document = self.document(target);
        of_target
            .map(|((_, part), event)| {
                let content = match &document {
                    Document::Single(content) => Some(content),
                    Document::People { parts, .. } => parts.get(part),
                    Document::Levels(_) => None,
                };
                let base = content.and_then(|content| content["base"].as_str());
                Link {
                    event: event.clone(),
                    base: base.map(str::to_owned),
                }
            })
            .collect()
    }

    /// Puts the plan, with the edits in it, in the place of what the sources say.
    pub fn overlay(&self, sources: &mut [PlanSource]) {
        for source in sources {
            let (here, staff) = (source.id == self.id, source.id == self.staff_room);
            if here {
                put(source, Org::TYPE, "", &self.org);
                for (id, class) in &self.classes {
                    put(source, Class::TYPE, id, class);
                }
            }
            for document in self.lists.values().filter(|_| staff) {
                if let Document::People { parts, .. } = document {
                    for (key, part) in parts {
                        put(source, People::TYPE, key, part);
                    }
                }
            }
        }
    }

    /// Lays an edit over the plan; says what has become of each change.
    pub fn lay(&mut self, edit: &Edit) -> Vec<Merged> {
        let mut document = self.document(&edit.target);
        let merged = document.merge_all(edit);
        match (&edit.target, document) {
            (Target::Organisation, Document::Single(content)) => self.org = content,
            (Target::Class(id), Document::Single(Value::Null)) => drop(self.classes.remove(id)),
            (Target::Class(id), Document::Single(content)) => {
                drop(self.classes.insert(id.clone(), content))
            }
            (Target::People(list), document) => drop(self.lists.insert(list.clone(), document)),
            (Target::Administrators, Document::Levels(content)) => {
                let users = content["users"].as_object().into_iter().flatten();
                self.levels = users
                    .filter_map(|(id, level)| Some((UserId::new(id.as_str()), level.as_i64()?)))
                    .filter(|(_, level)| *level > 0)
                    .collect();
            }
            // A target's document is of the target's shape.
            _ => {}
        }
        merged
    }

    /// The contents that a target consists of.
    pub fn document(&self, target: &Target) -> Document {
        match target {
            Target::Organisation => Document::Single(self.org.clone()),
            Target::Class(id) => {
                Document::Single(self.classes.get(id).cloned().unwrap_or_default())
            }
            Target::People(list) => self
                .lists
                .get(list)
                .cloned()
                .unwrap_or_else(|| empty_list(list)),
            Target::Administrators => Document::Levels(json!({ "users": self.levels })),
        }
    }

    /// A change of one field from what it is now.
    pub(super) fn change(&self, target: &Target, field: &str, to: Value) -> FieldChange {
        self.change_of(target, None, field, to)
    }

    pub(super) fn change_of(
        &self,
        target: &Target,
        person: Option<&str>,
        field: &str,
        to: Value,
    ) -> FieldChange {
        let mut change = FieldChange {
            person: person.map(str::to_owned),
            field: Some(field.to_owned()),
            from: Value::Null,
            to,
        };
        // A list is long, and looked at where it lies.
        let now = match target {
            Target::People(list) => self.lists.get(list).and_then(|list| list.get(&change)),
            _ => self.document(target).get(&change),
        };
        change.from = now.unwrap_or_default();
        change
    }

    /// The classes that can be read.
    pub(crate) fn readable_classes(&self) -> impl Iterator<Item = (&str, Class)> {
        self.classes
            .iter()
            .filter_map(|(id, content)| Some((id.as_str(), Class::read(id, content).ok()?)))
    }

    /// The entries of a list, those that can't be read left out.
    pub(crate) fn members(&self, list: &str) -> impl Iterator<Item = Member> {
        let parts = match self.lists.get(list) {
            Some(Document::People { parts, .. }) => Some(parts.values()),
            _ => None,
        };
        let entries = parts
            .into_iter()
            .flatten()
            .filter_map(|part| part["people"].as_array());
        entries
            .flatten()
            .filter_map(|entry| serde_json::from_value(entry.clone()).ok())
    }

    pub(crate) fn list_names(&self) -> impl Iterator<Item = &str> {
        self.lists.keys().map(String::as_str)
    }

    /// The parts of a list as they are copied to where their readers are.
    pub(crate) fn copies(&self, list: &str) -> BTreeMap<String, Value> {
        let Some(Document::People { parts, .. }) = self.lists.get(list) else {
            return BTreeMap::new();
        };
        parts
            .iter()
            .map(|(key, part)| (key.clone(), without_base(part)))
            .collect()
    }

    /// Who stands above the others in the organisation, and how high.
    pub(crate) fn levels(&self) -> &BTreeMap<UserId, i64> {
        &self.levels
    }

    /// The organisation's rooms without talk, and what it is called for short.
    pub(crate) fn org(&self) -> Option<Org> {
        Org::read("", &self.org).ok()
    }

    /// What kind of organisation it is, which picks the words.
    pub(crate) fn kind(&self) -> OrganisationKind {
        self.org()
            .map_or(OrganisationKind::School, |org| (&org.kind).into())
    }

    /// Whether somebody belongs to a class himself.
    pub fn is_in_class(&self, person: &UserId, class: &str) -> bool {
        let bare = super::acts::bare(person);
        let mut members = self.members(class);
        members.any(|member| member.id == bare && member.status == MemberStatus::Active)
    }

    /// What the plan calls somebody.
    pub fn name_of(&self, person: &UserId) -> Option<String> {
        let member = self.member(super::acts::bare(person))?;
        Some(crate::directory::clean(&member.name.full()))
    }

    /// «5А», or the title.
    pub fn class_label(&self, id: &str) -> Option<String> {
        let class = Class::read(id, self.classes.get(id)?).ok()?;
        Some(crate::directory::clean(&class.label()))
    }

    /// Parts of the plan that break the rules: shown as such and never overwritten.
    pub fn unreadable(&self) -> Vec<Unreadable> {
        let mut broken = Vec::new();
        for (id, content) in &self.classes {
            broken.extend(Class::read(id, content).err());
        }
        for document in self.lists.values() {
            if let Document::People { parts, .. } = document {
                broken.extend(
                    parts
                        .iter()
                        .filter_map(|(key, part)| People::read(key, part).err()),
                );
            }
        }
        broken
    }
}

fn plan_events(source: &PlanSource) -> impl Iterator<Item = &PlanEvent> {
    source
        .events
        .iter()
        .filter(|event| is_plan_key(&event.key) && event.content != Value::Object(Map::new()))
}

fn events<'a>(source: &'a PlanSource, kind: &'a str) -> impl Iterator<Item = (&'a str, &'a Value)> {
    plan_events(source)
        .filter(move |event| event.kind == kind)
        .map(|event| (event.key.as_str(), &event.content))
}

fn put(source: &mut PlanSource, kind: &str, key: &str, content: &Value) {
    let mut events = source.events.iter_mut();
    match events.find(|event| event.kind == kind && event.key == key) {
        Some(event) => event.content.clone_from(content),
        None => source.events.push(PlanEvent {
            kind: kind.to_owned(),
            key: key.to_owned(),
            event: String::new(),
            content: content.clone(),
        }),
    }
}

fn content<'a>(source: &'a PlanSource, kind: &'a str, key: &str) -> Option<&'a Value> {
    events(source, kind)
        .find(|(found, _)| *found == key)
        .map(|(_, content)| content)
}

fn empty_list(list: &str) -> Document {
    Document::People {
        list: list.to_owned(),
        parts: BTreeMap::new(),
    }
}

/// «01J», «01J/2» and «staff/1» are parts of lists.
pub(crate) fn list_of(key: &str) -> Option<&str> {
    match key.split_once('/') {
        None => Some(key),
        Some((list, part)) => {
            (!part.is_empty() && part.bytes().all(|b| b.is_ascii_digit())).then_some(list)
        }
    }
}
