//! What is known of a whole chat, and what is changed of it.

use crate::Client;
use crate::error::Result;
use crate::naming;
use async_stream::stream;
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use parta_model::{ChatDetails, ChatId, Member, Notify, Person, Typing, UserId};

impl Client {
    pub async fn details(&self, chat: &ChatId) -> Result<BoxStream<'static, ChatDetails>> {
        let account = self.account()?;
        let mut known = self.people.subscribe();
        let mut details = account.details(chat).await?;
        Ok(stream! {
            let mut directory = known.borrow_and_update().clone().unwrap_or_default();
            let mut last: Option<ChatDetails> = None;
            loop {
                tokio::select! {
                    next = details.next() => match next {
                        Some(next) => last = Some(next),
                        None => return,
                    },
                    // Who only runs the chat may become known after the chat is open.
                    Some(next) = naming::later(&mut known) => directory = next,
                }
                let Some(now) = last.clone() else { continue };
                let unasked = account.who_is_in(&now.id, directory.unasked_in(&now.id)).await;
                yield ChatDetails { unasked, ..now };
            }
        }
        .boxed())
    }

    pub async fn typing(&self, chat: &ChatId) -> Result<BoxStream<'static, Typing>> {
        let known = self.people.subscribe();
        let typing = self.account()?.typing(chat).await?;
        Ok(typing
            .map(move |people| {
                let directory = known.borrow().clone().unwrap_or_default();
                naming::people(&directory, people)
            })
            .boxed())
    }

    pub async fn set_typing(&self, chat: &ChatId, on: bool) -> Result<()> {
        Ok(self.account()?.set_typing(chat, on).await?)
    }

    pub async fn mark_unread(&self, chat: &ChatId) -> Result<()> {
        Ok(self.account()?.mark_unread(chat).await?)
    }

    pub async fn set_notify(&self, chat: &ChatId, notify: Notify) -> Result<()> {
        Ok(self.account()?.set_notify(chat, notify).await?)
    }

    pub async fn leave_chat(&self, chat: &ChatId) -> Result<()> {
        Ok(self.account()?.leave_chat(chat).await?)
    }

    pub async fn members(&self, chat: &ChatId) -> Result<Vec<Member>> {
        self.members_of(chat).await
    }

    pub async fn rename_chat(&self, chat: &ChatId, name: &str) -> Result<()> {
        Ok(self.account()?.rename_chat(chat, name.trim()).await?)
    }

    pub async fn set_topic(&self, chat: &ChatId, topic: &str) -> Result<()> {
        Ok(self.account()?.set_topic(chat, topic.trim()).await?)
    }

    /// A staged picture, or none.
    pub async fn set_chat_avatar(&self, chat: &ChatId, staged: Option<&str>) -> Result<()> {
        let account = self.account()?;
        let picture = match staged {
            Some(staged) => Some(self.avatar_of(staged).await?),
            None => None,
        };
        Ok(account.set_chat_avatar(chat, picture).await?)
    }

    /// Gives those who could not be invited.
    pub async fn invite_people(&self, chat: &ChatId, people: &[UserId]) -> Result<Vec<Person>> {
        self.let_in(chat, people).await
    }

    pub async fn remove_person(
        &self,
        chat: &ChatId,
        person: &UserId,
        reason: Option<&str>,
    ) -> Result<()> {
        Ok(self.account()?.remove_person(chat, person, reason).await?)
    }

    /// Whether only some may write.
    pub async fn set_announcements(&self, chat: &ChatId, on: bool) -> Result<()> {
        Ok(self.account()?.set_announcements(chat, on).await?)
    }
}
