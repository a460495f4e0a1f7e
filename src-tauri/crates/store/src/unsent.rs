//! Messages taken out of a send queue that is about to be thrown away, until they are in a queue again.

use crate::{Store, StoreError};
use parta_model::ChatId;
use rusqlite::{Row, Transaction, params};
use std::fmt;

/// A message that has not been sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Unsent {
    /// Where it goes.
    pub chat: ChatId,
    /// Its place among the messages kept with it.
    pub position: u32,
    /// The content of the event as JSON.
    pub content: String,
    /// The type of the event.
    pub event_type: String,
    /// The transaction it was to be sent with. A message is kept once for each chat and transaction.
    pub txn: String,
}

// The content is what a person wrote, so it is not for logs.
impl fmt::Debug for Unsent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            chat,
            position,
            event_type,
            txn,
            ..
        } = self;
        write!(f, "Unsent {{ {chat} #{position} {event_type} {txn} }}")
    }
}

/// Names a kept message; never given twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnsentId(i64);

impl Store {
    /// Keeps the messages after those kept before, in the order of their positions. Keeping one again changes nothing, so
    /// a caller that was interrupted can repeat itself. On return they are on the disk.
    pub fn keep_unsent(&self, messages: &[Unsent]) -> Result<(), StoreError> {
        let mut sorted: Vec<&Unsent> = messages.iter().collect();
        sorted.sort_by_key(|message| message.position);
        self.write(|tx| {
            sorted
                .into_iter()
                .try_for_each(|message| insert(tx, message))
        })
    }

    /// The kept messages in the order in which they are to be sent.
    pub fn unsent(&self) -> Result<Vec<(UnsentId, Unsent)>, StoreError> {
        self.read(|conn| {
            conn.prepare_cached(
                "SELECT id, chat, position, event_type, content, txn FROM unsent ORDER BY id",
            )?
            .query_map([], |row| Ok((UnsentId(row.get("id")?), from_row(row)?)))?
            .collect()
        })
    }

    /// Forgets a message: it is in a queue again, or the person has deleted it.
    pub fn drop_unsent(&self, id: UnsentId) -> Result<(), StoreError> {
        self.write(|tx| tx.execute("DELETE FROM unsent WHERE id = ?1", [id.0]))?;
        Ok(())
    }
}

pub(crate) fn insert(tx: &Transaction<'_>, message: &Unsent) -> rusqlite::Result<()> {
    let Unsent {
        chat,
        position,
        content,
        event_type,
        txn,
    } = message;
    tx.prepare_cached(
        "INSERT INTO unsent (chat, position, event_type, content, txn) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (chat, txn) DO NOTHING",
    )?
    .execute(params![chat.as_str(), position, event_type, content, txn])?;
    Ok(())
}

pub(crate) fn from_row(row: &Row<'_>) -> rusqlite::Result<Unsent> {
    let chat: String = row.get("chat")?;
    Ok(Unsent {
        chat: ChatId::new(chat),
        position: row.get("position")?,
        content: row.get("content")?,
        event_type: row.get("event_type")?,
        txn: row.get("txn")?,
    })
}
