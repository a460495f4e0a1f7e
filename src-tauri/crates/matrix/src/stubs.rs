use crate::account::Account;
use crate::error::{Error, Result};
use futures_util::stream::BoxStream;
use parta_model::*;
const E: Error = Error::Internal("not built yet");
#[allow(unused_variables)]
impl Account {
    pub async fn edit_source(&self, chat: &ChatId, event: &str) -> Result<Written> {
        Err(E)
    }
    pub async fn edit(&self, chat: &ChatId, event: &str, written: &Written) -> Result<()> {
        Err(E)
    }
    pub async fn delete(
        &self,
        chat: &ChatId,
        events: &[String],
        reason: Option<&str>,
    ) -> Result<()> {
        Err(E)
    }
    pub async fn forward(&self, chat: &ChatId, events: &[String], to: &[ChatId]) -> Result<()> {
        Err(E)
    }
    pub async fn react(&self, chat: &ChatId, event: &str, key: &str) -> Result<()> {
        Err(E)
    }
    pub async fn reactors(&self, chat: &ChatId, event: &str) -> Result<Vec<Reactors>> {
        Err(E)
    }
    pub async fn readers(&self, chat: &ChatId, event: &str) -> Result<Vec<Reader>> {
        Err(E)
    }
    pub async fn pin(&self, chat: &ChatId, event: &str, on: bool) -> Result<()> {
        Err(E)
    }
    pub async fn report(&self, chat: &ChatId, event: &str, reason: &str) -> Result<()> {
        Err(E)
    }
    pub async fn message_link(&self, chat: &ChatId, event: &str) -> Result<String> {
        Err(E)
    }
    pub async fn send_poll(&self, chat: &ChatId, poll: &NewPoll) -> Result<()> {
        Err(E)
    }
    pub async fn vote(&self, chat: &ChatId, event: &str, answers: &[String]) -> Result<()> {
        Err(E)
    }
    pub async fn end_poll(&self, chat: &ChatId, event: &str) -> Result<()> {
        Err(E)
    }
    pub async fn details(&self, chat: &ChatId) -> Result<BoxStream<'static, ChatDetails>> {
        Err(E)
    }
    pub async fn typing(&self, chat: &ChatId) -> Result<BoxStream<'static, Typing>> {
        Err(E)
    }
    pub async fn set_typing(&self, chat: &ChatId, on: bool) -> Result<()> {
        Err(E)
    }
    pub async fn mark_unread(&self, chat: &ChatId) -> Result<()> {
        Err(E)
    }
    pub async fn set_notify(&self, chat: &ChatId, notify: Notify) -> Result<()> {
        Err(E)
    }
    pub async fn leave_chat(&self, chat: &ChatId) -> Result<()> {
        Err(E)
    }
    pub async fn members(&self, chat: &ChatId) -> Result<Vec<Member>> {
        Err(E)
    }
    pub async fn rename_chat(&self, chat: &ChatId, name: &str) -> Result<()> {
        Err(E)
    }
    pub async fn set_topic(&self, chat: &ChatId, topic: &str) -> Result<()> {
        Err(E)
    }
    pub async fn invite_people(&self, chat: &ChatId, people: &[UserId]) -> Result<Vec<Person>> {
        Err(E)
    }
    pub async fn remove_person(
        &self,
        chat: &ChatId,
        person: &UserId,
        reason: Option<&str>,
    ) -> Result<()> {
        Err(E)
    }
    pub async fn set_announcements(&self, chat: &ChatId, on: bool) -> Result<()> {
        Err(E)
    }
    pub async fn pinned(&self, chat: &ChatId) -> Result<BoxStream<'static, TimelineUpdate>> {
        Err(E)
    }
    pub async fn load_newer(&self, chat: &ChatId, around: Option<&str>) -> Result<()> {
        Err(E)
    }
    pub async fn event_at(&self, chat: &ChatId, at: u64) -> Result<Option<String>> {
        Err(E)
    }
    pub async fn media_size(&self) -> Result<u64> {
        Err(E)
    }
    pub async fn clear_media(&self) -> Result<()> {
        Err(E)
    }
}
