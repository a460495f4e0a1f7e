//! The words of the domain and its pure rules: identifiers, chats, what is said in them, list diffs and the
//! organisation's plan. No I/O, no Matrix SDK, no async runtime: everything here can be tested with values alone.

mod chat;
mod diff;
mod id;
pub mod plan;
mod session;
mod timeline;

pub use chat::{ChatKind, ChatRow, Delivery, LastMessage, Preview};
pub use diff::ListDiff;
pub use id::{ChatId, MediaKey, MessageId, UserId};
pub use session::{
    Connection, DemoAccount, DemoSchool, Draft, Link, LockReason, LockTask, Me, SendKey,
    ServerInfo, SessionState, Settings, SsoProvider, Theme, UiLanguage,
};
pub use timeline::{
    Body, FailReason, Item, ItemKind, Media, Message, Paging, Person, Quote, Reaction, SendState,
    SystemEvent, Text, TimelineUpdate, Undecryptable,
};
