//! The places of one organisation as they are, for whoever brings them in line with its plan.
//!
//! They are read by a sliding-sync connection of their own, because nobody else needs to know everybody in every room:
//! it lists all rooms by what they were made for alone, and subscribes to those of the organisation. It is asked when
//! somebody looks, and tells only what is new since.

mod carrying;
mod place;

pub use carrying::{Carried, Ground};
pub(crate) use carrying::{ask_once, levels_of, once, raw};

use crate::account::Account;
use crate::error::{Error, Result};
use crate::state::room_id;
use matrix_sdk::config::RequestConfig;
use matrix_sdk::ruma::OwnedRoomId;
use matrix_sdk::ruma::api::client::sync::sync_events::v5::{self, request};
use matrix_sdk::ruma::api::error::ErrorKind;
use matrix_sdk::ruma::events::StateEventType;
use matrix_sdk::ruma::uint;
use matrix_sdk::sync::{RoomUpdates, State};
use matrix_sdk::{Client, RoomState};
use parta_model::plan::level::ADMINISTRATOR;
use parta_model::plan::{Chat, Lease, People, PlanContent};
use parta_model::reconcile::{Observed, PlaceNow};
use parta_model::{ChatId, UserId};
use place::{AVATAR, CHILD, CREATE, Kept, MEMBER, NAME, POWER_LEVELS};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

/// Rooms that one account is in: more than any school has.
const MOST: u32 = 9_999;
/// The first answer about a large school is long.
const TIMEOUT: Duration = Duration::from_secs(120);
/// A place that was just made comes with the next answer; one that does not come within so many is gone.
const ANSWERS: usize = 10;
const WAIT: Duration = Duration::from_secs(2);

/// What is known of the organisation's places; nothing before the first look.
pub struct Places {
    client: Client,
    me: UserId,
    organisation: ChatId,
    /// The rooms that the organisation names itself.
    quiet: Vec<ChatId>,
    connection: String,
    position: Option<String>,
    rooms: BTreeMap<ChatId, Kept>,
    /// Places that were just made: a look that does not see them is not finished.
    made: BTreeSet<ChatId>,
    updates: broadcast::Receiver<RoomUpdates>,
}

/// The places at one moment.
pub struct Sight {
    pub observed: Observed,
    /// Places that are recorded and that this account is not in: they are there, and nothing can be done in them.
    pub beyond: BTreeSet<ChatId>,
}

impl Account {
    /// A watch over an organisation's places. `quiet` are the rooms that it names itself.
    pub fn places(&self, organisation: &ChatId, quiet: Vec<ChatId>) -> Places {
        let mut hasher = DefaultHasher::new();
        organisation.hash(&mut hasher);
        Places {
            client: self.client.clone(),
            me: UserId::new(self.saved().user.clone()),
            organisation: organisation.clone(),
            quiet,
            connection: format!("places-{:08x}", hasher.finish() & 0xffff_ffff),
            position: None,
            rooms: BTreeMap::new(),
            made: BTreeSet::new(),
            updates: self.client.subscribe_to_all_room_updates(),
        }
    }
}

impl Places {
    /// The places as the server has them now.
    pub async fn look(&mut self) -> Result<Sight> {
        let mut wait = Duration::ZERO;
        for _ in 0..ANSWERS {
            let asked = self.known();
            let answer = match self.ask(&asked, wait).await {
                Ok(answer) => answer,
                Err(Refusal::Unknown) if self.position.is_some() => {
                    // The server has forgotten what it has told: from the beginning.
                    (self.position, self.rooms) = (None, BTreeMap::new());
                    continue;
                }
                Err(Refusal::Unknown) => return Err(Error::Server),
                Err(Refusal::Failed(error)) => return Err(error),
            };
            self.take(answer);
            let unseen = |id: &ChatId| !self.is_seen(id);
            self.made = self.made.iter().filter(|id| unseen(id)).cloned().collect();
            if self.known() == asked && self.made.is_empty() {
                break;
            }
            wait = if self.known() == asked {
                WAIT
            } else {
                Duration::ZERO
            };
        }
        // What never came is gone again.
        self.made.clear();
        Ok(self.sight())
    }

