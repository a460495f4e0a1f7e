//! One place of an organisation: its state as the server has told it.

use crate::standing::Standing;
use matrix_sdk::ruma::events::AnySyncStateEvent;
use matrix_sdk::ruma::serde::Raw;
use parta_model::plan::{Chat, People, PlanContent, is_plan_key};
use parta_model::reconcile::{Membership, PictureNow, PlaceKey, PlaceNow};
use parta_model::{ChatId, UserId};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

pub(super) const CREATE: &str = "m.room.create";
pub(super) const POWER_LEVELS: &str = "m.room.power_levels";
pub(super) const NAME: &str = "m.room.name";
pub(super) const AVATAR: &str = "m.room.avatar";
/// The field of a picture that says what was drawn, so that it is drawn anew when that changes; without it somebody has
/// chosen the picture.
pub(super) const DRAWN: &str = "school.parta.drawn";
pub(super) const CHILD: &str = "m.space.child";
pub(super) const MEMBER: &str = "m.room.member";
/// The field of `m.room.create` that says what a room was made for.
const FOR: &str = "school.parta.for";

#[derive(Default)]
pub(super) struct Kept {
    founder: Option<String>,
    create: Value,
    levels: Value,
    name: String,
    picture: PictureNow,
    members: BTreeMap<UserId, Membership>,
    left: BTreeSet<UserId>,
    children: BTreeSet<ChatId>,
    people: BTreeMap<String, Value>,
    records: BTreeMap<String, ChatId>,
}

#[derive(Deserialize)]
struct Event {
    #[serde(rename = "type")]
    kind: String,
    state_key: String,
    sender: String,
    #[serde(default)]
    content: Value,
}

impl Kept {
    pub(super) fn take(&mut self, state: &[Raw<AnySyncStateEvent>]) {
        for raw in state {
            if let Ok(event) = serde_json::from_str(raw.json().get()) {
                self.take_event(event);
            }
        }
    }

    fn take_event(&mut self, event: Event) {
        let Event {
            kind,
            state_key: key,
            sender,
            mut content,
        } = event;
        match kind.as_str() {
            CREATE if key.is_empty() => (self.founder, self.create) = (Some(sender), content),
            POWER_LEVELS if key.is_empty() => self.levels = content,
            NAME if key.is_empty() => {
                self.name = content["name"].as_str().unwrap_or_default().to_owned();
            }
            AVATAR if key.is_empty() => {
                let drawn = content[DRAWN].as_str();
                self.picture = match (content["url"].as_str(), drawn) {
                    (None | Some(""), _) => PictureNow::None,
                    (Some(_), Some(mark)) => PictureNow::Drawn(mark.to_owned()),
                    (Some(_), None) => PictureNow::Own,
                };
            }
            MEMBER => {
                let membership = match content["membership"].as_str() {
                    Some("join") => Some(Membership::Joined),
                    Some("invite") => Some(Membership::Invited),
                    _ => None,
                };
                let gone = content["membership"] == "leave" && sender == key;
                let person = UserId::new(key);
                self.left.remove(&person);
                match membership {
                    Some(membership) => drop(self.members.insert(person, membership)),
                    None => {
                        self.members.remove(&person);
                        if gone {
                            self.left.insert(person);
                        }
                    }
                }
            }
            CHILD => {
                let listed = content["via"].as_array().is_some_and(|via| !via.is_empty());
                let child = ChatId::new(key);
                if listed {
                    self.children.insert(child);
                } else {
                    self.children.remove(&child);
                }
            }
            People::TYPE if is_plan_key(&key) => {
                if let Some(fields) = content.as_object_mut() {
                    fields.remove("base");
                }
                self.people.insert(key, content);
            }
            Chat::TYPE if is_plan_key(&key) => match Chat::read(&key, &content) {
                Ok(chat) => drop(self.records.insert(key, chat.room_id)),
                Err(_) => drop(self.records.remove(&key)),
            },
            _ => {}
        }
    }

    pub(super) fn founder(&self) -> Option<&str> {
        self.founder.as_deref()
    }

    pub(super) fn level_of(&self, user: &str) -> i64 {
        self.standing().of(user)
    }

    fn standing(&self) -> Standing<'_> {
        Standing {
            founder: self.founder.as_deref(),
            create: &self.create,
            levels: &self.levels,
        }
    }

    /// The places that are recorded here.
    pub(super) fn records(&self) -> impl Iterator<Item = &ChatId> {
        self.records.values()
    }

    pub(super) fn is_in(&self, person: &UserId) -> bool {
        self.members.get(person) == Some(&Membership::Joined)
    }

    /// What it was made for; whoever made it may have written anything there.
    pub(super) fn made_for(&self, organisation: &ChatId) -> Option<PlaceKey> {
        let made = &self.create[FOR];
        let of = made["organisation"].as_str()?;
        let (class, chat) = (made["class"].as_str(), made["chat"].as_str());
        let own = of == organisation.as_str();
        match (class, chat) {
            (Some(class), Some(chat)) if own => {
                Some(PlaceKey::ClassChat(class.to_owned(), chat.to_owned()))
            }
            (Some(class), None) if own => Some(PlaceKey::Class(class.to_owned())),
            (None, Some(chat)) if own => Some(PlaceKey::OrgChat(chat.to_owned())),
            _ => None,
        }
    }

    pub(super) fn now(&self, made_for: Option<PlaceKey>) -> PlaceNow {
        PlaceNow {
            made_for,
            name: self.name.clone(),
            picture: self.picture.clone(),
            members: self.members.clone(),
            left: self.left.clone(),
            levels: self.standing().raised(),
            children: self.children.clone(),
            people: self.people.clone(),
            records: self.records.clone(),
        }
    }
}

