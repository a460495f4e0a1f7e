//! Conversations.

use crate::Client;
use crate::error::Result;
use futures_util::stream::BoxStream;
use parta_model::{AskAck, ChatId, MessageId, TimelineUpdate, Written};

impl Client {
    /// A conversation, open as long as the stream lives: at its newest end, or around an event.
    pub async fn timeline(
        &self,
        chat: &ChatId,
        around: Option<&str>,
    ) -> Result<BoxStream<'static, TimelineUpdate>> {
        let timeline = self.account()?.timeline(chat, around).await?;
        self.with_names(timeline).await
    }

    /// The pinned messages.
    pub async fn pinned(&self, chat: &ChatId) -> Result<BoxStream<'static, TimelineUpdate>> {
        let pinned = self.account()?.pinned(chat).await?;
        self.with_names(pinned).await
    }

    pub async fn load_older(&self, chat: &ChatId, around: Option<&str>) -> Result<()> {
        Ok(self.account()?.load_older(chat, around).await?)
    }

    pub async fn load_newer(&self, chat: &ChatId, around: Option<&str>) -> Result<()> {
        Ok(self.account()?.load_newer(chat, around).await?)
    }

    /// The first event at or after a time.
    pub async fn event_at(&self, chat: &ChatId, at: u64) -> Result<Option<String>> {
        Ok(self.account()?.event_at(chat, at).await?)
    }

    /// Puts a message on disk; the queue sends it when it can. A message of blanks is none.
    pub async fn send_message(
        &self,
        chat: &ChatId,
        written: Written,
        reply_to: Option<&str>,
        ack: Option<AskAck>,
    ) -> Result<()> {
        let written = Written {
            text: written.text.trim().to_owned(),
            ..written
        };
        if written.text.is_empty() {
            return Ok(());
        }
        self.account()?.send(chat, &written, reply_to, ack).await?;
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
