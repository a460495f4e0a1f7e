//! What was said in the chats, for an index: what is cached here, what comes, and what lies further back on the server.

mod changes;

use crate::account::Account;
use crate::error::{Error, Result};
use crate::names::person_in;
use crate::sync::LinkState;
use async_stream::stream;
use changes::change;
use futures_util::stream::BoxStream;
use futures_util::{FutureExt, Stream, StreamExt, pin_mut};
use matrix_sdk::Room;
use matrix_sdk::RoomState;
use matrix_sdk::config::RequestConfig;
use matrix_sdk::deserialized_responses::TimelineEvent;
use matrix_sdk::ruma::api::Direction;
use matrix_sdk::ruma::api::client::filter::LazyLoadOptions;
use matrix_sdk::ruma::api::client::message::get_message_events;
use matrix_sdk::ruma::events::room::MediaSource;
use matrix_sdk::ruma::events::room::member::RoomMemberEventContent;
use matrix_sdk::ruma::events::{AnyStateEvent, AnySyncTimelineEvent};
use matrix_sdk::ruma::serde::Raw;
use matrix_sdk::ruma::{EventId, UserId};
use matrix_sdk_base::event_cache::store::EventCacheStoreLockState;
use matrix_sdk_base::linked_chunk::{ChunkContent, LinkedChunkId};
use parta_model::{Change, ChatId, MediaKey, MediaSecret, Person};
use std::collections::HashMap;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;

/// Messages of one page from the server.
const PAGE: u32 = 100;
/// A server that has not answered by then is taken for absent.
const PATIENCE: Duration = Duration::from_secs(60);
/// The events that say something or take it back; all others stay on the server.
const TYPES: [&str; 5] = [
    "m.room.message",
    "m.room.redaction",
    "m.room.encrypted",
    "org.matrix.msc3381.poll.start",
    "m.poll.start",
];

/// What may have changed in the history of the chats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HistoryNews {
    Chat(ChatId),
    /// Some were missed: every chat has to be looked at.
    All,
    /// A key has come.
    Key {
        chat: ChatId,
        session: String,
    },
    /// Keys have come, and which is not known.
    Keys,
}

/// Where the cache of a chat ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CacheEnd {
    /// At the event that was asked for.
    Seen,
    /// At a place of the history from which the server knows how to go on.
    Gap(String),
    /// At the beginning of the chat.
    Beginning,
    /// At a place that leads nowhere.
    Unknown,
}

/// The newest part of a chat's history, as far as it is cached.
#[derive(Clone, Debug)]
pub struct Cached {
    pub changes: Vec<Change>,
    pub newest: Option<String>,
    pub end: CacheEnd,
}

/// A page of history from the server.
#[derive(Clone, Debug)]
pub enum HistoryPage {
    Read {
        changes: Vec<Change>,
        /// Where the next page begins; nothing lies before the beginning of the chat.
        next: Option<String>,
    },
    /// The server no longer knows the place.
    Lost,
}

/// Whether a chat is one of the person's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Belongs {
    Yes,
    /// He has left, or has been removed.
    Left,
    /// It has no conversation, or is not known yet.
    No,
}

impl Account {
    /// The chats in which something can be looked for, the newest first.
    pub fn chats_with_history(&self) -> Vec<ChatId> {
        let mut rooms = self.client.joined_rooms();
        rooms.retain(|room| room.room_type().is_none());
        rooms.sort_by_key(|room| std::cmp::Reverse(room.latest_event_timestamp()));
        let id = |room: &Room| ChatId::new(room.room_id().as_str());
        rooms.iter().map(id).collect()
    }

    pub fn belongs(&self, chat: &ChatId) -> Belongs {
        let Ok(room) = self.room(chat) else {
            return Belongs::No;
        };
        match room.state() {
            RoomState::Joined if room.room_type().is_none() => Belongs::Yes,
            RoomState::Left | RoomState::Banned => Belongs::Left,
            _ => Belongs::No,
        }
    }

    /// Whether the server has said which chats there are.
    pub fn has_synced(&self) -> bool {
        *self.link().borrow() == LinkState::Online
    }

