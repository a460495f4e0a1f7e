//! Who belongs in the chats that an organisation makes by its plan, as far as this account may know.

use super::{Class, Directory, Organisation};
use crate::plan::{As, Board, ChatWish};
use crate::reconcile::level_in;
use crate::{BadgeRole, ChatId, UserId};
use std::collections::{BTreeMap, BTreeSet};

/// A chat that fulfils a wish of the plan.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Place {
    /// Of this class, or of the whole organisation.
    pub class: Option<String>,
    pub wish: ChatWish,
}

/// What tells who belongs where, beside the classes.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Places {
    pub chats: BTreeMap<ChatId, Place>,
    pub boards: BTreeMap<Board, BTreeSet<UserId>>,
    /// Who runs the organisation.
    pub administrators: BTreeSet<UserId>,
    /// Whether everybody of the organisation is known here.
    pub whole: bool,
}

impl Places {
    /// The bodies that somebody is in.
    pub fn boards_of(&self, person: &UserId) -> Vec<Board> {
        let of = self.boards.iter();
        of.filter(|(_, people)| people.contains(person))
            .map(|(board, _)| board.clone())
            .collect()
    }
}

impl Directory {
    /// Whether somebody is in a chat of an organisation in which the plan does not want him: another has added him, and
    /// he stays. What this account may not know is not said.
    pub fn is_added_by_hand(&self, chat: &ChatId, person: &UserId) -> bool {
        let mut organisations = self.organisations.iter();
        organisations.any(|organisation| organisation.is_added_by_hand(chat, person))
    }

    /// Whether somebody is in a class's chat only because he runs the organisation: an administrator of a large school is
    /// in hundreds of them.
    pub fn is_there_to_run(&self, chat: &ChatId, person: &UserId) -> bool {
        self.organisations.iter().any(|organisation| {
            let place = organisation.places.chats.get(chat);
            let class = place.and_then(|place| place.class.as_deref());
            class.is_some_and(|class| {
                let mut classes = organisation.classes.iter();
                let own = classes.any(|one| one.id == class && one.people.contains_key(person));
                !own && organisation.places.administrators.contains(person)
            })
        })
    }

    /// Whether somebody in a chat is asked to read what is said there.
    pub fn is_asked_in(&self, chat: &ChatId, person: &UserId) -> bool {
        !self.is_service(person) && !self.is_there_to_run(chat, person)
    }

    /// Those who are asked to read nothing in a chat, should they be in it.
    pub fn unasked_in(&self, chat: &ChatId) -> Vec<UserId> {
        let organisations = self.organisations.iter();
        let run: BTreeSet<UserId> = organisations
            .flat_map(|one| one.places.administrators.iter().chain(&one.founder))
            .cloned()
            .collect();
        let unasked = run.into_iter().filter(|one| !self.is_asked_in(chat, one));
        unasked.collect()
    }

    /// Whether the plan wants somebody in a chat of a class; nothing where this account can't know.
    pub fn is_wanted_in(&self, chat: &ChatId, person: &UserId) -> Option<bool> {
        self.organisations.iter().find_map(|organisation| {
            let place = organisation.places.chats.get(chat)?;
            let mut classes = organisation.classes.iter();
            let class = classes.find(|one| place.class.as_ref() == Some(&one.id))?;
            let known = !class.people.is_empty() && !matches!(place.wish, ChatWish::Unknown(_));
            let runs = organisation.places.administrators.contains(person);
            known.then(|| runs || class.has_in(&place.wish, person))
        })
    }
}

impl Class {
    fn has_in(&self, wish: &ChatWish, person: &UserId) -> bool {
        let part: Option<&As> = self.people.get(person);
        part.and_then(|part| level_in(wish, part)).is_some()
    }
}

impl Organisation {
    fn is_added_by_hand(&self, chat: &ChatId, person: &UserId) -> bool {
        let places = &self.places;
        let Some(place) = places.chats.get(chat) else {
            return false;
        };
        if places.administrators.contains(person) || self.founder.as_ref() == Some(person) {
            return false;
        }
        let called = |board: Board| {
            let people = places.boards.get(&board);
            people.is_some_and(|people| people.contains(person))
        };
        let badge = self.badges.get(person);
        match (&place.class, &place.wish) {
            (Some(class), wish) => {
                let class = self.classes.iter().find(|one| one.id == *class);
                class
                    .filter(|class| {
                        !class.people.is_empty() && !matches!(wish, ChatWish::Unknown(_))
                    })
                    .is_some_and(|class| !class.has_in(wish, person))
            }
            (None, ChatWish::Staff | ChatWish::AllStaff) => !badge
                .is_some_and(|badge| matches!(badge.role, BadgeRole::Teacher | BadgeRole::Staff)),
            (None, ChatWish::News) => places.whole && badge.is_none(),
            (None, ChatWish::Heads) => places.whole && !called(Board::Heads),
            (None, ChatWish::Committee) => places.whole && !called(Board::Committee),
            (None, ChatWish::Council) => places.whole && !called(Board::Council),
            (None, _) => false,
        }
    }
}
