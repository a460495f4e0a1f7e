//! How far back the index of each chat reaches.
//!
//! What is missing of a chat is a list of gaps: the history before its first sight, and every stretch that a sync left
//! out. A chat is complete when it has been begun and has no gap; nothing else ever says so.

use super::{changes, chat_id, chat_id_or_new};
use crate::{Store, StoreError};
use parta_model::{Change, ChatId};
use rusqlite::{OptionalExtension, Row, params};

/// Names a gap; never given twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct GapId(i64);

/// A stretch of a chat's history that is not in the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Its name.
    pub id: GapId,
    /// Where it begins, in the server's words; absent for the newest message there is.
    pub token: Option<String>,
    /// It reaches to the beginning of the chat, whatever is known on the way.
    pub whole: bool,
}

/// What has become of a gap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GapStep {
    /// A new one.
    Open {
        /// Where it begins.
        token: Option<String>,
        /// It reaches to the beginning of the chat; otherwise it ends where something known begins.
        whole: bool,
    },
    /// A page of it has been read: it begins further back now, or has come to the beginning of the chat. It closes by
    /// itself where the page has something known, unless it is a whole one.
    Read {
        /// Which.
        gap: GapId,
        /// Where the next page begins.
        next: Option<String>,
    },
    /// The server knows the place no more: it is looked for from the newest message on, and to the beginning.
    Lost(GapId),
}

/// A part of a chat's history with what it says of the progress. It is taken in as a whole or not at all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// What was said, edited and deleted, in any order.
    pub changes: Vec<Change>,
    /// The newest event that is known now.
    pub seen: Option<String>,
    /// What has become of the gaps.
    pub gaps: Vec<GapStep>,
}

/// What the index has of a chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexedChat {
    /// Which.
    pub chat: ChatId,
    /// Whether what is missing of it is known. Until then it is not complete, whatever has been taken in.
    pub begun: bool,
    /// The newest event that has been taken in.
    pub seen: Option<String>,
    /// Whether all of its history is here.
    pub complete: bool,
    /// Messages that can be found.
    pub messages: u64,
    /// Messages whose key this device does not have.
    pub sealed: u64,
}

impl Store {
    /// Takes in a part of a chat's history.
    pub fn index_batch(&self, chat: &ChatId, batch: &Batch) -> Result<(), StoreError> {
        self.write_index(|tx| {
            let id = chat_id_or_new(tx, chat)?;
            // Asked before anything of this batch is known.
            let mut met = false;
            for change in &batch.changes {
                // Something deleted may have been deleted before it was ever read here.
                if !matches!(change, Change::Deleted { .. })
                    && changes::knows(tx, id, change.event())?
                {
                    met = true;
                    break;
                }
            }
            for change in &batch.changes {
                changes::apply(tx, id, change)?;
            }
            for step in &batch.gaps {
                match step {
                    GapStep::Open { token, whole } => {
                        tx.execute(
                            "INSERT INTO message_gaps (chat, token, whole) VALUES (?1, ?2, ?3)",
                            params![id, token, whole],
                        )?;
                    }
                    GapStep::Read { gap, next } => {
                        tx.execute(
                            "DELETE FROM message_gaps WHERE id = ?1 AND (?2 IS NULL OR (?3 AND NOT whole))",
                            params![gap.0, next, met],
                        )?;
                        tx.execute(
                            "UPDATE message_gaps SET token = ?2 WHERE id = ?1",
                            params![gap.0, next],
                        )?;
                    }
                    GapStep::Lost(gap) => {
                        tx.execute(
                            "UPDATE message_gaps SET token = NULL, whole = 1 WHERE id = ?1",
                            [gap.0],
                        )?;
                    }
                }
            }
            // A part that says nothing of the progress may be all that is taken in before the power goes.
            if batch.seen.is_some() || !batch.gaps.is_empty() {
                tx.execute(
                    "UPDATE message_chats SET begun = 1, seen = coalesce(?2, seen) WHERE id = ?1",
                    params![id, batch.seen],
                )?;
            }
            Ok(())
        })
    }

    /// What the index has, chat by chat.
    pub fn indexed_chats(&self) -> Result<Vec<IndexedChat>, StoreError> {
        self.read_index(|conn| {
            conn.prepare_cached(CHATS)?
                .query_map([], indexed_chat)?
                .collect()
        })
    }

