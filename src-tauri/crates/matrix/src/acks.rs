//! «Ознакомлен» on the wire: the reaction ✅ on a message that asks for it.

mod reminders;

use crate::account::Account;
use crate::compose::asked_ack;
use crate::details::runs;
use crate::error::{Error, Result};
use crate::sync::LinkState;
use crate::timeline::{ACK_KEY, event_id, is_ack};
use matrix_sdk::Room;
use matrix_sdk::deserialized_responses::TimelineEvent;
use matrix_sdk::room::{IncludeRelations, RelationsOptions};
use matrix_sdk::ruma::events::reaction::ReactionEventContent;
use matrix_sdk::ruma::events::relation::{Annotation, RelationType};
use matrix_sdk::ruma::events::{
    AnyMessageLikeEventContent, MessageLikeEventType, TimelineEventType,
};
use matrix_sdk::ruma::{EventId, OwnedEventId, OwnedRoomId, uint};
use matrix_sdk::send_queue::LocalEchoContent;
use parta_model::{ChatId, UserId};
use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use tokio::sync::Mutex as AsyncMutex;

pub use reminders::Reminders;

/// Pages of 100 reactions before something is wrong with the server.
const MOST_PAGES: usize = 500;

/// How the acknowledgements of a message stand.
pub struct AckMarks {
    pub author: UserId,
    pub due: Option<u64>,
    /// When each has acknowledged it.
    pub by: HashMap<UserId, u64>,
    /// The server could not be asked.
    pub incomplete: bool,
}

/// What is remembered between calls.
#[derive(Default)]
pub(crate) struct Acks {
    /// Acknowledged by this device, though the sync may not have told of it yet.
    given: AsyncMutex<HashSet<(OwnedRoomId, OwnedEventId)>>,
    /// One change of the reminders at a time.
    turn: AsyncMutex<()>,
}

impl Account {
    /// Acknowledges a message, once; goes out by itself when there is a server.
    pub async fn acknowledge(&self, chat: &ChatId, event: &str) -> Result<()> {
        let room = self.room(chat)?;
        let event = event_id(event)?;
        let levels = room.power_levels_or_default().await;
        if !levels.user_can_send_message(room.own_user_id(), MessageLikeEventType::Reaction) {
            return Err(Error::NotAllowed);
        }
        let mut given = self.acks.given.lock().await;
        let key = (room.room_id().to_owned(), event.clone());
        if given.contains(&key)
            || is_queued(&room, &event).await
            || self.has_own(&room, &event).await
        {
            return Ok(());
        }
        let reaction = ReactionEventContent::new(Annotation::new(event, ACK_KEY.to_owned()));
        room.send_queue()
            .send(reaction.into())
            .await
            .map_err(|_| Error::NotAllowed)?;
        given.insert(key);
        Ok(())
    }

    /// Whether the person's own ✅ is there. A second one would be refused and lie among the failed messages.
    async fn has_own(&self, room: &Room, event: &EventId) -> bool {
        let me = room.own_user_id().as_str();
        let (known, marks) = cached(room, event).await;
        if marks.contains_key(&UserId::new(me)) {
            return true;
        }
        // Where the message came by itself, its reactions may not have come with it.
        !known
            && matches!(asked(room, event).await, Ok(marks) if marks.contains_key(&UserId::new(me)))
    }

    /// Who has acknowledged a message. Only for its author and for those who run the chat, also where its author does so
    /// no longer.
    pub async fn ack_marks(&self, chat: &ChatId, event: &str) -> Result<AckMarks> {
        let room = self.room(chat)?;
        let event = event_id(event)?;
        let message = room
            .load_or_fetch_event(&event, None)
            .await
            .map_err(|error| match Error::from(error) {
                Error::ChatGone => Error::NoSuchItem,
                error => error,
            })?;
        let author = message.sender().ok_or(Error::NoSuchItem)?;
        let me = room.own_user_id();
        let levels = room.power_levels_or_default().await;
        if !runs(&levels, me) && (author != me || !runs(&levels, &author)) {
            return Err(Error::NotAllowed);
        }
        let online = *self.link().borrow() == LinkState::Online;
        let answer = if online {
            asked(&room, &event).await
        } else {
            Err(Error::Network)
        };
        let incomplete = answer.is_err();
        let by = match answer {
            Ok(by) => by,
            Err(Error::Network | Error::Server | Error::TooManyTries { .. }) => {
                cached(&room, &event).await.1
            }
            Err(error) => return Err(error),
        };
        Ok(AckMarks {
            author: UserId::new(author.as_str()),
            due: asked_ack(message.raw()).and_then(|asked| asked.due),
            by,
            incomplete,
        })
    }
}

