//! The distinct words of everybody, and which of them are meant by a typed word. Ten thousand people share a few
//! thousand words, so each is compared with what was typed once.

use super::letters::{as_it_looks, folded, is_latin};
use super::meaning::{Meaning, Space, unfinished};
use super::sound::sounds;
use super::typo::{self, Typed};
use super::{Closeness, Reading};
use rust_stemmers::{Algorithm, Stemmer};
use std::collections::HashMap;

/// Words with fewer letters have no forms to speak of.
const SHORTEST_WITH_FORMS: usize = 4;

/// How near a word is; finer than [`Closeness`], for the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Exact,
    Prefix,
    Form,
    OneSlip,
    PrefixWithOneSlip,
    TwoSlips,
    PrefixWithTwoSlips,
}

impl Level {
    pub(super) fn closeness(self) -> Closeness {
        match self {
            Self::Exact => Closeness::Exact,
            Self::Prefix => Closeness::Prefix,
            Self::Form => Closeness::Form,
            _ => Closeness::Fuzzy,
        }
    }
}

/// What of a word is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    Whole,
    /// So many letters.
    Letters(u8),
    /// So many letters of its sound.
    Sound(u8),
}

/// How a word answers to a typed one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Touch {
    pub(super) level: Level,
    pub(super) reading: Reading,
    pub(super) extent: Extent,
}

/// The words that answer to a typed one.
pub(super) struct Touched {
    of: Vec<Option<Touch>>,
    pub(super) terms: Vec<u32>,
}

impl Touched {
    pub(super) fn of(&self, term: u32) -> Option<Touch> {
        self.of[term as usize]
    }

    /// Keeps the best answer of each word.
    fn add(&mut self, term: u32, touch: Touch) {
        let known = &mut self.of[term as usize];
        match known {
            None => self.terms.push(term),
            Some(known) if (known.level, known.reading) <= (touch.level, touch.reading) => return,
            Some(_) => {}
        }
        *known = Some(touch);
    }
}

/// Texts in their order, each with the word it belongs to.
struct Keys {
    sorted: Vec<(String, u32)>,
    /// Those that slips are forgiven in.
    guessed: Vec<Guessed>,
    codes: Vec<u8>,
}

struct Guessed {
    letters: u64,
    start: u32,
    end: u32,
    term: u32,
}

impl Keys {
    fn new(mut sorted: Vec<(String, u32)>) -> Self {
        sorted.sort_unstable();
        let (mut guessed, mut codes) = (Vec::new(), Vec::new());
        for (text, term) in &sorted {
            if text.contains(char::is_numeric) {
                continue;
            }
            let start = codes.len() as u32;
            let word = typo::codes(text);
            codes.extend(&word);
            guessed.push(Guessed {
                letters: typo::letters(&word),
                start,
                end: codes.len() as u32,
                term: *term,
            });
        }
        Self {
            sorted,
            guessed,
            codes,
        }
    }

    fn beginning_with(&self, text: &str) -> &[(String, u32)] {
        let start = self.sorted.partition_point(|(key, _)| key.as_str() < text);
        let rest = &self.sorted[start..];
        &rest[..rest.partition_point(|(key, _)| key.starts_with(text))]
    }

    fn near<'a>(&'a self, typed: &'a Typed) -> impl Iterator<Item = (u32, Level, Option<u8>)> + 'a {
        self.guessed.iter().filter_map(|guessed| {
            let (start, end) = (guessed.start as usize, guessed.end as usize);
            if !typed.may_be(guessed.letters, end - start) {
                return None;
            }
            let near = typed.near(&self.codes[start..end])?;
            let whole = near.meant == end - start;
            let level = match (near.slips, whole) {
                (0 | 1, true) => Level::OneSlip,
                (0 | 1, false) => Level::PrefixWithOneSlip,
                (_, true) => Level::TwoSlips,
                (_, false) => Level::PrefixWithTwoSlips,
            };
            Some((guessed.term, level, (!whole).then_some(near.meant as u8)))
        })
    }
}

/// The words, while they are gathered.
#[derive(Default)]
pub(super) struct Gathered {
    words: Vec<Gathering>,
    by_text: HashMap<String, u32>,
    /// Words as they are written: most occur many times.
    by_writing: HashMap<String, u32>,
}

struct Gathering {
    text: String,
    look: Option<String>,
    class: bool,
}

impl Gathered {
    /// The number of a word, as it is written.
    pub(super) fn term(&mut self, word: &str) -> u32 {
        if let Some(term) = self.by_writing.get(word) {
            return *term;
        }
        let mut text = folded(word);
        let mut look = as_it_looks(word);
        let mixed = text.contains(|c: char| c.is_alphabetic() && !c.is_ascii());
        if mixed && let Some(seen) = look.take() {
            text = seen;
        }
        let term = *self.by_text.entry(text).or_insert_with_key(|text| {
            self.words.push(Gathering {
                text: text.clone(),
                look: None,
                class: false,
            });
            self.words.len() as u32 - 1
        });
        let known = &mut self.words[term as usize];
        known.look = known.look.take().or(look);
        self.by_writing.insert(word.to_owned(), term);
        term
    }

