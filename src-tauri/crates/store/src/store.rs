//! The database: opening it whatever its state, and the two ways into it.

use crate::{
    DataKey, KeyError, Recovery, StoreError,
    connection::{self, DATABASE},
    error::is_damage,
    files,
    key_file::KeyFile,
    messages, migrations, rescue,
};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

/// Up to this size every page is checked at each start; above it, only the tables that no server has.
const CHECKED_WHOLE: u64 = 8 * 1024 * 1024;
/// Reading connections that are kept for the next reader.
const IDLE_READERS: usize = 4;

/// Our database. One connection writes; readers have their own and wait for nobody.
pub struct Store {
    idle: Mutex<Vec<Connection>>,
    writer: Mutex<Connection>,
    dir: PathBuf,
    // Readers are opened when they are needed.
    key: DataKey,
}

/// A store, and what happened while it was opened.
pub struct Opened {
    /// The store, ready for use.
    pub store: Store,
    /// Set where the file was damaged and a new one has taken its place.
    pub recovered: Option<Recovery>,
}

enum Failure {
    /// The first page, which any opening reads, is not what this key wrote.
    Head,
    /// The key is right and some page is damaged.
    Damaged,
    Other(StoreError),
}

impl<E: Into<StoreError>> From<E> for Failure {
    fn from(error: E) -> Self {
        match error.into() {
            StoreError::Corrupt => Self::Damaged,
            other => Self::Other(other),
        }
    }
}

impl Store {
    /// Opens the database of the profile in `dir`, making it where there is none.
    ///
    /// A damaged file is moved to `parta.db.broken-<n>` and a new one takes its place with the settings, the account, the
    /// drafts and the unsent messages that could still be read. A wrong key and a newer schema are errors that leave the
    /// file as it is.
    pub fn open(dir: &Path, key: &DataKey) -> Result<Opened, StoreError> {
        files::private_dir(dir)?;
        let proven = match KeyFile::read(dir) {
            Ok(Some(file)) if file.belongs_to(key) => true,
            Ok(Some(_)) => return Err(StoreError::WrongKey),
            Err(KeyError::Io(error)) => return Err(StoreError::Io(error)),
            Ok(None) | Err(_) => false,
        };
        rescue::finish_exchange(dir)?;
        match Self::open_sound(dir, key) {
            Ok(store) => {
                store.trust()?;
                return Ok(Opened {
                    store,
                    recovered: None,
                });
            }
            // Without a key file nothing tells a wrong key from a damaged first page, and a wrong key must do no harm.
            Err(Failure::Head) if !proven => return Err(StoreError::WrongKey),
            Err(Failure::Head | Failure::Damaged) => {}
            Err(Failure::Other(error)) => return Err(error),
        }
        tracing::warn!("the database is damaged: setting it aside");
        let recovery = rescue::exchange(dir, key)?;
        match Self::open_sound(dir, key) {
            Ok(store) => {
                store.trust()?;
                Ok(Opened {
                    store,
                    recovered: Some(recovery),
                })
            }
            Err(Failure::Head | Failure::Damaged) => Err(StoreError::Corrupt),
            Err(Failure::Other(error)) => Err(error),
        }
    }

    fn open_sound(dir: &Path, key: &DataKey) -> Result<Self, Failure> {
        let path = dir.join(DATABASE);
        files::private_file(&path)?;
        let size = fs::metadata(&path)?.len();
        let known = migrations::known();
        let first_read = connection::writer(&path, key)
            .and_then(|conn| migrations::version(&conn).map(|v| (conn, v)));
        let (mut writer, found) = first_read.map_err(|error| {
            if is_damage(&error) {
                Failure::Head
            } else {
                error.into()
            }
        })?;
        if found > known {
            return Err(Failure::Other(StoreError::Newer { found, known }));
        }
        let sound = (|| {
            writer.pragma_update(None, "journal_mode", "WAL")?;
            // Pages torn by a crash in the middle of a checkpoint are whole again after this.
            writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
            if size <= CHECKED_WHOLE || files::with_suffix(&path, messages::SUSPECT).exists() {
                check_whole(&writer)
            } else {
                check_kept(&writer)
            }
        })();
        match sound {
            Ok(true) => {}
            Ok(false) => return Err(Failure::Damaged),
            Err(error) if is_damage(&error) => return Err(Failure::Damaged),
            Err(error) => return Err(error.into()),
        }
        migrations::run(&mut writer, known)?;
        Ok(Self {
            idle: Mutex::new(Vec::new()),
            writer: Mutex::new(writer),
            dir: dir.to_owned(),
            key: key.clone(),
        })
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.dir.join(DATABASE)
    }

    /// Every page has been checked where that was asked for.
    fn trust(&self) -> Result<(), StoreError> {
        Ok(files::remove_if_there(&files::with_suffix(
            &self.path(),
            messages::SUSPECT,
        ))?)
    }

