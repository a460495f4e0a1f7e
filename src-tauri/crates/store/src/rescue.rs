//! A new database in place of a damaged one, with what could be saved.
//!
//! The new file is whole under another name before the damaged one is moved, so a crash at any point loses nothing:
//! the next start either begins anew or finishes the exchange.

use crate::{
    DataKey, StoreError, book,
    connection::{self, COMPANIONS, DATABASE},
    files, migrations, outbox,
    salvage::{Salvaged, salvage},
    unsent,
};
use rusqlite::params;
use std::{
    fs, io,
    path::{Path, PathBuf},
};

const BROKEN: &str = ".broken-";
const COPY: &str = ".copy";
const NEW: &str = ".new";

/// What was saved of a damaged database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovery {
    /// Where the damaged file is now.
    pub aside: PathBuf,
    /// The settings were saved.
    pub settings: bool,
    /// The account was saved; without it the person has to sign in again.
    pub session: bool,
    /// Drafts saved.
    pub drafts: usize,
    /// Unsent messages saved.
    pub unsent: usize,
    /// Edits of plans saved, sent or not.
    pub outbox: usize,
    /// Some rows could not be read, so drafts or unsent messages may be missing.
    pub gaps: bool,
}

/// Moves the damaged database aside and puts a new one in its place.
pub(crate) fn exchange(dir: &Path, key: &DataKey) -> Result<Recovery, StoreError> {
    let damaged = dir.join(DATABASE);
    let saved = salvage_copy(&damaged, key)?;
    build(&files::with_suffix(&damaged, NEW), key, &saved)?;
    let aside = free_name(&damaged)?;
    fs::rename(&damaged, &aside)?;
    put_new(&damaged, &aside)?;
    Ok(Recovery {
        aside,
        settings: saved.settings.is_some(),
        session: saved.session.is_some(),
        drafts: saved.drafts.len(),
        unsent: saved.unsent.len(),
        outbox: saved.outbox.len(),
        gaps: saved.gaps,
    })
}

/// Finishes an exchange that was interrupted, or clears away one that had not come to its point.
pub(crate) fn finish_exchange(dir: &Path) -> Result<(), StoreError> {
    let path = dir.join(DATABASE);
    let new = files::with_suffix(&path, NEW);
    remove_with_companions(&files::with_suffix(&path, COPY))?;
    if path.exists() || !new.exists() {
        return Ok(remove_with_companions(&new)?);
    }
    let aside = newest_broken(&path)?;
    Ok(put_new(&path, &aside)?)
}

/// Removes the databases that were set aside.
pub(crate) fn remove_broken(dir: &Path) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        if entry
            .file_name()
            .to_string_lossy()
            .starts_with(&format!("{DATABASE}{BROKEN}"))
        {
            files::remove_if_there(&entry.path())?;
        }
    }
    files::sync_parent(&dir.join(DATABASE))
}

/// The damaged log must not be taken for the new database's own, so it goes before the new one comes.
fn put_new(path: &Path, aside: &Path) -> io::Result<()> {
    for suffix in COMPANIONS {
        files::rename_if_there(
            &files::with_suffix(path, suffix),
            &files::with_suffix(aside, suffix),
        )?;
    }
    files::sync_parent(path)?;
    fs::rename(files::with_suffix(path, NEW), path)?;
    files::sync_parent(path)
}

/// Reading a damaged database can change it, so a copy is read.
fn salvage_copy(damaged: &Path, key: &DataKey) -> Result<Salvaged, StoreError> {
    let copy = files::with_suffix(damaged, COPY);
    remove_with_companions(&copy)?;
    let saved = (|| {
        fs::copy(damaged, &copy)?;
        let log = files::with_suffix(damaged, "-wal");
        if log.exists() {
            fs::copy(log, files::with_suffix(&copy, "-wal"))?;
        }
        salvage(&copy, key)
    })();
    remove_with_companions(&copy)?;
    saved
}