    /// A place has been made: the next look has to see it.
    pub fn expect(&mut self, made: ChatId) {
        self.made.insert(made);
    }

    /// Waits until something has happened that makes it worth to look.
    pub async fn changed(&mut self) {
        let watched = self.known();
        let wakes = |kind: &str, own: bool| {
            matches!(
                kind,
                MEMBER | POWER_LEVELS | NAME | AVATAR | CHILD | People::TYPE | Chat::TYPE
            ) || (kind == Lease::TYPE && !own)
        };
        loop {
            match self.updates.recv().await {
                Ok(update) if self.concerns(&watched, &update, wakes) => return,
                Ok(_) => {}
                Err(RecvError::Lagged(_)) => return,
                Err(RecvError::Closed) => std::future::pending().await,
            }
        }
    }

    /// Waits until somebody else has written a lease.
    pub async fn lease_changed(&mut self) {
        let watched: BTreeSet<ChatId> = self.quiet.iter().cloned().collect();
        loop {
            match self.updates.recv().await {
                Ok(update)
                    if concerns(&watched, &update, &self.me, |kind, own| {
                        kind == Lease::TYPE && !own
                    }) =>
                {
                    return;
                }
                Ok(_) => {}
                Err(RecvError::Lagged(_)) => return,
                Err(RecvError::Closed) => std::future::pending().await,
            }
        }
    }

    /// Whether an update tells of something in the organisation, or of a room that has become known.
    fn concerns(
        &self,
        watched: &BTreeSet<ChatId>,
        update: &RoomUpdates,
        wakes: impl Fn(&str, bool) -> bool,
    ) -> bool {
        let chats = |id: &OwnedRoomId| ChatId::new(id.as_str());
        let left = update.left.keys().map(chats);
        let new = update.joined.keys().map(chats);
        left.into_iter().any(|id| watched.contains(&id))
            || new
                .into_iter()
                .any(|id| watched.contains(&id) && !self.is_seen(&id))
            || concerns(watched, update, &self.me, wakes)
    }

    /// The rooms of the organisation, as far as they are known.
    fn known(&self) -> BTreeSet<ChatId> {
        let mut known: BTreeSet<ChatId> = self.quiet.iter().cloned().collect();
        known.insert(self.organisation.clone());
        known.extend(self.made.iter().cloned());
        for (id, kept) in &self.rooms {
            if self.made_for(kept).is_some() {
                known.insert(id.clone());
            }
        }
        // The organisation records its classes' spaces, and those record their chats.
        for _ in 0..2 {
            let recorded: Vec<ChatId> = known
                .iter()
                .filter_map(|id| self.rooms.get(id))
                .flat_map(|kept| kept.records().cloned())
                .collect();
            known.extend(recorded);
        }
        known
    }

    /// Anybody can write into a room of his own that it was made for the organisation.
    fn made_for(&self, kept: &Kept) -> Option<parta_model::reconcile::PlaceKey> {
        let key = kept.made_for(&self.organisation)?;
        let organisation = self.rooms.get(&self.organisation)?;
        let trusted = organisation.level_of(kept.founder()?) >= ADMINISTRATOR;
        trusted.then_some(key)
    }

    fn is_seen(&self, id: &ChatId) -> bool {
        self.rooms.get(id).is_some_and(|kept| kept.is_in(&self.me))
    }

    fn sight(&self) -> Sight {
        let mut observed = Observed::default();
        let mut beyond = BTreeSet::new();
        for id in self.known() {
            if let Some(kept) = self.rooms.get(&id).filter(|_| self.is_seen(&id)) {
                observed.places.insert(id, kept.now(self.made_for(kept)));
            } else if !self.quiet.contains(&id) {
                observed.places.insert(id.clone(), PlaceNow::default());
                beyond.insert(id);
            }
        }
        Sight { observed, beyond }
    }

