//! The organisations' plans, read by a sliding-sync connection of our own: the SDK's brings no custom state.
//!
//! The connection is asked when there is a reason: the link is back, or the SDK's own sync has told of a change in one
//! of the places where plans lie. So it costs nothing while nothing changes, and each answer holds only what is new.

mod asking;
mod places;

use crate::account::Account;
use crate::sync::LinkState;
use asking::{Refusal, ask};
use async_stream::stream;
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use matrix_sdk::ruma::OwnedRoomId;
use matrix_sdk::ruma::api::client::sync::sync_events::v5;
use matrix_sdk::sync::{RoomUpdates, State};
use matrix_sdk::{Client, Room, RoomState};
use parta_model::plan::room_type;
use parta_model::{ChatId, PlanSource};
use places::{Kept, PLAN, POWER_LEVELS};
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};

/// How long an answer may take to learn of what the other connection has just told.
const LAG: Duration = Duration::from_secs(5);
/// Waits between tries while the server fails, in seconds.
const BACKOFF: [u64; 5] = [1, 3, 10, 30, 60];

/// What an earlier run knew, to go on from.
#[derive(Clone, Debug, Default)]
pub struct PlanMemory {
    pub position: Option<String>,
    /// Places with their state, in a form that only this module reads.
    pub places: Vec<(String, String)>,
}

/// What has changed, to be kept, and the whole as it is now.
pub struct PlanNews {
    /// What was kept before is void.
    pub whole: bool,
    pub position: Option<String>,
    /// The new state of places; without one, a place is forgotten.
    pub places: Vec<(String, Option<String>)>,
    pub sources: Vec<PlanSource>,
    /// The wish to be up to date that this answers; nothing where the server was not asked for it.
    pub as_of: Option<u64>,
}

impl Account {
    /// The plans of the account's organisations: first as an earlier run knew them, then as they change. Where there was
    /// none, nothing is told before the server has answered or can't: who is nobody's pupil is not known sooner. Ends
    /// with the account; reads only while the link is online. Each new number in `wish` asks the server at once, and is
    /// named by the news that hold at least what it knew then.
    pub fn plan(
        &self,
        memory: PlanMemory,
        mut wish: watch::Receiver<u64>,
    ) -> BoxStream<'static, PlanNews> {
        let (client, mut link) = (self.client.clone(), self.link());
        let mut updates = client.subscribe_to_all_room_updates();
        stream! {
            let mut book = Book::recall(client.clone(), memory);
            let mut told = book.position.is_some();
            if told {
                yield book.news(false, vec![]);
            }
            let (mut wait, mut failures) = (Duration::ZERO, 0);
            loop {
                let watched = link.clone();
                let online = tokio::select! {
                    known = becomes(&mut link, true) => known,
                    () = lost(watched), if !told => {
                        told = true;
                        yield book.news(false, vec![]);
                        continue;
                    }
                    gone = left(&mut updates, &book) => {
                        if let Some(news) = book.forget(gone) { yield news }
                        continue;
                    }
                };
                if !online {
                    return;
                }
                let wished = *wish.borrow_and_update();
                let answer = tokio::select! {
                    answer = ask(&client, book.position.clone(), wait) => answer,
                    // Who wishes to be up to date does not wait for news that may not come.
                    Ok(()) = wish.changed(), if !wait.is_zero() => {
                        wait = Duration::ZERO;
                        continue;
                    }
                };
                match answer {
                    Ok(answer) => {
                        failures = 0;
                        let news = book.take(answer);
                        if news.is_some() || book.as_of != Some(wished) {
                            told = true;
                            book.as_of = Some(wished);
                            let changed = news.is_some();
                            let mut news = news.unwrap_or_else(|| book.news(false, vec![]));
                            news.as_of = book.as_of;
                            yield news;
                            if changed {
                                continue;
                            }
                        }
                        wait = LAG;
                        let reason = reason(&mut updates, &mut link, &mut wish, &book).await;
                        match reason {
                            Reason::Ended => return,
                            Reason::Link | Reason::Wish => wait = Duration::ZERO,
                            Reason::Changed => {}
                            Reason::Left(gone) => {
                                if let Some(news) = book.forget(gone) { yield news }
                            }
                        }
                    }
                    Err(Refusal::Unknown) if book.position.is_some() => book.position = None,
                    Err(Refusal::Ended) => return,
                    Err(refusal) => {
                        let pause = match refusal {
                            Refusal::Busy(pause) => pause,
                            _ => Duration::from_secs(BACKOFF[failures.min(BACKOFF.len() - 1)]),
                        };
                        failures += 1;
                        if !told {
                            told = true;
                            yield book.news(false, vec![]);
                        }
                        // A link that comes back is a better sign than a clock.
                        tokio::select! {
                            () = tokio::time::sleep(pause) => {}
                            known = becomes(&mut link, false) => if !known { return },
                        }
                    }
                }
            }
        }
        .boxed()
    }
}

/// Waits until the link is online, or is not; `false` says that there is no link any more.
async fn becomes(link: &mut watch::Receiver<LinkState>, online: bool) -> bool {
    link.wait_for(|link| (*link == LinkState::Online) == online)
        .await
        .is_ok()
}

/// Waits until there is no network, or no server.
async fn lost(mut link: watch::Receiver<LinkState>) {
    if link
        .wait_for(|link| *link == LinkState::Offline)
        .await
        .is_err()
    {
        std::future::pending().await
    }
}

