//! A school made from a seed: the same people, classes and chats every time, with a history that ends «now».

mod calendar;
mod cast;
mod chats;
mod document;
mod files;
mod history;
mod marks;
mod name_lists;
mod names;
mod people;
mod picture;
mod plan;
mod random;
mod script;
#[cfg(test)]
mod tests;

use parta_model::plan::{ChatWish, Role};

pub(crate) use cast::SERVER;
pub use chats::{Chat, Place};
pub use files::FileBytes;
pub use history::{File, Post, Text, What};
pub use marks::Mark;
pub use plan::{CLASS_CHATS, Key, ORG_CHATS};
pub(crate) use plan::{lease, rooms as plan_rooms};

/// The password of every demo account.
pub const PASSWORD: &str = "parta";
/// The organisation's service account.
pub const STEWARD: &str = "steward";

const SEED: u64 = 1;

/// How large a school is made.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub classes: usize,
    /// In each class.
    pub pupils: usize,
    /// Of 100 pupils, how many have a parent with an account.
    pub parents_percent: usize,
    pub teachers: usize,
    /// Messages in the parents' chat of the first class.
    pub long_chat: usize,
    /// Messages in each of the other chats, on average.
    pub chat: usize,
}

impl Size {
    /// Two classes and a handful of messages: for tests.
    pub const TINY: Self = Self {
        classes: 2,
        pupils: 4,
        parents_percent: 100,
        teachers: 4,
        long_chat: 60,
        chat: 12,
    };
    /// The demo school: about 120 people.
    pub const SMALL: Self = Self {
        classes: 6,
        pupils: 9,
        parents_percent: 85,
        teachers: 16,
        long_chat: 2_060,
        chat: 60,
    };
    /// 1,000 people.
    pub const SCHOOL: Self = Self {
        classes: 30,
        pupils: 16,
        parents_percent: 90,
        teachers: 60,
        long_chat: 2_060,
        chat: 40,
    };
    /// 4,000 people.
    pub const BIG: Self = Self {
        classes: 120,
        pupils: 16,
        parents_percent: 90,
        teachers: 240,
        long_chat: 5_000,
        chat: 20,
    };
}

/// Everybody of the organisation and their classes. Indexes of `people` and `classes` are what the rest refers to.
pub struct School {
    pub seed: u64,
    pub size: Size,
    pub name: &'static str,
    pub full_name: &'static str,
    pub people: Vec<Person>,
    pub classes: Vec<Class>,
    /// Parents who haven't come yet: entries of the roster.
    pub awaited: Vec<Awaited>,
}

pub struct Person {
    pub login: String,
    /// In the person's own gender.
    pub family: String,
    pub given: String,
    pub patronymic: String,
    pub female: bool,
    pub role: Role,
    pub position: Option<&'static str>,
    pub subjects: Vec<&'static str>,
    /// Administrators of the organisation have power level 90 in its rooms.
    pub administrator: bool,
    /// Of parents.
    pub children: Vec<usize>,
}

impl Person {
    /// As the person calls himself: staff with the patronymic, as a school does.
    pub fn display_name(&self) -> String {
        if self.is_staff() {
            format!("{} {} {}", self.given, self.patronymic, self.family)
        } else {
            format!("{} {}", self.given, self.family)
        }
    }

    /// How others address the person.
    pub fn address(&self) -> String {
        if self.is_staff() {
            format!("{} {}", self.given, self.patronymic)
        } else {
            self.given.clone()
        }
    }

    pub fn is_staff(&self) -> bool {
        matches!(self.role, Role::Teacher | Role::Staff)
    }
}

pub struct Class {
    /// A ULID, for life.
    pub id: String,
    pub stage: u8,
    pub letter: &'static str,
    pub homeroom: usize,
    pub pupils: Vec<usize>,
    pub parents: Vec<usize>,
    /// With the homeroom teacher.
    pub teachers: Vec<usize>,
}

impl Class {
    /// «5А».
    pub fn label(&self) -> String {
        format!("{}{}", self.stage, self.letter)
    }

    /// «5 «А»».
    pub fn title(&self) -> String {
        format!("{} «{}»", self.stage, self.letter)
    }
}

/// A person of the roster without an account.
pub struct Awaited {
    pub id: String,
    pub family: String,
    pub given: String,
    pub patronymic: String,
    pub class: usize,
    pub phone: String,
}

/// An account to sign in with.
#[derive(Clone, Debug)]
pub struct Account {
    pub login: String,
    pub password: &'static str,
    pub name: String,
    /// `admin`, `teacher`, `parent` or `pupil`: the words of `--as`.
    pub role: &'static str,
}

impl School {
    pub fn demo() -> Self {
        Self::generate(SEED, Size::SMALL)
    }

    pub fn generate(seed: u64, size: Size) -> Self {
        people::generate(seed, size)
    }

    /// One account for each role, for the sign-in screen.
    pub fn accounts(&self) -> Vec<Account> {
        [
            ("admin", self.deputy()),
            ("teacher", self.teacher()),
            ("parent", self.parent()),
            ("pupil", self.pupil()),
        ]
        .into_iter()
        .map(|(role, index)| {
            let person = &self.people[index];
            Account {
                login: person.login.clone(),
                password: PASSWORD,
                name: person.display_name(),
                role,
            }
        })
        .collect()
    }

    /// Every chat with its history up to `now` (milliseconds since 1970).
    pub fn chats(&self, now: u64) -> Vec<Chat> {
        chats::all(self, now)
    }

    /// What certain people have not read yet, or have muted.
    pub fn marks(&self, chats: &[Chat]) -> Vec<Mark> {
        marks::marks(self, chats)
    }

    pub fn director(&self) -> usize {
        0
    }

    /// The account of the role «admin».
    pub fn deputy(&self) -> usize {
        1
    }

    pub fn secretary(&self) -> usize {
        3
    }

    pub fn pedagogue(&self) -> usize {
        4
    }

    /// The homeroom teacher of the first class.
    pub fn teacher(&self) -> usize {
        self.classes[0].homeroom
    }

    pub fn parent(&self) -> usize {
        self.classes[0].parents[0]
    }

    pub fn pupil(&self) -> usize {
        self.classes[0].pupils[1]
    }

    pub fn staff(&self) -> Vec<usize> {
        (0..self.people.len())
            .filter(|index| self.people[*index].is_staff())
            .collect()
    }

    pub fn administrators(&self) -> Vec<usize> {
        (0..self.people.len())
            .filter(|index| self.people[*index].administrator)
            .collect()
    }

    /// Who is in a class's room of this wish.
    pub fn class_members(&self, class: usize, wish: &ChatWish) -> Vec<usize> {
        let class = &self.classes[class];
        match wish {
            ChatWish::Students => [class.teachers.as_slice(), &class.pupils].concat(),
            ChatWish::Parents => [&[class.homeroom][..], &class.parents].concat(),
            _ => class.teachers.clone(),
        }
    }
}