    /// The number of a class's label.
    pub(super) fn class(&mut self, label: &str) -> u32 {
        let term = self.term(label);
        self.words[term as usize].class = true;
        term
    }

    pub(super) fn terms(self) -> Terms {
        let (mut spelled, mut sounded) = (Vec::new(), Vec::new());
        let mut stems: HashMap<String, Vec<u32>> = HashMap::new();
        let (mut latin, mut classes) = (Vec::new(), Vec::new());
        for (term, word) in self.words.into_iter().enumerate() {
            let term = term as u32;
            latin.push(is_latin(&word.text));
            classes.push(word.class);
            if let Some(stem) = stem(&word.text) {
                stems.entry(stem).or_default().push(term);
            }
            sounded.extend(sounds(&word.text).into_iter().map(|sound| (sound, term)));
            spelled.extend(word.look.map(|look| (look, term)));
            spelled.push((word.text, term));
        }
        Terms {
            spelled: Keys::new(spelled),
            sounded: Keys::new(sounded),
            stems,
            latin,
            classes,
        }
    }
}

/// The unchanging part of a Russian word's forms.
fn stem(word: &str) -> Option<String> {
    let russian = word.chars().all(|c| matches!(c, 'а'..='я'));
    let long = word.chars().nth(SHORTEST_WITH_FORMS - 1).is_some();
    (russian && long).then(|| Stemmer::create(Algorithm::Russian).stem(word).into_owned())
}

/// The distinct words of everybody.
pub(super) struct Terms {
    spelled: Keys,
    sounded: Keys,
    stems: HashMap<String, Vec<u32>>,
    latin: Vec<bool>,
    classes: Vec<bool>,
}

impl Terms {
    pub(super) fn len(&self) -> usize {
        self.latin.len()
    }

    /// Whether a class is meant, or where `begun` one that begins so.
    pub(super) fn has_class(&self, meanings: &[Meaning], begun: bool) -> bool {
        meanings.iter().any(|meaning| {
            let keys = self.keys(meaning).beginning_with(&meaning.text);
            keys.iter().any(|(key, term)| {
                self.classes[*term as usize] && (begun || key.len() == meaning.text.len())
            })
        })
    }

    /// The words that are meant, without a guess.
    pub(super) fn look_up(&self, meanings: &[Meaning]) -> Touched {
        let mut touched = Touched {
            of: vec![None; self.len()],
            terms: Vec::new(),
        };
        for meaning in meanings {
            self.add_meant(meaning, &mut touched);
            if meaning.space == Space::Spelled
                && let Some(forms) = stem(&meaning.text).and_then(|stem| self.stems.get(&stem))
            {
                for term in forms {
                    touched.add(
                        *term,
                        Touch {
                            level: Level::Form,
                            reading: meaning.reading,
                            extent: Extent::Whole,
                        },
                    );
                }
            }
        }
        if touched.terms.is_empty()
            && let Some(meaning) = unfinished(meanings)
        {
            self.add_meant(&meaning, &mut touched);
        }
        touched
    }

    fn add_meant(&self, meaning: &Meaning, touched: &mut Touched) {
        let letters = meaning.text.chars().count() as u8;
        for (key, term) in self.keys(meaning).beginning_with(&meaning.text) {
            let whole = key.len() == meaning.text.len();
            let (level, extent) = match (whole, meaning.space) {
                (true, _) => (Level::Exact, Extent::Whole),
                (false, Space::Spelled) => (Level::Prefix, Extent::Letters(letters)),
                (false, Space::Sounded) => (Level::Prefix, Extent::Sound(letters)),
            };
            let mut touch = Touch {
                level,
                reading: meaning.reading,
                extent,
            };
            // In the same alphabet an equal sound is another spelling; its beginning says nothing.
            if meaning.space == Space::Sounded && self.latin[*term as usize] == meaning.latin {
                if !whole {
                    continue;
                }
                touch.level = Level::Form;
                if touch.reading == Reading::Translit {
                    touch.reading = Reading::Typed;
                }
            }
            touched.add(*term, touch);
        }
    }

    /// Adds the words that could be meant, if the finger slipped.
    pub(super) fn guess(&self, meanings: &[Meaning], touched: &mut Touched) {
        for meaning in meanings {
            let Some(typed) = Typed::new(&meaning.text) else {
                continue;
            };
            for (term, level, meant) in self.keys(meaning).near(&typed) {
                // In the same alphabet the spelling itself is compared already.
                if meaning.space == Space::Sounded && self.latin[term as usize] == meaning.latin {
                    continue;
                }
                let extent = match (meant, meaning.space) {
                    (None, _) => Extent::Whole,
                    (Some(letters), Space::Spelled) => Extent::Letters(letters),
                    (Some(letters), Space::Sounded) => Extent::Sound(letters),
                };
                touched.add(
                    term,
                    Touch {
                        level,
                        reading: meaning.reading,
                        extent,
                    },
                );
            }
        }
    }

    fn keys(&self, meaning: &Meaning) -> &Keys {
        match meaning.space {
            Space::Spelled => &self.spelled,
            Space::Sounded => &self.sounded,
        }
    }
}
