//! Making chats, and finding whom to make them with.

use crate::account::Account;
use crate::details::FREE_FOR_ALL;
use crate::error::{Error, Result};
use crate::members::{invite, is_in, is_refusal, patiently, stranger};
use crate::names::of_member;
use crate::sync::LinkState;
use crate::two::{is_of_two, peer};
use futures_util::future::join_all;
use matrix_sdk::ruma::api::client::membership::{joined_members, joined_rooms};
use matrix_sdk::ruma::api::client::room::create_room;
use matrix_sdk::ruma::events::direct::{DirectEventContent, DirectUserIdentifier};
use matrix_sdk::ruma::serde::Raw;
use matrix_sdk::ruma::{OwnedRoomId, OwnedUserId, RoomVersionId, UserId as MatrixUserId};
use matrix_sdk::{Room, RoomMemberships};
use parta_model::{ChatId, MadeChat, MediaKey, NewChat, Person, UserId};
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use tokio::sync::Mutex as AsyncMutex;

/// People of a chat larger than this are not known by being in it.
const LARGE: u64 = 500;
/// The founder, and whom he shares the chat with where it is of two.
const OWNER: i64 = 100;
const ADMINISTRATOR: i64 = 90;
/// Teachers and staff run the chats they are in.
const RUNS: i64 = 50;

/// What is remembered of chats and people between calls.
#[derive(Default)]
pub(crate) struct Making {
    /// Direct chats just made, which the sync may not have told of yet. Held while one is made: a second click waits.
    direct: AsyncMutex<HashMap<OwnedUserId, OwnedRoomId>>,
    known: AsyncMutex<Known>,
}

#[derive(Default)]
struct Known {
    /// Of which chats, with how many people each.
    mark: Option<u64>,
    people: Arc<HashMap<UserId, Person>>,
}

impl Account {
    /// The direct chat with somebody: the one there is, the invitation he has sent, or a new one.
    pub async fn direct_chat(&self, person: &UserId, encrypted: bool) -> Result<ChatId> {
        let id = OwnedUserId::try_from(person.as_str()).map_err(|_| Error::NotAllowed)?;
        let mut made = self.making.direct.lock().await;
        if self.client.user_id() == Some(&id) {
            return Err(Error::NotAllowed);
        }
        let online = *self.link().borrow() == LinkState::Online;
        let just_made = made.get(&id).and_then(|room| self.client.get_room(room));
        for room in self.client.get_dm_rooms(&id).chain(just_made) {
            // Where a third one has come in, he would read what is meant for one.
            if !is_of_two(&room) {
                continue;
            }
            if online && !room.are_members_synced() && room.sync_members().await.is_err() {
                tracing::debug!("the members of a direct chat could not be asked for");
            }
            let alone = room.active_members_count() < 2;
            let there = is_in(&room, &id).await
                || match alone {
                    true => self.bring_back(&room, &id, online).await,
                    // Somebody whom he has let in may be there without him.
                    false => peer(&room).await.as_deref() == Some(&*id),
                };
            if there {
                return Ok(ChatId::new(room.room_id().as_str()));
            }
        }
        for room in self.client.invited_rooms() {
            let inviter = room.invite_details().await.ok().and_then(|d| d.inviter);
            if inviter.is_some_and(|inviter| inviter.user_id() == id)
                && room.is_direct().await.unwrap_or(false)
            {
                return Ok(ChatId::new(room.room_id().as_str()));
            }
        }
        if let Some(room) = self.not_yet_synced(&id).await? {
            return Ok(ChatId::new(room.as_str()));
        }
        let room = self.make_direct(&id, encrypted).await?;
        made.insert(id, room.room_id().to_owned());
        Ok(ChatId::new(room.room_id().as_str()))
    }

    /// Right after a sign-in the server knows of chats that have not come here yet: a second one would stay for ever.
    async fn not_yet_synced(&self, person: &MatrixUserId) -> Result<Option<OwnedRoomId>> {
        let me = self.client.user_id().ok_or(Error::SessionEnded)?;
        let direct = self
            .client
            .account()
            .fetch_account_data_static::<DirectEventContent>()
            .await?;
        let Some(Ok(direct)) = direct.map(|raw| raw.deserialize()) else {
            return Ok(None);
        };
        let rooms = direct.get(<&DirectUserIdentifier>::from(person));
        let mut unknown: Vec<OwnedRoomId> = rooms.cloned().unwrap_or_default();
        // A chat that is said to be with several is with nobody of them alone.
        let with =
            |room: &OwnedRoomId| direct.values().filter(|rooms| rooms.contains(room)).count();
        unknown.retain(|room| self.client.get_room(room).is_none() && with(room) == 1);
        if unknown.is_empty() {
            return Ok(None);
        }
        let joined = self
            .client
            .send(joined_rooms::v3::Request::new())
            .await?
            .joined_rooms;
        for room in unknown.into_iter().filter(|room| joined.contains(room)) {
            let asked = joined_members::v3::Request::new(room.clone());
            let members = self.client.send(asked).await?.joined;
            if members.keys().all(|one| one == me || one == person) {
                return Ok(Some(room));
            }
        }
        Ok(None)
    }

