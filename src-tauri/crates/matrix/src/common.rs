//! The chats that the person shares with somebody.

use crate::account::Account;
use crate::members::{is_announcing, is_in};
use crate::rooms::called;
use crate::sync::LinkState;
use crate::two::peer;
use futures_util::StreamExt;
use futures_util::future::join_all;
use futures_util::stream;
use matrix_sdk::Room;
use matrix_sdk::ruma::OwnedUserId;
use parta_model::{CardChat, ChatId, ChatKind, MediaKey, UserId};
use std::cmp::Reverse;

/// Of so many chats the server is asked who is in them; of the others it is known or is not said.
const ASKED: usize = 24;
const AT_ONCE: usize = 4;
/// The people of larger chats are not asked for to draw a card.
const LARGE: u64 = 500;

impl Account {
    /// The chats that somebody is in as well, but for that of the two, those last talked in first. `known` says of some of
    /// them whether he is; of a few more the server is asked where this device does not know yet.
    pub async fn common_chats(
        &self,
        person: &UserId,
        known: impl Fn(&ChatId) -> Option<bool>,
    ) -> Vec<CardChat> {
        let Ok(id) = OwnedUserId::try_from(person.as_str()) else {
            return vec![];
        };
        let mut rooms = self.client.joined_rooms();
        rooms.retain(|room| room.room_type().is_none() && !room.is_tombstoned());
        let peers = join_all(rooms.iter().map(peer)).await;
        let mut peers = peers.into_iter();
        rooms.retain(|_| peers.next().flatten().is_none());
        rooms.sort_by_cached_key(|room| Reverse(room.latest_event_timestamp()));
        let online = *self.link().borrow() == LinkState::Online;
        let mut asked = 0;
        let looks = rooms.into_iter().map(|room| {
            // A plan says who belongs there; who is there is known better where this device has asked.
            let seen = room.are_members_synced();
            let planned = known(&ChatId::new(room.room_id().as_str())).filter(|_| !seen);
            let open = online && planned.is_none() && !seen;
            let ask = open && room.joined_members_count() <= LARGE && asked < ASKED;
            asked += usize::from(ask);
            let id = id.clone();
            async move {
                if ask && room.sync_members().await.is_err() {
                    tracing::debug!("the members of a chat could not be asked for");
                }
                let shared = match planned {
                    Some(planned) => planned,
                    None => is_in(&room, &id).await,
                };
                match shared {
                    true => Some(card(&room).await),
                    false => None,
                }
            }
        });
        let found: Vec<Option<CardChat>> = stream::iter(looks).buffered(AT_ONCE).collect().await;
        found.into_iter().flatten().collect()
    }
}

async fn card(room: &Room) -> CardChat {
    let kind = match is_announcing(room).await {
        true => ChatKind::Channel,
        false => ChatKind::Group,
    };
    CardChat {
        id: ChatId::new(room.room_id().as_str()),
        name: called(room).await.own.unwrap_or_default(),
        kind,
        avatar: room.avatar_url().map(|mxc| MediaKey::new(mxc.as_str())),
    }
}