/// An acknowledgement that is on disk and not yet sent.
async fn is_queued(room: &Room, event: &EventId) -> bool {
    let queue = room.send_queue();
    let Ok((echoes, _)) = queue.subscribe().await else {
        return false;
    };
    echoes.into_iter().any(|echo| {
        let LocalEchoContent::Event {
            serialized_event, ..
        } = echo.content
        else {
            return false;
        };
        match serialized_event.deserialize() {
            Ok(AnyMessageLikeEventContent::Reaction(reaction)) => {
                reaction.relates_to.event_id == *event && is_ack(&reaction.relates_to.key)
            }
            _ => false,
        }
    })
}

/// What this device has of the acknowledgements, and whether it has the message.
async fn cached(room: &Room, event: &EventId) -> (bool, HashMap<UserId, u64>) {
    let Ok((cache, _guards)) = room.event_cache().await else {
        return (false, HashMap::new());
    };
    let filter = Some(vec![RelationType::Annotation]);
    match cache.find_event_with_relations(event, filter).await {
        Ok(Some((_, related))) => (true, marks(related.iter().map(json))),
        _ => (false, HashMap::new()),
    }
}

/// Everything the server has.
async fn asked(room: &Room, event: &EventId) -> Result<HashMap<UserId, u64>> {
    let mut by = HashMap::new();
    let mut from = None;
    for _ in 0..MOST_PAGES {
        let options = RelationsOptions {
            from: from.take(),
            limit: Some(uint!(100)),
            include_relations: IncludeRelations::RelationsOfTypeAndEventType(
                RelationType::Annotation,
                TimelineEventType::Reaction,
            ),
            ..Default::default()
        };
        let page = room.relations(event.to_owned(), options).await?;
        for (person, at) in marks(page.chunk.iter().map(json)) {
            earliest(&mut by, person, at);
        }
        from = page.next_batch_token;
        if from.is_none() {
            return Ok(by);
        }
    }
    Ok(by)
}

fn json(event: &TimelineEvent) -> &str {
    event.raw().json().get()
}

#[derive(Deserialize)]
struct Reaction {
    sender: String,
    origin_server_ts: u64,
    content: ReactionContent,
}

#[derive(Deserialize)]
struct ReactionContent {
    #[serde(rename = "m.relates_to")]
    relates_to: Relation,
}

#[derive(Deserialize)]
struct Relation {
    key: String,
}

/// The acknowledgements among reactions; what was taken back has no content and is none.
fn marks<'a>(events: impl Iterator<Item = &'a str>) -> HashMap<UserId, u64> {
    let mut by = HashMap::new();
    for event in events {
        if let Ok(reaction) = serde_json::from_str::<Reaction>(event)
            && is_ack(&reaction.content.relates_to.key)
        {
            earliest(
                &mut by,
                UserId::new(reaction.sender),
                reaction.origin_server_ts,
            );
        }
    }
    by
}

fn earliest(by: &mut HashMap<UserId, u64>, person: UserId, at: u64) {
    by.entry(person)
        .and_modify(|known| *known = at.min(*known))
        .or_insert(at);
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn reaction(sender: &str, key: &str, at: u64) -> String {
        json!({
            "type": "m.reaction", "sender": sender, "origin_server_ts": at, "event_id": "$r",
            "content": {"m.relates_to": {"rel_type": "m.annotation", "event_id": "$e", "key": key}},
        })
        .to_string()
    }

    #[test]
    fn a_tick_of_any_keyboard_acknowledges_and_nothing_else_does() {
        let events = [
            reaction("@a:x", "✅", 5),
            reaction("@a:x", "✅\u{fe0f}", 3),
            reaction("@b:x", "👍", 1),
            json!({"type": "m.reaction", "sender": "@c:x", "origin_server_ts": 1, "content": {}})
                .to_string(),
            "[]".to_owned(),
        ];
        let by = marks(events.iter().map(String::as_str));
        assert_eq!(by, HashMap::from([(UserId::new("@a:x"), 3)]));
    }
}