    /// Invites somebody again who has left the chat of two, or whom a lost connection kept from being invited.
    async fn bring_back(&self, room: &Room, person: &MatrixUserId, online: bool) -> bool {
        if !online {
            // Who is in it is not known: it is the chat there is.
            return !room.are_members_synced();
        }
        invite_directly(room, person).await.is_ok()
    }

    async fn make_direct(&self, person: &MatrixUserId, encrypted: bool) -> Result<Room> {
        let me = self.client.user_id().ok_or(Error::SessionEnded)?;
        let levels = json!({
            "users": {me.as_str(): OWNER, person.as_str(): OWNER},
            "events": {"m.room.tombstone": OWNER},
        });
        let mut request = request(encrypted, levels)?;
        request.is_direct = true;
        let room = patiently(|| self.client.create_room(request.clone())).await?;
        let marked = self
            .client
            .account()
            .mark_as_dm(room.room_id(), &[person.to_owned()])
            .await;
        let invited = match marked {
            Ok(()) => invite_directly(&room, person).await,
            Err(error) => Err(error),
        };
        if let Err(error) = invited {
            // A chat with nobody in it is of no use to anybody.
            if room.leave().await.is_err() || room.forget().await.is_err() {
                tracing::warn!("an empty direct chat stays behind");
            }
            return Err(if is_refusal(&error) {
                Error::NotAllowed
            } else {
                error.into()
            });
        }
        Ok(room)
    }

    /// Makes a group. People are invited when it is there, so that a refusal leaves nothing half done. `runners` are
    /// those who run it beside the founder.
    pub async fn create_chat(
        &self,
        chat: &NewChat,
        runners: &BTreeSet<UserId>,
        encrypted: bool,
    ) -> Result<MadeChat> {
        let me = self.client.user_id().ok_or(Error::SessionEnded)?;
        let people: BTreeSet<&UserId> = chat
            .people
            .iter()
            .filter(|id| id.as_str() != me.as_str())
            .collect();
        let mut users = json!({ me.as_str(): OWNER });
        for id in people.iter().filter(|id| runners.contains(**id)) {
            users[id.as_str()] = RUNS.into();
        }
        let mut request = request(encrypted, group_levels(users, chat.announcements))?;
        request.name = Some(chat.name.clone()).filter(|name| !name.is_empty());
        request.topic = chat.topic.clone().filter(|topic| !topic.is_empty());
        let room = patiently(|| self.client.create_room(request.clone())).await?;
        let mut refused = Vec::new();
        let mut lost = false;
        for id in people {
            // After a lost connection the rest can be invited again from the chat, which is there.
            if lost {
                refused.push(stranger(id));
                continue;
            }
            let invited = invite(&room, id).await;
            lost = matches!(invited, Err(Error::Network | Error::SessionEnded));
            if !matches!(invited, Ok(true)) {
                refused.push(stranger(id));
            }
        }
        Ok(MadeChat {
            chat: ChatId::new(room.room_id().as_str()),
            refused,
        })
    }

    /// People the server's own directory finds.
    pub async fn search_people(&self, text: &str, most: u32) -> Result<Vec<Person>> {
        let found = self.client.search_users(text, most.into()).await?;
        let person =
            |user: matrix_sdk::ruma::api::client::user_directory::search_users::v3::User| {
                let id = UserId::new(user.user_id.as_str());
                Person {
                    name: user
                        .display_name
                        .filter(|name| !name.trim().is_empty())
                        .unwrap_or_else(|| user.user_id.localpart().to_owned()),
                    avatar: user.avatar_url.map(|mxc| MediaKey::new(mxc.as_str())),
                    id,
                    mark: Default::default(),
                }
            };
        Ok(found.results.into_iter().map(person).collect())
    }

