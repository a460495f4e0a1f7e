//! All that is known of a person.

use super::people::IN_BOOK;
use crate::Client;
use crate::error::{Error, Result};
use crate::naming;
use parta_model::cabinet::ActError;
use parta_model::{ContactCard, PersonMark, UserId};

impl Client {
    /// Somebody of the organisations, the chats or the address book; of a stranger what he calls himself.
    pub async fn contact_card(&self, person: &UserId) -> Result<ContactCard> {
        let (account, directory) = (self.account()?, self.directory().await?);
        let people = self.everybody(&account, &directory).await?;
        let own = people.own(person).cloned();
        let badges = directory.card_badges(person);
        let mut shown = match &own {
            Some(contact) => people.in_book(person, &contact.name()).person,
            None if person.as_str().starts_with(IN_BOOK) => {
                return Err(Error::Cabinet(ActError::PersonGone));
            }
            None => people.found(person).person,
        };
        if directory.badge(person).is_none()
            && let Some(former) = badges.first()
        {
            // What he was called here, not what he calls himself now.
            shown.name.clone_from(&former.badge.name);
        }
        let imitated = match shown.mark {
            PersonMark::Imitates => directory.imitated(&shown.name),
            _ => None,
        };
        let known = |chat: &_| directory.is_wanted_in(chat, person);
        let me = people.sources.me == *person;
        let mut chats = match me {
            true => vec![],
            false => account.common_chats(person, known).await,
        };
        for chat in chats.iter_mut().filter(|chat| chat.name.is_empty()) {
            let name = account.chat_name(&chat.id).await.unwrap_or_default();
            chat.name = naming::chat(&directory, name);
        }
        Ok(ContactCard {
            me,
            badges,
            children: directory.children(person),
            parents: directory.parents(person),
            note: people
                .sources
                .book
                .note(person)
                .unwrap_or_default()
                .to_owned(),
            imitates: imitated.map(|colleague| people.found(colleague)),
            cabinets: directory.cabinets_of(person),
            person: shown,
            chats,
            own,
        })
    }
}
