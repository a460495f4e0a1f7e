//! What can go wrong, as far as a window words it.

use serde::Serialize;
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
    /// The file is no longer on the server.
    MediaGone,
    NotSignedIn,
    Locked,
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
        Self { code, retry_after: None }
    }
}

impl From<Code> for ApiError {
    fn from(code: Code) -> Self {
        Self::new(code)
    }
}
