//! How many slips of the finger lie between what was typed and a word: a letter dropped, put in, replaced, or swapped
//! with the next one.
//!
//! A column of the usual table of distances is kept as two machine words of differences, so that a letter of the other
//! word costs a dozen operations (Myers 1999; swaps as in Hyyrö 2003).

/// Codes of letters are below this.
const CODES: usize = 128;

/// Letters as small numbers. Other alphabets share some, so that a few of their letters pass for one.
pub(super) fn codes(word: &str) -> Vec<u8> {
    let code = |letter: char| match letter {
        'а'..='я' => letter as u32 - 'а' as u32,
        'a'..='z' => 32 + letter as u32 - 'a' as u32,
        _ => 58 + letter as u32 % 70,
    };
    word.chars().map(|letter| code(letter) as u8).collect()
}

/// Which letters a word has: a word that lacks several of another's can't be a slip away from it.
pub(super) fn letters(codes: &[u8]) -> u64 {
    codes.iter().fold(0, |set, code| set | 1 << (code % 64))
}

/// Slips that a word of so many letters is allowed; one in a short word makes another word.
pub(super) fn allowed(letters: usize) -> u8 {
    match letters {
        0..5 => 0,
        5..8 => 1,
        _ => 2,
    }
}

/// How near a word is to what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Near {
    pub(super) slips: u8,
    /// Letters of the word that were meant; all of them, or its beginning.
    pub(super) meant: usize,
}

/// A typed word, ready to be compared with thousands.
pub(super) struct Typed {
    /// In which places of the typed word each letter stands.
    places: [u64; CODES],
    letters: u64,
    length: usize,
    pub(super) allowed: u8,
}

impl Typed {
    /// `None` for a word too short to be guessed at.
    pub(super) fn new(word: &str) -> Option<Self> {
        let codes = codes(word);
        let allowed = allowed(codes.len());
        if allowed == 0 || codes.len() > 64 || word.contains(|c: char| c.is_numeric()) {
            return None;
        }
        let mut places = [0; CODES];
        for (at, code) in codes.iter().enumerate() {
            places[usize::from(*code)] |= 1 << at;
        }
        Some(Self {
            places,
            letters: letters(&codes),
            length: codes.len(),
            allowed,
        })
    }

    /// Whether a word with these letters could be near at all.
    pub(super) fn may_be(&self, letters: u64, length: usize) -> bool {
        length + usize::from(self.allowed) >= self.length
            && (self.letters & !letters).count_ones() <= u32::from(self.allowed)
    }

    /// How near a word or its beginning is, within what is allowed. The whole word is preferred to its beginning.
    pub(super) fn near(&self, word: &[u8]) -> Option<Near> {
        let last = 1u64 << (self.length - 1);
        let (mut up, mut down) = (u64::MAX, 0u64);
        let (mut diagonal, mut before) = (0u64, 0u64);
        let mut slips = self.length;
        let mut best: Option<Near> = None;
        let longest = self.length + usize::from(self.allowed);
        for (at, code) in word.iter().enumerate().take(longest) {
            let places = self.places[usize::from(*code)];
            let swapped = ((!diagonal & places) << 1) & before;
            diagonal = (((places & up).wrapping_add(up)) ^ up) | places | down | swapped;
            let mut more = down | !(diagonal | up);
            let mut less = diagonal & up;
            slips += usize::from(more & last != 0);
            slips -= usize::from(less & last != 0);
            // The table begins with the beginning of the word: letters before it are slips too.
            more = (more << 1) | 1;
            less <<= 1;
            up = less | !(diagonal | more);
            down = more & diagonal;
            before = places;
            let whole = at + 1 == word.len();
            let better = best.is_none_or(|best| {
                slips < usize::from(best.slips) || (whole && slips == usize::from(best.slips))
            });
            if slips <= usize::from(self.allowed) && better {
                best = Some(Near {
                    slips: slips as u8,
                    meant: at + 1,
                });
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn near(typed: &str, word: &str) -> Option<(u8, usize)> {
        let near = Typed::new(typed)?.near(&codes(word))?;
        Some((near.slips, near.meant))
    }

    #[test]
    fn each_slip_counts_once() {
        assert_eq!(near("иванова", "иванова"), Some((0, 7)));
        for typed in ["ивнова", "ивваннова", "ивоноуа", "иавнова", "ванова"]
        {
            let slips = near(typed, "иванова").map(|(slips, _)| slips);
            let two = typed == "ивваннова";
            assert_eq!(
                slips,
                match typed {
                    "ивоноуа" => None,
                    _ if two => Some(2),
                    _ => Some(1),
                },
                "{typed}"
            );
        }
    }

    #[test]
    fn the_beginning_of_a_word_is_enough() {
        assert_eq!(near("сребряк", "серебрякова"), Some((1, 8)));
        assert_eq!(near("петорв", "петров"), Some((1, 6)));
        assert_eq!(near("кузнеч", "мельникова"), None);
    }

    #[test]
    fn short_words_and_numbers_are_not_guessed_at() {
        assert_eq!(near("анна", "алла"), None);
        assert_eq!(near("школа1", "школа2"), None);
    }

    /// The table as it is in every textbook.
    fn table(typed: &[u8], word: &[u8]) -> Vec<usize> {
        let mut rows: Vec<Vec<usize>> = vec![(0..=word.len()).collect()];
        for i in 1..=typed.len() {
            let mut row = vec![i];
            for j in 1..=word.len() {
                let differ = usize::from(typed[i - 1] != word[j - 1]);
                let mut cell = (rows[i - 1][j - 1] + differ)
                    .min(rows[i - 1][j] + 1)
                    .min(row[j - 1] + 1);
                let swapped =
                    i > 1 && j > 1 && typed[i - 1] == word[j - 2] && typed[i - 2] == word[j - 1];
                if swapped {
                    cell = cell.min(rows[i - 2][j - 2] + 1);
                }
                row.push(cell);
            }
            rows.push(row);
        }
        rows[typed.len()][1..].to_vec()
    }

    proptest! {
        #[test]
        fn the_slips_are_those_of_the_table(typed in "[абв]{5,12}", word in "[абв]{1,14}") {
            let allowed = usize::from(allowed(typed.chars().count()));
            let least = table(&codes(&typed), &codes(&word)).into_iter().min().filter(|least| *least <= allowed);
            prop_assert_eq!(near(&typed, &word).map(|(slips, _)| usize::from(slips)), least);
            let may = Typed::new(&typed).is_some_and(|t| t.may_be(letters(&codes(&word)), word.chars().count()));
            prop_assert!(may || least.is_none());
        }
    }
}
