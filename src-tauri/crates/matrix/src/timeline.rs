//! One open conversation: its items as diffs, and paging.

mod acts;
mod items;
mod leaving;
pub(crate) mod line;
mod mirror;
mod polls;
mod sending;
mod steady;

pub(crate) use acts::{ACK_KEY, event_id, is_ack};
pub(crate) use polls::poll;

use crate::account::Account;
use crate::error::{Error, Result};
use crate::media::MediaSources;
use crate::rooms::list_diff;
use crate::sync::LinkState;
use async_stream::stream;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, pin_mut};
use leaving::{AbortOnDrop, Leave};
use line::Unread;
use matrix_sdk::room::Receipts;
use matrix_sdk::ruma::api::Direction;
use matrix_sdk::ruma::api::client::room::get_event_by_timestamp;
use matrix_sdk::ruma::events::room::power_levels::RoomPowerLevels;
use matrix_sdk::ruma::{
    EventId, MilliSecondsSinceUnixEpoch, OwnedEventId, OwnedRoomId, OwnedUserId, RoomId, UInt,
};
use matrix_sdk_ui::timeline::{
    RoomExt, Timeline, TimelineEventFocusThreadMode, TimelineFocus, TimelineReadReceiptTracking,
};
use mirror::Mirror;
use parta_model::{ChatId, ListDiff, Paging, Person, TimelineUpdate};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use tokio::sync::{Mutex as AsyncMutex, watch};

/// One page of older messages.
const PAGE: u16 = 50;
/// So many events lie on each side of the one that a chat is opened around.
const CONTEXT: u16 = 30;
/// A chat opens with at least this many entries where it has them.
const FIRST: usize = 30;
/// How far back the first unread message is looked for when a chat opens.
const FAR: usize = 400;

/// Which part of a chat is open.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Focus {
    Newest,
    Around(OwnedEventId),
    Pinned,
}

pub(crate) type OpenTimelines = HashMap<(OwnedRoomId, Focus), Weak<OpenTimeline>>;

pub(crate) struct OpenTimeline {
    timeline: Timeline,
    me: OwnedUserId,
    focus: Focus,
    sources: MediaSources,
    /// What is above, and what is below.
    older: watch::Sender<Paging>,
    newer: watch::Sender<Paging>,
    /// One page at a time.
    pager: AsyncMutex<()>,
    link: watch::Receiver<LinkState>,
    /// Where the line «new messages» belongs.
    unread: Mutex<Unread>,
    /// Who may do what.
    levels: Mutex<Arc<RoomPowerLevels>>,
    people: Mutex<HashMap<OwnedUserId, Person>>,
    /// Replies whose originals have been asked for.
    fetched: Mutex<HashSet<OwnedEventId>>,
}

impl Account {
    fn timelines(&self) -> MutexGuard<'_, OpenTimelines> {
        self.timelines
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn open_at(&self, room: &RoomId, focus: &Focus) -> Option<Arc<OpenTimeline>> {
        self.timelines()
            .get(&(room.to_owned(), focus.clone()))?
            .upgrade()
    }

    /// The newest end of a chat, where it is open.
    pub(crate) fn open_timeline(&self, room: &RoomId) -> Option<Arc<OpenTimeline>> {
        self.open_at(room, &Focus::Newest)
    }

    /// Any open part of a chat that holds an event.
    pub(crate) async fn holding(
        &self,
        room: &RoomId,
        event: &EventId,
    ) -> Option<Arc<OpenTimeline>> {
        let open: Vec<_> = self
            .timelines()
            .iter()
            .filter(|((id, _), _)| id == room)
            .filter_map(|(_, open)| open.upgrade())
            .collect();
        for open in open {
            if open.timeline.item_by_event_id(event).await.is_some() {
                return Some(open);
            }
        }
        None
    }

    fn opened(&self, chat: &ChatId, around: Option<&str>) -> Result<Arc<OpenTimeline>> {
        let room = <&RoomId>::try_from(chat.as_str()).map_err(|_| Error::ChatGone)?;
        self.open_at(room, &focus(around)?).ok_or(Error::ChatGone)
    }

