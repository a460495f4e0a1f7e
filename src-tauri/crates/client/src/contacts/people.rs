//! Everybody who can be found, with an index of their words, kept until what it was made of changes: words are typed
//! faster than that.

use parta_model::contacts::{self, Book, Contact, Contacts, OWN, OwnContact};
use parta_model::{
    ChatId, ContactHit, ContactMark, ContactPlace, Directory, Found, Person, PersonMark, UserId,
};
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

/// What the ids of those begin with who have an entry in the address book and no account.
pub(crate) const IN_BOOK: &str = "own:";

/// What the people who can be found are made of.
#[derive(Clone)]
pub(crate) struct Sources {
    pub(crate) directory: Arc<Directory>,
    /// The people of common chats.
    pub(crate) known: Arc<HashMap<UserId, Person>>,
    pub(crate) book: Arc<Book>,
    /// Whom one talked with, the last first.
    pub(crate) recent: Vec<UserId>,
    pub(crate) me: UserId,
}

impl Sources {
    pub(crate) fn are(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.directory, &other.directory)
            && Arc::ptr_eq(&self.known, &other.known)
            && Arc::ptr_eq(&self.book, &other.book)
            && (&self.recent, &self.me) == (&other.recent, &other.me)
    }
}

/// People with an index of their words.
pub(crate) struct People {
    pub(crate) sources: Sources,
    pub(crate) contacts: Contacts,
    /// The address book, by the account or «own:» and the id.
    own: HashMap<UserId, OwnContact>,
}

impl People {
    pub(crate) fn new(sources: Sources) -> Self {
        let Sources {
            directory,
            known,
            book,
            recent,
            me,
        } = &sources;
        let mut all = directory.contacts(recent);
        let mut listed: HashSet<UserId> = all.iter().map(|contact| contact.id.clone()).collect();
        let place: HashMap<&UserId, u32> = recent.iter().zip(0..).collect();
        let in_chats = |id: &UserId, name: &str| Contact {
            recent: place.get(id).copied(),
            ..Contact::named(id, name)
        };
        for (id, person) in known.iter() {
            if id != me && !directory.is_service(id) && listed.insert(id.clone()) {
                all.push(in_chats(id, &person.name));
            }
        }
        let mut own: HashMap<UserId, OwnContact> = HashMap::new();
        for contact in book.contacts() {
            // Of two with one account the second is listed without it, or nobody could reach it to put that right.
            let account = contact.account.clone();
            let free = account.filter(|account| !own.contains_key(account));
            let id = free.unwrap_or_else(|| UserId::new(format!("{IN_BOOK}{}", contact.id)));
            all.push(of_book(&id, &contact));
            own.insert(id, contact);
        }
        Self {
            contacts: Contacts::new(all),
            own,
            sources,
        }
    }

    pub(crate) fn own(&self, person: &UserId) -> Option<&OwnContact> {
        self.own.get(person)
    }

    /// Somebody as people see him now.
    pub(crate) fn found(&self, id: &UserId) -> Found {
        let (person, badge) = self.sources.directory.named(self.person(id));
        Found { person, badge }
    }

    fn person(&self, id: &UserId) -> Person {
        let known = self.sources.known.get(id).cloned();
        known.unwrap_or_else(|| Person {
            id: id.clone(),
            name: self
                .own(id)
                .map_or_else(|| id.to_string(), OwnContact::name),
            avatar: None,
            mark: PersonMark::None,
        })
    }

    /// Somebody as the record says that was found.
    pub(crate) fn hit(&self, hit: &contacts::Hit<'_>) -> ContactHit {
        let contact = hit.contact;
        let own = self.own(&contact.id);
        let vouched = self
            .sources
            .directory
            .badge_of(&contact.organisation, &contact.id);
        let (found, former) = match vouched {
            Some((badge, former)) => {
                let person = Person {
                    name: badge.name.clone(),
                    mark: badge.role.into(),
                    ..self.person(&contact.id)
                };
                let badge = Some(badge.clone());
                (Found { person, badge }, former)
            }
            None if contact.organisation.as_str() == OWN => {
                (self.in_book(&contact.id, hit.name), false)
            }
            None => (self.found(&contact.id), false),
        };
        let marks = hit.matches.iter();
        // What answers may be what the person himself calls him, which is not what is shown.
        let found_name = found.person.name.clone();
        ContactHit {
            marks: marks
                .filter(|found| found.place != contacts::Place::Name || found_name == hit.name)
                .filter_map(|found| mark(hit, found))
                .collect(),
            person: found.person,
            badge: found.badge,
            source: contact.organisation.clone(),
            former,
            own: own.map(|own| own.id.clone()),
            reach: own.and_then(|own| own.phones.first().or(own.emails.first()).cloned()),
        }
    }

