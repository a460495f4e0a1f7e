//! The last screen, for a first paint before anything else is open.

use crate::{Store, StoreError};
use rusqlite::OptionalExtension;

/// Bytes that a snapshot may have.
pub const LARGEST_SNAPSHOT: usize = 512 * 1024;

impl Store {
    /// The last snapshot.
    pub fn snapshot(&self) -> Result<Option<String>, StoreError> {
        self.read(|conn| {
            conn.query_row("SELECT json FROM snapshot", [], |row| row.get(0))
                .optional()
        })
    }

    /// Keeps a snapshot of at most [`LARGEST_SNAPSHOT`] bytes in place of the last one.
    pub fn set_snapshot(&self, json: &str) -> Result<(), StoreError> {
        if json.len() > LARGEST_SNAPSHOT {
            return Err(StoreError::TooLarge {
                size: json.len(),
                most: LARGEST_SNAPSHOT,
            });
        }
        self.write(|tx| {
            tx.execute(
                "INSERT OR REPLACE INTO snapshot (id, json) VALUES (1, ?1)",
                [json],
            )
        })?;
        Ok(())
    }
}
