//! What a conversation shows.

use crate::{Ack, ListDiff, MediaKey, MessageId, Preview, UserId};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub id: UserId,
    /// The person's own words until the organisation's plan says otherwise.
    pub name: String,
    pub avatar: Option<MediaKey>,
    pub mark: PersonMark,
}

/// What the reader's organisations say of a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum PersonMark {
    /// Nothing: he is one of them, or the reader belongs to none.
    #[default]
    None,
    /// He works there, and is vouched for.
    Staff,
    /// None of theirs.
    Outsider,
    /// None of theirs, and calls himself like somebody who works there.
    Imitates,
}

/// A text in two forms made by the core: what can be copied, and markup that is safe to show as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    pub plain: String,
    /// Sanitised: a short list of tags, links only to http, https, mailto and matrix.
    pub html: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Media {
    /// Absent where the event names no source: its name is still shown.
    pub key: Option<MediaKey>,
    pub name: String,
    pub mime: Option<String>,
    /// Bytes.
    pub size: Option<u64>,
    /// Pixels.
    pub width: Option<u32>,
    pub height: Option<u32>,
    pub seconds: Option<u32>,
    pub blurhash: Option<String>,
    /// A smaller picture, where the sender made one.
    pub thumbnail: Option<MediaKey>,
}

/// A file on its way from the server to the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saving {
    pub media: MediaKey,
    /// Bytes.
    pub done: u64,
    /// Absent where the server does not say.
    pub total: Option<u64>,
}

