//! Whether an invitation comes from an organisation that the person belongs to, so that it needs no answer of his.

use super::PlanSource;
use crate::plan::level::ADMINISTRATOR;
use crate::plan::{Chat, Org, PlanContent, is_plan_key, room_type};
use crate::{ChatId, UserId};

/// Whether an organisation of these plans calls the person into one of its own places. It has to be an administrator who
/// invites, and a place that the organisation itself names: neither alone says that a stranger's chat is the school's.
pub fn calls(sources: &[PlanSource], place: &ChatId, inviter: &UserId) -> bool {
    let organisations = sources.iter().filter(|source| {
        source.guarded
            && source.kind.as_deref() == Some(room_type::ORGANISATION)
            && source.levels.get(inviter).copied().unwrap_or(0) >= ADMINISTRATOR
    });
    organisations
        .into_iter()
        .any(|organisation| names(sources, organisation, place))
}

fn names(sources: &[PlanSource], organisation: &PlanSource, place: &ChatId) -> bool {
    let org = organisation
        .events
        .iter()
        .find(|event| event.kind == Org::TYPE && event.key.is_empty())
        .and_then(|event| Org::read("", &event.content).ok());
    // Without it the space is nobody's organisation.
    let Some(org) = org else { return false };
    let quiet = [&org.rooms.staff, &org.rooms.office, &org.rooms.reception];
    if quiet.contains(&place) {
        return true;
    }
    let spaces: Vec<ChatId> = records(organisation, |key| key.starts_with("class/")).collect();
    let classes = sources
        .iter()
        .filter(|source| source.guarded && spaces.contains(&source.id));
    records(organisation, |_| true)
        .chain(classes.flat_map(|class| records(class, |_| true)))
        .any(|recorded| recorded == *place)
}

/// The places that are recorded somewhere.
fn records(source: &PlanSource, wanted: impl Fn(&str) -> bool) -> impl Iterator<Item = ChatId> {
    let records = source.events.iter().filter(move |event| {
        event.kind == Chat::TYPE && is_plan_key(&event.key) && wanted(&event.key)
    });
    records.filter_map(|event| Some(Chat::read(&event.key, &event.content).ok()?.room_id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PlanEvent;
    use serde_json::{Value, json};
    use std::collections::BTreeMap;

    fn event(kind: &str, key: &str, content: Value) -> PlanEvent {
        PlanEvent {
            kind: kind.to_owned(),
            key: key.to_owned(),
            event: "$e".to_owned(),
            content,
        }
    }

    fn place(id: &str, events: Vec<PlanEvent>) -> PlanSource {
        PlanSource {
            id: ChatId::new(id),
            kind: Some("m.space".to_owned()),
            founder: None,
            guarded: true,
            administrator: false,
            levels: BTreeMap::from([
                (UserId::new("@head:s"), 90),
                (UserId::new("@teacher:s"), 50),
            ]),
            events,
        }
    }

    fn record(key: &str, room: &str) -> PlanEvent {
        event(Chat::TYPE, key, json!({"room_id": room}))
    }

    fn school() -> Vec<PlanSource> {
        let org = json!({
            "kind": "school", "full_name": "Школа", "short_name": "Школа", "school_year": 2026,
            "rooms": {"staff": "!staff", "office": "!office", "reception": "!reception"},
        });
        vec![
            place(
                "!org",
                vec![
                    event(Org::TYPE, "", org),
                    record("news", "!news"),
                    record("class/5a", "!space"),
                ],
            ),
            place("!space", vec![record("parents", "!parents")]),
            place("!elsewhere", vec![record("parents", "!trap")]),
        ]
    }

    fn called(sources: &[PlanSource], room: &str, inviter: &str) -> bool {
        calls(sources, &ChatId::new(room), &UserId::new(inviter))
    }

    #[test]
    fn an_administrator_calls_into_the_organisations_own_places() {
        for room in ["!news", "!space", "!parents", "!staff"] {
            assert!(called(&school(), room, "@head:s"), "{room}");
        }
    }

    #[test]
    fn nobody_else_and_nowhere_else() {
        assert!(!called(&school(), "!parents", "@teacher:s"));
        assert!(!called(&school(), "!parents", "@stranger:s"));
        for room in ["!trap", "!his_own", "!org"] {
            assert!(!called(&school(), room, "@head:s"), "{room}");
        }
        let mut open = school();
        open[0].guarded = false;
        assert!(!called(&open, "!news", "@head:s"));
        // A space that says nothing of an organisation is somebody's space.
        let mut plain = school();
        plain[0].events.remove(0);
        assert!(!called(&plain, "!news", "@head:s"));
    }
}
