//! Finding people, and making chats with them.

use crate::Client;
use crate::error::{Error, Result};
use parta_model::{ChatId, ClassPeople, Found, MadeChat, NewChat, UserId};

impl Client {
    pub async fn find_people(
        &self,
        text: &str,
        chat: Option<&ChatId>,
        most: u32,
    ) -> Result<Vec<Found>> {
        let _ = (text, chat, most);
        Err(Error::Internal("not built yet"))
    }

    pub async fn my_classes(&self) -> Result<Vec<ClassPeople>> {
        Err(Error::Internal("not built yet"))
    }

    pub async fn direct_chat(&self, person: &UserId) -> Result<ChatId> {
        let _ = person;
        Err(Error::Internal("not built yet"))
    }

    pub async fn create_chat(&self, chat: NewChat) -> Result<MadeChat> {
        let _ = chat;
        Err(Error::Internal("not built yet"))
    }
}