    /// Somebody of the address book is called what the person himself calls him, unless an organisation vouches for him;
    /// who has a colleague's name and another's account is a stranger all the same.
    pub(super) fn in_book(&self, id: &UserId, name: &str) -> Found {
        let mut person = self.person(id);
        if !name.is_empty() {
            name.clone_into(&mut person.name);
        }
        let (mut person, badge) = self.sources.directory.named(person);
        if id.as_str().starts_with(IN_BOOK) {
            // A telephone poses as nobody.
            person.mark = PersonMark::None;
        }
        Found { person, badge }
    }
}

fn of_book(id: &UserId, contact: &OwnContact) -> Contact {
    let text = |text: &String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let named = text(&contact.family).or(text(&contact.given)).is_some();
    Contact {
        organisation: ChatId::new(OWN),
        family: match named {
            true => contact.family.clone(),
            false => contact.name(),
        },
        given: contact.given.clone(),
        patronymic: text(&contact.patronymic),
        position: text(&contact.company),
        ..Contact::named(id, "")
    }
}

/// Where in its text a window shows what was typed.
fn mark(hit: &contacts::Hit<'_>, found: &contacts::Match) -> Option<ContactMark> {
    let contact = hit.contact;
    let (place, index, text) = match found.place {
        contacts::Place::Name => (ContactPlace::Name, 0, hit.name),
        contacts::Place::Position => (ContactPlace::Position, 0, contact.position.as_deref()?),
        contacts::Place::Subject(index) => (
            ContactPlace::Subject,
            index,
            contact.subjects.get(index)?.as_str(),
        ),
        contacts::Place::Class(index) => {
            let class = contact.classes.get(index)?;
            (ContactPlace::Class, index, class.label.as_str())
        }
        contacts::Place::Role => return None,
    };
    let Range { start, end } = found.range;
    let units = |to: usize| u32::try_from(text.get(..to)?.encode_utf16().count()).ok();
    let (start, end) = (units(start)?, units(end)?);
    (start < end).then_some(ContactMark {
        place,
        index: u32::try_from(index).ok()?,
        start,
        end,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::find::tests::directory;
    use parta_model::contacts::Query;

    /// What the pupil finds with his own contacts: a family and a given name, and an account.
    fn found(own: &[(&str, &str, Option<&str>)], text: &str) -> Vec<ContactHit> {
        let mut book = Book::default();
        for (now, (family, given, account)) in (1..).zip(own) {
            let contact = OwnContact {
                family: (*family).to_owned(),
                given: (*given).to_owned(),
                account: account.map(UserId::new),
                ..OwnContact::default()
            };
            book.set_contact(contact, now, "device").unwrap();
        }
        let people = People::new(Sources {
            directory: directory("pupil").into(),
            known: Default::default(),
            book: book.into(),
            recent: vec![],
            me: UserId::new("@pupil:x"),
        });
        let query = Query {
            text: text.to_owned(),
            most: 10,
            ..Query::default()
        };
        let page = people.contacts.find(&query);
        page.hits.iter().map(|hit| people.hit(hit)).collect()
    }

    #[test]
    fn a_strangers_account_under_a_colleagues_name_is_a_stranger_in_the_address_book_too() {
        let mark = |account| {
            let found = found(&[("Агеева", "А", account)], "агеева");
            let own = found.iter().find(|hit| hit.own.is_some()).unwrap();
            own.person.mark
        };
        assert_eq!(mark(Some("@mallory:x")), PersonMark::Imitates);
        // A telephone number of hers, and her own account.
        assert_eq!(mark(None), PersonMark::None);
        assert_eq!(mark(Some("@teacher:x")), PersonMark::Staff);
    }

    #[test]
    fn of_two_contacts_with_one_account_both_are_found() {
        let own = [("Первая", "А", Some("@b:x")), ("Вторая", "А", Some("@b:x"))];
        let ids = ["первая", "вторая"].map(|text| {
            let found = found(&own, text);
            assert_eq!(found.len(), 1, "{text}");
            found[0].person.id.clone()
        });
        assert_ne!(ids[0], ids[1]);
    }

    #[test]
    fn what_the_person_himself_calls_somebody_is_not_marked_in_his_true_name() {
        let own = [("Завуч", "Моя", Some("@teacher:x"))];
        let hit = found(&own, "моя завуч").remove(0);
        assert_eq!((hit.person.name.as_str(), hit.marks), ("Агеева А", vec![]));
    }
}
