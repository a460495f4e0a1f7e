//! Settings, the account, and what a person has written and not sent.
//!
//! The tables that can't be had from the server again come first and in this order: the rescue of a database without its
//! first page knows where each of them begins only because this step always makes the same pages.

use rusqlite::Transaction;

pub(crate) fn run(tx: &Transaction<'_>) -> rusqlite::Result<()> {
    tx.execute_batch(
        "CREATE TABLE settings (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            json TEXT NOT NULL
        ) STRICT;
        CREATE TABLE session (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            json TEXT NOT NULL
        ) STRICT;
        CREATE TABLE drafts (
            id INTEGER PRIMARY KEY,
            chat TEXT NOT NULL UNIQUE,
            text TEXT NOT NULL,
            reply_to TEXT
        ) STRICT;
        CREATE TABLE unsent (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            chat TEXT NOT NULL,
            position INTEGER NOT NULL,
            event_type TEXT NOT NULL,
            content TEXT NOT NULL,
            txn TEXT NOT NULL,
            UNIQUE (chat, txn)
        ) STRICT;
        CREATE TABLE snapshot (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            json TEXT NOT NULL
        ) STRICT;",
    )
}

#[cfg(test)]
mod tests {
    use super::super::{run, tests::at_version, version};

    #[test]
    fn m0001_makes_its_tables_in_an_empty_database() {
        let mut conn = at_version(0);
        run(&mut conn, 1).unwrap();
        assert_eq!(version(&conn).unwrap(), 1);
        for table in ["settings", "session", "drafts", "unsent", "snapshot"] {
            let rows: u32 = conn
                .query_row(&format!("SELECT count(*) FROM {table}"), [], |row| {
                    row.get(0)
                })
                .unwrap();
            assert_eq!(rows, 0, "{table}");
        }
    }

    #[test]
    fn m0001_always_makes_the_same_pages() {
        let roots = || -> Vec<(String, u32)> {
            let conn = at_version(1);
            let mut query = conn
                .prepare("SELECT name, rootpage FROM sqlite_schema ORDER BY rowid")
                .unwrap();
            query
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
                .unwrap()
                .map(Result::unwrap)
                .collect()
        };
        assert_eq!(roots(), roots());
        assert_eq!(
            roots()[..2],
            [("settings".to_owned(), 2), ("session".to_owned(), 3)]
        );
    }
}