    fn take(&mut self, answer: v5::Response) {
        self.position = Some(answer.pos);
        for (id, room) in answer.rooms {
            let chat = ChatId::new(id.as_str());
            // An invitation shows nothing that could be trusted yet.
            if room.invite_state.is_some() {
                self.rooms.remove(&chat);
                continue;
            }
            let kept = self.rooms.entry(chat).or_default();
            if room.initial == Some(true) {
                *kept = Kept::default();
            }
            kept.take(&room.required_state);
        }
        let gone = |id: &ChatId| {
            let room = room_id(id).ok().and_then(|id| self.client.get_room(&id));
            // The SDK may not have heard of a room yet; of one that was left it has.
            room.is_some_and(|room| matches!(room.state(), RoomState::Left | RoomState::Banned))
        };
        let left: Vec<ChatId> = self.rooms.keys().filter(|id| gone(id)).cloned().collect();
        for id in left {
            self.rooms.remove(&id);
            // Whoever is let in again has to be told everything of the place, not what is new.
            self.position = None;
        }
    }

    async fn ask(&self, known: &BTreeSet<ChatId>, wait: Duration) -> Result<v5::Response, Refusal> {
        let mut asked = v5::Request::new();
        asked.conn_id = Some(self.connection.clone());
        asked.pos = self.position.clone();
        asked.timeout = Some(wait);
        let state = |kinds: &[(&str, &str)]| -> Vec<_> {
            let pair =
                |(kind, key): &(&str, &str)| (StateEventType::from(*kind), (*key).to_owned());
            kinds.iter().map(pair).collect()
        };
        let mut list = request::List::default();
        list.ranges = vec![(uint!(0), MOST.into())];
        list.room_details.required_state = state(&[(CREATE, "")]);
        list.room_details.timeline_limit = uint!(0);
        let mut filters = request::ListFilters::default();
        filters.is_invite = Some(false);
        list.filters = Some(filters);
        asked.lists.insert("all".to_owned(), list);
        let mut whole = request::RoomSubscription::default();
        whole.timeline_limit = uint!(0);
        whole.required_state = state(&[
            (CREATE, ""),
            (NAME, ""),
            (AVATAR, ""),
            (POWER_LEVELS, ""),
            (CHILD, "*"),
            (MEMBER, "*"),
            (People::TYPE, "*"),
            (Chat::TYPE, "*"),
        ]);
        for id in known {
            if let Ok(id) = room_id(id) {
                asked.room_subscriptions.insert(id, whole.clone());
            }
        }
        let patience = RequestConfig::new().timeout(TIMEOUT + wait).disable_retry();
        let answer = self.client.send(asked).with_request_config(patience).await;
        answer.map_err(|error| match error.client_api_error_kind() {
            Some(ErrorKind::UnknownPos | ErrorKind::Unknown) => Refusal::Unknown,
            _ => Refusal::Failed(error.into()),
        })
    }
}

/// Whether an update tells, of one of these rooms, of an event of a kind and by whom that matters.
fn concerns(
    watched: &BTreeSet<ChatId>,
    update: &RoomUpdates,
    me: &UserId,
    wakes: impl Fn(&str, bool) -> bool,
) -> bool {
    let watched = update
        .joined
        .iter()
        .filter(|(id, _)| watched.contains(&ChatId::new(id.as_str())));
    watched.into_iter().any(|(_, news)| {
        let (State::Before(state) | State::After(state)) = &news.state;
        let timeline = news.timeline.events.iter().map(|event| event.raw().json());
        let mut events = timeline.chain(state.iter().map(|event| event.json()));
        news.timeline.limited
            || events.any(|event| {
                let head: Head = serde_json::from_str(event.get()).unwrap_or_default();
                wakes(&head.kind, head.sender == me.as_str())
            })
    })
}

#[derive(Default, Deserialize)]
struct Head {
    #[serde(rename = "type", default)]
    kind: String,
    #[serde(default)]
    sender: String,
}

enum Refusal {
    /// The server has forgotten the position.
    Unknown,
    Failed(Error),
}
