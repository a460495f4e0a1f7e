//! Making chats with people.

use crate::Client;
use crate::error::Result;
use parta_matrix::Error as MatrixError;
use parta_model::{BadgeRole, ChatId, ClassPeople, MadeChat, NewChat, UserId};
use std::collections::BTreeSet;

impl Client {
    /// The classes that the person may make a learning chat of.
    pub async fn my_classes(&self) -> Result<Vec<ClassPeople>> {
        Ok(self.directory().await?.taught())
    }

    /// The direct chat with a person: the one there is, or a new one.
    pub async fn direct_chat(&self, person: &UserId) -> Result<ChatId> {
        let encrypted = self.directory().await?.encrypts(person);
        Ok(self.account()?.direct_chat(person, encrypted).await?)
    }

    /// Makes a group. Teachers and staff among its people run it with the founder.
    pub async fn create_chat(&self, chat: NewChat) -> Result<MadeChat> {
        let (account, directory) = (self.account()?, self.directory().await?);
        if !directory.may_create_chats() {
            return Err(MatrixError::NotAllowed.into());
        }
        let chat = NewChat {
            name: chat.name.trim().to_owned(),
            topic: chat.topic.map(|topic| topic.trim().to_owned()),
            ..chat
        };
        let runs = |id: &UserId| {
            directory
                .badge(id)
                .is_some_and(|badge| matches!(badge.role, BadgeRole::Teacher | BadgeRole::Staff))
        };
        let runners: BTreeSet<UserId> = chat.people.iter().filter(|id| runs(id)).cloned().collect();
        // Among strangers nobody but the people themselves should read along; in a school the chats are the school's.
        let encrypted = directory.organisations().is_empty();
        let mut made = account.create_chat(&chat, &runners, encrypted).await?;
        for person in &mut made.refused {
            *person = directory.named(person.clone()).0;
        }
        Ok(made)
    }
}
