//! How a text becomes the words that people are found by: case, ё and е, accents, the many ways Unicode writes a
//! letter, and marks that nobody sees make no difference.

use crate::directory::is_hidden;
use std::borrow::Cow;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// Letters of a word that tell it from others; what is longer is hardly a name.
const LONGEST: usize = 40;

/// Letters of the two alphabets that the eye takes for one.
const ALIKE: [(char, char); 22] = [
    ('A', 'а'),
    ('B', 'в'),
    ('C', 'с'),
    ('E', 'е'),
    ('H', 'н'),
    ('K', 'к'),
    ('M', 'м'),
    ('O', 'о'),
    ('P', 'р'),
    ('T', 'т'),
    ('X', 'х'),
    ('Y', 'у'),
    ('a', 'а'),
    ('c', 'с'),
    ('e', 'е'),
    ('k', 'к'),
    ('m', 'м'),
    ('o', 'о'),
    ('p', 'р'),
    ('x', 'х'),
    ('y', 'у'),
    ('t', 'т'),
];

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: String,
    /// Where it is written, in bytes.
    pub(super) at: Range<usize>,
}

/// The words of a text, in order.
pub(super) fn words(text: &str) -> impl Iterator<Item = Word> + '_ {
    runs(text).filter_map(|at| {
        let text = folded(&text[at.clone()]);
        (!text.is_empty()).then_some(Word { text, at })
    })
}

/// The one way of writing that stands for all ways of writing a text: its words in small letters, «е» for «ё», with one
/// space between them. Normalising it again changes nothing.
pub fn normal(text: &str) -> String {
    let words: Vec<String> = words(text).map(|word| word.text).collect();
    words.join(" ")
}

/// The Cyrillic letter that looks like this one, or the letter itself.
pub(crate) fn alike(letter: char) -> char {
    let found = ALIKE.iter().find(|(latin, _)| *latin == letter);
    found.map_or(letter, |(_, cyrillic)| *cyrillic)
}

/// A word with Latin letters as it is read when all of them are taken for the Cyrillic ones they look like.
pub(super) fn as_it_looks(word: &str) -> Option<String> {
    if !is_latin(word) {
        return None;
    }
    let seen: String = word.nfkc().map(alike).collect();
    (!is_latin(&seen)).then(|| folded(&seen))
}

/// Whether a word has letters of the Latin alphabet.
pub(super) fn is_latin(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// A word in the one way of writing; empty where it has no letters.
pub(super) fn folded(word: &str) -> String {
    let mut text = Cow::Borrowed(word);
    // Taking a mark away can let others join their letter, which is seen in the next turn; each turn has fewer of them.
    while !text.chars().all(is_plain) {
        let next = step(&text);
        if next == *text {
            break;
        }
        text = Cow::Owned(next);
    }
    text.chars().take(LONGEST).collect()
}

fn is_plain(letter: char) -> bool {
    matches!(letter, 'а'..='я' | 'a'..='z' | '0'..='9')
}

fn step(text: &str) -> String {
    text.nfkc()
        // Upper case first: some letters have several small ones.
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase)
        .nfkc()
        .map(|letter| match letter {
            'ё' => 'е',
            '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => without_accent(letter),
            _ => letter,
        })
        .filter(|letter| is_letter(*letter))
        .collect()
}

fn without_accent(letter: char) -> char {
    let mut base = None;
    decompose_canonical(letter, |part| base = base.or(Some(part)));
    base.unwrap_or(letter)
}

/// Stretches of a text that make words.
fn runs(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = chars.find(|(_, c)| is_letter(*c))?;
        let mut end = start + first.len_utf8();
        while let Some((at, c)) = chars.peek() {
            if is_letter(*c) || is_combining_mark(*c) {
                end = at + c.len_utf8();
            } else if !is_inside(*c) {
                break;
            }
            chars.next();
        }
        Some(start..end)
    })
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && !is_inside(c) && (c.is_ascii() || !is_combining_mark(c))
}

/// What is written into a word and is no part of it: what nobody sees, and the apostrophe of «О’Коннор» and «Il'ya».
fn is_inside(c: char) -> bool {
    is_hidden(c) || matches!(c, '\u{ad}' | '\'' | '`' | '´' | '’' | '‘' | 'ʹ' | 'ʼ')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ways_of_writing_make_no_difference() {
        for (one, other) in [
            ("Ёлкина", "елкина"),
            ("Е\u{308}лкина", "ёлкина"),
            ("ЙОД", "и\u{306}од"),
            ("Ива\u{301}нова", "иванова"),
            ("Ива\u{200b}но\u{ad}ва", "иванова"),
            ("\u{202e}Иванова", "иванова"),
            ("О’Коннор", "о'коннор"),
            ("Müller", "muller"),
            ("Groß", "gross"),
            ("５Ａ", "5a"),
            ("Римский-Корсаков", "римский корсаков"),
            ("«Иванова», \"М*\" AND -П", "иванова м and п"),
        ] {
            assert_eq!(normal(one), normal(other), "{one} {other}");
        }
    }

    #[test]
    fn a_word_knows_where_it_is_written() {
        let text = "\u{200f}Ива\u{301}нова,  М.";
        let found: Vec<&str> = words(text).map(|word| &text[word.at]).collect();
        assert_eq!(found, ["Ива\u{301}нова", "М"]);
    }

    #[test]
    fn a_mixed_word_is_read_as_it_looks() {
        assert_eq!(as_it_looks("Ивaнoвa").as_deref(), Some("иванова"));
        assert_eq!(as_it_looks("7A").as_deref(), Some("7а"));
        assert_eq!(as_it_looks("ivanova"), None);
        assert_eq!(as_it_looks("иванова"), None);
    }

    proptest! {
        #[test]
        fn normalising_twice_is_normalising_once(text in "\\PC{0,40}|[а-яёa-z ̈́̆'-]{0,20}|.{0,40}") {
            let once = normal(&text);
            prop_assert_eq!(normal(&once), once);
        }
    }
}
