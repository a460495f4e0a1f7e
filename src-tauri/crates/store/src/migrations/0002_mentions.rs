//! Whom an unsent text names.

use rusqlite::Transaction;

pub(crate) fn run(tx: &Transaction<'_>) -> rusqlite::Result<()> {
    tx.execute_batch("ALTER TABLE drafts ADD COLUMN mentions TEXT NOT NULL DEFAULT '[]';")
}

#[cfg(test)]
mod tests {
    use super::super::{run, tests::at_version};

    #[test]
    fn m0002_keeps_the_drafts_there_are() {
        let mut conn = at_version(1);
        conn.execute(
            "INSERT INTO drafts (chat, text, reply_to) VALUES ('!a', 'начал писать', NULL)",
            [],
        )
        .unwrap();
        run(&mut conn, 2).unwrap();
        let kept: (String, String) = conn
            .query_row("SELECT text, mentions FROM drafts", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .unwrap();
        assert_eq!(kept, ("начал писать".to_owned(), "[]".to_owned()));
    }
}
