//! What is on disk and not yet with the server.

use crate::account::Account;
use crate::carry;
use crate::error::{Error, Result};
use matrix_sdk::Client;
use matrix_sdk::ruma::events::{AnyMessageLikeEventContent, RawExt as _};
use matrix_sdk::ruma::serde::Raw;
use matrix_sdk::ruma::{OwnedRoomId, OwnedTransactionId};
use matrix_sdk::send_queue::LocalEchoContent;
use parta_model::ChatId;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{broadcast, watch};
use tokio::task::JoinHandle;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QueueCounts {
    /// Will go by themselves when the server is there.
    pub waiting: u32,
    /// Need the person.
    pub failed: u32,
}

/// A message taken out of a queue, to be put into another one. It holds content: no `Debug`.
#[derive(Clone)]
pub struct Queued {
    pub chat: ChatId,
    pub event_type: String,
    /// The event's content, JSON.
    pub content: String,
    pub txn: String,
}

/// What is the newest unsent message of a chat, for its row in the list.
#[derive(Clone)]
pub(crate) struct Newest {
    pub(crate) content: AnyMessageLikeEventContent,
    txn: OwnedTransactionId,
    /// Some message of the chat needs the person.
    pub(crate) failed: bool,
}

type NewestByRoom = HashMap<OwnedRoomId, Newest>;

pub(crate) struct QueueWatch {
    counts: watch::Receiver<QueueCounts>,
    newest: Arc<Mutex<NewestByRoom>>,
    task: JoinHandle<()>,
}

impl QueueWatch {
    /// `reread` is told of chats whose newest unsent message has changed.
    pub(crate) async fn new(client: &Client, reread: broadcast::Sender<OwnedRoomId>) -> Self {
        let (first, rooms) = look(client).await;
        let (tell, counts) = watch::channel(first);
        let newest = Arc::new(Mutex::new(rooms));
        let mut updates = client.send_queue().subscribe();
        let (client, shared) = (client.clone(), newest.clone());
        let task = tokio::spawn(async move {
            use broadcast::error::{RecvError, TryRecvError};
            loop {
                if matches!(updates.recv().await, Err(RecvError::Closed)) {
                    return;
                }
                // Twenty messages in a row are counted once.
                while !matches!(
                    updates.try_recv(),
                    Err(TryRecvError::Empty | TryRecvError::Closed)
                ) {}
                let (now, rooms) = look(&client).await;
                let before = std::mem::replace(
                    &mut *shared.lock().unwrap_or_else(PoisonError::into_inner),
                    rooms.clone(),
                );
                let same = |room: &OwnedRoomId| match (before.get(room), rooms.get(room)) {
                    (Some(a), Some(b)) => a.txn == b.txn && a.failed == b.failed,
                    (None, None) => true,
                    _ => false,
                };
                for room in before.keys().chain(rooms.keys()).filter(|room| !same(room)) {
                    // No open list is fine: it looks here when it opens.
                    let _ = reread.send(room.clone());
                }
                tell.send_if_modified(|counts| std::mem::replace(counts, now) != now);
            }
        });
        Self {
            counts,
            newest,
            task,
        }
    }

    pub(crate) fn newest(&self) -> Arc<Mutex<NewestByRoom>> {
        self.newest.clone()
    }
}

impl Drop for QueueWatch {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn look(client: &Client) -> (QueueCounts, NewestByRoom) {
    let mut counts = QueueCounts::default();
    let mut newest = NewestByRoom::new();
    for (room, echoes) in client.send_queue().local_echoes().await.unwrap_or_default() {
        let mut any_failed = false;
        for echo in echoes {
            let LocalEchoContent::Event {
                serialized_event,
                send_error,
                ..
            } = echo.content
            else {
                continue;
            };
            match send_error {
                Some(_) => counts.failed += 1,
                None => counts.waiting += 1,
            }
            any_failed |= send_error.is_some();
            if let Ok(content) = serialized_event.deserialize() {
                newest.insert(
                    room.clone(),
                    Newest {
                        content,
                        txn: echo.transaction_id,
                        failed: any_failed,
                    },
                );
            }
        }
    }
    (counts, newest)
}

impl Account {
    /// How many messages wait and how many need the person.
    pub fn queue_counts(&self) -> watch::Receiver<QueueCounts> {
        self.queue.counts.clone()
    }

    /// Everything unsent, in the order of each chat.
    pub async fn queued(&self) -> Result<Vec<Queued>> {
        let rooms = self
            .client
            .send_queue()
            .local_echoes()
            .await
            .map_err(|error| Error::stored(&error))?;
        let mut queued = Vec::new();
        for (room, echoes) in rooms {
            for echo in echoes {
                if let LocalEchoContent::Event {
                    serialized_event, ..
                } = echo.content
                {
                    let (raw, event_type) = serialized_event.into_raw();
                    queued.push(Queued {
                        chat: ChatId::new(room.as_str()),
                        event_type,
                        content: raw.into_json().get().to_owned(),
                        txn: echo.transaction_id.to_string(),
                    });
                }
            }
        }
        Ok(queued)
    }

    /// Puts a message of an earlier session into this one's queue.
    ///
    /// Fails with [`Error::ChatGone`] while the chat is not known here (yet).
    pub async fn requeue(&self, message: &Queued) -> Result<()> {
        let room = self.room(&message.chat)?;
        let raw: Raw<AnyMessageLikeEventContent> =
            Raw::from_json_string(message.content.clone()).map_err(|_| Error::Store)?;
        if let Ok(AnyMessageLikeEventContent::RoomMessage(content)) =
            raw.deserialize_with_type(&message.event_type)
            && carry::requeue(&room, &content).await?
        {
            return Ok(());
        }
        room.send_queue()
            .send_raw(raw, message.event_type.clone())
            .await
            .map_err(|_| Error::ChatGone)?;
        Ok(())
    }
}
