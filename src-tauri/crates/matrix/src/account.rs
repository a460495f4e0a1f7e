//! A signed-in account on this device.

use crate::acks::Acks;
use crate::error::{Error, Result};
use crate::making::Making;
use crate::media::{self, MediaBytes, MediaSources};
use crate::queue::QueueWatch;
use crate::sign_in::open_client;
use crate::sync::{LinkState, Sync};
use crate::timeline::OpenTimelines;
use matrix_sdk::authentication::matrix::MatrixSession;
use matrix_sdk::ruma::events::receipt::ReceiptThread;
use matrix_sdk::ruma::{OwnedRoomId, RoomId};
use matrix_sdk::store::RoomLoadSettings;
use matrix_sdk::{Client, Room, SessionMeta, SessionTokens};
use parta_model::{ChatId, Me, MediaKey, UserId};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use tokio::sync::{Mutex as AsyncMutex, broadcast, watch};
use tokio::task::JoinHandle;

/// A chat of more people than this has its names learnt when it is opened, not before.
const MOST_NAMES: u64 = 500;

/// What has to be kept to open the account again. It holds the access token: no `Debug`, and it is only ever
/// written to an encrypted store.
#[derive(Clone, Serialize, Deserialize)]
pub struct SavedSession {
    pub user: String,
    device: String,
    access_token: String,
    url: String,
    /// The server's name as the person typed it.
    pub server: String,
}

impl SavedSession {
    pub(crate) fn new(session: &MatrixSession, client: &Client, server: &str) -> Self {
        Self {
            user: session.meta.user_id.to_string(),
            device: session.meta.device_id.to_string(),
            access_token: session.tokens.access_token.clone(),
            url: client.homeserver().to_string(),
            server: server.to_owned(),
        }
    }

    /// The device of this sign-in.
    pub fn device(&self) -> &str {
        &self.device
    }
}

pub struct Account {
    pub(crate) client: Client,
    pub(crate) sync: Sync,
    pub(crate) queue: QueueWatch,
    pub(crate) sources: MediaSources,
    /// Chats read here whose receipt the server has not answered yet: their counts are already nothing.
    pub(crate) just_read: Arc<Mutex<HashSet<OwnedRoomId>>>,
    /// Chats whose row must be drawn again although the SDK has no news of them.
    pub(crate) reread: broadcast::Sender<OwnedRoomId>,
    pub(crate) timelines: Mutex<OpenTimelines>,
    /// How large a file the server takes, once it has said so.
    pub(crate) upload_limit: OnceLock<u64>,
    /// The cache of media is cleaned by one at a time: the SDK leaves a second cleaning out.
    pub(crate) media_turn: AsyncMutex<()>,
    pub(crate) making: Making,
    pub(crate) acks: Acks,
    writing: Mutex<HashMap<OwnedRoomId, Arc<AsyncMutex<()>>>>,
    learning: Mutex<Option<JoinHandle<()>>>,
    saved: SavedSession,
}

impl Drop for Account {
    fn drop(&mut self) {
        if let Some(learning) = self
            .learning
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
        {
            learning.abort();
        }
    }
}

impl Account {
    /// The turn of those who write state into a room.
    pub(crate) fn writing_into(&self, room: &OwnedRoomId) -> Arc<AsyncMutex<()>> {
        let mut turns = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        turns.entry(room.clone()).or_default().clone()
    }

    /// Opens an account that signed in before. Needs no network.
    ///
    /// `rebuilt` says that a store was lost since: the server is asked for everything again, not for what is new.
    pub async fn restore(
        saved: SavedSession,
        dir: &Path,
        key: &[u8; 32],
        rebuilt: bool,
    ) -> Result<Self> {
        let client = open_client(&saved.url, dir, key).await?;
        let session = MatrixSession {
            meta: SessionMeta {
                user_id: saved.user.as_str().try_into().map_err(|_| Error::Store)?,
                device_id: saved.device.as_str().into(),
            },
            tokens: SessionTokens {
                access_token: saved.access_token.clone(),
                refresh_token: None,
            },
        };
        client
            .matrix_auth()
            .restore_session(session, RoomLoadSettings::default())
            .await
            .map_err(|error| Error::stored(&error))?;
        let account = Self::new(client, saved).await?;
        if rebuilt {
            account.sync.service.expire_sessions().await;
        }
        Ok(account)
    }

    pub(crate) async fn new(client: Client, saved: SavedSession) -> Result<Self> {
        warm_up(&client);
        client.event_cache().subscribe().map_err(|_| Error::Store)?;
        client.send_queue().enable_upload_progress(true);
        let sync = Sync::new(&client).await?;
        let reread = broadcast::channel(64).0;
        let queue = QueueWatch::new(&client, reread.clone()).await;
        Ok(Self {
            client,
            sync,
            queue,
            sources: MediaSources::default(),
            just_read: Arc::default(),
            reread,
            timelines: Mutex::default(),
            upload_limit: OnceLock::new(),
            media_turn: AsyncMutex::default(),
            making: Making::default(),
            acks: Acks::default(),
            writing: Mutex::default(),
            learning: Mutex::default(),
            saved,
        })
    }

    pub fn saved(&self) -> &SavedSession {
        &self.saved
    }