/// The content of `m.room.create` of a place that is made; nothing for those that are only ever founded.
pub(super) fn creation(organisation: &ChatId, key: &PlaceKey) -> Option<Value> {
    let organisation = organisation.as_str();
    Some(match key {
        PlaceKey::Class(class) => {
            json!({"type": "m.space", FOR: {"organisation": organisation, "class": class}})
        }
        PlaceKey::ClassChat(class, chat) => {
            json!({FOR: {"organisation": organisation, "class": class, "chat": chat}})
        }
        PlaceKey::OrgChat(chat) => json!({FOR: {"organisation": organisation, "chat": chat}}),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(kind: &str, key: &str, content: Value) -> Raw<AnySyncStateEvent> {
        let event = json!({"event_id": "$e", "type": kind, "state_key": key, "sender": "@head:s", "content": content});
        Raw::from_json_string(event.to_string()).unwrap()
    }

    #[test]
    fn what_a_place_was_made_for_is_read_as_it_was_written() {
        let organisation = ChatId::new("!org");
        for key in [
            PlaceKey::Class("5a".into()),
            PlaceKey::ClassChat("5a".into(), "parents".into()),
            PlaceKey::OrgChat("news".into()),
        ] {
            let mut kept = Kept::default();
            kept.take(&[event(CREATE, "", creation(&organisation, &key).unwrap())]);
            assert_eq!(kept.made_for(&organisation), Some(key));
            assert_eq!(kept.made_for(&ChatId::new("!other")), None);
        }
        assert_eq!(creation(&organisation, &PlaceKey::Office), None);
    }

    #[test]
    fn who_went_away_by_himself_is_told_from_who_was_removed() {
        let left = |of: &str| {
            let mut kept = Kept::default();
            kept.take(&[event(MEMBER, of, json!({"membership": "join"}))]);
            kept.take(&[event(MEMBER, of, json!({"membership": "leave"}))]);
            kept.now(None).left
        };
        assert_eq!(left("@head:s"), BTreeSet::from([UserId::new("@head:s")]));
        assert!(left("@other:s").is_empty());
    }

    #[test]
    fn a_picture_that_was_drawn_is_told_from_one_that_somebody_chose() {
        let picture = |content: Value| {
            let mut kept = Kept::default();
            kept.take(&[event(AVATAR, "", content)]);
            kept.now(None).picture
        };
        let drawn = json!({"url": "mxc://s/1", DRAWN: "1:staff:уч"});
        assert_eq!(picture(drawn), PictureNow::Drawn("1:staff:уч".into()));
        assert_eq!(picture(json!({"url": "mxc://s/1"})), PictureNow::Own);
        assert_eq!(picture(json!({})), PictureNow::None);
    }

    #[test]
    fn members_children_and_lists_come_and_go() {
        let mut kept = Kept::default();
        let child = json!({"via": ["s"]});
        kept.take(&[
            event(MEMBER, "@a:s", json!({"membership": "join"})),
            event(MEMBER, "@b:s", json!({"membership": "invite"})),
            event(CHILD, "!chat", child),
            event(People::TYPE, "5a", json!({"people": [], "base": "$x"})),
            event(People::TYPE, "@a:s", json!({"people": []})),
            event(Chat::TYPE, "news", json!({"room_id": "!news"})),
        ]);
        let now = kept.now(None);
        assert_eq!(now.members.len(), 2);
        assert_eq!(
            now.people,
            BTreeMap::from([("5a".to_owned(), json!({"people": []}))])
        );
        assert_eq!(now.records["news"].as_str(), "!news");
        assert!(now.children.contains(&ChatId::new("!chat")));
        kept.take(&[
            event(MEMBER, "@a:s", json!({"membership": "leave"})),
            event(CHILD, "!chat", json!({})),
        ]);
        let now = kept.now(None);
        assert_eq!(now.members.len(), 1);
        assert!(now.children.is_empty());
    }

    #[test]
    fn before_its_levels_are_written_a_place_is_the_makers() {
        let mut kept = Kept::default();
        kept.take(&[event(CREATE, "", json!({"room_version": "11"}))]);
        assert_eq!((kept.level_of("@head:s"), kept.level_of("@a:s")), (100, 0));
    }
}
