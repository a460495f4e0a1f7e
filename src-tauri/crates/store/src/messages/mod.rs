//! The index of messages: finding what was said, in any form of its words, and how far back it reaches.
//!
//! Everything here comes from the server again, so a damaged index is not saved but begun anew.

mod changes;
mod pieces;
mod progress;
mod query;
mod search;
mod words;

pub use progress::{Batch, Gap, GapId, GapStep, IndexedChat};
pub use search::{FoundMessage, FoundPage};

use crate::{Store, StoreError, error::is_damage, files};
use parta_model::ChatId;
use rusqlite::{Connection, OptionalExtension, Transaction};

/// Where this lies beside the database, the next opening looks at every page.
pub(crate) const SUSPECT: &str = ".suspect";

impl Store {
    /// A page of the index that can't be read makes the next opening look at the whole file, which a large one is
    /// otherwise spared, and begin the index anew.
    fn noting_damage<T>(&self, done: Result<T, StoreError>) -> Result<T, StoreError> {
        let damaged = match &done {
            Err(StoreError::Corrupt) => true,
            Err(StoreError::Sqlite(error)) => is_damage(error),
            _ => false,
        };
        if !damaged {
            return done;
        }
        tracing::warn!("the index of messages is damaged; the next start begins it anew");
        if let Err(error) = files::private_file(&files::with_suffix(&self.path(), SUSPECT)) {
            tracing::warn!(%error, "the damage could not be noted");
        }
        Err(StoreError::Corrupt)
    }

    fn read_index<T>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        self.noting_damage(self.read(work))
    }

    fn write_index<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        self.noting_damage(self.write(work))
    }
}

/// Forgets the whole index.
pub(crate) fn forget_all(tx: &Transaction<'_>) -> rusqlite::Result<()> {
    tx.execute_batch(
        "INSERT INTO message_words (message_words) VALUES ('delete-all');
        DELETE FROM messages;
        DELETE FROM message_edits;
        DELETE FROM message_deleted;
        DELETE FROM message_sealed;
        DELETE FROM message_gaps;
        DELETE FROM message_senders;
        DELETE FROM message_chats;",
    )
}

/// The number by which a chat is known in the index.
fn chat_id(conn: &Connection, chat: &ChatId) -> rusqlite::Result<Option<i64>> {
    conn.prepare_cached("SELECT id FROM message_chats WHERE chat = ?1")?
        .query_row([chat.as_str()], |row| row.get(0))
        .optional()
}

fn chat_id_or_new(tx: &Transaction<'_>, chat: &ChatId) -> rusqlite::Result<i64> {
    if let Some(id) = chat_id(tx, chat)? {
        return Ok(id);
    }
    tx.execute(
        "INSERT INTO message_chats (chat) VALUES (?1)",
        [chat.as_str()],
    )?;
    Ok(tx.last_insert_rowid())
}
