//! The types that reach a window. Times are milliseconds since 1970, UTC; sizes are bytes; pictures are in pixels.

use crate::mirror::{ToDto, mirror};
use parta_model::{ChatId, ListDiff as Model, MediaKey, MessageId, UserId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

mod acts;
mod cabinet;
mod contacts;
mod details;
mod search;
mod talk;
mod words;

pub use acts::*;
pub use cabinet::*;
pub use contacts::*;
pub use details::*;
pub use search::*;
pub use talk::*;
pub use words::*;

/// A count or a time that fits a JavaScript number.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct Num(#[ts(type = "number")] pub u64);

impl ToDto<Num> for u64 {
    fn to_dto(self) -> Num {
        Num(self)
    }
}

macro_rules! ids {
    ($($id:ty),*) => {$(impl ToDto<String> for $id { fn to_dto(self) -> String { self.into() } })*};
}
ids!(ChatId, UserId, MessageId, MediaKey);

mirror! {
    enum ChatKind { Direct, Group, Channel, Invitation }

    tagged Preview {
        Text { text: String },
        Image { caption: Option<String> },
        Video { caption: Option<String> },
        File { name: String },
        Voice { seconds: Option<u32> },
        Audio { name: String },
        Sticker { text: String },
        Poll { question: String },
        Location,
        Deleted,
        Undecryptable,
        Other,
    }

    enum Delivery { None, Waiting, Failed, Sent }

    struct LastMessage {
        /// Absent where the row's own name already says who it is.
        sender: Option<Person>,
        own: bool,
        preview: Preview,
        delivery: Delivery,
        at: Num,
    }

    struct ChatRow {
        id: String,
        name: String,
        /// What is to be said of the one person it is called after.
        mark: PersonMark,
        kind: ChatKind,
        /// The other person of a direct chat: picks the colour of the avatar.
        peer: Option<String>,
        avatar: Option<String>,
        last: Option<LastMessage>,
        unread: u32,
        mentions: u32,
        marked_unread: bool,
        muted: bool,
        /// Whether the reader may write here.
        can_send: bool,
        draft: Option<String>,
    }

    struct Me { id: String, name: String, avatar: Option<String>, server: String }

    enum LockReason { NoKeychain, KeyLost, Password, NoAnswer, Unusable }

    enum LockTask { ChoosePassword, EnterPassword, StartOver, TryAgain }

    tagged SessionState {
        Starting,
        Locked { reason: LockReason, task: LockTask },
        SignedOut,
        SignedIn { me: Me },
        Ended { user: String, server: String, unsent: u32 },
    }

    struct SsoProvider { id: String, name: String }

    struct ServerInfo { name: String, url: String, password: bool, sso: bool, providers: Vec<SsoProvider> }

    enum Link { Connecting, Online, Offline }

    struct Connection {
        link: Link,
        /// When the connection was lost.
        since: Option<Num>,
        /// Messages on disk that the server does not have yet.
        waiting: u32,
        /// Messages that will not go without the person.
        failed: u32,
        /// Whether the server lacks some contact or note.
        book_waits: bool,
    }

    struct DemoSchool { server: String, accounts: Vec<DemoAccount> }

    struct DemoAccount { login: String, password: String, name: String, role: String }

    enum Theme { System, Light, Dark }
    enum UiLanguage { System, Ru, En }
    enum SendKey { Enter, ShiftEnter }
}

/// One change of an ordered list; see `parta_model::ListDiff`.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "op", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ListDiff<T> {
    Reset { items: Vec<T> },
    Append { items: Vec<T> },
    PushFront { item: T },
    PushBack { item: T },
    PopFront,
    PopBack,
    Insert { index: usize, item: T },
    Set { index: usize, item: T },
    Remove { index: usize },
    Truncate { length: usize },
    Clear,
}

impl<A: ToDto<B>, B> ToDto<ListDiff<B>> for parta_model::ListDiff<A> {
    fn to_dto(self) -> ListDiff<B> {
        match self.map(ToDto::to_dto) {
            Model::Reset { items } => ListDiff::Reset { items },
            Model::Append { items } => ListDiff::Append { items },
            Model::PushFront { item } => ListDiff::PushFront { item },
            Model::PushBack { item } => ListDiff::PushBack { item },
            Model::PopFront => ListDiff::PopFront,
            Model::PopBack => ListDiff::PopBack,
            Model::Insert { index, item } => ListDiff::Insert { index, item },
            Model::Set { index, item } => ListDiff::Set { index, item },
            Model::Remove { index } => ListDiff::Remove { index },
            Model::Truncate { length } => ListDiff::Truncate { length },
            Model::Clear => ListDiff::Clear,
        }
    }
}

/// What a person has chosen for this device.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Settings {
    pub theme: Theme,
    pub language: UiLanguage,
    pub send_key: SendKey,
    pub compact: bool,
    /// Megabytes of pictures and files kept on this device; 0 keeps them all.
    pub media_limit: u32,
    /// Emoji used last, the newest first.
    pub recent_emoji: Vec<String>,
}

impl ToDto<Settings> for parta_model::Settings {
    fn to_dto(self) -> Settings {
        Settings {
            theme: self.theme.to_dto(),
            language: self.language.to_dto(),
            send_key: self.send_key.to_dto(),
            compact: self.compact,
            media_limit: self.media_limit,
            recent_emoji: self.recent_emoji,
        }
    }
}

impl From<Settings> for parta_model::Settings {
    fn from(s: Settings) -> Self {
        Self {
            theme: s.theme.into(),
            language: s.language.into(),
            send_key: s.send_key.into(),
            compact: s.compact,
            media_limit: s.media_limit,
            recent_emoji: s.recent_emoji,
        }
    }
}

/// Text kept for later in one chat.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Draft {
    /// Markdown.
    pub text: String,
    pub reply_to: Option<String>,
    /// Whom the text names.
    #[serde(default)]
    pub mentions: Vec<Mention>,
}

impl ToDto<Draft> for parta_model::Draft {
    fn to_dto(self) -> Draft {
        Draft {
            text: self.text,
            reply_to: self.reply_to,
            mentions: self.mentions.to_dto(),
        }
    }
}

impl From<Draft> for parta_model::Draft {
    fn from(d: Draft) -> Self {
        Self {
            text: d.text,
            reply_to: d.reply_to,
            mentions: d.mentions.into_iter().map(Into::into).collect(),
        }
    }
}

/// All that the first paint needs; given before any Matrix store is open.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Boot {
    pub settings: Settings,
    /// What `save_snapshot` was last given for the person who is signed in.
    pub snapshot: Option<String>,
    pub version: String,
    /// Accounts to try, in a development build that serves a demo school.
    pub demo: Option<DemoSchool>,
}

/// A file saved for the person.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SavedFile {
    pub path: String,
    pub name: String,
}

/// Where the browser has to go to sign in.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SsoStart {
    pub url: String,
}
