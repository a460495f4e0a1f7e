//! What is known of a whole chat, and what is changed of it.

use crate::account::Account;
use crate::error::{Error, Result};
use crate::names::person_in;
use crate::rooms;
use crate::state::room_id;
use crate::sync::LinkState;
use crate::timeline::line;
use crate::two::peer;
use async_stream::stream;
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use matrix_sdk::notification_settings::RoomNotificationMode;
use matrix_sdk::ruma::events::fully_read::FullyReadEventContent;
use matrix_sdk::ruma::events::room::history_visibility::HistoryVisibility;
use matrix_sdk::ruma::events::room::power_levels::RoomPowerLevels;
use matrix_sdk::ruma::events::{MessageLikeEventType, StateEventType};
use matrix_sdk::ruma::{UserId as MatrixUserId, int};
use matrix_sdk::{Client, Room, RoomState};
use parta_model::{ChatDetails, ChatId, ChatRights, History, MediaKey, Notify, Typing, UserId};
use std::time::Duration;
use tokio::sync::watch;

/// From this power level on a person runs a chat: deletes for others, asks for acknowledgements.
pub(crate) const RUNS: i64 = 50;
/// What everybody may do where only some write: react and vote, and take it back.
pub(crate) const FREE_FOR_ALL: [&str; 4] = [
    "m.reaction",
    "m.room.redaction",
    "m.poll.response",
    "org.matrix.msc3381.poll.response",
];
/// How long a server that did not answer is left alone.
const ASK_AGAIN: Duration = Duration::from_secs(10);
/// Longer names and topics are cut by no server, and shown by no screen.
const LONGEST_NAME: usize = 255;
const LONGEST_TOPIC: usize = 8_000;

impl Account {
    /// What is known of a chat, and every change of it.
    pub async fn details(&self, chat: &ChatId) -> Result<BoxStream<'static, ChatDetails>> {
        let room = self.room(chat)?;
        let client = self.client.clone();
        let mut link = self.link();
        // The line «new messages» is where the person had read to when he came.
        let read_up_to = read_up_to(&room).await;
        Ok(stream! {
            let mut info = room.subscribe_info();
            // Its changes come only as long as it lives.
            let notifications = client.notification_settings().await;
            let mut settings = notifications.subscribe_to_changes();
            let mut last = None;
            let mut largest = None;
            loop {
                let mut now = look(&room, read_up_to.clone()).await;
                now.largest_file = largest;
                if last.as_ref() != Some(&now) {
                    last = Some(now.clone());
                    yield now;
                }
                tokio::select! {
                    size = largest_file(&client, &mut link), if largest.is_none() => largest = Some(size),
                    changed = info.next() => if changed.is_none() { return },
                    changed = settings.recv() => {
                        if matches!(changed, Err(tokio::sync::broadcast::error::RecvError::Closed)) { return }
                    }
                }
            }
        }
        .boxed())
    }

    /// Who is writing in a chat, without the person himself.
    pub async fn typing(&self, chat: &ChatId) -> Result<BoxStream<'static, Typing>> {
        let room = self.room(chat)?;
        Ok(stream! {
            let (_guard, mut typing) = room.subscribe_to_typing_notifications();
            yield Vec::new();
            loop {
                use tokio::sync::broadcast::error::RecvError;
                let ids = match typing.recv().await {
                    Ok(ids) => ids,
                    Err(RecvError::Lagged(_)) => continue,
                    Err(RecvError::Closed) => return,
                };
                let mut people = Vec::with_capacity(ids.len());
                for id in ids {
                    people.push(person_in(&room, &id).await);
                }
                yield people;
            }
        }
        .boxed())
    }

    pub async fn set_typing(&self, chat: &ChatId, on: bool) -> Result<()> {
        // Nobody is told while there is no server; that is no error to show.
        let _ = self.room(chat)?.typing_notice(on).await;
        Ok(())
    }

    pub async fn mark_unread(&self, chat: &ChatId) -> Result<()> {
        Ok(self.room(chat)?.set_unread_flag(true).await?)
    }

    pub async fn set_notify(&self, chat: &ChatId, notify: Notify) -> Result<()> {
        let room = room_id(chat)?;
        let mode = match notify {
            Notify::All => RoomNotificationMode::AllMessages,
            Notify::Mentions => RoomNotificationMode::MentionsAndKeywordsOnly,
            Notify::Mute => RoomNotificationMode::Mute,
        };
        self.client
            .notification_settings()
            .await
            .set_room_notification_mode(&room, mode)
            .await
            .map_err(|_| Error::Network)?;
        let _ = self.reread.send(room);
        Ok(())
    }

    pub async fn leave_chat(&self, chat: &ChatId) -> Result<()> {
        Ok(self.room(chat)?.leave().await?)
    }

    pub async fn rename_chat(&self, chat: &ChatId, name: &str) -> Result<()> {
        let name: String = name.chars().take(LONGEST_NAME).collect();
        self.room(chat)?.set_name(name).await?;
        Ok(())
    }

    pub async fn set_topic(&self, chat: &ChatId, topic: &str) -> Result<()> {
        let topic: String = topic.chars().take(LONGEST_TOPIC).collect();
        self.room(chat)?.set_room_topic(&topic).await?;
        Ok(())
    }

    pub async fn remove_person(
        &self,
        chat: &ChatId,
        person: &UserId,
        reason: Option<&str>,
    ) -> Result<()> {
        let id = <&MatrixUserId>::try_from(person.as_str()).map_err(|_| Error::NoSuchItem)?;
        self.room(chat)?.kick_user(id, reason).await?;
        Ok(())
    }

    /// Lets only those write who run the chat, or everybody again. Reactions stay free.
    pub async fn set_announcements(&self, chat: &ChatId, on: bool) -> Result<()> {
        let room = self.room(chat)?;
        let mut levels = room.power_levels().await.map_err(|_| Error::Network)?;
        let level = if on { int!(50) } else { int!(0) };
        levels.events_default = level;
        for kind in [
            MessageLikeEventType::RoomMessage,
            MessageLikeEventType::RoomEncrypted,
        ] {
            levels.events.remove(&kind.into());
        }
        for kind in FREE_FOR_ALL {
            levels.events.insert(kind.into(), int!(0));
        }
        let content =
            matrix_sdk::ruma::events::room::power_levels::RoomPowerLevelsEventContent::try_from(
                levels,
            )
            .map_err(|_| Error::Internal("power levels that can't be written"))?;
        room.send_state_event(content).await?;
        Ok(())
    }
}

