//! What can go wrong, as far as a window words it.

use parta_client::{KeyError, MatrixError, StoreError};
use parta_model::cabinet::ActError;
use serde::Serialize;
use std::io::ErrorKind as IoKind;
use ts_rs::TS;

/// One code per sentence in the message catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Code {
    /// The device has no network, or the server does not answer.
    NoNetwork,
    /// No server by that name or address.
    ServerNotFound,
    /// Something answers there, and it is not a Matrix server.
    NotMatrix,
    WrongPassword,
    /// Wait `retryAfter` milliseconds.
    TooManyTries,
    AccountClosed,
    /// The server offers none of the ways to sign in that this app knows.
    NoWayToSignIn,
    SsoFailed,
    /// The data password does not open this profile.
    WrongDataPassword,
    /// The data password is too short.
    WeakDataPassword,
    NotAllowed,
    ChatGone,
    TooLarge,
    DiskFull,
    /// This person may not write where he wants to save.
    NoWriting,
    /// The file is no longer on the server.
    MediaGone,
    /// The file being sent can't be read any more, or came incomplete.
    FileGone,
    /// The person has stopped it himself.
    Stopped,
    /// A text that is longer than an event may be.
    TooLong,
    /// The recording holds no sound.
    NoSound,
    NotSignedIn,
    Locked,
    /// It is so already.
    NothingToDo,
    /// There is a class of that name already.
    ClassExists,
    /// The class, or the person, is no longer in the plan.
    PlanGone,
    /// A name is missing.
    NoName,
    /// The check digits of the ИНН don't fit.
    BadInn,
    BadKpp,
    /// Only who works in the organisation can run it.
    NotStaff,
    /// People of this role can't be called into that body of the organisation.
    OtherRole,
    /// An owner can't be dismissed by others.
    IsOwner,
    /// Nobody else owns the organisation.
    LastOwner,
    /// A part of the plan breaks the rules and is not overwritten.
    PlanUnreadable,
    /// The address book holds as many as it can.
    BookFull,
    /// A step that can no longer be taken back.
    NoUndo,
    /// The window asked for something that does not exist: a defect.
    BadRequest,
    ServerError,
    Internal,
}

#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApiError {
    pub code: Code,
    /// Milliseconds to wait before trying again.
    #[ts(type = "number | null")]
    pub retry_after: Option<u64>,
}

impl ApiError {
    pub fn new(code: Code) -> Self {
        Self {
            code,
            retry_after: None,
        }
    }
}

impl From<Code> for ApiError {
    fn from(code: Code) -> Self {
        Self::new(code)
    }
}

impl From<parta_client::Error> for ApiError {
    fn from(error: parta_client::Error) -> Self {
        use parta_client::Error as E;
        match error {
            E::Locked => Code::Locked.into(),
            E::NotSignedIn => Code::NotSignedIn.into(),
            E::NoWayToSignIn => Code::NoWayToSignIn.into(),
            E::FileGone => Code::FileGone.into(),
            E::Stopped => Code::Stopped.into(),
            E::NoSound => Code::NoSound.into(),
            E::BookFull => Code::BookFull.into(),
            E::NoUndo => Code::NoUndo.into(),
            E::Cabinet(error) => match error {
                ActError::Nothing => Code::NothingToDo,
                ActError::ClassExists => Code::ClassExists,
                ActError::ClassGone | ActError::PersonGone => Code::PlanGone,
                ActError::NotStaff => Code::NotStaff,
                ActError::OtherRole => Code::OtherRole,
                ActError::IsOwner => Code::IsOwner,
                ActError::LastOwner => Code::LastOwner,
                ActError::NoName => Code::NoName,
                ActError::BadInn => Code::BadInn,
                ActError::BadKpp => Code::BadKpp,
                ActError::Unreadable => Code::PlanUnreadable,
            }
            .into(),
            E::File(io) if io.kind() == IoKind::StorageFull => Code::DiskFull.into(),
            E::File(io)
                if matches!(
                    io.kind(),
                    IoKind::PermissionDenied | IoKind::ReadOnlyFilesystem
                ) =>
            {
                Code::NoWriting.into()
            }
            E::File(_) | E::Internal(_) => Code::Internal.into(),
            E::Matrix(error) => error.into(),
            E::Store(error) => match error {
                StoreError::DiskFull => Code::DiskFull,
                StoreError::TooLarge { .. } => Code::TooLarge,
                _ => Code::Internal,
            }
            .into(),
            E::Key(error) => match error {
                KeyError::Weak => Code::WeakDataPassword,
                KeyError::Wrong => Code::WrongDataPassword,
                KeyError::DiskFull => Code::DiskFull,
                _ => Code::Internal,
            }
            .into(),
        }
    }
}

impl From<MatrixError> for ApiError {
    fn from(error: MatrixError) -> Self {
        use MatrixError as E;
        let code = match error {
            E::Network => Code::NoNetwork,
            E::ServerNotFound => Code::ServerNotFound,
            E::NotMatrix => Code::NotMatrix,
            E::WrongPassword => Code::WrongPassword,
            E::TooManyTries { retry_after } => {
                let wait = retry_after.and_then(|wait| u64::try_from(wait.as_millis()).ok());
                return Self {
                    code: Code::TooManyTries,
                    retry_after: wait,
                };
            }
            E::AccountClosed => Code::AccountClosed,
            E::Sso => Code::SsoFailed,
            E::NotAllowed => Code::NotAllowed,
            E::ChatGone | E::NoSuchItem => Code::ChatGone,
            E::TooLarge => Code::TooLarge,
            E::TooLong => Code::TooLong,
            E::MediaGone => Code::MediaGone,
            E::SessionEnded => Code::NotSignedIn,
            E::Server => Code::ServerError,
            E::DiskFull => Code::DiskFull,
            E::Store | E::Internal(_) => Code::Internal,
        };
        code.into()
    }
}
