//! How well a person fits what was typed: each typed word needs a word of his own, and the best way to give them out
//! counts.

use super::Reading;
use super::asked::Wanted;
use super::index::{Part, PersonWord};
use super::terms::{Level, Touched};

/// A beginning of a position or a subject, and of a role's word, that says something.
const SHORTEST_ABOUT: usize = 3;
const SHORTEST_ROLE: usize = 4;
/// What it costs to be without a word that is optional, besides what its beginning alone would cost.
const WITHOUT: u32 = 1;
/// Ways to give out the words that are tried with one person; no real name has so many.
const MOST_TRIES: u32 = 500;

/// How well somebody fits; the least is the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fit {
    cost: Cost,
    by: By,
    /// The least important word of his that was needed: «юлия юр» is rather a Юрьева than a Юрьевна.
    least: Part,
    /// Whether a word is only begun; an initial is a whole word.
    begun: bool,
}

/// What lies between the typed words and those of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Cost {
    worst: Level,
    reading: Reading,
    sum: u32,
}

impl Cost {
    const NOTHING: Self = Self {
        worst: Level::Exact,
        reading: Reading::Typed,
        sum: 0,
    };

    fn and(self, (level, reading): (Level, Reading)) -> Self {
        Self {
            worst: self.worst.max(level),
            reading: self.reading.max(reading),
            sum: self.sum + level as u32,
        }
    }
}

/// What of a person fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum By {
    Name,
    PatronymicAlone,
    About,
}

impl Fit {
    /// Nothing was asked: everybody fits as well.
    pub(super) const EQUAL: Self = Self {
        cost: Cost::NOTHING,
        by: By::Name,
        least: Part::Family,
        begun: false,
    };

    /// Every word that was typed is a word of his: who else could be meant need not be guessed.
    pub(super) fn is_whole(&self) -> bool {
        self.cost.worst <= Level::Prefix && !self.begun
    }

    /// The part of the order that comes before whom one knows best.
    pub(super) fn before(&self) -> u64 {
        let Cost {
            worst,
            reading,
            sum,
        } = self.cost;
        (worst as u64) << 24
            | (reading as u64) << 16
            | u64::from(sum.min(0xfff)) << 4
            | self.by as u64
    }

    /// The part of the order that comes after it.
    pub(super) fn after(&self) -> u64 {
        self.least as u64
    }
}

/// Typed words with their answers, to be held against one person after another.
pub(super) struct Fitting<'a> {
    pub(super) wanted: &'a [Wanted],
    pub(super) touched: &'a [Touched],
    /// Whether guesses count.
    pub(super) guessing: bool,
}

/// The word of a person that a typed word was given, by its place.
pub(super) type Given = Option<usize>;

struct Search<'a> {
    fitting: &'a Fitting<'a>,
    words: &'a [PersonWord],
    names: usize,
    given: Vec<Given>,
    tries: u32,
    best: Option<(Fit, Vec<Given>)>,
}

impl Fitting<'_> {
    /// How well somebody with these words fits, names first, and which of them each typed word was given.
    pub(super) fn fit(&self, words: &[PersonWord]) -> Option<(Fit, Vec<Given>)> {
        let mut search = Search {
            fitting: self,
            words,
            names: words.partition_point(PersonWord::is_name),
            given: Vec::with_capacity(self.wanted.len()),
            tries: 0,
            best: None,
        };
        search.next(Cost::NOTHING);
        search.best
    }

    fn level(&self, at: usize, word: &PersonWord) -> Option<(Level, Reading)> {
        let touch = self.touched[at].of(word.term)?;
        let letters = self.wanted[at].letters;
        let beginning = touch.level == Level::Prefix;
        let fits = match word.part {
            Part::Family | Part::Given | Part::Patronymic => {
                self.guessing || touch.level <= Level::Prefix
            }
            Part::Position | Part::Subject => {
                (self.guessing || touch.level <= Level::Form)
                    && !(beginning && letters < SHORTEST_ABOUT)
            }
            Part::Class => touch.level <= Level::Prefix,
            Part::Role => {
                (self.guessing || touch.level <= Level::Form)
                    && !(beginning && letters < SHORTEST_ROLE)
            }
        };
        // A letter that stands alone in a subject is hardly what is looked for: initials go first.
        let level = match word.is_name() || letters > 1 {
            true => touch.level,
            false => touch.level.max(Level::Prefix),
        };
        fits.then_some((level, touch.reading))
    }
}

impl Search<'_> {
    /// Gives the next typed word every word it may have.
    fn next(&mut self, cost: Cost) {
        self.tries += 1;
        let worse = self.best.as_ref().is_some_and(|(best, _)| cost > best.cost);
        if worse || self.tries > MOST_TRIES {
            return;
        }
        let at = self.given.len();
        let Some(wanted) = self.fitting.wanted.get(at) else {
            self.finish(cost);
            return;
        };
        let mut about: Option<((Level, Reading), usize)> = None;
        for (place, word) in self.words.iter().enumerate() {
            let is_name = place < self.names;
            if is_name && self.given.contains(&Some(place)) {
                continue;
            }
            let Some(found) = self.fitting.level(at, word) else {
                continue;
            };
            if is_name {
                self.give(Some(place), cost.and(found));
            } else if about.is_none_or(|(known, _)| found < known) {
                about = Some((found, place));
            }
        }
        if let Some((found, place)) = about {
            self.give(Some(place), cost.and(found));
        } else if wanted.optional {
            let mut without = cost.and((Level::Prefix, Reading::Typed));
            without.sum += WITHOUT;
            self.give(None, without);
        }
    }

    fn give(&mut self, place: Given, cost: Cost) {
        self.given.push(place);
        self.next(cost);
        self.given.pop();
    }

    fn finish(&mut self, cost: Cost) {
        let given = self.given.iter().enumerate();
        let given = given.filter_map(|(at, place)| Some((at, &self.words[(*place)?])));
        let parts = given.clone().map(|(_, word)| word.part);
        let least = parts.clone().max().unwrap_or(Part::Family);
        let by = match least {
            Part::Position | Part::Subject | Part::Class | Part::Role => By::About,
            _ if parts.clone().all(|part| part == Part::Patronymic) => By::PatronymicAlone,
            _ => By::Name,
        };
        let mut begun = given.filter(|(at, word)| {
            let level = self.fitting.level(*at, word).map(|(level, _)| level);
            self.fitting.wanted[*at].letters > 1 && level != Some(Level::Exact)
        });
        let fit = Fit {
            cost: Cost {
                sum: cost.sum + self.swapped_initials(),
                ..cost
            },
            by,
            least,
            begun: begun.next().is_some(),
        };
        if self.best.as_ref().is_none_or(|(best, _)| fit < *best) {
            self.best = Some((fit, self.given.clone()));
        }
    }

    /// «М П» is Мария Петровна rather than Полина Михайловна.
    fn swapped_initials(&self) -> u32 {
        let initials = self.given.iter().enumerate().filter_map(|(at, place)| {
            let initial = self.fitting.wanted[at].letters == 1;
            place.filter(|place| initial && *place < self.names)
        });
        let places: Vec<usize> = initials.collect();
        places.windows(2).filter(|pair| pair[0] > pair[1]).count() as u32
    }
}
