//! What was typed, as words that somebody has to fit.

use super::Reading;
use super::letters::{normal, words};
use super::meaning::{Meaning, meanings};
use super::sound::other_layout;
use super::terms::Terms;

/// What is longer was pasted by mistake; its beginning says who is meant, if anything does.
const LONGEST: usize = 1_000;
/// Nobody is described by more words.
const MOST_WORDS: usize = 10;
/// A class has no longer label, nor one of more pieces.
const LONGEST_LABEL: usize = 16;
const MOST_PIECES: usize = 5;
/// Words that join others and are found with nobody; as the last word they begin a name.
const JOINING: [&str; 7] = ["по", "во", "на", "из", "для", "от", "при"];
/// Words that may be initials or join others.
const JOINING_OR_INITIAL: [&str; 2] = ["в", "и"];
const CLASS: [&str; 9] = [
    "класс",
    "класса",
    "классе",
    "классов",
    "кл",
    "группа",
    "группы",
    "группе",
    "гр",
];

/// What was typed.
pub(super) enum Asked {
    /// Nothing that could be looked for, yet.
    Everybody,
    /// Signs that nobody is called by.
    Nobody,
    /// The ways to take it apart, the most natural first.
    Words(Vec<Vec<Wanted>>),
}

/// A word that somebody has to fit.
pub(super) struct Wanted {
    /// Normal.
    pub(super) text: String,
    pub(super) letters: usize,
    /// Who does not fit it is only put behind those who do.
    pub(super) optional: bool,
    pub(super) meanings: Vec<Meaning>,
}

impl Asked {
    pub(super) fn read(text: &str, terms: &Terms) -> Self {
        let end = text
            .char_indices()
            .nth(LONGEST)
            .map_or(text.len(), |(at, _)| at);
        let text = &text[..end];
        let mut ways = vec![take_apart(text, Reading::Typed, terms)];
        if ways[0].is_empty() {
            return if text.contains(is_pictogram) {
                Self::Nobody
            } else {
                Self::Everybody
            };
        }
        // Some Russian letters lie on keys that write signs between Latin words: «k.,jdm».
        if text.contains(|c: char| c.is_ascii_punctuation())
            && text.contains(|c: char| c.is_ascii_alphabetic())
            && let Some(other) = other_layout(text)
        {
            ways.push(take_apart(&other, Reading::Layout, terms));
        }
        if let Some(apart) = initials_apart(text) {
            ways.push(take_apart(&apart, Reading::Typed, terms));
        }
        Self::Words(ways)
    }
}

/// «Иванова МП» as «Иванова М П»; `None` where there is nothing to take apart.
fn initials_apart(text: &str) -> Option<String> {
    let mut apart = String::new();
    let (mut count, mut glued) = (0, false);
    for word in words(text) {
        let word = &text[word.at];
        let both = word.chars().count() == 2 && word.chars().all(char::is_uppercase);
        for letter in word.chars() {
            apart.push(letter);
            apart.extend(both.then_some(' '));
        }
        apart.push(' ');
        glued |= both;
        count += 1;
    }
    (glued && count > 1).then_some(apart)
}

fn is_pictogram(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

fn take_apart(text: &str, reading: Reading, terms: &Terms) -> Vec<Wanted> {
    let pieces: Vec<&str> = words(text)
        .map(|word| &text[word.at])
        .take(MOST_WORDS)
        .collect();
    let mut read: Vec<(String, Vec<Meaning>)> = Vec::with_capacity(pieces.len());
    let mut rest = &pieces[..];
    while let Some((first, others)) = rest.split_first() {
        let joined = pieces_of_class(rest, reading, terms);
        let (word, after) = match joined {
            Some(count) => (rest[..count].concat(), &rest[count..]),
            None => ((*first).to_owned(), others),
        };
        let meanings = meanings(&word, reading);
        read.push((normal(&word), meanings));
        rest = after;
    }
    as_wanted(read)
}

/// Leaves out the words that only join others.
fn as_wanted(read: Vec<(String, Vec<Meaning>)>) -> Vec<Wanted> {
    let number = read
        .iter()
        .any(|(text, _)| text.contains(|c: char| c.is_ascii_digit()));
    let letters: Vec<usize> = read.iter().map(|(text, _)| text.chars().count()).collect();
    let is_word = |at: usize| letters.get(at).is_some_and(|letters| *letters > 1);
    let wanted = read.into_iter().enumerate();
    let wanted = wanted.filter_map(|(at, (text, meanings))| {
        let is_in = |list: &[&str]| list.contains(&text.as_str());
        if is_in(&JOINING) && at + 1 < letters.len() {
            return None;
        }
        let joins = is_in(&JOINING_OR_INITIAL) && at > 0 && is_word(at - 1) && is_word(at + 1);
        Some(Wanted {
            letters: letters[at],
            optional: joins || (number && is_in(&CLASS)),
            text,
            meanings,
        })
    });
    wanted.collect()
}

/// How many of the first pieces make a class's label together, as in «7 "А"» and «ИС-21».
fn pieces_of_class(pieces: &[&str], reading: Reading, terms: &Terms) -> Option<usize> {
    let counts = 2..=pieces.len().min(MOST_PIECES);
    counts.rev().find(|count| {
        let label = pieces[..*count].concat();
        label.chars().count() <= LONGEST_LABEL
            && label.contains(|c: char| c.is_ascii_digit())
            && label.contains(char::is_alphabetic)
            && terms.has_class(&meanings(&label, reading), *count == pieces.len())
    })
}