enum Reason {
    Changed,
    Link,
    Wish,
    Left(Vec<OwnedRoomId>),
    Ended,
}

/// Waits for something that makes it worth to ask.
async fn reason(
    updates: &mut broadcast::Receiver<RoomUpdates>,
    link: &mut watch::Receiver<LinkState>,
    wish: &mut watch::Receiver<u64>,
    book: &Book,
) -> Reason {
    loop {
        tokio::select! {
            Ok(()) = wish.changed() => return Reason::Wish,
            known = becomes(link, false) => {
                return if known { Reason::Link } else { Reason::Ended };
            }
            update = updates.recv() => match update {
                Ok(update) => {
                    let gone = book.gone(&update);
                    if !gone.is_empty() {
                        return Reason::Left(gone);
                    }
                    if book.concerns(&update) {
                        return Reason::Changed;
                    }
                }
                // What was missed may have concerned a plan.
                Err(RecvError::Lagged(_)) => return Reason::Changed,
                Err(RecvError::Closed) => return Reason::Ended,
            }
        }
    }
}

/// Waits until the person is no longer in one of the places.
async fn left(updates: &mut broadcast::Receiver<RoomUpdates>, book: &Book) -> Vec<OwnedRoomId> {
    loop {
        match updates.recv().await {
            Ok(update) => {
                let gone = book.gone(&update);
                if !gone.is_empty() {
                    return gone;
                }
            }
            Err(RecvError::Lagged(_)) => {}
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
}

/// What is known of all places.
struct Book {
    client: Client,
    position: Option<String>,
    places: BTreeMap<OwnedRoomId, Kept>,
    as_of: Option<u64>,
}

impl Book {
    fn recall(client: Client, memory: PlanMemory) -> Self {
        let mut places = BTreeMap::new();
        let mut whole = true;
        for (id, json) in &memory.places {
            match (OwnedRoomId::try_from(id.as_str()), Kept::recall(json)) {
                (Ok(id), Some(kept)) => drop(places.insert(id, kept)),
                _ => whole = false,
            }
        }
        Self {
            client,
            // With a gap in it, the memory can't be gone on from.
            position: memory.position.filter(|_| whole),
            places,
            as_of: None,
        }
    }

    fn take(&mut self, answer: v5::Response) -> Option<PlanNews> {
        let whole = self.position.is_none();
        if whole {
            self.places.clear();
        }
        let mut changed = Vec::new();
        for (id, room) in answer.rooms {
            // An invitation shows nothing that could be trusted yet.
            if room.invite_state.is_some() {
                continue;
            }
            let fresh = whole || room.initial == Some(true);
            let kept = self.places.entry(id.clone()).or_default();
            if fresh {
                *kept = Kept::default();
            }
            if kept.take(&room.required_state) || fresh {
                changed.push((id.to_string(), Some(kept.remember())));
            }
        }
        self.position = Some(answer.pos);
        (whole || !changed.is_empty()).then(|| self.news(whole, changed))
    }

    fn forget(&mut self, gone: Vec<OwnedRoomId>) -> Option<PlanNews> {
        let mut changed = Vec::new();
        for id in gone {
            if self.places.remove(&id).is_some() {
                changed.push((id.to_string(), None));
            }
        }
        if changed.is_empty() {
            return None;
        }
        // Whoever is let in again has to be told everything of the place, not what is new.
        self.position = None;
        Some(self.news(false, changed))
    }

    fn news(&self, whole: bool, changed: Vec<(String, Option<String>)>) -> PlanNews {
        let me = self.client.user_id().map(ToString::to_string);
        let sources = self
            .places
            .iter()
            // The SDK may not have heard of a place yet; of one that was left it has.
            .filter(|(id, _)| self.client.get_room(id).as_ref().is_none_or(is_in))
            .map(|(id, kept)| kept.source(ChatId::new(id.as_str()), me.as_deref()))
            .collect();
        PlanNews {
            whole,
            position: self.position.clone(),
            places: changed,
            sources,
            as_of: None,
        }
    }

    /// The places that an update says the person is no longer in.
    fn gone(&self, update: &RoomUpdates) -> Vec<OwnedRoomId> {
        let others = update.left.keys().chain(update.invited.keys());
        others
            .filter(|id| self.places.contains_key(*id))
            .cloned()
            .collect()
    }

    /// Whether a plan may have changed.
    fn concerns(&self, update: &RoomUpdates) -> bool {
        update.joined.iter().any(|(id, news)| {
            let Some(room) = self.client.get_room(id) else {
                return false;
            };
            if !holds_plans(&room) {
                return false;
            }
            let (State::Before(state) | State::After(state)) = &news.state;
            let kinds = news
                .timeline
                .events
                .iter()
                .map(|event| event.raw().get_field::<String>("type"))
                .chain(state.iter().map(|event| event.get_field::<String>("type")));
            !self.places.contains_key(id)
                || news.timeline.limited
                || kinds.into_iter().any(|kind| {
                    kind.ok()
                        .flatten()
                        .is_some_and(|kind| kind == POWER_LEVELS || PLAN.contains(&kind.as_str()))
                })
        })
    }
}

fn is_in(room: &Room) -> bool {
    room.state() == RoomState::Joined
}

fn holds_plans(room: &Room) -> bool {
    room.is_space()
        || room
            .room_type()
            .is_some_and(|kind| kind.as_str() == room_type::STAFF)
}
