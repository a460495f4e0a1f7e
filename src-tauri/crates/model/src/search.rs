//! Finding what was said.

use crate::{ChatId, MediaKey, Person, UserId};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What a message is, as far as one looks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SearchKind {
    Text,
    Picture,
    File,
    Voice,
    Link,
}

/// What is looked for. Everything that is set has to hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MessageQuery {
    /// Words in any order and any form; a phrase in quotes stands as it is.
    pub text: String,
    pub chat: Option<ChatId>,
    pub from: Option<UserId>,
    pub kind: Option<SearchKind>,
    /// Milliseconds since 1970, UTC.
    pub since: Option<u64>,
    pub until: Option<u64>,
    /// How many to pass over, and how many to give.
    pub skip: u32,
    pub most: u32,
}

/// A piece of a found text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    /// Whether this is what was looked for.
    pub hit: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    pub chat: ChatId,
    pub chat_name: String,
    pub event: String,
    pub sender: Person,
    pub own: bool,
    pub at: u64,
    pub kind: SearchKind,
    pub pieces: Vec<Piece>,
    /// The file or the picture itself.
    pub media: Option<MediaKey>,
    pub name: Option<String>,
    pub mime: Option<String>,
    /// Bytes.
    pub size: Option<u64>,
    /// Seconds, of what plays.
    pub seconds: Option<u32>,
}

/// How far the index has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct IndexState {
    /// Chats whose whole history is in it.
    pub done: u32,
    pub chats: u32,
    pub messages: u64,
    /// Messages whose key this device does not have: nobody can say what is in them.
    pub sealed: u64,
    /// Whether it is being filled right now; it waits while there is no network.
    pub filling: bool,
}

impl IndexState {
    pub fn complete(&self) -> bool {
        self.done >= self.chats
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchPage {
    pub hits: Vec<Hit>,
    pub more: bool,
    /// The index of what was searched: of the chat, or of all.
    pub index: IndexState,
}

/// How a file is fetched and decrypted, in words that only the layer that wrote them reads. It holds the file's key, so
/// it belongs into encrypted stores and nowhere else.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MediaSecret(String);

impl MediaSecret {
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for MediaSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MediaSecret")
    }
}

/// What of a message can be looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Findable {
    /// Never [`SearchKind::Link`]: any message may have links besides.
    pub kind: SearchKind,
    pub link: bool,
    pub text: String,
    /// The name of the file.
    pub name: Option<String>,
    pub mime: Option<String>,
    pub size: Option<u64>,
    pub seconds: Option<u32>,
    pub media: Option<MediaSecret>,
}

impl Findable {
    /// A text without links.
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            kind: SearchKind::Text,
            link: false,
            text: text.into(),
            name: None,
            mime: None,
            size: None,
            seconds: None,
            media: None,
        }
    }
}

/// What a chat's history says about its messages. The order in which changes become known does not matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    Said {
        event: String,
        sender: UserId,
        /// The sender's name at that time, where it is known.
        name: Option<String>,
        at: u64,
        content: Findable,
    },
    Edited {
        /// The edit itself.
        event: String,
        target: String,
        sender: UserId,
        at: u64,
        content: Findable,
    },
    Deleted {
        /// The message, or one of its edits.
        event: String,
    },
    /// A message whose key is not here (yet).
    Sealed {
        event: String,
        /// Names the key.
        session: String,
        at: u64,
    },
}

impl Change {
    /// The event that this is about.
    pub fn event(&self) -> &str {
        match self {
            Self::Said { event, .. }
            | Self::Edited { event, .. }
            | Self::Deleted { event }
            | Self::Sealed { event, .. } => event,
        }
    }
}
