//! The index of messages. All of it comes from the server again, so nothing of it is saved from a damaged database.
//!
//! `messages.id` is the time of the message with room for others of the same millisecond, so that the order of the ids is
//! the order of time: the full-text index gives its rows by id, and the newest are found without sorting the rest.

use rusqlite::Transaction;

pub(crate) fn run(tx: &Transaction<'_>) -> rusqlite::Result<()> {
    tx.execute_batch(
        "CREATE TABLE message_chats (
            id INTEGER PRIMARY KEY,
            chat TEXT NOT NULL UNIQUE,
            begun INTEGER NOT NULL DEFAULT 0,
            seen TEXT,
            messages INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE TABLE message_senders (
            id INTEGER PRIMARY KEY,
            user TEXT NOT NULL UNIQUE,
            name TEXT
        ) STRICT;
        CREATE TABLE messages (
            id INTEGER PRIMARY KEY,
            chat INTEGER NOT NULL,
            event TEXT NOT NULL,
            sender INTEGER NOT NULL,
            at INTEGER NOT NULL,
            kind INTEGER NOT NULL,
            link INTEGER NOT NULL,
            text TEXT NOT NULL,
            name TEXT,
            mime TEXT,
            size INTEGER,
            seconds INTEGER,
            media TEXT,
            original TEXT,
            UNIQUE (chat, event)
        ) STRICT;
        CREATE VIRTUAL TABLE message_words USING fts5 (
            place, stems, words,
            content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '2 3'
        );
        CREATE TABLE message_edits (
            chat INTEGER NOT NULL,
            event TEXT NOT NULL,
            target TEXT NOT NULL,
            sender TEXT NOT NULL,
            at INTEGER NOT NULL,
            content TEXT NOT NULL,
            PRIMARY KEY (chat, event)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX message_edits_target ON message_edits (chat, target);
        CREATE TABLE message_deleted (
            chat INTEGER NOT NULL,
            event TEXT NOT NULL,
            PRIMARY KEY (chat, event)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE message_sealed (
            chat INTEGER NOT NULL,
            event TEXT NOT NULL,
            session TEXT NOT NULL,
            at INTEGER NOT NULL,
            ready INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (chat, event)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX message_sealed_session ON message_sealed (chat, session);
        CREATE INDEX message_sealed_ready ON message_sealed (chat) WHERE ready;
        CREATE TABLE message_gaps (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            chat INTEGER NOT NULL,
            token TEXT,
            whole INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX message_gaps_chat ON message_gaps (chat);",
    )
}

#[cfg(test)]
mod tests {
    use super::super::{run, tests::at_version};

    #[test]
    fn m0003_adds_an_empty_index_and_keeps_the_rest() {
        let mut conn = at_version(2);
        conn.execute("INSERT INTO session (id, json) VALUES (1, '{}')", [])
            .unwrap();
        run(&mut conn, 3).unwrap();
        let count = |table: &str| -> u32 {
            conn.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| {
                row.get(0)
            })
            .unwrap()
        };
        assert_eq!(count("session"), 1);
        for table in [
            "message_chats",
            "message_senders",
            "messages",
            "message_words",
            "message_edits",
            "message_deleted",
            "message_sealed",
            "message_gaps",
        ] {
            assert_eq!(count(table), 0, "{table}");
        }
    }
}
