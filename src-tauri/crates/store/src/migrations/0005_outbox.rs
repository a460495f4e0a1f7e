//! Edits of the organisations' plans on their way to the server. Each row tells all of itself, so that one that can be
//! read out of a damaged file is worth something alone.

use rusqlite::Transaction;

pub(crate) fn run(tx: &Transaction<'_>) -> rusqlite::Result<()> {
    tx.execute_batch(
        "CREATE TABLE outbox (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            act TEXT NOT NULL,
            organisation TEXT NOT NULL,
            about TEXT NOT NULL,
            made_at INTEGER NOT NULL,
            undoes TEXT,
            edit TEXT NOT NULL,
            state TEXT NOT NULL,
            event TEXT,
            theirs TEXT
        ) STRICT;
        CREATE INDEX outbox_by_act ON outbox (organisation, act);",
    )
}

#[cfg(test)]
mod tests {
    use super::super::{run, tests::at_version};

    #[test]
    fn m0005_keeps_the_plan_and_begins_with_nothing_to_send() {
        let mut conn = at_version(4);
        conn.execute(
            "INSERT INTO plan_places (chat, json) VALUES ('!a', '{}')",
            [],
        )
        .unwrap();
        run(&mut conn, 5).unwrap();
        let rows: (u32, u32) = conn
            .query_row(
                "SELECT (SELECT count(*) FROM plan_places), (SELECT count(*) FROM outbox)",
                [],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .unwrap();
        assert_eq!(rows, (1, 0));
    }
}