/// Why a message can't be read, as far as the person can do something about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undecryptable {
    /// The key may still come.
    WaitingForKey,
    /// Sent before this device existed or before the person joined.
    SentBefore,
    /// The sender withheld the key or is not trusted.
    Withheld,
    Unknown,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PollAnswer {
    pub id: String,
    pub text: String,
    /// None while the results are kept back.
    pub votes: Option<u32>,
    pub own: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Poll {
    pub question: String,
    pub answers: Vec<PollAnswer>,
    /// How many answers one person may choose.
    pub most: u32,
    /// Whether results show before the end.
    pub disclosed: bool,
    pub ended: bool,
    /// People who have voted.
    pub voters: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    Text {
        text: Text,
    },
    /// «/me» and the like: shown after the name.
    Emote {
        text: Text,
    },
    Notice {
        text: Text,
    },
    Image {
        media: Media,
        caption: Option<Text>,
    },
    Video {
        media: Media,
        caption: Option<Text>,
    },
    File {
        media: Media,
        caption: Option<Text>,
    },
    Audio {
        media: Media,
        caption: Option<Text>,
        voice: bool,
        waveform: Vec<u16>,
    },
    Sticker {
        media: Media,
    },
    Poll {
        poll: Poll,
    },
    Location {
        text: String,
    },
    Deleted,
    Undecryptable {
        reason: Undecryptable,
    },
    /// An event this version can't show.
    Other {
        event_type: String,
    },
}

impl Body {
    /// What was written, or written below a picture or a file.
    pub fn text_mut(&mut self) -> Option<&mut Text> {
        match self {
            Self::Text { text } | Self::Emote { text } | Self::Notice { text } => Some(text),
            Self::Image { caption, .. }
            | Self::Video { caption, .. }
            | Self::File { caption, .. }
            | Self::Audio { caption, .. } => caption.as_mut(),
            _ => None,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// Absent while the original is loading or can't be had.
    pub sender: Option<Person>,
    pub preview: Option<Preview>,
    pub event: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reaction {
    pub key: String,
    pub count: u32,
    pub own: bool,
    /// The first few who reacted, for a tooltip.
    pub who: Vec<Person>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailReason {
    NotAllowed,
    TooLarge,
    /// Someone in the chat has changed his identity or has unverified devices.
    Identity,
    ChatGone,
    Server,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SendState {
    /// Another person's message.
    Received,
    /// On disk, not yet with the server.
    Waiting,
    /// Its file is on its way; bytes.
    Uploading {
        sent: u64,
        total: u64,
    },
    Failed {
        reason: FailReason,
    },
    Sent,
    /// Read by this many others.
    Read {
        count: u32,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Absent until the server has it.
    pub event: Option<String>,
    pub sender: Person,
    pub own: bool,
    /// Milliseconds since 1970, UTC, by the server's clock (the local one for an echo).
    pub at: u64,
    pub body: Body,
    pub edited: bool,
    pub reply: Option<Quote>,
    pub reactions: Vec<Reaction>,
    pub send: SendState,
    /// Whether the person may change what it says.
    pub can_edit: bool,
    /// Whether the person may delete it for everybody.
    pub can_delete: bool,
    /// Whether it names the reader.
    pub mentions_me: bool,
    /// Absent where it asks for no acknowledgement.
    pub ack: Option<Ack>,
}

impl Message {
    /// Everybody whom the message shows.
    pub fn people_mut(&mut self) -> impl Iterator<Item = &mut Person> {
        let quoted = self.reply.as_mut().and_then(|quote| quote.sender.as_mut());
        let reacted = self.reactions.iter_mut().flat_map(|one| &mut one.who);
        std::iter::once(&mut self.sender)
            .chain(quoted)
            .chain(reacted)
    }
}

/// A line about the chat itself. `who` did it, `whom` it was done to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SystemEvent {
    Created {
        who: Person,
    },
    Joined {
        who: Person,
    },
    Left {
        who: Person,
    },
    Invited {
        who: Person,
        whom: Person,
    },
    Removed {
        who: Person,
        whom: Person,
    },
    Banned {
        who: Person,
        whom: Person,
    },
    Knocked {
        who: Person,
    },
    NameChanged {
        who: Person,
        from: Option<String>,
        to: String,
    },
    AvatarChanged {
        who: Person,
    },
    ChatRenamed {
        who: Person,
        name: String,
    },
    TopicChanged {
        who: Person,
        topic: String,
    },
    ChatAvatarChanged {
        who: Person,
    },
    EncryptionOn {
        who: Person,
    },
    PinsChanged {
        who: Person,
    },
    RightsChanged {
        who: Person,
    },
    Other {
        who: Person,
    },
}

impl SystemEvent {
    /// Whom it names.
    pub fn people_mut(&mut self) -> impl Iterator<Item = &mut Person> {
        let (who, whom) = match self {
            Self::Invited { who, whom }
            | Self::Removed { who, whom }
            | Self::Banned { who, whom } => (who, Some(whom)),
            Self::Created { who }
            | Self::Joined { who }
            | Self::Left { who }
            | Self::Knocked { who }
            | Self::NameChanged { who, .. }
            | Self::AvatarChanged { who }
            | Self::ChatRenamed { who, .. }
            | Self::TopicChanged { who, .. }
            | Self::ChatAvatarChanged { who }
            | Self::EncryptionOn { who }
            | Self::PinsChanged { who }
            | Self::RightsChanged { who }
            | Self::Other { who } => (who, None),
        };
        std::iter::once(who).chain(whom)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ItemKind {
    /// A new day starts here. Milliseconds since 1970, UTC.
    Day {
        at: u64,
    },
    /// Everything below has not been read.
    Unread,
    /// The chat begins here.
    Start,
    Message {
        message: Box<Message>,
    },
    System {
        event: SystemEvent,
        at: u64,
    },
    /// Takes a place in the list and none on the screen.
    Hidden,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub id: MessageId,
    pub kind: ItemKind,
}

/// Whether there is more beyond one end of what is loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paging {
    Idle,
    Loading,
    /// Nothing more on this side.
    Start,
    /// The next page is only on the server, and the server can't be reached.
    Offline,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TimelineUpdate {
    Diffs {
        diffs: Vec<ListDiff<Item>>,
    },
    Paging {
        paging: Paging,
    },
    /// Whether there is more below, where the list does not reach the newest message.
    Newer {
        paging: Paging,
    },
}