    /// A conversation: first what is cached, then what changes. Open as long as the stream lives.
    pub async fn timeline(
        &self,
        chat: &ChatId,
        around: Option<&str>,
    ) -> Result<BoxStream<'static, TimelineUpdate>> {
        let (open, unread) = self.open(chat, focus(around)?).await?;
        Ok(open.watch(unread).await)
    }

    /// The pinned messages alone.
    pub async fn pinned(&self, chat: &ChatId) -> Result<BoxStream<'static, TimelineUpdate>> {
        let (open, unread) = self.open(chat, Focus::Pinned).await?;
        Ok(open.watch(unread).await)
    }

    async fn open(&self, chat: &ChatId, focus: Focus) -> Result<(Arc<OpenTimeline>, bool)> {
        let room = self.room(chat)?;
        let unread = focus == Focus::Newest && line::has_unread(&room);
        let when_opened = Unread::now(&room, unread).await;
        if let Some(open) = self.open_at(room.room_id(), &focus) {
            *open.unread.lock().unwrap_or_else(PoisonError::into_inner) = when_opened;
            return Ok((open, unread));
        }
        let kind = match &focus {
            Focus::Newest => TimelineFocus::Live {
                hide_threaded_events: false,
            },
            Focus::Around(event) => TimelineFocus::Event {
                target: event.clone(),
                num_context_events: CONTEXT,
                thread_mode: TimelineEventFocusThreadMode::Automatic {
                    hide_threaded_events: false,
                },
            },
            Focus::Pinned => TimelineFocus::PinnedEvents,
        };
        let make = || {
            room.timeline_builder()
                .with_focus(kind.clone())
                .track_read_marker_and_receipts(TimelineReadReceiptTracking::AllEvents)
        };
        let built = match focus {
            Focus::Newest => steady::build(&room, make).await,
            _ => make().build().await,
        };
        let timeline = built.map_err(|error| self.not_opened(&focus, &error))?;
        let open = Arc::new(OpenTimeline {
            timeline,
            me: room.own_user_id().to_owned(),
            sources: self.sources.clone(),
            older: watch::channel(Paging::Idle).0,
            newer: watch::channel(match focus {
                Focus::Around(_) => Paging::Idle,
                _ => Paging::Start,
            })
            .0,
            pager: AsyncMutex::default(),
            link: self.link(),
            unread: Mutex::new(when_opened),
            levels: Mutex::new(Arc::new(room.power_levels_or_default().await)),
            focus: focus.clone(),
            people: Mutex::default(),
            fetched: Mutex::default(),
        });
        let newest = focus == Focus::Newest;
        let rooms: HashSet<OwnedRoomId> = {
            let mut timelines = self.timelines();
            timelines.retain(|_, open| open.strong_count() > 0);
            timelines.insert((room.room_id().to_owned(), focus), Arc::downgrade(&open));
            timelines.keys().map(|(room, _)| room.clone()).collect()
        };
        // What is pinned comes only for the chats one asks for by name.
        let rooms: Vec<_> = rooms.iter().map(AsRef::as_ref).collect();
        // Another look into a chat that is open asks for nothing new.
        if newest {
            let list = self.sync.service.room_list_service();
            list.subscribe_to_rooms(&rooms).await;
        }
        Ok((open, unread))
    }

    /// Around an event that is not cached only the server can open a chat.
    fn not_opened(&self, focus: &Focus, error: &matrix_sdk_ui::timeline::Error) -> Error {
        if *focus == Focus::Newest {
            return Error::Store;
        }
        if *self.link().borrow() != LinkState::Online {
            return Error::Network;
        }
        tracing::debug!(?error, "a part of a chat did not open");
        Error::NoSuchItem
    }

    /// Loads one more page above what is shown.
    pub async fn load_older(&self, chat: &ChatId, around: Option<&str>) -> Result<()> {
        self.opened(chat, around)?.load_older(PAGE).await;
        Ok(())
    }

    /// Loads one more page below, where the newest messages are not shown.
    pub async fn load_newer(&self, chat: &ChatId, around: Option<&str>) -> Result<()> {
        self.opened(chat, around)?.load_newer(PAGE).await;
        Ok(())
    }

    /// The first event at or after a time, as the server knows it.
    pub async fn event_at(&self, chat: &ChatId, at: u64) -> Result<Option<String>> {
        let room = self.room(chat)?;
        let at = UInt::try_from(at).map_err(|_| Error::NoSuchItem)?;
        let request = get_event_by_timestamp::v1::Request::new(
            room.room_id().to_owned(),
            MilliSecondsSinceUnixEpoch(at),
            Direction::Forward,
        );
        match self.client.send(request).await.map_err(Error::from) {
            Ok(found) => Ok(Some(found.event_id.to_string())),
            Err(Error::ChatGone) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

fn focus(around: Option<&str>) -> Result<Focus> {
    match around {
        None => Ok(Focus::Newest),
        Some(event) => OwnedEventId::try_from(event)
            .map(Focus::Around)
            .map_err(|_| Error::NoSuchItem),
    }
}

impl OpenTimeline {
    pub(crate) async fn mark_read(&self) -> Result<()> {
        let Some(newest) = self.timeline.latest_event_id().await else {
            return Ok(());
        };
        // The line «new messages» stays where it is while the chat is open; it moves when the chat is left.
        self.timeline
            .send_multiple_receipts(Receipts::new().public_read_receipt(newest))
            .await?;
        Ok(())
    }

    async fn load_older(&self, page: u16) {
        if let Ok(_turn) = self.pager.try_lock() {
            self.page_back(page).await;
        }
    }

    /// The caller holds the pager's turn.
    async fn page_back(&self, page: u16) {
        if *self.older.borrow() == Paging::Start || self.focus == Focus::Pinned {
            return;
        }
        self.older.send_replace(Paging::Loading);
        let page = self.timeline.paginate_backwards(page).await;
        self.older.send_replace(reached(page));
    }

    async fn load_newer(&self, page: u16) {
        let Ok(_turn) = self.pager.try_lock() else {
            return;
        };
        if *self.newer.borrow() == Paging::Start {
            return;
        }
        self.newer.send_replace(Paging::Loading);
        let page = self.timeline.paginate_forwards(page).await;
        self.newer.send_replace(reached(page));
    }

    /// Fills the first screen, and goes back as far as the first unread message where there is one.
    async fn fill(&self, unread: bool) {
        if self.focus != Focus::Newest {
            return;
        }
        loop {
            let items = self.timeline.items().await;
            let said = items
                .iter()
                .filter(|item| item.as_event().is_some())
                .count();
            let items: Vec<_> = items.into_iter().collect();
            if said >= FIRST && (!unread || self.last_read(&items).is_some() || said >= FAR) {
                return;
            }
            // Whoever looks at the chat may be asking for more himself.
            let _turn = self.pager.lock().await;
            self.page_back(PAGE).await;
            if *self.older.borrow() != Paging::Idle {
                return;
            }
        }
    }

    async fn watch(self: Arc<Self>, unread: bool) -> BoxStream<'static, TimelineUpdate> {
        let filler = self.clone();
        // What the first paint shows comes from the cache; only a missing page waits for the network.
        let fill = tokio::spawn(async move {
            filler.fill(unread).await;
            if *filler.link.borrow() == LinkState::Online {
                filler.timeline.fetch_members().await;
            }
        });
        let guard = AbortOnDrop(fill);
        let open = self;
        stream! {
            let _guard = guard;
            let _leave = Leave(open.clone());
            let mut older = open.older.subscribe();
            let mut newer = open.newer.subscribe();
            let mut link = open.link.clone();
            let (items, updates) = open.timeline.subscribe().await;
            pin_mut!(updates);
            let mut mirror = Mirror::default();
            let first = ListDiff::Reset { items: items.into_iter().collect() };
            yield TimelineUpdate::Diffs { diffs: mirror.follow(vec![first], &open).await };
            let now = *older.borrow_and_update();
            yield TimelineUpdate::Paging { paging: now };
            let now = *newer.borrow_and_update();
            yield TimelineUpdate::Newer { paging: now };
            loop {
                tokio::select! {
                    diffs = updates.next() => {
                        let Some(diffs) = diffs else { return };
                        open.ask_levels().await;
                        let diffs = mirror.follow(diffs.into_iter().map(list_diff).collect(), &open).await;
                        yield TimelineUpdate::Diffs { diffs };
                    }
                    changed = older.changed() => {
                        if changed.is_err() { return }
                        let now = *older.borrow_and_update();
                        yield TimelineUpdate::Paging { paging: now };
                    }
                    changed = newer.changed() => {
                        if changed.is_err() { return }
                        let now = *newer.borrow_and_update();
                        yield TimelineUpdate::Newer { paging: now };
                    }
                    changed = link.changed() => {
                        if changed.is_err() { return }
                        let online = *link.borrow_and_update() == LinkState::Online;
                        // What could not be loaded without a network can be asked for again.
                        for end in [&open.older, &open.newer].into_iter().filter(|_| online) {
                            end.send_if_modified(|p| if *p == Paging::Offline { *p = Paging::Idle; true } else { false });
                        }
                    }
                }
            }
        }
        .boxed()
    }
}

/// What a page that was asked for says of its end.
fn reached(page: Result<bool, matrix_sdk_ui::timeline::Error>) -> Paging {
    match page {
        Ok(true) => Paging::Start,
        Ok(false) => Paging::Idle,
        Err(_) => Paging::Offline,
    }
}