    /// The people one has talked to directly, the latest first.
    pub async fn recent_people(&self) -> Vec<UserId> {
        let mut rooms = self.client.joined_rooms();
        rooms.sort_by_key(|room| std::cmp::Reverse(room.latest_event_timestamp()));
        let peers = join_all(rooms.iter().map(peer)).await;
        let peers = peers.into_iter().flatten();
        peers.map(|id| UserId::new(id.as_str())).collect()
    }

    /// The people of common chats, as far as this device knows them. Those who only read a channel are not met there.
    pub async fn known_people(&self) -> Arc<HashMap<UserId, Person>> {
        let mut rooms = self.client.joined_rooms();
        rooms.retain(|room| room.room_type().is_none() && room.joined_members_count() <= LARGE);
        let mut known = self.making.known.lock().await;
        let mark = mark(&rooms);
        if known.mark != Some(mark) {
            let mut people = HashMap::new();
            for room in &rooms {
                let levels = room.power_levels_or_default().await;
                if i64::from(levels.events_default) > 0 {
                    continue;
                }
                let members = room.members_no_sync(RoomMemberships::JOIN).await;
                for member in members.unwrap_or_default() {
                    let person = of_member(&member);
                    people.entry(person.id.clone()).or_insert(person);
                }
            }
            *known = Known {
                mark: Some(mark),
                people: Arc::new(people),
            };
        }
        known.people.clone()
    }
}

/// What makes another look at the chats' people worth while.
fn mark(rooms: &[Room]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for room in rooms {
        room.room_id().hash(&mut hasher);
        room.joined_members_count().hash(&mut hasher);
        room.are_members_synced().hash(&mut hasher);
    }
    hasher.finish()
}

/// Says with the invitation that it is a chat of two; a plain invitation can't.
async fn invite_directly(room: &Room, person: &MatrixUserId) -> matrix_sdk::Result<()> {
    let content = json!({"membership": "invite", "is_direct": true});
    let work = || room.send_state_event_raw("m.room.member", person.as_str(), content.clone());
    patiently(work).await.map(drop)
}

/// A private room that its founder can hand on: since version 12 he could not.
pub(crate) fn request(encrypted: bool, levels: Value) -> Result<create_room::v3::Request> {
    let mut state = vec![
        json!({"type": "m.room.guest_access", "content": {"guest_access": "forbidden"}}),
        json!({"type": "m.room.history_visibility", "content": {"history_visibility": "shared"}}),
    ];
    if encrypted {
        let content = json!({"algorithm": "m.megolm.v1.aes-sha2"});
        state.push(json!({"type": "m.room.encryption", "content": content}));
    }
    for event in &mut state {
        event["state_key"] = json!("");
    }
    let raw = |value: &Value| value.to_string();
    let mut request = create_room::v3::Request::new();
    request.preset = Some(create_room::v3::RoomPreset::PrivateChat);
    request.room_version = Some(RoomVersionId::V11);
    request.power_level_content_override =
        Some(Raw::from_json_string(raw(&levels)).map_err(|_| Error::Internal("levels are JSON"))?);
    for event in &state {
        let event =
            Raw::from_json_string(raw(event)).map_err(|_| Error::Internal("state is JSON"))?;
        request.initial_state.push(event);
    }
    Ok(request)
}

pub(crate) fn group_levels(users: Value, announcements: bool) -> Value {
    let mut levels = json!({
        "users": users,
        "users_default": 0,
        "events_default": 0,
        "state_default": RUNS,
        "invite": RUNS,
        "redact": RUNS,
        "kick": RUNS,
        "ban": RUNS,
        "notifications": {"room": RUNS},
        "events": {
            "m.room.power_levels": ADMINISTRATOR,
            "m.room.history_visibility": ADMINISTRATOR,
            "m.room.join_rules": ADMINISTRATOR,
            "m.room.encryption": ADMINISTRATOR,
            "m.room.server_acl": ADMINISTRATOR,
            "m.room.tombstone": OWNER,
        },
    });
    if announcements {
        levels["events_default"] = RUNS.into();
        for kind in FREE_FOR_ALL {
            levels["events"][kind] = 0.into();
        }
    }
    levels
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_an_announcement_chat_everybody_may_react_and_only_some_write() {
        let levels = group_levels(json!({}), true);
        assert_eq!(levels["events_default"], 50);
        assert_eq!(levels["events"]["m.reaction"], 0);
        assert_eq!(group_levels(json!({}), false)["events_default"], 0);
    }
}
