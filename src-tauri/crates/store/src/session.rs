//! The account that is signed in; a profile has one at most.

use crate::{Store, StoreError};
use rusqlite::OptionalExtension;

impl Store {
    /// The session as it was given to [`Store::set_session`].
    pub fn session(&self) -> Result<Option<String>, StoreError> {
        self.read(|conn| {
            conn.query_row("SELECT json FROM session", [], |row| row.get(0))
                .optional()
        })
    }

    /// Keeps the session, or forgets it. The text is the caller's own.
    pub fn set_session(&self, json: Option<&str>) -> Result<(), StoreError> {
        self.write(|tx| match json {
            Some(json) => tx.execute(
                "INSERT OR REPLACE INTO session (id, json) VALUES (1, ?1)",
                [json],
            ),
            None => tx.execute("DELETE FROM session", []),
        })?;
        Ok(())
    }
}
