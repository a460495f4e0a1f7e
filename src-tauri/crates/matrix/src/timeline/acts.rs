//! What a person does to messages that are there.

use super::OpenTimeline;
use crate::account::Account;
use crate::compose::{asked_ack, compose, named};
use crate::error::{Error, Result};
use crate::names::person_in;
use crate::timeline::sending::enqueue;
use matrix_sdk::Room;
use matrix_sdk::room::edit::EditedContent;
use matrix_sdk::ruma::events::room::message::{MessageType, Relation, RoomMessageEventContent};
use matrix_sdk::ruma::events::sticker::StickerEventContent;
use matrix_sdk::ruma::events::{
    AnyMessageLikeEventContent, AnySyncMessageLikeEvent, AnySyncTimelineEvent, SyncMessageLikeEvent,
};
use matrix_sdk::ruma::{EventId, OwnedEventId, OwnedUserId};
use matrix_sdk_ui::timeline::{EventTimelineItem, TimelineEventItemId, TimelineItemContent};
use parta_model::{ChatId, Reactors, Reader, Written};
use serde_json::Map;
use std::collections::HashMap;

/// The reaction that acknowledges a message.
pub(crate) const ACK_KEY: &str = "✅";

/// Whether a reaction acknowledges: some keyboards send the sign with a mark that asks for its coloured form.
pub(crate) fn is_ack(key: &str) -> bool {
    key.trim_end_matches('\u{fe0f}') == ACK_KEY
}

pub(crate) fn event_id(event: &str) -> Result<OwnedEventId> {
    OwnedEventId::try_from(event).map_err(|_| Error::NoSuchItem)
}

impl Account {
    async fn loaded(
        &self,
        room: &Room,
        event: &EventId,
    ) -> Result<(std::sync::Arc<OpenTimeline>, EventTimelineItem)> {
        let open = self
            .holding(room.room_id(), event)
            .await
            .ok_or(Error::NoSuchItem)?;
        let item = open
            .timeline
            .item_by_event_id(event)
            .await
            .ok_or(Error::NoSuchItem)?;
        Ok((open, item))
    }

    /// What an own message says, as it was written.
    pub async fn edit_source(&self, chat: &ChatId, event: &str) -> Result<Written> {
        let room = self.room(chat)?;
        let (_, item) = self.loaded(&room, &event_id(event)?).await?;
        let message = item.content().as_message().ok_or(Error::NoSuchItem)?;
        let (text, html) = match message.msgtype() {
            MessageType::Text(c) => (c.body.as_str(), c.formatted.as_ref()),
            MessageType::Notice(c) => (c.body.as_str(), c.formatted.as_ref()),
            MessageType::Emote(c) => (c.body.as_str(), c.formatted.as_ref()),
            MessageType::Image(c) => (c.caption().unwrap_or_default(), c.formatted_caption()),
            MessageType::Video(c) => (c.caption().unwrap_or_default(), c.formatted_caption()),
            MessageType::File(c) => (c.caption().unwrap_or_default(), c.formatted_caption()),
            MessageType::Audio(c) => (c.caption().unwrap_or_default(), c.formatted_caption()),
            _ => return Err(Error::NoSuchItem),
        };
        Ok(Written {
            text: text.to_owned(),
            mentions: named(
                html.map(|html| html.body.as_str()),
                message.mentions(),
                text,
            ),
        })
    }

    /// Says something else instead; the queue sends it when it can.
    pub async fn edit(&self, chat: &ChatId, event: &str, written: &Written) -> Result<()> {
        let room = self.room(chat)?;
        let event = event_id(event)?;
        let (open, item) = self.loaded(&room, &event).await?;
        let composed = compose(written)?;
        let media = item.content().as_message().is_some_and(|message| {
            matches!(
                message.msgtype(),
                MessageType::Image(_)
                    | MessageType::Video(_)
                    | MessageType::File(_)
                    | MessageType::Audio(_)
            )
        });
        if !media && composed.body.is_empty() {
            return Err(Error::NotAllowed);
        }
        let content = if media {
            EditedContent::MediaCaption {
                formatted_caption: composed.formatted(),
                mentions: Some(composed.mentions.clone()),
                caption: (!composed.body.is_empty()).then_some(composed.body),
            }
        } else {
            EditedContent::RoomMessage(composed.message())
        };
        open.timeline
            .edit(&TimelineEventItemId::EventId(event), content)
            .await
            .map_err(|_| Error::NotAllowed)
    }

    /// Deletes messages for everybody, in the order given; the queue does it when it can.
    pub async fn delete(
        &self,
        chat: &ChatId,
        events: &[String],
        reason: Option<&str>,
    ) -> Result<()> {
        let room = self.room(chat)?;
        let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
        for event in events {
            room.send_queue()
                .redact(event_id(event)?, reason)
                .await
                .map_err(|_| Error::NotAllowed)?;
        }
        Ok(())
    }

