//! All that is known of a person.

use crate::Client;
use crate::error::Result;
use parta_model::{ContactCard, Found, PersonMark, UserId};

impl Client {
    /// Somebody of the organisations, the chats or the address book; of a stranger what he calls himself.
    pub async fn contact_card(&self, person: &UserId) -> Result<ContactCard> {
        let (account, directory) = (self.account()?, self.directory().await?);
        let people = self.everybody(&account, &directory).await?;
        let own = people.own(person).cloned();
        let found = match &own {
            Some(contact) if contact.account.is_none() => {
                let mut found = people.found(person);
                found.person.mark = PersonMark::None;
                found
            }
            _ => people.found(person),
        };
        let Found { person: shown, .. } = found;
        let imitated = match shown.mark {
            PersonMark::Imitates => directory.imitated(&shown.name),
            _ => None,
        };
        let known = |chat: &_| directory.is_wanted_in(chat, person);
        let me = people.sources.me == *person;
        let chats = match me {
            true => vec![],
            false => account.common_chats(person, known).await,
        };
        Ok(ContactCard {
            me,
            badges: directory.card_badges(person),
            children: directory.children(person),
            parents: directory.parents(person),
            direct: account.direct_with(person).await,
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
