//! What can go wrong with the key and with the database.

use rusqlite::ffi;
use std::io;

/// Why the data key can't be made or taken out.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The password has fewer than [`SHORTEST_PASSWORD`](crate::SHORTEST_PASSWORD) characters.
    #[error("the password is too short")]
    Weak,
    /// The password does not open this profile.
    #[error("the password is wrong")]
    Wrong,
    /// This profile's key is not wrapped with a password, or there is no profile yet.
    #[error("this profile has no password")]
    NoPassword,
    /// This folder has a profile already; a new key would make it unreadable.
    #[error("there is a profile here already")]
    ProfileExists,
    /// `key.json` can't be understood: broken or changed by somebody.
    #[error("the key file is damaged: {0}")]
    Damaged(&'static str),
    /// `key.json` was written by a newer Parta.
    #[error("the key file has version {0}, this program knows 1")]
    Newer(u64),
    /// There is no room on the disk.
    #[error("the disk is full")]
    DiskFull,
    /// The folder or a file of it can't be read or written.
    #[error("the profile folder can't be used")]
    Io(#[source] io::Error),
}

impl From<io::Error> for KeyError {
    fn from(error: io::Error) -> Self {
        if is_disk_full(&error) {
            Self::DiskFull
        } else {
            Self::Io(error)
        }
    }
}

/// Why the database can't be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database is another key's. It has been left as it is.
    #[error("this key does not open the database")]
    WrongKey,
    /// The database was written by a newer Parta. It has been left as it is.
    #[error("the database has schema {found}, this program knows {known}")]
    Newer {
        /// The schema of the file.
        found: u32,
        /// The newest schema of this program.
        known: u32,
    },
    /// There is no room on the disk.
    #[error("the disk is full")]
    DiskFull,
    /// The text is larger than what is kept of its kind.
    #[error("{size} bytes are more than the {most} that are kept")]
    TooLarge {
        /// Bytes of the text.
        size: usize,
        /// Bytes that are allowed.
        most: usize,
    },
    /// A page of the database can't be read. Opening the store again sets the file aside and saves what it can.
    #[error("the database is damaged")]
    Corrupt,
    /// The folder or a file of it can't be read or written.
    #[error("the profile folder can't be used")]
    Io(#[source] io::Error),
    /// Anything else that SQLite says.
    #[error("the database refused")]
    Sqlite(#[source] rusqlite::Error),
}

impl From<io::Error> for StoreError {
    fn from(error: io::Error) -> Self {
        if is_disk_full(&error) {
            Self::DiskFull
        } else {
            Self::Io(error)
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{DatabaseCorrupt, DiskFull, NotADatabase};
        match error.sqlite_error() {
            Some(e) if e.code == DiskFull || e.extended_code == ffi::SQLITE_IOERR_SHMSIZE => {
                Self::DiskFull
            }
            Some(e) if matches!(e.code, DatabaseCorrupt | NotADatabase) => Self::Corrupt,
            _ => Self::Sqlite(error),
        }
    }
}

/// Whether SQLite stumbled over a damaged page. SQLCipher reports a page with a wrong checksum as a plain
/// `SQLITE_ERROR`, so this is only for statements that can't fail in that way for a reason of their own.
pub(crate) fn is_damage(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase};
    error.sqlite_error().is_some_and(|e| {
        matches!(e.code, DatabaseCorrupt | NotADatabase) || e.extended_code == ffi::SQLITE_ERROR
    })
}

fn is_disk_full(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_apart_from_other_errors() {
        let full = || io::Error::from(io::ErrorKind::StorageFull);
        assert!(matches!(StoreError::from(full()), StoreError::DiskFull));
        assert!(matches!(KeyError::from(full()), KeyError::DiskFull));
        let denied = io::Error::from(io::ErrorKind::PermissionDenied);
        assert!(matches!(StoreError::from(denied), StoreError::Io(_)));
        let sqlite = rusqlite::Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_FULL), None);
        assert!(matches!(StoreError::from(sqlite), StoreError::DiskFull));
    }
}
