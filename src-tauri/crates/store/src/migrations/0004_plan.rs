//! The plans of the organisations as they were last seen: a copy of what the server has, there without a network.

use rusqlite::Transaction;

pub(crate) fn run(tx: &Transaction<'_>) -> rusqlite::Result<()> {
    tx.execute_batch(
        "CREATE TABLE plan_places (
            chat TEXT PRIMARY KEY,
            json TEXT NOT NULL
        ) STRICT;
        CREATE TABLE plan_position (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            position TEXT NOT NULL
        ) STRICT;",
    )
}

#[cfg(test)]
mod tests {
    use super::super::{run, tests::at_version};

    #[test]
    fn m0004_keeps_the_settings_and_begins_with_no_plan() {
        let mut conn = at_version(3);
        conn.execute("INSERT INTO settings (id, json) VALUES (1, '{}')", [])
            .unwrap();
        run(&mut conn, 4).unwrap();
        let rows: (u32, u32, u32) = conn
            .query_row(
                "SELECT (SELECT count(*) FROM settings), (SELECT count(*) FROM plan_places), (SELECT count(*) FROM plan_position)",
                [],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
            .unwrap();
        assert_eq!(rows, (1, 0, 0));
    }
}
