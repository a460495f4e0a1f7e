//! One open conversation: its items as diffs, paging, sending.

mod items;
mod mirror;

use crate::account::Account;
use crate::error::{Error, Result};
use crate::media::MediaSources;
use crate::rooms::list_diff;
use crate::sync::LinkState;
use async_stream::stream;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, pin_mut};
use matrix_sdk::room::Receipts;
use matrix_sdk::ruma::events::room::message::{
    RoomMessageEventContent, RoomMessageEventContentWithoutRelation,
};
use matrix_sdk::ruma::{OwnedEventId, OwnedUserId, RoomId};
use matrix_sdk_ui::timeline::{
    RoomExt, Timeline, TimelineItemKind, TimelineReadReceiptTracking, VirtualTimelineItem,
};
use mirror::Mirror;
use parta_model::{ChatId, ListDiff, MessageId, Paging, TimelineUpdate};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{Mutex as AsyncMutex, watch};

/// One page of older messages.
const PAGE: u16 = 50;
/// A chat opens with at least this many entries where it has them.
const FIRST: usize = 30;
/// How far back the first unread message is looked for when a chat opens.
const FAR: usize = 400;

pub(crate) struct OpenTimeline {
    timeline: Timeline,
    me: OwnedUserId,
    sources: MediaSources,
    paging: watch::Sender<Paging>,
    /// One page at a time.
    pager: AsyncMutex<()>,
    link: watch::Receiver<LinkState>,
    /// Whether something was unread when the chat was opened: only then is the line «new messages» true.
    unread: bool,
    names: Mutex<HashMap<OwnedUserId, String>>,
    /// Replies whose originals have been asked for.
    fetched: Mutex<HashSet<OwnedEventId>>,
}

impl Account {
    pub(crate) fn open_timeline(&self, room: &RoomId) -> Option<Arc<OpenTimeline>> {
        self.timelines
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(room)?
            .upgrade()
    }

    fn opened(&self, chat: &ChatId) -> Result<Arc<OpenTimeline>> {
        let room = <&RoomId>::try_from(chat.as_str()).map_err(|_| Error::ChatGone)?;
        self.open_timeline(room).ok_or(Error::ChatGone)
    }