    /// What may have changed, from now on.
    pub async fn history_news(&self) -> BoxStream<'static, HistoryNews> {
        let mut updates = self
            .client
            .event_cache()
            .subscribe_to_room_generic_updates();
        let keys = self.keys().await;
        stream! {
            pin_mut!(keys);
            loop {
                tokio::select! {
                    update = updates.recv() => match update {
                        Ok(update) => yield HistoryNews::Chat(ChatId::new(update.room_id.as_str())),
                        Err(RecvError::Lagged(_)) => yield HistoryNews::All,
                        Err(RecvError::Closed) => return,
                    },
                    Some(news) = keys.next() => {
                        for news in news {
                            yield news;
                        }
                    }
                }
            }
        }
        .boxed()
    }

    async fn keys(&self) -> impl Stream<Item = Vec<HistoryNews>> + use<> {
        let keys = self.client.encryption().room_keys_received_stream().await;
        stream! {
            let Some(keys) = keys else { return };
            pin_mut!(keys);
            while let Some(came) = keys.next().await {
                let Ok(came) = came else {
                    yield vec![HistoryNews::Keys];
                    continue;
                };
                let news = came.into_iter().map(|key| HistoryNews::Key {
                    chat: ChatId::new(key.room_id.as_str()),
                    session: key.session_id,
                });
                yield news.collect();
            }
        }
    }

    /// The cached history of a chat, back to the event `seen` or as far as it reaches without a hole. Reads the cache on
    /// the disk and leaves what is open in memory alone.
    pub async fn cached_history(&self, chat: &ChatId, seen: Option<&str>) -> Result<Cached> {
        let room = self.room(chat)?;
        let id = LinkedChunkId::Room(room.room_id());
        let mut events = Vec::new();
        let store = match self.client.event_cache_store().lock().await {
            Ok(EventCacheStoreLockState::Clean(store) | EventCacheStoreLockState::Dirty(store)) => {
                store
            }
            Err(error) => return Err(Error::stored(&error)),
        };
        let (mut chunk, _) = store
            .load_last_chunk(id)
            .await
            .map_err(|error| Error::stored(&error))?;
        let mut end = CacheEnd::Unknown;
        'chunks: while let Some(part) = chunk {
            match part.content {
                ChunkContent::Gap(gap) => {
                    end = CacheEnd::Gap(gap.token);
                    break;
                }
                ChunkContent::Items(items) => {
                    for event in items.into_iter().rev() {
                        if seen.is_some() && event.event_id().as_ref().map(|id| id.as_str()) == seen
                        {
                            end = CacheEnd::Seen;
                            break 'chunks;
                        }
                        events.push(event);
                    }
                }
            }
            chunk = store
                .load_previous_chunk(id, part.identifier)
                .await
                .map_err(|error| Error::stored(&error))?;
        }
        drop(store);
        if end == CacheEnd::Unknown && events.last().is_some_and(is_creation) {
            end = CacheEnd::Beginning;
        }
        let newest = events
            .iter()
            .find_map(TimelineEvent::event_id)
            .map(|id| id.to_string())
            .or_else(|| seen.map(str::to_owned));
        let mut changes = Vec::new();
        for event in &events {
            changes.extend(self.read(&room, event.raw()).await);
        }
        self.add_names(&room, &mut changes, HashMap::new()).await;
        Ok(Cached {
            changes,
            newest,
            end,
        })
    }

    /// A page of older messages. It goes past the SDK's cache: a whole history would stay in it for ever.
    pub async fn history_page(&self, chat: &ChatId, token: Option<&str>) -> Result<HistoryPage> {
        let room = self.room(chat)?;
        let mut request =
            get_message_events::v3::Request::new(room.room_id().to_owned(), Direction::Backward);
        request.from = token.map(str::to_owned);
        request.limit = PAGE.into();
        request.filter.types = Some(TYPES.map(str::to_owned).into());
        request.filter.lazy_load_options = LazyLoadOptions::Enabled {
            include_redundant_members: false,
        };
        let config = RequestConfig::new().disable_retry().timeout(PATIENCE);
        let page = match self.client.send(request).with_request_config(config).await {
            Ok(page) => page,
            Err(error) => {
                let refused = error.as_client_api_error().map(|e| e.status_code.as_u16());
                if refused == Some(400) && token.is_some() {
                    return Ok(HistoryPage::Lost);
                }
                return Err(Error::from(error));
            }
        };
        let mut changes = Vec::with_capacity(page.chunk.len());
        for event in page.chunk {
            changes.extend(self.read(&room, event.cast_ref()).await);
        }
        let names = page.state.iter().filter_map(named).collect();
        self.add_names(&room, &mut changes, names).await;
        Ok(HistoryPage::Read {
            changes,
            next: page.end.filter(|end| Some(end.as_str()) != token),
        })
    }

    /// Reads a message again whose key may have come: from the cache, and from the server too where `fetch` says so.
    pub async fn history_event(
        &self,
        chat: &ChatId,
        event: &str,
        fetch: bool,
    ) -> Result<Option<Change>> {
        let room = self.room(chat)?;
        let id = <&EventId>::try_from(event).map_err(|_| Error::NoSuchItem)?;
        let found = if fetch {
            let config = RequestConfig::new().disable_retry().timeout(PATIENCE);
            Some(room.load_or_fetch_event(id, Some(config)).await?)
        } else {
            let (cache, _handles) = room
                .event_cache()
                .await
                .map_err(|error| Error::stored(&error))?;
            cache
                .find_event(id)
                .await
                .map_err(|error| Error::stored(&error))?
        };
        let Some(found) = found else { return Ok(None) };
        let mut changes: Vec<Change> = self.read(&room, found.raw()).await.into_iter().collect();
        self.add_names(&room, &mut changes, HashMap::new()).await;
        Ok(changes.pop())
    }

    /// Lets a found picture or file be opened by its key from now on.
    pub fn note_media(&self, secret: &MediaSecret) -> Option<MediaKey> {
        let source: MediaSource = serde_json::from_str(secret.expose()).ok()?;
        Some(self.sources.note(&source))
    }

    /// Somebody of a chat as this device knows him now; `before` is the name he had.
    pub async fn person_of(&self, chat: &ChatId, id: &str, before: Option<String>) -> Person {
        let known = match (self.room(chat), <&UserId>::try_from(id)) {
            (Ok(room), Ok(user)) => person_in(&room, user).await,
            _ => Person {
                id: id.into(),
                name: id.to_owned(),
                avatar: None,
                mark: Default::default(),
            },
        };
        let nameless = <&UserId>::try_from(id).is_ok_and(|user| known.name == user.localpart());
        match before.filter(|name| nameless && !name.trim().is_empty()) {
            Some(name) => Person { name, ..known },
            None => known,
        }
    }

    /// An event that is still sealed is tried here once more: its key may have come after the event.
    async fn read(&self, room: &Room, raw: &Raw<AnySyncTimelineEvent>) -> Option<Change> {
        let found = change(raw)?;
        let Change::Sealed { .. } = &found else {
            return Some(found);
        };
        // The futures of decryption are large.
        let opened = room
            .decrypt_event(raw.cast_ref_unchecked(), None)
            .boxed()
            .await;
        match opened {
            Ok(event) => change(event.raw()),
            Err(_) => Some(found),
        }
    }

    async fn add_names(
        &self,
        room: &Room,
        changes: &mut [Change],
        mut names: HashMap<String, Option<String>>,
    ) {
        for change in changes {
            let Change::Said { sender, name, .. } = change else {
                continue;
            };
            if !names.contains_key(sender.as_str()) {
                let known = match <&UserId>::try_from(sender.as_str()) {
                    Ok(user) => room.get_member_no_sync(user).await.ok().flatten(),
                    Err(_) => None,
                };
                let known = known.and_then(|member| member.display_name().map(str::to_owned));
                names.insert(sender.as_str().to_owned(), known);
            }
            *name = names.get(sender.as_str()).cloned().flatten();
        }
    }
}

fn named(state: &Raw<AnyStateEvent>) -> Option<(String, Option<String>)> {
    let user = state.get_field::<String>("state_key").ok().flatten()?;
    let member = state
        .get_field::<RoomMemberEventContent>("content")
        .ok()
        .flatten()?;
    Some((user, member.displayname))
}

/// Nothing lies before the event that made the room.
fn is_creation(event: &TimelineEvent) -> bool {
    let event_type = event.raw().get_field::<String>("type").ok().flatten();
    event_type.as_deref() == Some("m.room.create")
}
