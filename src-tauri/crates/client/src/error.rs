//! What an action of the application may fail with.

use parta_model::cabinet::ActError;
use parta_store::{KeyError, StoreError};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the profile is locked")]
    Locked,
    #[error("nobody is signed in")]
    NotSignedIn,
    #[error("the server offers no way to sign in that is known here")]
    NoWayToSignIn,
    #[error("the name of the file can't be used")]
    File(#[source] std::io::Error),
    #[error("the file being sent can't be read any more, or came incomplete")]
    FileGone,
    #[error("the person has stopped it")]
    Stopped,
    #[error("the recording holds no sound")]
    NoSound,
    /// Why an administrator's step can't be made.
    #[error("the plan does not allow this: {0:?}")]
    Cabinet(ActError),
    #[error("the address book holds as many as it can")]
    BookFull,
    #[error("a step that can no longer be taken back")]
    NoUndo,
    #[error(transparent)]
    Matrix(#[from] parta_matrix::Error),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Key(#[from] KeyError),
    #[error("internal: {0}")]
    Internal(&'static str),
}

pub type Result<T, E = Error> = std::result::Result<T, E>;
