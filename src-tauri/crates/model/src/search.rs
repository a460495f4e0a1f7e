//! Finding what was said.

use crate::{ChatId, MediaKey, Person, UserId};

/// What a message is, as far as one looks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