fn build(new: &Path, key: &DataKey, saved: &Salvaged) -> Result<(), StoreError> {
    remove_with_companions(new)?;
    files::private_file(new)?;
    let built = (|| {
        let mut conn = connection::writer(new, key)?;
        migrations::run(&mut conn, migrations::known())?;
        let tx = conn.transaction()?;
        if let Some(settings) = &saved.settings {
            let json = serde_json::to_string(settings).expect("settings are plain data");
            tx.execute("INSERT INTO settings (id, json) VALUES (1, ?1)", [json])?;
        }
        if let Some(json) = &saved.session {
            tx.execute("INSERT INTO session (id, json) VALUES (1, ?1)", [json])?;
        }
        for (chat, draft) in &saved.drafts {
            tx.execute(
                "INSERT OR IGNORE INTO drafts (chat, text, reply_to) VALUES (?1, ?2, ?3)",
                params![chat.as_str(), draft.text, draft.reply_to],
            )?;
        }
        for message in &saved.unsent {
            unsent::insert(&tx, message)?;
        }
        for kept in &saved.outbox {
            outbox::insert(&tx, kept)?;
        }
        for (name, json) in &saved.book {
            book::insert(&tx, name, json)?;
        }
        tx.commit()?;
        drop(conn);
        Ok(files::sync(new)?)
    })();
    if built.is_err() {
        remove_with_companions(new)?;
    }
    built
}

fn remove_with_companions(path: &Path) -> io::Result<()> {
    files::remove_if_there(path)?;
    files::remove_if_there(&files::with_suffix(path, "-journal"))?;
    COMPANIONS
        .iter()
        .try_for_each(|suffix| files::remove_if_there(&files::with_suffix(path, suffix)))
}

fn broken(path: &Path, n: u32) -> PathBuf {
    files::with_suffix(path, &format!("{BROKEN}{n}"))
}

fn free_name(path: &Path) -> io::Result<PathBuf> {
    let free = (1..).map(|n| broken(path, n)).find(|name| !name.exists());
    free.ok_or_else(|| io::Error::from(io::ErrorKind::AlreadyExists))
}

/// The name that an interrupted exchange had just given.
fn newest_broken(path: &Path) -> io::Result<PathBuf> {
    let last = (1..)
        .map(|n| broken(path, n))
        .take_while(|name| name.exists())
        .last();
    Ok(last.unwrap_or_else(|| broken(path, 1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Store;

    #[test]
    fn an_interrupted_exchange_is_finished() {
        let dir = tempfile::tempdir().unwrap();
        let key = DataKey::generate();
        drop(Store::open(dir.path(), &key).unwrap());
        let path = dir.path().join(DATABASE);
        let saved = Salvaged {
            session: Some("kept".into()),
            ..Salvaged::default()
        };
        build(&files::with_suffix(&path, NEW), &key, &saved).unwrap();
        // The power goes just after the first rename.
        fs::rename(&path, broken(&path, 1)).unwrap();
        fs::write(files::with_suffix(&path, "-wal"), "the damaged log").unwrap();

        let opened = Store::open(dir.path(), &key).unwrap();
        assert_eq!(opened.store.session().unwrap().as_deref(), Some("kept"));
        assert!(files::with_suffix(&broken(&path, 1), "-wal").exists());
        assert!(!files::with_suffix(&path, NEW).exists());
    }

    #[test]
    fn an_exchange_that_had_not_come_to_its_point_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let key = DataKey::generate();
        let store = Store::open(dir.path(), &key).unwrap().store;
        store.set_session(Some("mine")).unwrap();
        drop(store);
        let path = dir.path().join(DATABASE);
        build(&files::with_suffix(&path, NEW), &key, &Salvaged::default()).unwrap();
        fs::write(files::with_suffix(&path, COPY), "half a copy").unwrap();

        let opened = Store::open(dir.path(), &key).unwrap();
        assert_eq!(opened.store.session().unwrap().as_deref(), Some("mine"));
        drop(opened);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }
}
