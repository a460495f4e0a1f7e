//! Everybody who can be found, and by which words.

use super::filter::Values;
use super::letters::words;
use super::spoken::{role_words, spoken};
use super::terms::{Gathered, Terms};
use super::{Class, Contact, Place, normal};
use crate::directory::clean;
use crate::{Cabinet, CabinetClass, CabinetPerson};
use std::collections::HashMap;
use std::ops::Range;

/// The people of one or several organisations, ready to be searched. Made anew when they change: ten thousand take
/// a fraction of a second.
pub struct Contacts {
    pub(super) people: Vec<Contact>,
    pub(super) entries: Vec<Entry>,
    pub(super) terms: Terms,
    /// Who has each word.
    pub(super) having: Vec<Vec<u32>>,
    pub(super) values: Values,
    words: Vec<PersonWord>,
}

/// What is known of each record besides.
pub(super) struct Entry {
    pub(super) name: String,
    /// The place among all by name.
    pub(super) order: u32,
    words: Range<usize>,
}

/// What a word is to a person; names come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Family,
    Given,
    Patronymic,
    Position,
    Subject,
    Class,
    Role,
}

/// A word by which a person is found.
pub(super) struct PersonWord {
    pub(super) term: u32,
    pub(super) part: Part,
    /// Which of the subjects or classes.
    index: u16,
    start: u16,
    end: u16,
}

impl PersonWord {
    pub(super) fn place(&self) -> Place {
        match self.part {
            Part::Family | Part::Given | Part::Patronymic => Place::Name,
            Part::Position => Place::Position,
            Part::Subject => Place::Subject(self.index.into()),
            Part::Class => Place::Class(self.index.into()),
            Part::Role => Place::Role,
        }
    }

    pub(super) fn is_name(&self) -> bool {
        self.part <= Part::Patronymic
    }

    /// Where it is written in that place.
    pub(super) fn at(&self) -> Range<usize> {
        self.start.into()..self.end.into()
    }
}

impl Contacts {
    pub fn new(mut people: Vec<Contact>) -> Self {
        let mut building = Building::default();
        let mut entries: Vec<Entry> = people
            .iter_mut()
            .map(|person| building.entry(person))
            .collect();
        let mut by_name: Vec<usize> = (0..entries.len()).collect();
        by_name.sort_by_cached_key(|at| {
            let person = &people[*at];
            (
                normal(&entries[*at].name),
                person.id.clone(),
                person.organisation.clone(),
            )
        });
        for (order, at) in by_name.into_iter().enumerate() {
            entries[at].order = order as u32;
        }
        let terms = building.gathered.terms();
        let mut having: Vec<Vec<u32>> = vec![Vec::new(); terms.len()];
        for (at, entry) in entries.iter().enumerate() {
            for word in &building.words[entry.words.clone()] {
                let having = &mut having[word.term as usize];
                if having.last() != Some(&(at as u32)) {
                    having.push(at as u32);
                }
            }
        }
        Self {
            values: Values::new(&people),
            words: building.words,
            people,
            entries,
            terms,
            having,
        }
    }

    /// The people of a cabinet, with the edits that wait; former ones as well.
    pub fn of_cabinet(cabinet: &Cabinet) -> Self {
        let labels: HashMap<&str, &CabinetClass> = cabinet
            .classes
            .iter()
            .map(|class| (class.id.as_str(), class))
            .collect();
        let contact = |person: &CabinetPerson| {
            let classes = person.classes.iter().filter_map(|in_class| {
                let class = labels.get(in_class.class.as_str())?;
                Some(Class {
                    id: class.id.clone(),
                    label: class.label.clone(),
                    stage: class.stage,
                })
            });
            Contact {
                organisation: cabinet.id.clone(),
                family: person.family.clone(),
                given: person.given.clone(),
                patronymic: person.patronymic.clone(),
                role: person.role,
                position: person.position.clone(),
                subjects: person.subjects.clone(),
                classes: classes.collect(),
                status: person.status,
                ..Contact::named(&person.id, "")
            }
        };
        Self::new(cabinet.people.iter().map(contact).collect())
    }

    /// Every record, as it was given but for marks that hide or turn letters.
    pub fn people(&self) -> &[Contact] {
        &self.people
    }

    pub(super) fn words(&self, entry: usize) -> &[PersonWord] {
        &self.words[self.entries[entry].words.clone()]
    }
}

#[derive(Default)]
struct Building {
    gathered: Gathered,
    words: Vec<PersonWord>,
}

impl Building {
    fn entry(&mut self, person: &mut Contact) -> Entry {
        person.position = person.position.as_deref().map(clean);
        person.subjects = person
            .subjects
            .iter()
            .map(|subject| clean(subject))
            .collect();
        for class in &mut person.classes {
            class.label = clean(&class.label);
        }
        let start = self.words.len();
        let name = self.name(person);
        if let Some(position) = &person.position {
            self.about(position, Part::Position, 0);
        }
        for (index, subject) in person.subjects.iter().enumerate() {
            self.about(subject, Part::Subject, index);
        }
        for (index, class) in person.classes.iter().enumerate() {
            self.class(&class.label, class.stage, index);
        }
        for word in role_words(person.role) {
            self.word(word, Part::Role, 0, 0..0);
        }
        Entry {
            name,
            order: 0,
            words: start..self.words.len(),
        }
    }

    fn name(&mut self, person: &Contact) -> String {
        let patronymic = person.patronymic.as_deref().unwrap_or_default();
        let [family, given] = [&person.family, &person.given].map(|part| clean(part));
        let name = clean(&format!("{family} {given} {patronymic}"));
        let given_from = if family.is_empty() {
            0
        } else {
            family.len() + 1
        };
        for word in words(&name) {
            let part = match word.at.start {
                start if start < family.len() => Part::Family,
                start if start < given_from + given.len() => Part::Given,
                _ => Part::Patronymic,
            };
            self.word(&name[word.at.clone()], part, 0, word.at);
        }
        name
    }

    fn about(&mut self, text: &str, part: Part, index: usize) {
        let mut all = Vec::new();
        for word in words(text) {
            self.word(&text[word.at.clone()], part, index, word.at);
            all.push(word.text);
        }
        for name in spoken(&all) {
            self.word(name, part, index, 0..text.len());
        }
    }

    /// «ИС-21» is found as a whole, by its pieces, and by the year of study.
    fn class(&mut self, label: &str, stage: Option<u8>, index: usize) {
        let whole = 0..label.len();
        let pieces: Vec<&str> = words(label).map(|word| &label[word.at]).collect();
        let term = self.gathered.class(&pieces.concat());
        self.push(term, Part::Class, index, whole.clone());
        if pieces.len() > 1 {
            for piece in pieces {
                self.word(piece, Part::Class, index, whole.clone());
            }
        }
        if let Some(stage) = stage {
            self.word(&stage.to_string(), Part::Class, index, whole);
        }
    }

    fn word(&mut self, word: &str, part: Part, index: usize, at: Range<usize>) {
        let term = self.gathered.term(word);
        self.push(term, part, index, at);
    }

    fn push(&mut self, term: u32, part: Part, index: usize, at: Range<usize>) {
        // Cleaned texts are short, and nobody has so many subjects or classes.
        let small = |number: usize| u16::try_from(number).unwrap_or(u16::MAX);
        self.words.push(PersonWord {
            term,
            part,
            index: small(index),
            start: small(at.start),
            end: small(at.end),
        });
    }
}
