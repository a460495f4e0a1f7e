//! Who is signed in, the state of the connection, and what a person has chosen.

use crate::{MediaKey, Mention, UserId};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Me {
    pub id: UserId,
    pub name: String,
    pub avatar: Option<MediaKey>,
    /// The server's name as people say it.
    pub server: String,
}

/// Why the data key can't be taken from the system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LockReason {
    /// The system has no keychain that answers.
    NoKeychain,
    /// The keychain answers and no longer holds the key of this profile.
    KeyLost,
    /// This profile was made with a password.
    Password,
    /// The keychain holds the key and does not answer now.
    NoAnswer,
    /// The profile folder can't be read or written: a full disk, missing rights, a newer version's data.
    Unusable,
}

/// What the person is asked to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LockTask {
    ChoosePassword,
    EnterPassword,
    /// Nothing here can be opened any more: start over.
    StartOver,
    /// Something outside has to be put right first.
    TryAgain,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionState {
    /// The stores are opening.
    Starting,
    Locked {
        reason: LockReason,
        task: LockTask,
    },
    SignedOut,
    SignedIn {
        me: Me,
    },
    /// The server ended the session; drafts and unsent messages are kept for the same person.
    Ended {
        user: UserId,
        server: String,
        unsent: u32,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SsoProvider {
    pub id: String,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerInfo {
    /// The name the person typed, tidied.
    pub name: String,
    /// Where it really is.
    pub url: String,
    pub password: bool,
    pub sso: bool,
    pub providers: Vec<SsoProvider>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    Connecting,
    Online,
    Offline,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    pub link: Link,
    /// When the connection was lost. Milliseconds since 1970, UTC.
    pub since: Option<u64>,
    /// Messages on disk that the server does not have yet.
    pub waiting: u32,
    /// Messages that need the person: they will not go by themselves.
    pub failed: u32,
    /// Whether the server lacks some contact or note of the address book.
    pub book_waits: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub text: String,
    /// The event being answered.
    pub reply_to: Option<String>,
    /// Whom the text names.
    #[serde(default)]
    pub mentions: Vec<Mention>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum UiLanguage {
    #[default]
    System,
    Ru,
    En,
}

/// Which key sends a message; the other one of the pair starts a new line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SendKey {
    #[default]
    Enter,
    ShiftEnter,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Settings {
    pub theme: Theme,
    pub language: UiLanguage,
    pub send_key: SendKey,
    /// Smaller rows in the chat list.
    pub compact: bool,
    /// Megabytes of pictures and files kept on this device; 0 keeps them all.
    pub media_limit: u32,
    /// Emoji used last, the newest first.
    pub recent_emoji: Vec<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::default(),
            language: UiLanguage::default(),
            send_key: SendKey::default(),
            compact: false,
            media_limit: 1024,
            recent_emoji: Vec::new(),
        }
    }
}

/// The accounts of a demo school, shown on the sign-in screen of a development build.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct DemoSchool {
    pub server: String,
    pub accounts: Vec<DemoAccount>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct DemoAccount {
    pub login: String,
    pub password: String,
    pub name: String,
    pub role: String,
}
