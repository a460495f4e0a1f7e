//! Messages on their way out: said, answered, tried again, dropped.

use super::OpenTimeline;
use crate::account::Account;
use crate::compose::{ACK, compose};
use crate::error::{Error, Result};
use matrix_sdk::Room;
use matrix_sdk::room::reply::{EnforceThread, Reply};
use matrix_sdk::ruma::OwnedEventId;
use matrix_sdk::ruma::events::room::message::{AddMentions, RoomMessageEventContent};
use matrix_sdk::ruma::events::{AnyMessageLikeEventContent, MessageLikeEventContent as _};
use matrix_sdk::ruma::serde::Raw;
use matrix_sdk::send_queue::SendHandle;
use parta_model::{AskAck, ChatId, MessageId, Written};
use serde_json::{Map, Value, json};

impl Account {
    /// Puts a message on disk and into the queue; it goes out when the server is there.
    pub async fn send(
        &self,
        chat: &ChatId,
        written: &Written,
        reply_to: Option<&str>,
        ack: Option<AskAck>,
    ) -> Result<()> {
        let room = self.room(chat)?;
        let content = compose(written)?.message();
        let content = match reply_to {
            None => RoomMessageEventContent::from(content),
            Some(event) => {
                let event = OwnedEventId::try_from(event).map_err(|_| Error::NoSuchItem)?;
                let reply = Reply {
                    event_id: event,
                    enforce_thread: EnforceThread::MaybeThreaded,
                    add_mentions: AddMentions::Yes,
                };
                room.make_reply_event(content, reply)
                    .await
                    .map_err(|_| Error::NoSuchItem)?
            }
        };
        let mut own = Map::new();
        if let Some(ask) = ack {
            let due = ask.due.map(|due| ("due_ts".to_owned(), json!(due)));
            own.insert(ACK.to_owned(), Value::Object(due.into_iter().collect()));
        }
        enqueue(&room, content, own).await
    }

    /// Tries a failed message again.
    pub async fn retry(&self, chat: &ChatId, item: &MessageId) -> Result<()> {
        let handle = self.opened(chat, None)?.handle(item).await?;
        handle
            .unwedge()
            .await
            .map_err(|error| Error::stored(&error))
    }

    /// Drops a message that has not been sent.
    pub async fn discard(&self, chat: &ChatId, item: &MessageId) -> Result<()> {
        let handle = self.opened(chat, None)?.handle(item).await?;
        // `false` means that the server had it already: then it stays, and that is no error.
        handle
            .abort()
            .await
            .map(drop)
            .map_err(|error| Error::stored(&error))
    }
}

impl OpenTimeline {
    async fn handle(&self, item: &MessageId) -> Result<SendHandle> {
        let items = self.timeline.items().await;
        let found = items
            .iter()
            .find(|candidate| candidate.unique_id().0 == item.as_str());
        found
            .and_then(|item| item.as_event()?.local_echo_send_handle())
            .ok_or(Error::NoSuchItem)
    }
}

/// Puts a message into the queue, with fields of our own that the SDK's types don't know.
pub(crate) async fn enqueue(
    room: &Room,
    content: RoomMessageEventContent,
    own: Map<String, Value>,
) -> Result<()> {
    let queued = if own.is_empty() {
        room.send_queue().send(content.into()).await
    } else {
        let kind = content.event_type().to_string();
        let mut value = serde_json::to_value(&content)
            .map_err(|_| Error::Internal("a message that is no JSON"))?;
        if let Value::Object(fields) = &mut value {
            fields.extend(own);
        }
        let raw = Raw::<AnyMessageLikeEventContent>::from_json_string(value.to_string())
            .map_err(|_| Error::Internal("a message that is no JSON"))?;
        room.send_queue().send_raw(raw, kind).await
    };
    queued.map(drop).map_err(|_| Error::NotAllowed)
}
