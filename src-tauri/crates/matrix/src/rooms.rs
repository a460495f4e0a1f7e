//! The chat list.

use crate::account::Account;
use crate::content::{Shown, preview, shown, unsent_body};
use crate::error::{Error, Result};
use crate::media::MediaSources;
use crate::names::{of_hero, person, person_in};
use crate::queue::Newest;
use crate::two::peer;
use async_stream::stream;
use eyeball_im::VectorDiff;
use futures_util::future::join_all;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, pin_mut};
use matrix_sdk::notification_settings::RoomNotificationMode;
use matrix_sdk::ruma::events::MessageLikeEventType;
use matrix_sdk::ruma::events::room::power_levels::RoomPowerLevels;
use matrix_sdk::ruma::{MilliSecondsSinceUnixEpoch, OwnedRoomId};
use matrix_sdk::{Room, RoomState};
use matrix_sdk_ui::room_list_service::RoomListItem;
use matrix_sdk_ui::timeline::{LatestEventValue, LatestEventValueLocalState, RoomExt};
use parta_model::{
    ChatId, ChatKind, ChatName, ChatRow, Delivery, LastMessage, ListDiff, MediaKey, PersonMark,
    Preview, UserId,
};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::broadcast::error::RecvError;

/// More chats than anybody has; the list is virtual, so it costs nothing to offer them all.
const ALL: usize = 100_000;

impl Account {
    /// The list of chats, newest first: first the whole, then what changes. Drafts are added above.
    pub async fn chats(&self) -> Result<BoxStream<'static, Vec<ListDiff<ChatRow>>>> {
        let list = self
            .sync
            .service
            .room_list_service()
            .all_rooms()
            .await
            .map_err(|error| Error::stored(&error))?;
        let look = Look {
            sources: self.sources.clone(),
            just_read: self.just_read.clone(),
            unsent: self.queue.newest(),
        };
        let mut reread = self.reread.subscribe();
        Ok(stream! {
            let (entries, controller) = list.entries_with_dynamic_adapters(ALL);
            controller.set_filter(Box::new(is_chat));
            pin_mut!(entries);
            // Where each chat stands, to redraw one that has just been read.
            let mut order: Vec<Room> = Vec::new();
            loop {
                tokio::select! {
                    diffs = entries.next() => {
                        let Some(diffs) = diffs else { return };
                        let mut out = Vec::with_capacity(diffs.len());
                        for diff in diffs {
                            let diff = list_diff(diff);
                            diff.clone().map(RoomListItem::into_inner).apply(&mut order);
                            out.push(rows(diff, &look).await);
                        }
                        yield out;
                    }
                    room = reread.recv() => {
                        let room = match room {
                            Ok(room) => room,
                            // Missed ones are drawn with their next news.
                            Err(RecvError::Lagged(_)) => continue,
                            Err(RecvError::Closed) => return,
                        };
                        if let Some(index) = order.iter().position(|r| r.room_id() == room) {
                            let item = row(&order[index], &look).await;
                            yield vec![ListDiff::Set { index, item }];
                        }
                    }
                }
            }
        }
        .boxed())
    }
}

/// Spaces and the organisation's quiet rooms hold no conversation.
fn is_chat(item: &RoomListItem) -> bool {
    matches!(item.state(), RoomState::Joined | RoomState::Invited)
        && item.room_type().is_none()
        && !item.is_tombstoned()
}

pub(crate) fn list_diff<T: Clone>(diff: VectorDiff<T>) -> ListDiff<T> {
    match diff {
        VectorDiff::Append { values } => ListDiff::Append {
            items: values.into_iter().collect(),
        },
        VectorDiff::Clear => ListDiff::Clear,
        VectorDiff::PushFront { value } => ListDiff::PushFront { item: value },
        VectorDiff::PushBack { value } => ListDiff::PushBack { item: value },
        VectorDiff::PopFront => ListDiff::PopFront,
        VectorDiff::PopBack => ListDiff::PopBack,
        VectorDiff::Insert { index, value } => ListDiff::Insert { index, item: value },
        VectorDiff::Set { index, value } => ListDiff::Set { index, item: value },
        VectorDiff::Remove { index } => ListDiff::Remove { index },
        VectorDiff::Truncate { length } => ListDiff::Truncate { length },
        VectorDiff::Reset { values } => ListDiff::Reset {
            items: values.into_iter().collect(),
        },
    }
}

type JustRead = Arc<Mutex<HashSet<OwnedRoomId>>>;

/// What a row is drawn from, besides its room.
struct Look {
    sources: MediaSources,
    just_read: JustRead,
    unsent: Arc<Mutex<HashMap<OwnedRoomId, Newest>>>,
}

async fn rows(diff: ListDiff<RoomListItem>, look: &Look) -> ListDiff<ChatRow> {
    // Rows are looked up side by side, then put back in their places.
    let mut rooms = Vec::new();
    let shape = diff.map(|item| rooms.push(item.into_inner()));
    let mut rows = join_all(rooms.iter().map(|room| row(room, look)))
        .await
        .into_iter();
    shape.map(|()| rows.next().expect("one row for each room"))
}

