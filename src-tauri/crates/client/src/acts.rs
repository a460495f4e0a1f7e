//! What a person does to messages.

use crate::Client;
use crate::error::Result;
use crate::naming;
use parta_model::{ChatId, NewPoll, Reactors, Reader, Written};

impl Client {
    /// What an own message says, as it was written.
    pub async fn edit_source(&self, chat: &ChatId, event: &str) -> Result<Written> {
        Ok(self.account()?.edit_source(chat, event).await?)
    }

    pub async fn edit_message(&self, chat: &ChatId, event: &str, written: Written) -> Result<()> {
        Ok(self.account()?.edit(chat, event, &written).await?)
    }

    pub async fn delete_messages(
        &self,
        chat: &ChatId,
        events: &[String],
        reason: Option<&str>,
    ) -> Result<()> {
        Ok(self.account()?.delete(chat, events, reason).await?)
    }

    /// Says the same again in other chats, in the order of the originals.
    pub async fn forward_messages(
        &self,
        chat: &ChatId,
        events: &[String],
        to: &[ChatId],
    ) -> Result<()> {
        Ok(self.account()?.forward(chat, events, to).await?)
    }

    pub async fn react(&self, chat: &ChatId, event: &str, key: &str) -> Result<()> {
        Ok(self.account()?.react(chat, event, key).await?)
    }

    pub async fn reactors(&self, chat: &ChatId, event: &str) -> Result<Vec<Reactors>> {
        let directory = self.directory().await?;
        let mut reactors = self.account()?.reactors(chat, event).await?;
        for one in &mut reactors {
            one.people = naming::people(&directory, std::mem::take(&mut one.people));
        }
        Ok(reactors)
    }

    pub async fn readers(&self, chat: &ChatId, event: &str) -> Result<Vec<Reader>> {
        let directory = self.directory().await?;
        let mut readers = self.account()?.readers(chat, event).await?;
        for reader in &mut readers {
            reader.person = directory.named(reader.person.clone()).0;
        }
        Ok(readers)
    }

    pub async fn pin_message(&self, chat: &ChatId, event: &str, on: bool) -> Result<()> {
        Ok(self.account()?.pin(chat, event, on).await?)
    }

    pub async fn report_message(&self, chat: &ChatId, event: &str, reason: &str) -> Result<()> {
        Ok(self.account()?.report(chat, event, reason).await?)
    }

    pub async fn message_link(&self, chat: &ChatId, event: &str) -> Result<String> {
        Ok(self.account()?.message_link(chat, event).await?)
    }

    pub async fn send_poll(&self, chat: &ChatId, poll: NewPoll) -> Result<()> {
        Ok(self.account()?.send_poll(chat, &poll).await?)
    }

    pub async fn vote(&self, chat: &ChatId, event: &str, answers: &[String]) -> Result<()> {
        Ok(self.account()?.vote(chat, event, answers).await?)
    }

    pub async fn end_poll(&self, chat: &ChatId, event: &str) -> Result<()> {
        Ok(self.account()?.end_poll(chat, event).await?)
    }
}
