//! How else people type a name.

const RUSSIAN_KEYS: &str = "йцукенгшщзхъфывапролджэячсмитьбю";
const ENGLISH_KEYS: &str = "qwertyuiop[]asdfghjkl;'zxcvbnm,.";

/// Ways to write Russian letters in Latin ones: of a passport, of GOST 7.79 and of everyday.
const SCHEMES: [[&str; 32]; 3] = [
    [
        "a", "b", "v", "g", "d", "e", "zh", "z", "i", "i", "k", "l", "m", "n", "o", "p", "r", "s",
        "t", "u", "f", "kh", "ts", "ch", "sh", "shch", "ie", "y", "", "e", "iu", "ia",
    ],
    [
        "a", "b", "v", "g", "d", "e", "zh", "z", "i", "j", "k", "l", "m", "n", "o", "p", "r", "s",
        "t", "u", "f", "x", "c", "ch", "sh", "shh", "", "y'", "'", "e'", "yu", "ya",
    ],
    [
        "a", "b", "v", "g", "d", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s",
        "t", "u", "f", "h", "ts", "ch", "sh", "sch", "", "y", "", "e", "ju", "ja",
    ],
];

/// A text in Latin letters by one of three schemes.
pub fn latin(text: &str, scheme: usize) -> String {
    let letter = |c: char| match c {
        'а'..='я' => SCHEMES[scheme][c as usize - 'а' as usize].to_owned(),
        other => other.to_string(),
    };
    small(text).map(letter).collect()
}

/// A word with a letter dropped, put in or replaced, or swapped with the next.
pub fn slip(word: &str, kind: usize, at: usize, other: char) -> String {
    let mut letters: Vec<char> = small(word).collect();
    let at = at % (letters.len() - 1);
    match kind {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, other),
        2 => letters[at] = other,
        _ => letters.swap(at, at + 1),
    }
    letters.into_iter().collect()
}

/// What the keys of a Russian text write in the English layout.
pub fn other_layout(text: &str) -> String {
    let key = |c: char| {
        let mut keys = RUSSIAN_KEYS.chars().zip(ENGLISH_KEYS.chars());
        keys.find(|(russian, _)| *russian == c)
            .map_or(c, |(_, english)| english)
    };
    small(text).map(key).collect()
}

fn small(text: &str) -> impl Iterator<Item = char> {
    text.to_lowercase()
        .replace('ё', "е")
        .chars()
        .collect::<Vec<_>>()
        .into_iter()
}
