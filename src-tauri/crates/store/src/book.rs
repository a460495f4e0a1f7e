//! The person's own contacts and notes: a copy of what his account holds, with what the server does not have yet.

use crate::{Store, StoreError};
use rusqlite::{Row, Transaction};

impl Store {
    /// Everything that is kept: the book's parts by their names, as JSON.
    pub fn address_book(&self) -> Result<Vec<(String, String)>, StoreError> {
        self.read(|conn| {
            let mut rows = conn.prepare("SELECT name, json FROM address_book")?;
            rows.query_map([], from_row)?.collect()
        })
    }

    /// Keeps parts of the book, each in place of the one with its name.
    pub fn keep_in_address_book(&self, parts: &[(String, String)]) -> Result<(), StoreError> {
        self.write(|tx| {
            for (name, json) in parts {
                insert(tx, name, json)?;
            }
            Ok(())
        })
    }
}

pub(crate) fn from_row(row: &Row<'_>) -> rusqlite::Result<(String, String)> {
    Ok((row.get("name")?, row.get("json")?))
}

pub(crate) fn insert(tx: &Transaction<'_>, name: &str, json: &str) -> rusqlite::Result<()> {
    tx.execute(
        "INSERT INTO address_book (name, json) VALUES (?1, ?2)
         ON CONFLICT (name) DO UPDATE SET json = excluded.json",
        [name, json],
    )?;
    Ok(())
}
