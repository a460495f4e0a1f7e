//! What a person typed, as what the index is asked and as what is marked in a found text.
//!
//! Nothing typed is an operator: words, and phrases between quotes that are closed.

use super::words::{Word, stem, words};
use std::collections::VecDeque;
use std::fmt::Write;

/// Words of one question; more say nothing new about what is looked for.
const MOST_TERMS: usize = 24;
/// Words of one phrase.
const LONGEST_PHRASE: usize = 48;
/// A shorter beginning would be a beginning of everything.
const SHORTEST_BEGINNING: usize = 2;
/// Opening quotes and what closes them.
const QUOTES: [(char, &[char]); 4] = [
    ('"', &['"']),
    ('«', &['»']),
    ('“', &['”', '“']),
    ('„', &['“', '”']),
];

#[derive(Clone, Debug, PartialEq, Eq)]
enum Term {
    /// Any form of a word.
    Word { stem: String },
    /// The word that is being typed: any form of it, or any word that begins so.
    Beginning { stem: String, text: String },
    /// Words as they are, one after the other.
    Phrase(Vec<String>),
}

/// What is looked for in texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Wanted {
    terms: Vec<Term>,
}

impl Wanted {
    pub(crate) fn new(typed: &str) -> Self {
        let mut wanted = Self::default();
        let mut rest = typed;
        while let Some((before, phrase, after)) = quoted(rest) {
            wanted.add_words(before, false);
            let phrase: Vec<String> = words(phrase)
                .map(|word| word.text)
                .take(LONGEST_PHRASE)
                .collect();
            if !phrase.is_empty() {
                wanted.add(Term::Phrase(phrase));
            }
            rest = after;
        }
        wanted.add_words(rest, true);
        wanted
    }

    /// Whether nothing that could be found was typed.
    pub(crate) fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    fn add_words(&mut self, text: &str, may_be_unfinished: bool) {
        let mut found = words(text).peekable();
        while let Some(word) = found.next() {
            if self.terms.len() >= MOST_TERMS {
                return;
            }
            let stem = stem(&word.text).into_owned();
            let unfinished = may_be_unfinished
                && found.peek().is_none()
                && word.end == text.len()
                && word.text.chars().count() >= SHORTEST_BEGINNING;
            self.add(if unfinished {
                Term::Beginning {
                    stem,
                    text: word.text,
                }
            } else {
                Term::Word { stem }
            });
        }
    }

    fn add(&mut self, term: Term) {
        if self.terms.len() < MOST_TERMS && !self.terms.contains(&term) {
            self.terms.push(term);
        }
    }

    /// The question to the full-text index.
    pub(crate) fn expression(&self) -> Vec<String> {
        let term = |term: &Term| match term {
            Term::Word { stem } => format!("stems : \"{stem}\""),
            Term::Beginning { stem, text } => {
                format!("(stems : \"{stem}\" OR words : \"{text}\" *)")
            }
            Term::Phrase(phrase) => {
                let mut all = String::from("words : \"");
                for (n, word) in phrase.iter().enumerate() {
                    let gap = if n == 0 { "" } else { " " };
                    let _ = write!(all, "{gap}{word}");
                }
                all.push('"');
                all
            }
        };
        self.terms.iter().map(term).collect()
    }

    /// Where the text has what was looked for, in order and without overlaps; `enough` says when to stop looking.
    pub(crate) fn places(
        &self,
        text: &str,
        enough: impl Fn(&[(usize, usize)], &Word) -> bool,
    ) -> Vec<(usize, usize)> {
        let longest = self.terms.iter().map(Term::length).max().unwrap_or(0);
        let mut last: VecDeque<Word> = VecDeque::new();
        let mut found: Vec<(usize, usize)> = Vec::new();
        if longest == 0 {
            return found;
        }
        for word in words(text) {
            if enough(&found, &word) {
                break;
            }
            if last.len() == longest {
                last.pop_front();
            }
            last.push_back(word);
            let starts = self.terms.iter().filter_map(|term| term.ends_here(&last));
            let Some(start) = starts.min() else { continue };
            let end = last.back().map_or(start, |word| word.end);
            // The words of a phrase are marked as one, and so are two of one sign.
            match found.last_mut() {
                Some(before) if start < before.1 => {
                    *before = (before.0.min(start), before.1.max(end));
                }
                _ => found.push((start, end)),
            }
        }
        found
    }
}

impl Term {
    fn length(&self) -> usize {
        match self {
            Self::Word { .. } | Self::Beginning { .. } => 1,
            Self::Phrase(phrase) => phrase.len(),
        }
    }

    /// Where this begins, if it ends with the last of these words.
    fn ends_here(&self, last: &VecDeque<Word>) -> Option<usize> {
        let newest = last.back()?;
        let here = match self {
            Self::Word { stem: wanted } => stem(&newest.text) == *wanted,
            Self::Beginning { stem: wanted, text } => {
                newest.text.starts_with(text.as_str()) || stem(&newest.text) == *wanted
            }
            Self::Phrase(phrase) => {
                let from = last.len().checked_sub(phrase.len())?;
                return last
                    .iter()
                    .skip(from)
                    .map(|word| &word.text)
                    .eq(phrase)
                    .then(|| last[from].start);
            }
        };
        here.then_some(newest.start)
    }
}

/// The first closed quotation: what is before, in and after it.
fn quoted(text: &str) -> Option<(&str, &str, &str)> {
    for (open, c) in text.char_indices() {
        let Some((_, closing)) = QUOTES.iter().find(|(opening, _)| *opening == c) else {
            continue;
        };
        let inner = &text[open + c.len_utf8()..];
        if let Some(close) = inner.find(*closing) {
            let after = inner[close..].chars().next().map_or(0, char::len_utf8);
            return Some((&text[..open], &inner[..close], &inner[close + after..]));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(typed: &str, text: &str) -> Vec<String> {
        Wanted::new(typed)
            .places(text, |_, _| false)
            .into_iter()
            .map(|(from, to)| text[from..to].to_owned())
            .collect()
    }

    #[test]
    fn any_form_of_a_word_is_marked_as_it_is_written() {
        assert_eq!(
            marked(
                "контрольная ",
                "Завтра КОНТРОЛЬНУЮ пишем, а контрольных было три"
            ),
            ["КОНТРОЛЬНУЮ", "контрольных"]
        );
        assert_eq!(marked("елка ", "У ёлки"), ["ёлки"]);
    }

    #[test]
    fn the_last_word_may_be_unfinished() {
        assert_eq!(
            marked("соб", "Собрание, собака, работа"),
            ["Собрание", "собака"]
        );
        assert_eq!(marked("соб ", "Собрание"), [] as [&str; 0]);
        assert_eq!(marked("соб работа", "Собрание, работа"), ["работа"]);
    }

    #[test]
    fn a_phrase_is_words_as_they_are_one_after_the_other() {
        assert_eq!(
            marked(
                "\"родительское собрание\"",
                "Собрание. Родительское  собрание!"
            ),
            ["Родительское  собрание"]
        );
        assert_eq!(marked("«собрания»", "собрание"), [] as [&str; 0]);
        assert_eq!(marked("“а б а б”", "а б а б а б"), ["а б а б а б"]);
    }

    #[test]
    fn quotes_that_are_not_closed_are_only_signs() {
        assert_eq!(Wanted::new("\"два слова "), Wanted::new("два слова "));
        assert_eq!(Wanted::new("«два слова "), Wanted::new("два слова "));
        assert!(Wanted::new("\"\"").is_empty());
        assert!(Wanted::new("* : ( ) - ^ + \" ''").is_empty());
    }
}