    /// Begins to talk to the server, and goes on by itself whenever there is one.
    pub fn connect(&self) {
        self.sync.start(self.client.clone());
        let learning = tokio::spawn(learn_names(
            self.client.clone(),
            self.link(),
            self.reread.clone(),
        ));
        let before = self
            .learning
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .replace(learning);
        if let Some(before) = before {
            before.abort();
        }
    }

    /// The state of the connection; ends with the account.
    pub fn link(&self) -> watch::Receiver<LinkState> {
        self.sync.watch()
    }

    /// Who this is, from what is known here.
    pub async fn me(&self) -> Me {
        let profile = self.client.account();
        let name = profile.get_cached_avatar_url().await.ok().flatten();
        Me {
            id: UserId::new(self.saved.user.clone()),
            name: self.own_name().await,
            avatar: name.map(|mxc| MediaKey::new(mxc.as_str())),
            server: self.saved.server.clone(),
        }
    }

    async fn own_name(&self) -> String {
        let Some(id) = self.client.user_id() else {
            return self.saved.user.clone();
        };
        for room in self.client.joined_rooms() {
            if let Ok(Some(member)) = room.get_member_no_sync(id).await
                && let Some(name) = member.display_name()
            {
                return name.to_owned();
            }
        }
        // Before the first sync only the server knows.
        match self.client.account().get_display_name().await {
            Ok(Some(name)) => name,
            _ => id.localpart().to_owned(),
        }
    }

    /// Ends the session on the server; the caller removes the stores.
    pub async fn sign_out(&self) -> Result<()> {
        self.sync.stop().await;
        self.client.logout().await.map_err(Error::from)
    }

    /// Stops talking to the server, and lets writes that have begun finish.
    pub async fn stop(&self) {
        self.sync.stop().await;
    }

    pub(crate) fn room(&self, chat: &ChatId) -> Result<Room> {
        let id = <&RoomId>::try_from(chat.as_str()).map_err(|_| Error::ChatGone)?;
        self.client.get_room(id).ok_or(Error::ChatGone)
    }

    pub async fn decline_invitation(&self, chat: &ChatId) -> Result<()> {
        Ok(self.room(chat)?.leave().await?)
    }

    /// Everything up to the newest message has been seen.
    pub async fn mark_read(&self, chat: &ChatId) -> Result<()> {
        use matrix_sdk::ruma::api::client::receipt::create_receipt::v3::ReceiptType;
        let room = self.room(chat)?;
        let newest = room.latest_event().event_id();
        self.just_read
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(room.room_id().to_owned());
        let _ = self.reread.send(room.room_id().to_owned());
        if let Some(open) = self.open_timeline(room.room_id()) {
            open.mark_read().await?;
        } else if let Some(newest) = newest {
            room.send_single_receipt(ReceiptType::Read, ReceiptThread::Unthreaded, newest)
                .await?;
        }
        if room.is_marked_unread() {
            room.set_unread_flag(false).await?;
        }
        Ok(())
    }

    pub async fn media(&self, key: &MediaKey, thumbnail: Option<(u32, u32)>) -> Result<MediaBytes> {
        media::fetch(&self.client, &self.sources, key, thumbnail).await
    }

    /// Writes the keys of past messages into an encrypted file for this account's next device.
    pub async fn export_keys(&self, path: PathBuf, passphrase: &str) -> Result<()> {
        self.client
            .encryption()
            .export_room_keys(path, passphrase, |_| true)
            .await
            .map_err(|error| Error::stored(&error))
    }

    pub async fn import_keys(&self, path: PathBuf, passphrase: &str) -> Result<()> {
        self.client
            .encryption()
            .import_room_keys(path, passphrase)
            .await
            .map(drop)
            .map_err(|error| Error::stored(&error))
    }
}

/// Learns the names of a chat's people once, so that lists and old messages show names and not logins, also offline.
/// One chat at a time, the newest first: the server has others to serve.
async fn learn_names(
    client: Client,
    mut link: watch::Receiver<LinkState>,
    reread: broadcast::Sender<OwnedRoomId>,
) {
    loop {
        if link
            .wait_for(|link| *link == LinkState::Online)
            .await
            .is_err()
        {
            return;
        }
        let mut rooms = client.joined_rooms();
        rooms.retain(|room| {
            room.room_type().is_none()
                && !room.are_members_synced()
                && room.joined_members_count() <= MOST_NAMES
        });
        rooms.sort_by_key(|room| std::cmp::Reverse(room.latest_event_timestamp()));
        for room in rooms {
            if *link.borrow() != LinkState::Online {
                break;
            }
            if room.sync_members().await.is_ok() {
                let _ = reread.send(room.room_id().to_owned());
            }
        }
        // Chats that come later are learnt when they are opened, or after the next loss of the connection.
        if link
            .wait_for(|link| *link != LinkState::Online)
            .await
            .is_err()
        {
            return;
        }
    }
}

/// Lets the cache page back by itself where the newest events do not reach the person's own read receipt: only the
/// client can count what is unread, and a chat that was warmed up opens without a network.
fn warm_up(client: &Client) {
    let mut config = client.event_cache().config_mut();
    config.experimental_auto_backpagination = true;
    config.room_pagination_batch_size = 50;
    config.room_pagination_per_room_credit = 4;
}
