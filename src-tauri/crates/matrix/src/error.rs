//! What can go wrong between us and a server, in the words the layers above act on.

use matrix_sdk::media::MediaError;
use matrix_sdk::ruma::api::error::{ErrorKind, RetryAfter};
use matrix_sdk::{ClientBuildError, HttpError};
use std::error::Error as StdError;
use std::io::{Error as IoError, ErrorKind as IoKind};
use std::time::{Duration, SystemTime};

/// SQLite's and its binding's words for `SQLITE_FULL`.
const FULL: [&str; 2] = ["database or disk is full", "database is full"];

/// An error of this crate. It carries no content and no secrets.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the server can't be reached")]
    Network,
    #[error("there is no server by that name")]
    ServerNotFound,
    #[error("what answers there is not a Matrix server")]
    NotMatrix,
    #[error("the name or the password is wrong")]
    WrongPassword,
    #[error("too many tries")]
    TooManyTries { retry_after: Option<Duration> },
    #[error("the account is closed")]
    AccountClosed,
    #[error("signing in through the browser failed")]
    Sso,
    #[error("the server refuses this")]
    NotAllowed,
    #[error("the chat is gone")]
    ChatGone,
    #[error("there is no such message")]
    NoSuchItem,
    #[error("too large for the server")]
    TooLarge,
    #[error("longer than an event may be")]
    TooLong,
    #[error("the file is gone")]
    MediaGone,
    #[error("the server has ended the session")]
    SessionEnded,
    /// A store on this device can't be opened or written.
    #[error("a local store failed")]
    Store,
    #[error("the disk is full")]
    DiskFull,
    #[error("the server failed")]
    Server,
    #[error("internal: {0}")]
    Internal(&'static str),
}

pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// What one of the SDK's stores on this device says. It hands on its database's errors behind types of its own, so a
    /// full disk is known by the words that SQLite has for it.
    pub(crate) fn stored(error: &(dyn StdError + 'static)) -> Self {
        let mut next = Some(error);
        while let Some(error) = next {
            let full = match error.downcast_ref::<IoError>() {
                Some(io) => matches!(io.kind(), IoKind::StorageFull | IoKind::QuotaExceeded),
                None => FULL.iter().any(|words| error.to_string().contains(words)),
            };
            if full {
                return Self::DiskFull;
            }
            next = error.source();
        }
        Self::Store
    }
}

impl From<&HttpError> for Error {
    fn from(error: &HttpError) -> Self {
        match error.client_api_error_kind() {
            Some(ErrorKind::LimitExceeded(data)) => Self::TooManyTries {
                retry_after: data.retry_after.as_ref().and_then(wait),
            },
            Some(ErrorKind::UserDeactivated | ErrorKind::UserLocked | ErrorKind::UserSuspended) => {
                Self::AccountClosed
            }
            Some(ErrorKind::UnknownToken(_) | ErrorKind::MissingToken) => Self::SessionEnded,
            Some(ErrorKind::Forbidden) => Self::NotAllowed,
            Some(ErrorKind::NotFound) => Self::ChatGone,
            Some(ErrorKind::TooLarge) => Self::TooLarge,
            Some(_) => Self::Server,
            None => match error {
                HttpError::Reqwest(_) => Self::Network,
                _ => Self::Server,
            },
        }
    }
}

impl From<HttpError> for Error {
    fn from(error: HttpError) -> Self {
        Self::from(&error)
    }
}

impl From<&matrix_sdk::Error> for Error {
    fn from(error: &matrix_sdk::Error) -> Self {
        match error {
            matrix_sdk::Error::Http(http) => Self::from(&**http),
            matrix_sdk::Error::StateStore(_)
            | matrix_sdk::Error::CryptoStoreError(_)
            | matrix_sdk::Error::EventCacheStore(_)
            | matrix_sdk::Error::MediaStore(_) => Self::stored(error),
            matrix_sdk::Error::Media(MediaError::MediaTooLargeToUpload { .. }) => Self::TooLarge,
            _ => Self::Server,
        }
    }
}

impl From<matrix_sdk::Error> for Error {
    fn from(error: matrix_sdk::Error) -> Self {
        Self::from(&error)
    }
}

impl From<ClientBuildError> for Error {
    fn from(error: ClientBuildError) -> Self {
        match error {
            ClientBuildError::SqliteStore(error) => Self::stored(&error),
            ClientBuildError::Http(http) => Self::from(http),
            _ => Self::Internal("the client could not be built"),
        }
    }
}

fn wait(retry: &RetryAfter) -> Option<Duration> {
    match retry {
        RetryAfter::Delay(delay) => Some(*delay),
        RetryAfter::DateTime(at) => at.duration_since(SystemTime::now()).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use matrix_sdk::StoreError;

    #[derive(Debug, thiserror::Error)]
    #[error("the pool gave no connection")]
    struct Pool(#[source] IoError);

    #[derive(Debug, thiserror::Error)]
    #[error("Error code {0}: {1}")]
    struct Sqlite(i32, &'static str);

    #[test]
    fn a_full_disk_below_the_stores_of_the_sdk_is_told() {
        let told = |error: StoreError| Error::from(matrix_sdk::Error::from(error));
        for words in [
            "database or disk is full",
            "Insertion failed because database is full",
        ] {
            assert!(matches!(
                told(StoreError::backend(Sqlite(13, words))),
                Error::DiskFull
            ));
        }
        let io = |kind: IoKind| Pool(IoError::from(kind));
        assert!(matches!(
            told(StoreError::backend(io(IoKind::StorageFull))),
            Error::DiskFull
        ));
        assert!(matches!(
            told(StoreError::backend(io(IoKind::PermissionDenied))),
            Error::Store
        ));
        assert!(matches!(
            told(StoreError::backend(Sqlite(
                11,
                "database disk image is malformed"
            ))),
            Error::Store
        ));
    }
}
