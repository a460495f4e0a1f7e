//! Draws one entry of a conversation from what the SDK holds of it.

use super::{OpenTimeline, is_ack};
use crate::compose::asked_ack;
use crate::content::{Shown, body, preview, shown};
use crate::details::runs;
use crate::error::Error;
use crate::names::{person, person_in};
use matrix_sdk::ruma::UserId as MatrixUserId;
use matrix_sdk::ruma::events::room::power_levels::RoomPowerLevels;
use matrix_sdk_ui::timeline::{
    EmbeddedEvent, EventSendState, EventTimelineItem, TimelineDetails, TimelineItem,
    TimelineItemContent, TimelineItemKind, VirtualTimelineItem,
};
use parta_model::{
    Ack, FailReason, Item, ItemKind, Message, MessageId, Person, Quote, Reaction, SendState,
};
use std::collections::HashSet;
use std::sync::{Arc, PoisonError};

/// How many names a reaction's tooltip shows.
const NAMES: usize = 6;
/// Kinds of reactions that a message shows, besides one's own.
const REACTIONS: usize = 50;

impl OpenTimeline {
    async fn known(&self, id: &MatrixUserId) -> Person {
        if let Some(person) = self
            .people
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(id)
        {
            return person.clone();
        }
        let person = person_in(self.timeline.room(), id).await;
        if person.name != id.localpart() {
            let mut people = self.people.lock().unwrap_or_else(PoisonError::into_inner);
            people.insert(id.to_owned(), person.clone());
        }
        person
    }

    pub(super) async fn item(self: &Arc<Self>, item: &TimelineItem) -> Item {
        let id = MessageId::new(item.unique_id().0.clone());
        let kind = match item.kind() {
            TimelineItemKind::Virtual(VirtualTimelineItem::DateDivider(at)) => ItemKind::Day {
                at: at.get().into(),
            },
            // Where the line belongs is said for the whole list.
            TimelineItemKind::Virtual(VirtualTimelineItem::ReadMarker) => ItemKind::Hidden,
            TimelineItemKind::Virtual(VirtualTimelineItem::TimelineStart) => ItemKind::Start,
            TimelineItemKind::Event(event) => self.event(event).await,
        };
        Item { id, kind }
    }

    async fn event(self: &Arc<Self>, event: &EventTimelineItem) -> ItemKind {
        let sender = person(event.sender(), event.sender_profile());
        let at = event.timestamp().get().into();
        let body = match shown(event.content(), &sender, &self.me, &self.sources) {
            Shown::Body(body) => body,
            Shown::System(event) => return ItemKind::System { event, at },
            Shown::Nothing => return ItemKind::Hidden,
        };
        let own = event.is_own();
        let message = event.content().as_msglike();
        let edited = event
            .content()
            .as_message()
            .is_some_and(|message| message.is_edited());
        let reply = match message.and_then(|message| message.in_reply_to.as_ref()) {
            Some(reply) => {
                if let TimelineDetails::Unavailable = reply.event {
                    self.fetch_original(event);
                }
                Some(self.quote(reply.event_id.as_str(), &reply.event).await)
            }
            None => None,
        };
        let mut reactions = Vec::new();
        let given = message.iter().flat_map(|message| message.reactions.iter());
        // Thousands of them say no more, and each has names to be found.
        let shown = given
            .enumerate()
            .filter(|(place, (_, people))| *place < REACTIONS || people.contains_key(&self.me));
        for (_, (key, people)) in shown {
            let mut who = Vec::new();
            for id in people.keys().take(NAMES) {
                who.push(self.known(id).await);
            }
            reactions.push(Reaction {
                key: key.clone(),
                count: people.len().try_into().unwrap_or(u32::MAX),
                own: people.contains_key(&self.me),
                who,
            });
        }
        ItemKind::Message {
            message: Box::new(Message {
                event: event.event_id().map(ToString::to_string),
                sender,
                own,
                at,
                body,
                edited,
                reply,
                reactions,
                send: send_state(event),
                can_edit: own && event.is_editable() && !event.content().is_poll(),
                can_delete: self.can_delete(event),
                mentions_me: !own && self.names_me(event),
                ack: self.ack(event),
            }),
        }
    }

    fn can_delete(&self, event: &EventTimelineItem) -> bool {
        event.event_id().is_some()
            && !event.content().is_redacted()
            && if event.is_own() {
                self.levels().user_can_redact_own_event(&self.me)
            } else {
                self.levels().user_can_redact_event_of_other(&self.me)
            }
    }

