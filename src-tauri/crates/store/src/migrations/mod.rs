//! The schema, one numbered file for each step. Steps are never changed once released; a new one comes after them.

#[path = "0001_initial.rs"]
mod m0001_initial;
#[path = "0002_mentions.rs"]
mod m0002_mentions;
#[path = "0003_messages.rs"]
mod m0003_messages;
#[path = "0004_plan.rs"]
mod m0004_plan;
#[path = "0005_outbox.rs"]
mod m0005_outbox;
#[path = "0006_address_book.rs"]
mod m0006_address_book;

use crate::StoreError;
use rusqlite::{Connection, Transaction, TransactionBehavior};

type Step = fn(&Transaction<'_>) -> rusqlite::Result<()>;

/// The step at index n leads from schema n to schema n + 1.
const STEPS: &[Step] = &[
    m0001_initial::run,
    m0002_mentions::run,
    m0003_messages::run,
    m0004_plan::run,
    m0005_outbox::run,
    m0006_address_book::run,
];

/// The newest schema this program knows.
pub(crate) fn known() -> u32 {
    STEPS.len() as u32
}

/// The schema of the database; 0 where it is new.
pub(crate) fn version(conn: &Connection) -> rusqlite::Result<u32> {
    conn.query_row("PRAGMA user_version", [], |row| row.get(0))
}

/// Brings the schema up to `target`, each step in a transaction of its own.
pub(crate) fn run(conn: &mut Connection, target: u32) -> Result<(), StoreError> {
    for at in version(conn)?..target {
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        STEPS[at as usize](&tx)?;
        tx.pragma_update(None, "user_version", at + 1)?;
        tx.commit()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A database in memory with the schema of an earlier version.
    pub(super) fn at_version(version: u32) -> Connection {
        let mut conn = Connection::open_in_memory().unwrap();
        run(&mut conn, version).unwrap();
        conn
    }

    #[test]
    fn every_step_follows_from_the_one_before() {
        for before in 0..known() {
            let mut conn = at_version(before);
            run(&mut conn, before + 1).unwrap();
            assert_eq!(version(&conn).unwrap(), before + 1);
        }
    }

    #[test]
    fn running_again_changes_nothing() {
        let mut conn = at_version(known());
        run(&mut conn, known()).unwrap();
        assert_eq!(version(&conn).unwrap(), known());
    }
}
