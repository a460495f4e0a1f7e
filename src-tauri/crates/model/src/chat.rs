//! A row of the chat list.

use crate::{ChatId, MediaKey, Person, PersonMark, Text, UserId};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChatKind {
    /// Two people.
    Direct,
    Group,
    /// Only some may write.
    Channel,
    /// The person has been invited and has not answered yet.
    Invitation,
}

/// What the list shows of a message, in a shape that each language words for itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Preview {
    Text {
        text: String,
    },
    Image {
        caption: Option<String>,
    },
    Video {
        caption: Option<String>,
    },
    File {
        name: String,
    },
    /// `seconds` of a voice message; absent where the sender did not say.
    Voice {
        seconds: Option<u32>,
    },
    Audio {
        name: String,
    },
    Sticker {
        text: String,
    },
    Poll {
        question: String,
    },
    Location,
    Deleted,
    Undecryptable,
    /// Something this version can't show.
    Other,
}

impl Preview {
    pub fn of(text: &Text) -> Self {
        Self::Text {
            text: text.plain.clone(),
        }
    }
}

/// How far the last message of one's own has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// Somebody else's message, or nothing to say.
    None,
    Waiting,
    Failed,
    Sent,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastMessage {
    /// Absent where the row's own name already says who it is.
    pub sender: Option<Person>,
    pub own: bool,
    pub preview: Preview,
    pub delivery: Delivery,
    /// Milliseconds since 1970, UTC.
    pub at: u64,
}

/// What a chat is called as long as its people are not called by their true names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChatName {
    /// The name it was given.
    pub own: Option<String>,
    /// Whom a chat without a name is called after.
    pub after: Vec<Person>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatRow {
    pub id: ChatId,
    pub name: String,
    /// Whom a chat without a name of its own is called after: the other one of two, who invites, or some of a group.
    pub after: Vec<Person>,
    /// What is to be said of the one person it is called after.
    pub mark: PersonMark,
    pub kind: ChatKind,
    /// The other person of a direct chat: picks the colour of the avatar.
    pub peer: Option<UserId>,
    pub avatar: Option<MediaKey>,
    pub last: Option<LastMessage>,
    /// Messages after the read marker that count.
    pub unread: u32,
    /// Messages that name the reader.
    pub mentions: u32,
    pub marked_unread: bool,
    pub muted: bool,
    /// Whether the reader may write here.
    pub can_send: bool,
    /// Text written and not sent.
    pub draft: Option<String>,
}