    fn names_me(&self, event: &EventTimelineItem) -> bool {
        let message = event.content().as_message();
        message
            .and_then(|message| message.mentions())
            .is_some_and(|mentions| mentions.room || mentions.user_ids.contains(&self.me))
    }

    fn ack(&self, event: &EventTimelineItem) -> Option<Ack> {
        if event.content().is_redacted() {
            return None;
        }
        let asked = asked_ack(event.original_json()?)?;
        let people: HashSet<_> = event
            .content()
            .reactions()
            .into_iter()
            .flat_map(|reactions| reactions.iter())
            .filter(|(key, _)| is_ack(key))
            .flat_map(|(_, people)| people.keys())
            .collect();
        let others = people.iter().filter(|id| **id != event.sender()).count();
        let own = people.contains(&self.me);
        let levels = self.levels();
        // Who does not run the chat has nobody to ask for it, whatever his client writes. What was acknowledged while
        // he did stays so, for who has and for who has to account for it.
        let stays = own || others > 0 && runs(&levels, &self.me);
        if !stays && !runs(&levels, event.sender()) {
            return None;
        }
        Some(Ack {
            due: asked.due,
            own,
            count: others.try_into().unwrap_or(u32::MAX),
        })
    }

    fn levels(&self) -> Arc<RoomPowerLevels> {
        let levels = self.levels.lock().unwrap_or_else(PoisonError::into_inner);
        levels.clone()
    }

    /// Who may do what is set anew while a chat is open, and what comes next may depend on it.
    pub(super) async fn ask_levels(&self) {
        let now = Arc::new(self.timeline.room().power_levels_or_default().await);
        *self.levels.lock().unwrap_or_else(PoisonError::into_inner) = now;
    }

    async fn quote(&self, event: &str, details: &TimelineDetails<Box<EmbeddedEvent>>) -> Quote {
        let TimelineDetails::Ready(original) = details else {
            return Quote {
                sender: None,
                preview: None,
                event: event.to_owned(),
            };
        };
        let said = match &original.content {
            TimelineItemContent::MsgLike(message) => {
                Some(preview(&body(&message.kind, &self.me, &self.sources)))
            }
            _ => None,
        };
        let mut sender = person(&original.sender, &original.sender_profile);
        if sender.name == original.sender.localpart() {
            // A quote keeps the profile of the moment it was loaded; the name may be known by now.
            sender = self.known(&original.sender).await;
        }
        Quote {
            sender: Some(sender),
            preview: said,
            event: event.to_owned(),
        }
    }

    fn fetch_original(self: &Arc<Self>, event: &EventTimelineItem) {
        let Some(id) = event.event_id().map(ToOwned::to_owned) else {
            return;
        };
        if !self
            .fetched
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(id.clone())
        {
            return;
        }
        let open = self.clone();
        tokio::spawn(async move {
            // A missing original is shown as missing; the item says so by itself.
            let _ = open.timeline.fetch_details_for_event(&id).await;
        });
    }
}

/// How far an own message has come, before anybody's receipts are looked at.
fn send_state(event: &EventTimelineItem) -> SendState {
    if !event.is_own() {
        return SendState::Received;
    }
    match event.send_state() {
        Some(EventSendState::NotSentYet {
            progress: Some(upload),
        }) if upload.progress.total > 0 => SendState::Uploading {
            sent: upload.progress.current as u64,
            total: upload.progress.total as u64,
        },
        Some(EventSendState::NotSentYet { .. }) => SendState::Waiting,
        // The queue goes on by itself after an error that may pass.
        Some(EventSendState::SendingFailed {
            is_recoverable: true,
            ..
        }) => SendState::Waiting,
        Some(EventSendState::SendingFailed { error, .. }) => SendState::Failed {
            reason: reason(error),
        },
        Some(EventSendState::Sent { .. }) | None => SendState::Sent,
    }
}

fn reason(error: &matrix_sdk::Error) -> FailReason {
    if matches!(error, matrix_sdk::Error::SendQueueWedgeError(wedge) if matches!(**wedge,
        matrix_sdk::store::QueueWedgeError::InsecureDevices { .. } | matrix_sdk::store::QueueWedgeError::IdentityViolations { .. } | matrix_sdk::store::QueueWedgeError::CrossVerificationRequired))
    {
        return FailReason::Identity;
    }
    match Error::from(error) {
        Error::NotAllowed => FailReason::NotAllowed,
        Error::TooLarge => FailReason::TooLarge,
        Error::ChatGone => FailReason::ChatGone,
        _ => FailReason::Server,
    }
}
