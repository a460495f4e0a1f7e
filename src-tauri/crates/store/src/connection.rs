//! Connections to our database, all with the same key and the same settings.

use crate::DataKey;
use rusqlite::{Connection, OpenFlags};
use std::{fmt::Write, path::Path, time::Duration};
use zeroize::Zeroizing;

/// The name of our database in a profile.
pub(crate) const DATABASE: &str = "parta.db";
/// What SQLite puts beside a database in WAL mode.
pub(crate) const COMPANIONS: [&str; 2] = ["-wal", "-shm"];
/// Bytes of a page; SQLCipher's own choice, which the rescue of a first page relies on.
pub(crate) const PAGE: usize = 4096;

/// SQLCipher derives its page checksums from the key and a salt that it keeps in the first bytes of the file. With random
/// 256-bit keys the salt adds nothing, but losing those bytes would lose every page, so ours is fixed.
const SALT: &[u8; 16] = b"school.parta.db1";

/// The only connection that writes.
pub(crate) fn writer(path: &Path, key: &DataKey) -> rusqlite::Result<Connection> {
    let conn = open(path, key, OpenFlags::SQLITE_OPEN_CREATE)?;
    conn.execute_batch("PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 1048576;")?;
    Ok(conn)
}

/// A connection that only reads.
pub(crate) fn reader(path: &Path, key: &DataKey) -> rusqlite::Result<Connection> {
    let conn = open(path, key, OpenFlags::empty())?;
    conn.execute_batch("PRAGMA query_only = ON;")?;
    Ok(conn)
}

/// A connection to a copy of a damaged database: it takes what SQLite would refuse as a whole.
pub(crate) fn lenient(path: &Path, key: &DataKey) -> rusqlite::Result<Connection> {
    let conn = open(path, key, OpenFlags::empty())?;
    // With this, a file shorter than its header says is opened as far as it goes.
    conn.execute_batch("PRAGMA writable_schema = ON; PRAGMA cell_size_check = ON;")?;
    Ok(conn)
}

/// Reads nothing of the file yet, so it succeeds with a wrong key and a damaged file.
fn open(path: &Path, key: &DataKey, more: OpenFlags) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | more;
    let conn = Connection::open_with_flags(path, flags)?;
    conn.busy_timeout(Duration::from_secs(5))?;
    // SQLCipher would write its own lines about damaged pages to stderr.
    conn.execute_batch("PRAGMA cipher_log_level = NONE;")?;
    conn.execute_batch(&key_pragma(key))?;
    conn.execute_batch("PRAGMA cipher_memory_security = OFF; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;")?;
    Ok(conn)
}

fn key_pragma(key: &DataKey) -> Zeroizing<String> {
    // Room for all of it at once: growing would leave a copy of the key behind.
    let mut sql = Zeroizing::new(String::with_capacity(128));
    sql.push_str("PRAGMA key = \"x'");
    for byte in key.bytes().iter().chain(SALT) {
        write!(sql, "{byte:02x}").expect("writing to a string can't fail");
    }
    sql.push_str("'\";");
    sql
}