    /// Checks every page. Takes a while on a large database.
    pub fn quick_check(&self) -> Result<(), StoreError> {
        match check_whole(&lock(&self.writer)) {
            Ok(true) => Ok(()),
            Ok(false) => Err(StoreError::Corrupt),
            Err(error) if is_damage(&error) => Err(StoreError::Corrupt),
            Err(error) => Err(error.into()),
        }
    }

    /// Signs out: forgets everything of the account and keeps the settings. Damaged databases that were set aside hold the
    /// same things and go too.
    pub fn forget_account(&self) -> Result<(), StoreError> {
        self.write(|tx| {
            tx.execute_batch("DELETE FROM session; DELETE FROM drafts; DELETE FROM unsent; DELETE FROM outbox; DELETE FROM snapshot; DELETE FROM plan_places; DELETE FROM plan_position; DELETE FROM address_book;")?;
            messages::forget_all(tx)
        })?;
        lock(&self.writer).query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(rescue::remove_broken(&self.dir)?)
    }

    pub(crate) fn write<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let mut writer = lock(&self.writer);
        let tx = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = work(&tx)?;
        tx.commit()?;
        Ok(done)
    }

    pub(crate) fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let idle = lock(&self.idle).pop();
        let conn = match idle {
            Some(conn) => conn,
            None => connection::reader(&self.dir.join(DATABASE), &self.key)?,
        };
        let done = work(&conn)?;
        let mut idle = lock(&self.idle);
        if idle.len() < IDLE_READERS {
            idle.push(conn);
        }
        Ok(done)
    }
}

/// A panic elsewhere leaves no half-done work behind: SQLite rolls it back.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Every page has its checksum, and every tree its order.
fn check_whole(conn: &Connection) -> rusqlite::Result<bool> {
    let bad_pages = conn
        .prepare("PRAGMA cipher_integrity_check")?
        .query([])?
        .next()?
        .is_some();
    if bad_pages {
        return Ok(false);
    }
    let verdict: String = conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    Ok(verdict == "ok")
}

/// Every row that only this machine has can be read.
fn check_kept(conn: &Connection) -> rusqlite::Result<bool> {
    conn.execute_batch("BEGIN")?;
    for columns in [
        "settings.json",
        "session.json",
        "drafts.text",
        "unsent.content",
    ] {
        let (table, column) = columns.split_once('.').expect("written so above");
        conn.query_row(
            &format!("SELECT sum(length({column})) FROM {table}"),
            [],
            |_| Ok(()),
        )?;
    }
    // A damaged last page of a long text reads as zeros and shows only in the next read of the same transaction.
    conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    conn.execute_batch("COMMIT")?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connection::PAGE;
    use parta_model::Settings;

    #[test]
    fn a_newer_schema_is_left_untouched() {
        let dir = tempfile::tempdir().unwrap();
        let key = DataKey::generate();
        drop(Store::open(dir.path(), &key).unwrap());
        let path = dir.path().join(DATABASE);
        connection::writer(&path, &key)
            .unwrap()
            .pragma_update(None, "user_version", 99)
            .unwrap();
        let before = fs::read(&path).unwrap();
        let error = Store::open(dir.path(), &key).err().unwrap();
        assert!(
            matches!(error, StoreError::Newer { found: 99, known } if known == migrations::known())
        );
        assert_eq!(fs::read(&path).unwrap(), before);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_full_disk_is_told_and_keeps_what_was_there() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path(), &DataKey::generate()).unwrap().store;
        store
            .set_settings(&Settings {
                compact: true,
                ..Settings::default()
            })
            .unwrap();
        let pages: u32 = lock(&store.writer)
            .query_row("PRAGMA page_count", [], |row| row.get(0))
            .unwrap();
        lock(&store.writer)
            .query_row(
                &format!("PRAGMA max_page_count = {}", pages + 2),
                [],
                |_| Ok(()),
            )
            .unwrap();
        assert!(matches!(
            store.set_snapshot(&"x".repeat(100_000)),
            Err(StoreError::DiskFull)
        ));
        assert!(store.settings().unwrap().compact);
        assert_eq!(store.snapshot().unwrap(), None);
        store.quick_check().unwrap();
    }

    #[test]
    fn a_large_database_is_opened_by_its_kept_tables() {
        let dir = tempfile::tempdir().unwrap();
        let key = DataKey::generate();
        let store = Store::open(dir.path(), &key).unwrap().store;
        store.set_session(Some("{}")).unwrap();
        store
            .write(|tx| {
                tx.execute_batch(
                    "CREATE TABLE ballast (x); INSERT INTO ballast VALUES (zeroblob(9000000));",
                )
            })
            .unwrap();
        drop(store);
        let path = dir.path().join(DATABASE);
        assert!(fs::metadata(&path).unwrap().len() > CHECKED_WHOLE);
        let opened = Store::open(dir.path(), &key).unwrap();
        assert!(opened.recovered.is_none());
        drop(opened);

        // The account begins on page 3.
        let mut bytes = fs::read(&path).unwrap();
        bytes[2 * PAGE..3 * PAGE].fill(7);
        fs::write(&path, bytes).unwrap();
        let opened = Store::open(dir.path(), &key).unwrap();
        assert!(!opened.recovered.unwrap().session);
    }
}