    /// Says the same again in other chats. Each is whole before the first goes out, so a missing one sends nothing.
    pub async fn forward(&self, chat: &ChatId, events: &[String], to: &[ChatId]) -> Result<()> {
        let room = self.room(chat)?;
        let mut contents = Vec::new();
        for event in events {
            contents.push(self.said(&room, &event_id(event)?).await?);
        }
        let mut rooms = Vec::new();
        for chat in to {
            rooms.push(self.room(chat)?);
        }
        for room in rooms {
            for content in &contents {
                match content.clone() {
                    AnyMessageLikeEventContent::RoomMessage(message) => {
                        enqueue(&room, message, Map::new()).await?;
                    }
                    other => {
                        let queued = room.send_queue().send(other).await;
                        queued.map_err(|_| Error::NotAllowed)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// What a message says now, with its edits, and without what ties it to its chat.
    async fn said(&self, room: &Room, event: &EventId) -> Result<AnyMessageLikeEventContent> {
        if let Ok((_, item)) = self.loaded(room, event).await {
            match item.content() {
                TimelineItemContent::MsgLike(_) if item.content().as_message().is_some() => {
                    let message = item.content().as_message().ok_or(Error::NoSuchItem)?;
                    // Whom it named is not named again: they are told once.
                    return Ok(RoomMessageEventContent::new(message.msgtype().clone()).into());
                }
                content => {
                    if let Some(sticker) = content.as_sticker() {
                        let mut sticker: StickerEventContent = sticker.content().clone();
                        sticker.relates_to = None;
                        return Ok(sticker.into());
                    }
                }
            }
            return Err(Error::NotAllowed);
        }
        let found = room.load_or_fetch_event(event, None).await?;
        let found = found.raw().deserialize().map_err(|_| Error::NoSuchItem)?;
        match found {
            AnySyncTimelineEvent::MessageLike(AnySyncMessageLikeEvent::RoomMessage(
                SyncMessageLikeEvent::Original(original),
            )) if !matches!(original.content.relates_to, Some(Relation::Replacement(_))) => {
                Ok(RoomMessageEventContent::new(original.content.msgtype).into())
            }
            _ => Err(Error::NotAllowed),
        }
    }

    /// Sets the person's reaction, or takes it back where it is set.
    pub async fn react(&self, chat: &ChatId, event: &str, key: &str) -> Result<()> {
        let room = self.room(chat)?;
        let event = event_id(event)?;
        let (open, item) = self.loaded(&room, &event).await?;
        // An acknowledgement holds: it can't be taken back by a second click.
        let held = is_ack(key) && asks_ack(&item) && acknowledged(&item, &open.me);
        if held || key.is_empty() || key.len() > 128 {
            return Ok(());
        }
        open.timeline
            .toggle_reaction(&TimelineEventItemId::EventId(event), key)
            .await
            .map(drop)
            .map_err(|_| Error::NotAllowed)
    }

    pub async fn reactors(&self, chat: &ChatId, event: &str) -> Result<Vec<Reactors>> {
        let room = self.room(chat)?;
        let (_, item) = self.loaded(&room, &event_id(event)?).await?;
        let mut all = Vec::new();
        for (key, people) in item
            .content()
            .reactions()
            .into_iter()
            .flat_map(|r| r.iter())
        {
            let mut who = Vec::with_capacity(people.len());
            for id in people.keys() {
                who.push(person_in(&room, id).await);
            }
            all.push(Reactors {
                key: key.clone(),
                people: who,
            });
        }
        Ok(all)
    }

    /// Who has read a message: everybody whose receipt lies at it or below it.
    pub async fn readers(&self, chat: &ChatId, event: &str) -> Result<Vec<Reader>> {
        let room = self.room(chat)?;
        let event = event_id(event)?;
        let (open, item) = self.loaded(&room, &event).await?;
        let sender = item.sender().to_owned();
        let mut read: HashMap<OwnedUserId, Option<u64>> = HashMap::new();
        for entry in open.timeline.items().await.iter().rev() {
            let Some(entry) = entry.as_event() else {
                continue;
            };
            for (id, receipt) in entry.read_receipts() {
                if *id != open.me && *id != sender {
                    let at = receipt.ts.map(|ts| u64::from(ts.get()));
                    read.entry(id.clone()).or_insert(at);
                }
            }
            if entry.event_id() == Some(&event) {
                break;
            }
        }
        let mut readers = Vec::with_capacity(read.len());
        for (id, at) in read {
            readers.push(Reader {
                person: person_in(&room, &id).await,
                at,
            });
        }
        readers.sort_by(|a, b| (b.at, &a.person.name).cmp(&(a.at, &b.person.name)));
        Ok(readers)
    }

    pub async fn pin(&self, chat: &ChatId, event: &str, on: bool) -> Result<()> {
        let room = self.room(chat)?;
        let event = event_id(event)?;
        if on {
            room.pin_event(&event).await?;
        } else {
            room.unpin_event(&event).await?;
        }
        Ok(())
    }

    /// Tells the people who run the server about a message.
    pub async fn report(&self, chat: &ChatId, event: &str, reason: &str) -> Result<()> {
        let room = self.room(chat)?;
        let reason = Some(reason.trim().to_owned()).filter(|reason| !reason.is_empty());
        room.report_content(event_id(event)?, reason).await?;
        Ok(())
    }

    pub async fn message_link(&self, chat: &ChatId, event: &str) -> Result<String> {
        let room = self.room(chat)?;
        let link = room.matrix_to_event_permalink(event_id(event)?).await?;
        Ok(link.to_string())
    }
}

/// Whether a message asks its readers to acknowledge it.
fn asks_ack(item: &EventTimelineItem) -> bool {
    item.original_json()
        .is_some_and(|event| asked_ack(event).is_some())
}

fn acknowledged(item: &EventTimelineItem, who: &OwnedUserId) -> bool {
    item.content()
        .reactions()
        .into_iter()
        .flat_map(|reactions| reactions.iter())
        .any(|(key, people)| is_ack(key) && people.contains_key(who))
}
