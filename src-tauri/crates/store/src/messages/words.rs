//! How a text becomes the words it is found by.
//!
//! Case, ё and е, and the many ways Unicode writes one letter make no difference. A word keeps the place it has in the
//! text as it was written, so that a hit can be marked there.

use rust_stemmers::{Algorithm, Stemmer};
use std::borrow::Cow;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Characters of a word that tell it from others; what is longer is hardly a word.
const LONGEST: usize = 64;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) text: String,
    /// Where it is written, in bytes.
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// The words of a text, in order.
pub(crate) fn words(text: &str) -> impl Iterator<Item = Word> + '_ {
    runs(text).flat_map(move |(start, end)| {
        let normal = normal(&text[start..end]);
        // Normalising can take a sign apart: «½» is written with a dash between its numbers.
        runs(&normal)
            .map(|(from, to)| Word {
                text: normal[from..to].chars().take(LONGEST).collect(),
                start,
                end,
            })
            .collect::<Vec<_>>()
    })
}

/// The unchanging part of a word's forms. A word with letters of several languages is its own.
pub(crate) fn stem(word: &str) -> Cow<'_, str> {
    if word.chars().all(|c| matches!(c, 'а'..='я')) {
        without_fleeting_vowel(Stemmer::create(Algorithm::Russian).stem(word))
    } else if word.bytes().all(|c| c.is_ascii_lowercase()) {
        Stemmer::create(Algorithm::English).stem(word)
    } else {
        Cow::Borrowed(word)
    }
}

/// «Оценок» and «оценка», «конец» and «конца» differ inside their stems, which Snowball leaves as they are.
fn without_fleeting_vowel(stem: Cow<'_, str>) -> Cow<'_, str> {
    let mut end = stem.chars().rev();
    let (last, vowel, before) = (end.next(), end.next(), end.next());
    let fleeting = matches!(
        (vowel, last),
        (Some('о' | 'е'), Some('к')) | (Some('е'), Some('ц'))
    );
    let vowels = "аеиоуыэюяйьъ";
    if !fleeting || end.next().is_none() || before.is_none_or(|c| vowels.contains(c)) {
        return stem;
    }
    let mut letters: Vec<char> = stem.chars().collect();
    letters.remove(letters.len() - 2);
    Cow::Owned(letters.into_iter().collect())
}

/// Stretches of a text that make words; a pictogram is a word of its own.
fn runs(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = chars.find(|(_, c)| is_letter(*c) || is_pictogram(*c))?;
        let mut end = start + first.len_utf8();
        while !is_pictogram(first) {
            match chars.peek() {
                Some((at, c)) if is_letter(*c) || is_silent(*c) => {
                    end = at + c.len_utf8();
                    chars.next();
                }
                _ => break,
            }
        }
        Some((start, end))
    })
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || (!c.is_ascii() && is_combining_mark(c) && !is_silent(c))
}

fn is_pictogram(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}') && !c.is_alphanumeric()
}

/// What is written into a word and is no part of it: places to break it, directions, variants, the stress.
fn is_silent(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{300}' | '\u{301}' | '\u{34f}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e01ef}')
}

/// The one way of writing that stands for all of them.
fn normal(word: &str) -> Cow<'_, str> {
    if word
        .chars()
        .all(|c| matches!(c, 'a'..='z' | '0'..='9' | 'а'..='я'))
    {
        return Cow::Borrowed(word);
    }
    let mut normal = step(word);
    // Taking a mark away can let others join their letter, which is seen in the next turn. Each turn has fewer of them.
    loop {
        let next = step(&normal);
        if next == normal {
            return Cow::Owned(normal);
        }
        normal = next;
    }
}

fn step(word: &str) -> String {
    word.nfkc()
        // Upper case first: some letters have several small ones.
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase)
        .filter(|c| !is_silent(*c))
        .map(|c| if c == 'ё' { 'е' } else { c })
        .nfkc()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(text: &str) -> Vec<String> {
        words(text).map(|word| word.text).collect()
    }

    #[test]
    fn ways_of_writing_make_no_difference() {
        for (one, other) in [
            ("Ёлка", "елка"),
            ("Е\u{308}ЛКА", "ёлка"),
            ("за\u{301}мок", "ЗАМОК"),
            ("учи\u{ad}тель", "учитель"),
            ("ﬁle", "FILE"),
            ("５Ａ", "5a"),
            ("Straße", "STRASSE"),
            ("ΟΔΟΣ", "οδος"),
            ("❤️", "❤"),
        ] {
            assert_eq!(texts(one), texts(other), "{one} {other}");
        }
        assert_ne!(texts("мой"), texts("мои"));
    }

    #[test]
    fn words_are_told_apart_and_keep_their_place() {
        let text = "5 «А»: кто-то🎉 сдал½";
        let found: Vec<(String, &str)> = words(text)
            .map(|word| (word.text.clone(), &text[word.start..word.end]))
            .collect();
        let expected = [
            ("5", "5"),
            ("а", "А"),
            ("кто", "кто"),
            ("то", "то"),
            ("🎉", "🎉"),
            ("сдал1", "сдал½"),
            ("2", "сдал½"),
        ];
        assert_eq!(
            found,
            expected.map(|(word, place)| (word.to_owned(), place))
        );
    }

    #[test]
    fn forms_of_a_word_share_a_stem() {
        for forms in [
            vec!["контрольная", "контрольную", "контрольной", "контрольные"],
            vec!["родитель", "родители", "родителям", "родителями"],
            vec!["иванова", "иванову", "ивановой"],
            vec!["игрушка", "игрушек", "игрушки"],
            vec!["оценка", "оценок", "оценками"],
            vec!["справка", "справок"],
            vec!["подарок", "подарка", "подарками"],
            vec!["конец", "конца", "концу"],
            vec!["урок", "урока", "уроков"],
            vec!["meeting", "meetings"],
        ] {
            let stems: Vec<_> = forms.iter().map(|form| stem(form)).collect();
            assert!(stems.iter().all(|s| *s == stems[0]), "{stems:?}");
        }
    }

    proptest! {
        #[test]
        fn normalising_twice_is_normalising_once(text in "\\PC*") {
            let once = texts(&text).join(" ");
            prop_assert_eq!(texts(&once).join(" "), once);
        }

        #[test]
        fn hostile_marks_come_to_an_end(text in "[\u{300}-\u{36f}\u{ad}\u{200b}-\u{200f}еЁёйİΣ½①™Ⓜ\u{1f100}-\u{1f1ff}]{0,80}") {
            let once = texts(&text).join(" ");
            prop_assert_eq!(texts(&once).join(" "), once);
        }

        #[test]
        fn every_word_has_its_place_and_a_stem(text in "\\PC*") {
            let mut last = 0;
            for word in words(&text) {
                prop_assert!(!word.text.is_empty() && word.start >= last && text.get(word.start..word.end).is_some());
                last = word.start;
                prop_assert!(!stem(&word.text).is_empty());
            }
        }
    }
}
