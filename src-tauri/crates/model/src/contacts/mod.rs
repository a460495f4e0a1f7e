//! «Найти контакт»: anybody of the organisations is found as one types, by whatever one remembers of him and however
//! it is written.
//!
//! ```
//! use parta_model::contacts::{Contact, Contacts, Query};
//! # use parta_model::{BadgeRole, PersonStatus};
//! let contacts = Contacts::new(vec![Contact {
//!     id: "@m.shchukina:school".into(),
//!     organisation: "!school".into(),
//!     family: "Щукина".into(),
//!     given: "Мария".into(),
//!     patronymic: Some("Петровна".into()),
//!     role: BadgeRole::Teacher,
//!     position: None,
//!     subjects: vec!["Физика".into()],
//!     classes: vec![],
//!     status: PersonStatus::Active,
//!     own_class: false,
//!     recent: None,
//! }]);
//! for text in ["мария щук", "shchukina", "oerbyf", "Щукена М. П.", "физик"] {
//!     let page = contacts.find(&Query { text: text.into(), most: 10, ..Query::default() });
//!     assert_eq!(page.hits[0].name, "Щукина Мария Петровна", "{text}");
//! }
//! ```
//!
//! `letters`, `sound`, `typo` and `spoken` know words, `terms` holds the distinct words of everybody, `asked` and
//! `meaning` read what was typed, `fit` says how well a person fits it, `filter` who is left, and `find` puts them together.
//!
//! `own`, `book` and `vcard` are the person's own contacts: one, all of them on all devices, and files of them.

mod asked;
mod book;
mod filter;
mod find;
mod fit;
mod index;
mod letters;
mod meaning;
mod own;
mod sound;
mod spoken;
mod terms;
mod typo;
pub mod vcard;

pub use book::{Book, BookFull};
pub use filter::{ClassCount, ClassFilter, Count, Counts, Filters};
pub use index::Contacts;
pub(crate) use letters::alike;
pub use letters::normal;
pub use own::OwnContact;

use crate::{Badge, BadgeRole, ChatId, PersonStatus, UserId};
use std::ops::Range;

/// In place of an organisation: the person's own address book.
pub const OWN: &str = "own";
/// In place of an organisation: people whom only common chats tell of.
pub const CHATS: &str = "chats";

/// A person as one organisation vouches for him. Who belongs to two organisations has a record of each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    pub id: UserId,
    pub organisation: ChatId,
    pub family: String,
    pub given: String,
    pub patronymic: Option<String>,
    pub role: BadgeRole,
    pub position: Option<String>,
    pub subjects: Vec<String>,
    pub classes: Vec<Class>,
    pub status: PersonStatus,
    /// Whether he is in a class with the person who looks.
    pub own_class: bool,
    /// His place among those one talked with lately, 0 for the last.
    pub recent: Option<u32>,
}

impl Contact {
    /// Somebody by his badge, which has the family name first; of no organisation yet.
    pub fn of(id: &UserId, badge: &Badge) -> Self {
        Self {
            role: badge.role,
            position: badge.position.clone(),
            subjects: badge.subjects.clone(),
            classes: badge
                .classes
                .iter()
                .map(|label| Class::named(label))
                .collect(),
            ..Self::named(id, &badge.name)
        }
    }

    /// Somebody of whom nothing is known but what he is called.
    pub fn named(id: &UserId, name: &str) -> Self {
        let mut words = name.split_whitespace().map(str::to_owned);
        let (family, given) = (words.next(), words.next());
        let rest: Vec<String> = words.collect();
        Self {
            id: id.clone(),
            organisation: ChatId::new(CHATS),
            family: family.unwrap_or_default(),
            given: given.unwrap_or_default(),
            patronymic: (!rest.is_empty()).then(|| rest.join(" ")),
            role: BadgeRole::Other,
            position: None,
            subjects: vec![],
            classes: vec![],
            status: PersonStatus::Active,
            own_class: false,
            recent: None,
        }
    }
}

/// A class or a group that somebody belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class {
    /// Its id in the organisation.
    pub id: String,
    /// «5А», or the title of a group.
    pub label: String,
    /// The year of study: classes of one stage are a parallel.
    pub stage: Option<u8>,
}

impl Class {
    /// A class of which only the label is known.
    pub fn named(label: &str) -> Self {
        Self {
            id: label.to_owned(),
            label: label.to_owned(),
            stage: None,
        }
    }
}

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// As it was typed; everybody where it has no words.
    pub text: String,
    pub filters: Filters,
    /// How many to pass over, and how many to give.
    pub skip: usize,
    pub most: usize,
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Page<'a> {
    /// The best first. Each person once, by the record that fits best.
    pub hits: Vec<Hit<'a>>,
    /// How many people there are, those passed over too.
    pub total: usize,
    pub counts: Counts,
}

/// Somebody who was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit<'a> {
    pub contact: &'a Contact,
    /// «Щукина Мария Петровна», without marks that hide or turn letters.
    pub name: &'a str,
    /// One for each word that was typed, in that order; without words that add nothing, as «класс» in «класс 7а».
    pub matches: Vec<Match>,
}

/// Where a typed word was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The word as it was understood: normal, «7а» for «7 "А"».
    pub word: String,
    pub place: Place,
    /// What of the text there is meant, in bytes between letters: to be highlighted.
    pub range: Range<usize>,
    pub closeness: Closeness,
    pub reading: Reading,
}

/// The text in which a word was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// [`Hit::name`].
    Name,
    /// [`Contact::position`].
    Position,
    /// One of [`Contact::subjects`].
    Subject(usize),
    /// The label of one of [`Contact::classes`].
    Class(usize),
    /// The word for the role, which is written nowhere: the range is empty.
    Role,
}

/// How near a word is to what was typed; the least is the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Closeness {
    Exact,
    Prefix,
    /// Another form of the word, or another spelling of the same sound: «Ивановой», «Наталия» for «Наталья».
    Form,
    /// With a slip of the finger or two.
    Fuzzy,
}

/// How that which was typed was read; the least is the most natural.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reading {
    Typed,
    /// Letters of the other alphabet that look the same.
    Look,
    /// In the other alphabet.
    Translit,
    /// With the keyboard in the wrong layout.
    Layout,
}