/// What the server takes in one file, as soon as it can be asked.
async fn largest_file(client: &Client, link: &mut watch::Receiver<LinkState>) -> u64 {
    loop {
        let gone = {
            let online = link.wait_for(|link| *link == LinkState::Online).await;
            online.is_err()
        };
        if gone {
            return std::future::pending().await;
        }
        match client.load_or_fetch_max_upload_size().await {
            Ok(size) => return size.into(),
            // Asked again after a while, or when the link comes back.
            Err(_) => drop(tokio::time::timeout(ASK_AGAIN, link.changed()).await),
        }
    }
}

async fn read_up_to(room: &Room) -> Option<String> {
    if let Some(event) = line::read_up_to(room).await {
        return Some(event.to_string());
    }
    let event = room.account_data_static::<FullyReadEventContent>().await;
    let event = event.ok()??.deserialize().ok()?;
    Some(event.content.event_id.to_string())
}

async fn look(room: &Room, read_up_to: Option<String>) -> ChatDetails {
    let levels = room.power_levels_or_default().await;
    let peer = peer(room).await.map(|id| UserId::new(id.as_str()));
    let announcements = i64::from(levels.events_default) > 0;
    ChatDetails {
        id: ChatId::new(room.room_id().as_str()),
        topic: room.topic().filter(|topic| !topic.trim().is_empty()),
        avatar: room.avatar_url().map(|mxc| MediaKey::new(mxc.as_str())),
        kind: rooms::kind(room, peer.is_some(), &levels),
        encrypted: room.encryption_state().is_encrypted(),
        members: narrow(room.joined_members_count()),
        invited: narrow(room.invited_members_count()),
        pinned: room
            .pinned_event_ids()
            .unwrap_or_default()
            .iter()
            .map(ToString::to_string)
            .collect(),
        history: match room.history_visibility_or_default() {
            HistoryVisibility::WorldReadable => History::World,
            HistoryVisibility::Invited => History::SinceInvited,
            HistoryVisibility::Joined => History::SinceJoined,
            _ => History::All,
        },
        notify: match room.cached_user_defined_notification_mode() {
            Some(RoomNotificationMode::Mute) => Notify::Mute,
            Some(RoomNotificationMode::MentionsAndKeywordsOnly) => Notify::Mentions,
            _ => Notify::All,
        },
        announcements,
        rights: rights(room, &levels, peer.is_some()),
        unasked: Vec::new(),
        read_up_to,
        largest_file: None,
        peer,
    }
}

fn narrow(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn rights(room: &Room, levels: &RoomPowerLevels, direct: bool) -> ChatRights {
    if room.state() != RoomState::Joined {
        return ChatRights::default();
    }
    let me = room.own_user_id();
    let state = |kind| levels.user_can_send_state(me, kind);
    let runs = runs(levels, me);
    ChatRights {
        send: levels.user_can_send_message(me, MessageLikeEventType::RoomMessage),
        react: levels.user_can_send_message(me, MessageLikeEventType::Reaction),
        vote: levels.user_can_send_message(me, MessageLikeEventType::UnstablePollResponse),
        pin: state(StateEventType::RoomPinnedEvents),
        mention_all: !direct && levels.user_can_trigger_room_notification(me),
        delete_others: levels.user_can_redact_event_of_other(me),
        invite: !direct && levels.user_can_invite(me),
        remove: !direct && levels.user_can_kick(me),
        rename: !direct && state(StateEventType::RoomName),
        set_topic: !direct && state(StateEventType::RoomTopic),
        set_avatar: !direct && state(StateEventType::RoomAvatar),
        set_writers: !direct && state(StateEventType::RoomPowerLevels),
        acknowledge: !direct && runs,
    }
}

/// Whether a person runs a chat.
pub(crate) fn runs(levels: &RoomPowerLevels, who: &MatrixUserId) -> bool {
    use matrix_sdk::ruma::events::room::power_levels::UserPowerLevel;
    match levels.for_user(who) {
        UserPowerLevel::Infinite => true,
        UserPowerLevel::Int(level) => i64::from(level) >= RUNS,
        _ => false,
    }
}
