//! One place of a plan: its state as it is kept, and what it is worth.

use crate::standing::{Standing, number};
use matrix_sdk::ruma::events::AnySyncStateEvent;
use matrix_sdk::ruma::serde::Raw;
use parta_model::plan::level::ADMINISTRATOR;
use parta_model::plan::{Chat, Class, Org, People, PlanContent, Policy};
use parta_model::{ChatId, PlanEvent, PlanSource, UserId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// What is read of a plan. Invitations and the roster are for administrators' screens.
pub(super) const PLAN: [&str; 5] = [
    Org::TYPE,
    Policy::TYPE,
    Class::TYPE,
    People::TYPE,
    Chat::TYPE,
];
pub(super) const POWER_LEVELS: &str = "m.room.power_levels";
const CREATE: &str = "m.room.create";

/// The state of a place.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Kept {
    founder: Option<String>,
    create: Value,
    levels: Value,
    /// By type and state key.
    plan: BTreeMap<String, BTreeMap<String, Written>>,
}

/// An event of the plan.
#[derive(Default, PartialEq, Serialize, Deserialize)]
struct Written {
    event: String,
    content: Value,
}

#[derive(Deserialize)]
struct Event {
    event_id: String,
    #[serde(rename = "type")]
    kind: String,
    state_key: String,
    sender: String,
    #[serde(default)]
    content: Value,
}

impl Kept {
    pub(super) fn recall(json: &str) -> Option<Self> {
        serde_json::from_str(json).ok()
    }

    pub(super) fn remember(&self) -> String {
        serde_json::to_string(self).expect("state is JSON with text keys")
    }

    /// Takes over what has come; says whether anything differs.
    pub(super) fn take(&mut self, state: &[Raw<AnySyncStateEvent>]) -> bool {
        let mut changed = false;
        for raw in state {
            let Ok(event) = serde_json::from_str::<Event>(raw.json().get()) else {
                continue;
            };
            let place = match (event.kind.as_str(), event.state_key.as_str()) {
                (CREATE, "") => {
                    self.founder = Some(event.sender);
                    &mut self.create
                }
                (POWER_LEVELS, "") => &mut self.levels,
                (kind, _) if PLAN.contains(&kind) => {
                    let written = Written {
                        event: event.event_id,
                        content: event.content,
                    };
                    let kind = self.plan.entry(event.kind).or_default();
                    if kind.get(&event.state_key) != Some(&written) {
                        kind.insert(event.state_key, written);
                        changed = true;
                    }
                    continue;
                }
                _ => continue,
            };
            if *place != event.content {
                *place = event.content;
                changed = true;
            }
        }
        changed
    }

    pub(super) fn source(&self, id: ChatId, me: Option<&str>) -> PlanSource {
        let events = self.plan.iter().flat_map(|(kind, events)| {
            events.iter().map(|(key, written)| PlanEvent {
                kind: kind.clone(),
                key: key.clone(),
                event: written.event.clone(),
                content: written.content.clone(),
            })
        });
        PlanSource {
            id,
            kind: self.create["type"].as_str().map(str::to_owned),
            founder: self.founder.as_deref().map(UserId::from),
            guarded: self.is_guarded(),
            administrator: me.is_some_and(|me| self.standing().of(me) >= ADMINISTRATOR),
            levels: self.standing().raised(),
            events: events.collect(),
        }
    }

    /// Nobody below an administrator can write the plan, give himself the power to, or blank a part of it.
    fn is_guarded(&self) -> bool {
        if !self.levels.is_object() {
            return false;
        }
        let standing = self.standing();
        let state = standing.level("state_default", 50);
        let needed = |kind: &str| number(&self.levels["events"][kind]).unwrap_or(state);
        PLAN.into_iter()
            .chain([POWER_LEVELS])
            .all(|kind| needed(kind) >= ADMINISTRATOR)
            && standing.level("redact", 50) >= ADMINISTRATOR
            && standing.level("users_default", 0) < ADMINISTRATOR
    }

    fn standing(&self) -> Standing<'_> {
        Standing {
            founder: self.founder.as_deref(),
            create: &self.create,
            levels: &self.levels,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn event(kind: &str, key: &str, content: Value) -> Raw<AnySyncStateEvent> {
        let id = format!("${content}");
        let event = json!({"event_id": id, "type": kind, "state_key": key, "sender": "@steward:school.test", "content": content});
        Raw::from_json_string(event.to_string()).unwrap()
    }

    fn place(levels: Value) -> Kept {
        let mut kept = Kept::default();
        kept.take(&[
            event(CREATE, "", json!({"type": "m.space", "room_version": "12"})),
            event(POWER_LEVELS, "", levels),
        ]);
        kept
    }

    fn guarded(levels: Value) -> bool {
        place(levels).source(ChatId::new("!a"), None).guarded
    }

    #[test]
    fn only_a_place_that_administrators_alone_write_is_guarded() {
        let good = json!({"state_default": 90, "redact": 90});
        assert!(guarded(good.clone()));
        assert!(guarded(json!({"state_default": "90", "redact": "100"})));
        assert!(!guarded(json!({})));
        assert!(!Kept::default().source(ChatId::new("!a"), None).guarded);
        for (field, value) in [
            ("redact", json!(50)),
            ("users_default", json!(90)),
            ("state_default", json!(50)),
            ("events", json!({"school.parta.people": 0})),
            ("events", json!({"m.room.power_levels": 50})),
        ] {
            let mut bad = good.clone();
            bad[field] = value;
            assert!(!guarded(bad.clone()), "{bad}");
        }
    }

    #[test]
    fn the_maker_and_those_named_are_administrators() {
        let kept = place(
            json!({"state_default": 90, "users": {"@head:school.test": 90, "@t:school.test": 50}}),
        );
        let is = |user: &str| kept.source(ChatId::new("!a"), Some(user)).administrator;
        assert!(is("@steward:school.test") && is("@head:school.test"));
        assert!(!is("@t:school.test") && !is("@pupil:school.test"));
    }

    #[test]
    fn news_replace_what_was_and_memory_keeps_it() {
        let mut kept = place(json!({}));
        let class = |stage: u8| [event(Class::TYPE, "5a", json!({"stage": stage}))];
        assert!(kept.take(&class(5)));
        assert!(!kept.take(&class(5)));
        assert!(kept.take(&class(6)));
        assert!(!kept.take(&[event("m.room.name", "", json!({"name": "x"}))]));
        let kept = Kept::recall(&kept.remember()).unwrap();
        let source = kept.source(ChatId::new("!a"), None);
        assert_eq!(source.events.len(), 1);
        assert_eq!(source.events[0].content["stage"], 6);
        assert_eq!(source.founder.unwrap().as_str(), "@steward:school.test");
    }
}
