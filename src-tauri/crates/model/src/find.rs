//! Finding a person by some of his words: the beginnings of them, in any order and in either alphabet.

use crate::Badge;
use crate::contacts::sound;

/// What is looked for.
pub struct Wanted {
    words: Vec<Word>,
}

struct Word {
    folded: String,
    /// For a name that is written in the other alphabet.
    sound: String,
    is_latin: bool,
}

/// How well somebody fits; the least is the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// By the name alone, from its beginning.
    Begins,
    Name,
    /// Also by a class, a subject or a position.
    About,
}

impl Wanted {
    pub fn new(text: &str) -> Self {
        let word = |folded: &str| Word {
            folded: folded.to_owned(),
            sound: sound(folded),
            is_latin: folded.is_ascii(),
        };
        Self {
            words: words(&folded(text)).map(word).collect(),
        }
    }

    /// Nothing is looked for: everybody fits.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether somebody of this name, and with this badge, is meant.
    pub fn fit(&self, name: &str, badge: Option<&Badge>) -> Option<Fit> {
        let Some(first) = self.words.first() else {
            return Some(Fit::Begins);
        };
        let name = folded(name);
        let mut all: Vec<&str> = words(&name).collect();
        if self.fits(&all) {
            let begins = all.first().is_some_and(|word| first.begins(word));
            return Some(if begins { Fit::Begins } else { Fit::Name });
        }
        let badge = badge?;
        let about: Vec<String> = [&badge.name]
            .into_iter()
            .chain(&badge.position)
            .chain(&badge.subjects)
            .chain(&badge.classes)
            .chain(&badge.homeroom)
            .map(|text| folded(text))
            .collect();
        for text in &about {
            all.extend(words(text));
            // «5а» is found by «5 а» too.
            all.extend(halves(text).into_iter().flatten());
        }
        self.fits(&all).then_some(Fit::About)
    }

    fn fits(&self, words: &[&str]) -> bool {
        self.words
            .iter()
            .all(|wanted| words.iter().any(|word| wanted.begins(word)))
    }
}

impl Word {
    /// Whether a word begins with this one, in either alphabet.
    fn begins(&self, word: &str) -> bool {
        word.starts_with(&self.folded)
            || (word.is_ascii() != self.is_latin && sound(word).starts_with(&self.sound))
    }
}

/// Small letters, «е» for «ё».
pub(crate) fn folded(text: &str) -> String {
    text.to_lowercase().replace('ё', "е")
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

/// The number and the letter of a class.
fn halves(label: &str) -> Option<[&str; 2]> {
    let digits = label.len() - label.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, letter) = label.split_at(digits);
    (!number.is_empty() && !letter.is_empty()).then_some([number, letter])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{BadgeRole, OrganisationKind};

    fn badge() -> Badge {
        Badge {
            role: BadgeRole::Teacher,
            name: "Щукина Мария Петровна".into(),
            position: Some("Учитель".into()),
            subjects: vec!["русский язык".into()],
            classes: vec!["5А".into(), "10Б".into()],
            homeroom: vec!["5А".into()],
            organisation: OrganisationKind::School,
        }
    }

    fn fit(text: &str) -> Option<Fit> {
        let badge = badge();
        Wanted::new(text).fit(&badge.name, Some(&badge))
    }

    #[test]
    fn a_person_is_found_by_the_beginnings_of_words_in_any_order() {
        for text in ["щук", "ЩУКИНА мар", "мария петровна щукина", "петр щ", "  "]
        {
            assert!(fit(text).is_some(), "{text}");
        }
        for text in ["укина", "щукина анна", "щукинам"] {
            assert_eq!(fit(text), None, "{text}");
        }
    }

    #[test]
    fn a_family_name_comes_before_a_given_name_before_what_is_about_the_person() {
        assert_eq!(fit("щукина мария"), Some(Fit::Begins));
        assert_eq!(fit("мария"), Some(Fit::Name));
        assert_eq!(fit("учитель"), Some(Fit::About));
        assert_eq!(fit("мария русский"), Some(Fit::About));
    }

    #[test]
    fn classes_are_found_as_people_write_them() {
        for text in ["5а", "5А", "5 «А»", "5-а", "5A", "10б", "10"] {
            assert_eq!(fit(text), Some(Fit::About), "{text}");
        }
        assert_eq!(fit("5б"), None);
    }

    #[test]
    fn either_alphabet_and_yo_find_the_same_name() {
        let found = |text: &str, name: &str| Wanted::new(text).fit(name, None).is_some();
        for (text, name) in [
            ("shchukina", "Щукина Мария"),
            ("schukina", "Щукина Мария"),
            ("marija", "Щукина Мария"),
            ("mariya", "Щукина Мария"),
            ("dmitriy", "Дмитрий"),
            ("dmitry", "Дмитрий"),
            ("khoroshilov", "Хорошилов"),
            ("алексей", "Alexey Ivanov"),
            ("иванов", "Alexey Ivanov"),
            ("артем", "Артём"),
            ("артём", "Артем"),
        ] {
            assert!(found(text, name), "{text} finds {name}");
        }
        assert!(!found("petrov", "Иванов"));
    }
}
