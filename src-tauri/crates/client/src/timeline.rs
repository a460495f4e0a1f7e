//! Conversations.

use crate::Client;
use crate::error::Result;
use futures_util::stream::BoxStream;
use parta_model::{ChatId, MessageId, TimelineUpdate};

impl Client {
    /// A conversation, open as long as the stream lives.
    pub async fn timeline(&self, chat: &ChatId) -> Result<BoxStream<'static, TimelineUpdate>> {
        Ok(self.account()?.timeline(chat).await?)
    }

    pub async fn load_older(&self, chat: &ChatId) -> Result<()> {
        Ok(self.account()?.load_older(chat).await?)
    }

    /// Puts a message on disk; the queue sends it when it can. A message of blanks is none.
    pub async fn send_message(
        &self,
        chat: &ChatId,
        text: &str,
        reply_to: Option<&str>,
    ) -> Result<()> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(());
        }
        self.account()?.send(chat, text, reply_to).await?;
        // The text is safe in the queue now; before this point a crash would have left the draft.
        self.save_draft(chat.clone(), None).await
    }

    pub async fn retry_message(&self, chat: &ChatId, item: &MessageId) -> Result<()> {
        Ok(self.account()?.retry(chat, item).await?)
    }

    pub async fn discard_message(&self, chat: &ChatId, item: &MessageId) -> Result<()> {
        Ok(self.account()?.discard(chat, item).await?)
    }
}