    /// A conversation: first what is cached, then what changes. Open as long as the stream lives.
    pub async fn timeline(
        &self,
        chat: &ChatId,
        _around: Option<&str>,
    ) -> Result<BoxStream<'static, TimelineUpdate>> {
        let room = self.room(chat)?;
        let unread = room.num_unread_messages() > 0;
        let open = match self.open_timeline(room.room_id()) {
            Some(open) => open,
            None => {
                let timeline = room
                    .timeline_builder()
                    .track_read_marker_and_receipts(TimelineReadReceiptTracking::AllEvents)
                    .build()
                    .await
                    .map_err(|_| Error::Store)?;
                let open = Arc::new(OpenTimeline {
                    timeline,
                    me: room.own_user_id().to_owned(),
                    sources: self.sources.clone(),
                    paging: watch::channel(Paging::Idle).0,
                    pager: AsyncMutex::default(),
                    link: self.link(),
                    unread,
                    names: Mutex::default(),
                    fetched: Mutex::default(),
                });
                self.timelines
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .insert(room.room_id().to_owned(), Arc::downgrade(&open));
                open
            }
        };
        Ok(open.watch(unread).await)
    }

    /// Loads one more page above what is shown.
    pub async fn load_older(&self, chat: &ChatId, _around: Option<&str>) -> Result<()> {
        self.opened(chat)?.load_older(PAGE).await;
        Ok(())
    }

    /// Puts a message on disk and into the queue; it goes out when the server is there.
    pub async fn send(
        &self,
        chat: &ChatId,
        written: &parta_model::Written,
        reply_to: Option<&str>,
        _ack: Option<parta_model::AskAck>,
    ) -> Result<()> {
        let text = written.text.as_str();
        let room = self.room(chat)?;
        let reply_to = reply_to
            .map(OwnedEventId::try_from)
            .transpose()
            .map_err(|_| Error::NoSuchItem)?;
        match (reply_to, self.open_timeline(room.room_id())) {
            (Some(event), Some(open)) => {
                let content = RoomMessageEventContentWithoutRelation::text_plain(text);
                open.timeline
                    .send_reply(content, event)
                    .await
                    .map_err(|_| Error::NotAllowed)?;
            }
            (Some(_), None) => return Err(Error::ChatGone),
            (None, _) => {
                let content = RoomMessageEventContent::text_plain(text);
                room.send_queue()
                    .send(content.into())
                    .await
                    .map_err(|_| Error::NotAllowed)?;
            }
        }
        Ok(())
    }

    /// Tries a failed message again.
    pub async fn retry(&self, chat: &ChatId, item: &MessageId) -> Result<()> {
        let handle = self.opened(chat)?.handle(item).await?;
        handle.unwedge().await.map_err(|_| Error::Store)
    }

    /// Drops a message that has not been sent.
    pub async fn discard(&self, chat: &ChatId, item: &MessageId) -> Result<()> {
        let handle = self.opened(chat)?.handle(item).await?;
        // `false` means that the server had it already: then it stays, and that is no error.
        handle.abort().await.map(drop).map_err(|_| Error::Store)
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

    async fn handle(&self, item: &MessageId) -> Result<matrix_sdk::send_queue::SendHandle> {
        let items = self.timeline.items().await;
        let found = items
            .iter()
            .find(|candidate| candidate.unique_id().0 == item.as_str());
        found
            .and_then(|item| item.as_event()?.local_echo_send_handle())
            .ok_or(Error::NoSuchItem)
    }

    async fn load_older(&self, page: u16) {
        let Ok(_turn) = self.pager.try_lock() else {
            return;
        };
        if *self.paging.borrow() == Paging::Start {
            return;
        }
        self.paging.send_replace(Paging::Loading);
        let state = match self.timeline.paginate_backwards(page).await {
            Ok(true) => Paging::Start,
            Ok(false) => Paging::Idle,
            Err(_) => Paging::Offline,
        };
        self.paging.send_replace(state);
    }

    /// Fills the first screen, and goes back as far as the first unread message where there is one.
    async fn fill(&self, unread: bool) {
        loop {
            let items = self.timeline.items().await;
            let said = items
                .iter()
                .filter(|item| item.as_event().is_some())
                .count();
            let marked = items.iter().any(|item| {
                matches!(
                    item.kind(),
                    TimelineItemKind::Virtual(VirtualTimelineItem::ReadMarker)
                )
            });
            if said >= FIRST && (!unread || marked || said >= FAR) {
                return;
            }
            self.load_older(PAGE).await;
            if *self.paging.borrow() != Paging::Idle {
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
            let mut paging = open.paging.subscribe();
            let mut link = open.link.clone();
            let (items, updates) = open.timeline.subscribe().await;
            pin_mut!(updates);
            let mut mirror = Mirror::default();
            let first = ListDiff::Reset { items: items.into_iter().collect() };
            yield TimelineUpdate::Diffs { diffs: mirror.follow(vec![first], &open).await };
            let now = *paging.borrow_and_update();
            yield TimelineUpdate::Paging { paging: now };
            loop {
                tokio::select! {
                    diffs = updates.next() => {
                        let Some(diffs) = diffs else { return };
                        let diffs = mirror.follow(diffs.into_iter().map(list_diff).collect(), &open).await;
                        yield TimelineUpdate::Diffs { diffs };
                    }
                    changed = paging.changed() => {
                        if changed.is_err() { return }
                        let now = *paging.borrow_and_update();
                        yield TimelineUpdate::Paging { paging: now };
                    }
                    changed = link.changed() => {
                        if changed.is_err() { return }
                        let online = *link.borrow_and_update() == LinkState::Online;
                        // What could not be loaded without a network can be asked for again.
                        if online { open.paging.send_if_modified(|p| if *p == Paging::Offline { *p = Paging::Idle; true } else { false }); }
                    }
                }
            }
        }
        .boxed()
    }
}

struct AbortOnDrop(tokio::task::JoinHandle<()>);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Leaving a chat moves the line «new messages» to where the person has read.
struct Leave(Arc<OpenTimeline>);

impl Drop for Leave {
    fn drop(&mut self) {
        let open = self.0.clone();
        let Ok(runtime) = tokio::runtime::Handle::try_current() else {
            return;
        };
        runtime.spawn(async move {
            if let Some((read, _)) = open.timeline.latest_user_read_receipt(&open.me).await {
                let _ = open
                    .timeline
                    .send_multiple_receipts(Receipts::new().fully_read_marker(read))
                    .await;
            }
        });
    }
}