async fn row(room: &Room, look: &Look) -> ChatRow {
    let peer = peer(room).await;
    let levels = room.power_levels_or_default().await;
    let kind = kind(room, peer.is_some(), &levels);
    let last = last(room, kind, &look.sources).await;
    let mut called = called(room).await;
    if kind == ChatKind::Invitation && (called.own.is_none() || directly(room).await) {
        // Who invites to a chat of two is the other one, and whoever he says is in it may not know of it.
        called.own = None;
        called.after = last.iter().filter_map(|last| last.sender.clone()).collect();
    }
    let (unread, mentions) = counts(room, &look.just_read);
    ChatRow {
        id: ChatId::new(room.room_id().as_str()),
        name: called.own.unwrap_or_default(),
        after: called.after,
        mark: PersonMark::None,
        kind,
        peer: peer.map(|id| UserId::new(id.as_str())),
        avatar: room.avatar_url().map(|mxc| MediaKey::new(mxc.as_str())),
        last: unsent(room, look, last),
        unread,
        mentions,
        marked_unread: room.is_marked_unread(),
        muted: room.cached_user_defined_notification_mode() == Some(RoomNotificationMode::Mute),
        can_send: room.state() == RoomState::Joined
            && levels.user_can_send_message(room.own_user_id(), MessageLikeEventType::RoomMessage),
        draft: None,
    }
}

pub(crate) fn kind(room: &Room, of_two: bool, levels: &RoomPowerLevels) -> ChatKind {
    match room.state() {
        RoomState::Invited => ChatKind::Invitation,
        _ if of_two => ChatKind::Direct,
        _ if i64::from(levels.events_default) > 0 => ChatKind::Channel,
        _ => ChatKind::Group,
    }
}

async fn directly(room: &Room) -> bool {
    room.is_direct().await.unwrap_or(false)
}

/// What a chat is called. That of two is called after the other one, whatever name somebody gave it.
pub(crate) async fn called(room: &Room) -> ChatName {
    if let Some(other) = peer(room).await {
        let heroes = room.heroes();
        let hero = heroes.iter().find(|hero| hero.user_id == other);
        let named = hero.filter(|hero| hero.display_name.is_some());
        let other = match named {
            Some(hero) => of_hero(hero),
            None => person_in(room, &other).await,
        };
        return ChatName {
            own: None,
            after: vec![other],
        };
    }
    let own = room.name().filter(|name| !name.trim().is_empty());
    let own = own.or_else(|| Some(room.canonical_alias()?.to_string()));
    let after = match own {
        Some(_) => Vec::new(),
        None => room.heroes().iter().map(of_hero).collect(),
    };
    ChatName { own, after }
}

/// The server counts what notifies, over all of history; this device counts every message, in what it has cached.
fn counts(room: &Room, just_read: &JustRead) -> (u32, u32) {
    let server = room.unread_notification_counts();
    let (unread, mentions) = (room.num_unread_messages(), room.num_unread_mentions());
    let mut just_read = just_read.lock().unwrap_or_else(PoisonError::into_inner);
    if just_read.contains(room.room_id()) {
        if unread == 0 && server.notification_count > 0 {
            return (0, 0);
        }
        // The server has answered, or something new has come.
        just_read.remove(room.room_id());
        if unread > 0 {
            return (narrow(unread), narrow(mentions));
        }
    }
    (
        narrow(unread.max(server.notification_count)),
        narrow(mentions.max(server.highlight_count)),
    )
}

fn narrow(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The newest events of a chat may all be reactions or changes of its settings: what was said lies before them.
fn look_further_back(room: &Room) {
    if room.state() == RoomState::Joined
        && let Some(pager) = room.client().event_cache().automatic_pagination()
    {
        pager.run_once(room.room_id());
    }
}

/// An unsent message is always the newest, whatever the SDK has last written down of the room.
fn unsent(room: &Room, look: &Look, last: Option<LastMessage>) -> Option<LastMessage> {
    let newest = look
        .unsent
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .get(room.room_id())
        .cloned();
    let Some(newest) = newest else { return last };
    Some(LastMessage {
        sender: None,
        own: true,
        preview: preview(&unsent_body(&newest.content, &look.sources)),
        delivery: if newest.failed {
            Delivery::Failed
        } else {
            Delivery::Waiting
        },
        at: last.map_or_else(
            || MilliSecondsSinceUnixEpoch::now().get().into(),
            |last| last.at,
        ),
    })
}

async fn last(room: &Room, kind: ChatKind, sources: &MediaSources) -> Option<LastMessage> {
    let (timestamp, sender, profile, content, own, delivery) =
        match RoomExt::latest_event(room).await {
            LatestEventValue::None => {
                look_further_back(room);
                return None;
            }
            LatestEventValue::RemoteInvite {
                timestamp, inviter, ..
            } => {
                let sender = match inviter {
                    Some(inviter) => Some(person_in(room, &inviter).await),
                    None => None,
                };
                return Some(LastMessage {
                    sender,
                    own: false,
                    preview: Preview::Other,
                    delivery: Delivery::None,
                    at: timestamp.get().into(),
                });
            }
            LatestEventValue::Remote {
                timestamp,
                sender,
                is_own,
                profile,
                content,
            } => (
                timestamp,
                sender,
                profile,
                content,
                is_own,
                if is_own {
                    Delivery::Sent
                } else {
                    Delivery::None
                },
            ),
            LatestEventValue::Local {
                timestamp,
                sender,
                profile,
                content,
                state,
            } => {
                let delivery = match state {
                    LatestEventValueLocalState::IsSending => Delivery::Waiting,
                    LatestEventValueLocalState::HasBeenSent => Delivery::Sent,
                    LatestEventValueLocalState::CannotBeSent => Delivery::Failed,
                };
                (timestamp, sender, profile, content, true, delivery)
            }
        };
    let sender = person(&sender, &profile);
    let preview = match shown(&content, &sender, room.own_user_id(), sources) {
        Shown::Body(body) => preview(&body),
        // That a chat was made is no message of anybody.
        Shown::System(_) => {
            look_further_back(room);
            return None;
        }
        Shown::Nothing => Preview::Other,
    };
    Some(LastMessage {
        sender: (!own && kind != ChatKind::Direct).then_some(sender),
        own,
        preview,
        delivery,
        at: timestamp.get().into(),
    })
}
