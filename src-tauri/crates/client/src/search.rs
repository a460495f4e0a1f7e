//! Finding what was said: the index of messages, and how it is filled.

use crate::Client;
use crate::error::{Error, Result};
use futures_util::stream::BoxStream;
use parta_model::{ChatId, IndexState, MessageQuery, SearchPage};

impl Client {
    pub async fn search_messages(&self, query: MessageQuery) -> Result<SearchPage> {
        let _ = query;
        Err(Error::Internal("not built yet"))
    }

    /// How far the index has come: of one chat, or of all.
    pub async fn index(&self, chat: Option<ChatId>) -> Result<BoxStream<'static, IndexState>> {
        let _ = chat;
        Err(Error::Internal("not built yet"))
    }
}
