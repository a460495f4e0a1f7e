//! Finding what was said.

use super::{Num, Person};
use crate::mirror::mirror;
use parta_model as model;
use serde::Deserialize;
use ts_rs::TS;

mirror! {
    enum SearchKind { Text, Picture, File, Voice, Link }

    struct Piece {
        text: String,
        /// Whether this is what was looked for.
        hit: bool,
    }

    struct Hit {
        chat: String,
        chat_name: String,
        event: String,
        sender: Person,
        own: bool,
        at: Num,
        kind: SearchKind,
        pieces: Vec<Piece>,
        media: Option<String>,
        name: Option<String>,
        mime: Option<String>,
        size: Option<Num>,
        seconds: Option<u32>,
    }

    struct IndexState {
        /// Chats whose whole history is in it.
        done: u32,
        chats: u32,
        messages: Num,
        /// Messages whose key this device does not have: nobody can say what is in them.
        sealed: Num,
        /// Whether it is being filled right now; it waits while there is no network.
        filling: bool,
    }

    struct SearchPage {
        hits: Vec<Hit>,
        more: bool,
        /// The index of what was searched: of the chat, or of all.
        index: IndexState,
    }
}

/// What is looked for. Everything that is set has to hold.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MessageQuery {
    /// Words in any order and any form; a phrase in quotes stands as it is.
    pub text: String,
    pub chat: Option<String>,
    pub from: Option<String>,
    pub kind: Option<SearchKind>,
    /// Milliseconds since 1970, UTC.
    pub since: Option<Num>,
    pub until: Option<Num>,
    /// How many to pass over, and how many to give (at most 200).
    pub skip: u32,
    pub most: u32,
}

impl From<MessageQuery> for model::MessageQuery {
    fn from(q: MessageQuery) -> Self {
        Self {
            text: q.text,
            chat: q.chat.map(model::ChatId::new),
            from: q.from.map(model::UserId::new),
            kind: q.kind.map(Into::into),
            since: q.since.map(|at| at.0),
            until: q.until.map(|at| at.0),
            skip: q.skip,
            most: q.most.min(200),
        }
    }
}