    /// What the index has of one chat.
    pub fn indexed_chat(&self, chat: &ChatId) -> Result<Option<IndexedChat>, StoreError> {
        self.read_index(|conn| {
            conn.prepare_cached(&format!("{CHATS} WHERE chat = ?1"))?
                .query_row([chat.as_str()], indexed_chat)
                .optional()
        })
    }

    /// The newest gap of a chat.
    pub fn index_gap(&self, chat: &ChatId) -> Result<Option<Gap>, StoreError> {
        self.read_index(|conn| {
            conn.prepare_cached(
                "SELECT g.id, g.token, g.whole FROM message_gaps g JOIN message_chats c ON c.id = g.chat
                 WHERE c.chat = ?1 ORDER BY g.id DESC LIMIT 1",
            )?
            .query_row([chat.as_str()], |row| {
                Ok(Gap {
                    id: GapId(row.get("id")?),
                    token: row.get("token")?,
                    whole: row.get("whole")?,
                })
            })
            .optional()
        })
    }

    /// Notes that a key has come, or that it is worth trying again: its sealed messages are [`Store::opened_messages`]
    /// from now on.
    pub fn key_came(&self, chat: &ChatId, session: &str) -> Result<(), StoreError> {
        self.write_index(|tx| {
            if let Some(id) = chat_id(tx, chat)? {
                tx.execute(
                    "UPDATE message_sealed SET ready = 1 WHERE chat = ?1 AND session = ?2",
                    params![id, session],
                )?;
            }
            Ok(())
        })
    }

    /// Takes the newest sealed messages of all chats for worth another try: a key may have come unnoticed.
    pub fn try_sealed_again(&self, most: u32) -> Result<(), StoreError> {
        self.write_index(|tx| {
            tx.execute(
                "UPDATE message_sealed SET ready = 1 WHERE (chat, event) IN
                 (SELECT chat, event FROM message_sealed ORDER BY at DESC LIMIT ?1)",
                [most],
            )?;
            Ok(())
        })
    }

    /// Chats and messages whose keys may have come, the newest first.
    pub fn opened_messages(&self, most: u32) -> Result<Vec<(ChatId, String)>, StoreError> {
        self.read_index(|conn| {
            conn.prepare_cached(
                "SELECT c.chat, s.event FROM message_sealed s JOIN message_chats c ON c.id = s.chat
                 WHERE s.ready ORDER BY s.at DESC LIMIT ?1",
            )?
            .query_map([most], |row| {
                let chat: String = row.get(0)?;
                Ok((ChatId::new(chat), row.get(1)?))
            })?
            .collect()
        })
    }

    /// A message could not be opened after all.
    pub fn still_sealed(&self, chat: &ChatId, event: &str) -> Result<(), StoreError> {
        self.write_index(|tx| {
            if let Some(id) = chat_id(tx, chat)? {
                tx.execute(
                    "UPDATE message_sealed SET ready = 0 WHERE chat = ?1 AND event = ?2",
                    params![id, event],
                )?;
            }
            Ok(())
        })
    }

    /// Forgets a chat that is no longer one of the person's.
    pub fn forget_chat(&self, chat: &ChatId) -> Result<(), StoreError> {
        self.write_index(|tx| {
            let Some(id) = chat_id(tx, chat)? else {
                return Ok(());
            };
            tx.execute(
                "DELETE FROM message_words WHERE rowid IN (SELECT id FROM messages WHERE chat = ?1)",
                [id],
            )?;
            for table in [
                "messages",
                "message_edits",
                "message_deleted",
                "message_sealed",
                "message_gaps",
            ] {
                tx.execute(&format!("DELETE FROM {table} WHERE chat = ?1"), [id])?;
            }
            tx.execute("DELETE FROM message_chats WHERE id = ?1", [id])?;
            Ok(())
        })
    }
}

const CHATS: &str = "SELECT chat, begun, seen, messages,
    begun AND NOT EXISTS (SELECT 1 FROM message_gaps g WHERE g.chat = c.id) AS complete,
    (SELECT count(*) FROM message_sealed s WHERE s.chat = c.id) AS sealed
    FROM message_chats c";

fn indexed_chat(row: &Row<'_>) -> rusqlite::Result<IndexedChat> {
    let chat: String = row.get("chat")?;
    let count = |column| Ok::<_, rusqlite::Error>(row.get::<_, i64>(column)?.unsigned_abs());
    Ok(IndexedChat {
        chat: ChatId::new(chat),
        begun: row.get("begun")?,
        seen: row.get("seen")?,
        complete: row.get("complete")?,
        messages: count("messages")?,
        sealed: count("sealed")?,
    })
}
