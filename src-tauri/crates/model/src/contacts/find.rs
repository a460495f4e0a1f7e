//! From what was typed to those who are meant.

use super::asked::{Asked, Wanted};
use super::fit::{Fit, Fitting, Given};
use super::index::{Contacts, PersonWord};
use super::letters::folded;
use super::sound::sound;
use super::terms::{Extent, Touch, Touched};
use super::{Contact, Counts, Hit, Match, Page, Query};
use crate::PersonStatus;
use std::ops::Range;

/// Where fewer people fit surely, and none of them by whole words, those who could be meant are added.
const FEW: usize = 8;

/// Somebody who fits, by the place of his record and that of the way to take apart what was typed.
struct Fitted {
    order: Order,
    entry: usize,
    way: usize,
    whole: bool,
}

/// Where somebody stands among those who fit: no two stand in one place.
type Order = (u64, bool, u64, u64, u32);

/// One way to take apart what was typed, with the words that answer.
struct Way {
    wanted: Vec<Wanted>,
    touched: Vec<Touched>,
}

/// Everybody who is meant, with the ways to take apart what was typed.
struct Sifted {
    fitted: Vec<Fitted>,
    ways: Vec<Way>,
    guessing: bool,
    counts: Counts,
}

impl Contacts {
    /// Those who are meant, the best first: by how near their words are to what was typed, then those one talked with
    /// lately and those of the own classes, then by name. Any text is fine; it is never an error.
    pub fn find(&self, query: &Query) -> Page<'_> {
        let Sifted {
            fitted,
            ways,
            guessing,
            counts,
        } = self.sifted(query);
        let shown = fitted.iter().skip(query.skip).take(query.most);
        let hits = shown.map(|fitted| Hit {
            contact: &self.people[fitted.entry],
            name: &self.entries[fitted.entry].name,
            matches: ways
                .get(fitted.way)
                .map(|way| self.matches(fitted.entry, way, guessing))
                .unwrap_or_default(),
        });
        Page {
            hits: hits.collect(),
            total: fitted.len(),
            counts,
        }
    }

    /// All who are meant, in the order of [`Contacts::find`], without what of them answers.
    pub fn order_of(&self, query: &Query) -> impl Iterator<Item = &Contact> {
        let fitted = self.sifted(query).fitted.into_iter();
        fitted.map(|fitted| &self.people[fitted.entry])
    }

    fn sifted(&self, query: &Query) -> Sifted {
        let mut ways = Vec::new();
        let mut guessing = false;
        let mut fitted = match Asked::read(&query.text, &self.terms) {
            Asked::Nobody => Vec::new(),
            Asked::Everybody => self.everybody(),
            Asked::Words(asked) => {
                ways = asked.into_iter().map(|wanted| self.way(wanted)).collect();
                let mut fitted = self.fitted(&ways, false);
                guessing = fitted.len() < FEW && !fitted.iter().any(|fitted| fitted.whole);
                if guessing {
                    for way in &mut ways {
                        for (wanted, touched) in way.wanted.iter().zip(&mut way.touched) {
                            self.terms.guess(&wanted.meanings, touched);
                        }
                    }
                    fitted = self.fitted(&ways, true);
                }
                fitted
            }
        };
        fitted.sort_unstable_by_key(|fitted| fitted.order);
        let counts = self
            .values
            .sift(&mut fitted, |fitted| fitted.entry, &query.filters);
        Sifted {
            fitted,
            ways,
            guessing,
            counts,
        }
    }

    fn everybody(&self) -> Vec<Fitted> {
        let all = 0..self.people.len();
        all.map(|entry| Fitted {
            order: self.order(&Fit::EQUAL, entry),
            entry,
            way: 0,
            whole: true,
        })
        .collect()
    }

    fn way(&self, wanted: Vec<Wanted>) -> Way {
        let answers = wanted
            .iter()
            .map(|wanted| self.terms.look_up(&wanted.meanings));
        Way {
            touched: answers.collect(),
            wanted,
        }
    }

    /// Everybody who fits, each in the best way.
    fn fitted(&self, ways: &[Way], guessing: bool) -> Vec<Fitted> {
        let mut fitted = Vec::new();
        for (at, way) in ways.iter().enumerate() {
            let fitting = way.fitting(guessing);
            for entry in self.candidates(way) {
                if let Some((fit, _)) = fitting.fit(self.words(entry)) {
                    fitted.push(Fitted {
                        order: self.order(&fit, entry),
                        entry,
                        way: at,
                        whole: fit.is_whole(),
                    });
                }
            }
        }
        if ways.len() > 1 {
            fitted.sort_unstable_by_key(|fitted| (fitted.entry, fitted.order));
            fitted.dedup_by_key(|fitted| fitted.entry);
        }
        fitted
    }

    /// Who has a word that answers to the rarest of the typed ones.
    fn candidates(&self, way: &Way) -> Vec<usize> {
        let having = |touched: &Touched| -> usize {
            let having = touched
                .terms
                .iter()
                .map(|term| self.having[*term as usize].len());
            having.sum()
        };
        let needed = way
            .wanted
            .iter()
            .zip(&way.touched)
            .filter(|(wanted, _)| !wanted.optional);
        let Some((_, rarest)) = needed.min_by_key(|(_, touched)| having(touched)) else {
            return (0..self.people.len()).collect();
        };
        let mut is_in = vec![false; self.people.len()];
        for term in &rarest.terms {
            for entry in &self.having[*term as usize] {
                is_in[*entry as usize] = true;
            }
        }
        (0..is_in.len()).filter(|entry| is_in[*entry]).collect()
    }

    fn order(&self, fit: &Fit, entry: usize) -> Order {
        let person = &self.people[entry];
        let known = match (person.recent, person.own_class) {
            (Some(place), _) => u64::from(place),
            (None, true) => u64::from(u32::MAX) + 1,
            (None, false) => u64::from(u32::MAX) + 2,
        };
        let removed = person.status == PersonStatus::Removed;
        (
            fit.before(),
            removed,
            known,
            fit.after(),
            self.entries[entry].order,
        )
    }

    fn matches(&self, entry: usize, way: &Way, guessing: bool) -> Vec<Match> {
        let words = self.words(entry);
        let given = way.fitting(guessing).fit(words);
        let given: Vec<Given> = given.map(|(_, given)| given).unwrap_or_default();
        let found = given.iter().enumerate().filter_map(|(at, place)| {
            let word = &words[(*place)?];
            let touch = way.touched[at].of(word.term)?;
            Some(Match {
                word: way.wanted[at].text.clone(),
                place: word.place(),
                range: self.meant(entry, word, touch),
                closeness: touch.level.closeness(),
                reading: touch.reading,
            })
        });
        found.collect()
    }

    /// What of a word is meant; of a name the letters, of anything else the word.
    fn meant(&self, entry: usize, word: &PersonWord, touch: Touch) -> Range<usize> {
        let at = word.at();
        let Some(written) = self.entries[entry]
            .name
            .get(at.clone())
            .filter(|_| word.is_name())
        else {
            return at;
        };
        let longest = match touch.extent {
            Extent::Whole => written.len(),
            Extent::Letters(most) => {
                beginning(written, |text| text.chars().count() >= usize::from(most))
            }
            Extent::Sound(most) => beginning(written, |text| {
                sound(text).chars().count() >= usize::from(most)
            }),
        };
        at.start..at.start + longest
    }
}

impl Way {
    fn fitting(&self, guessing: bool) -> Fitting<'_> {
        Fitting {
            wanted: &self.wanted,
            touched: &self.touched,
            guessing,
        }
    }
}

/// The length of the shortest beginning whose normal writing is enough, with the marks on its last letter.
fn beginning(written: &str, enough: impl Fn(&str) -> bool) -> usize {
    let mut ends = written
        .char_indices()
        .map(|(at, letter)| at + letter.len_utf8());
    let normal = |end: usize| folded(&written[..end]);
    let end = ends
        .find(|end| enough(&normal(*end)))
        .unwrap_or(written.len());
    let letters = normal(end).chars().count();
    let marks = ends.take_while(|end| normal(*end).chars().count() == letters);
    marks.last().unwrap_or(end)
}
