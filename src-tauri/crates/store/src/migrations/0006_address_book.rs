//! The person's own contacts and notes, in parts.

use rusqlite::Transaction;

pub(crate) fn run(tx: &Transaction<'_>) -> rusqlite::Result<()> {
    tx.execute_batch(
        "CREATE TABLE address_book (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            json TEXT NOT NULL
        ) STRICT;",
    )
}

#[cfg(test)]
mod tests {
    use super::super::{run, tests::at_version};

    #[test]
    fn m0006_keeps_the_drafts_and_begins_with_nobody() {
        let mut conn = at_version(5);
        conn.execute("INSERT INTO drafts (chat, text) VALUES ('!a', 'б')", [])
            .unwrap();
        run(&mut conn, 6).unwrap();
        let rows: (u32, u32) = conn
            .query_row(
                "SELECT (SELECT count(*) FROM drafts), (SELECT count(*) FROM address_book)",
                [],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .unwrap();
        assert_eq!(rows, (1, 0));
    }
}
