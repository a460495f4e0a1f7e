//! What a typed word may mean: as it is, as it looks, as it sounds in the other alphabet, and what the same keys write
//! in the other layout.

use super::Reading;
use super::letters::{as_it_looks, folded, is_latin};
use super::sound::{other_layout, sound, sounds};

/// Letters of a word that is read two ways at once.
const SHORTEST_FAR: usize = 3;

/// What words are compared by.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    Spelled,
    Sounded,
}

/// One way to understand a typed word.
pub(super) struct Meaning {
    /// How it is spelled or sounds.
    pub(super) text: String,
    pub(super) space: Space,
    pub(super) reading: Reading,
    /// Whether it was written in Latin letters, before it sounded.
    pub(super) latin: bool,
}

/// Every way to understand a typed word that is read so already.
pub(super) fn meanings(word: &str, reading: Reading) -> Vec<Meaning> {
    let mut all = Vec::new();
    add_meanings(&mut all, word, reading);
    if reading != Reading::Layout
        && let Some(other) = other_layout(word)
        && other.chars().all(char::is_alphanumeric)
    {
        add_meanings(&mut all, &other, Reading::Layout);
    }
    all
}

fn add_meanings(all: &mut Vec<Meaning>, word: &str, reading: Reading) {
    let text = folded(word);
    let latin = is_latin(&text);
    // Keys of the other layout in the other alphabet: a letter or two could be anything.
    let far = reading == Reading::Layout && text.chars().count() < SHORTEST_FAR;
    if text.contains(char::is_alphabetic) && !far {
        all.extend(sounds(&text).into_iter().map(|sound| Meaning {
            text: sound,
            space: Space::Sounded,
            reading: reading.max(Reading::Translit),
            latin,
        }));
    }
    let spelled = |text, reading| Meaning {
        text,
        space: Space::Spelled,
        reading,
        latin,
    };
    all.extend(as_it_looks(word).map(|seen| spelled(seen, reading.max(Reading::Look))));
    all.push(spelled(text, reading));
}

/// What a word may mean whose last Latin letter is the beginning of a sound that has several: «shc» on the way to «shch».
pub(super) fn unfinished(meanings: &[Meaning]) -> Option<Meaning> {
    let typed = meanings.iter().find(|meaning| {
        meaning.space == Space::Spelled && meaning.reading == Reading::Typed && meaning.latin
    })?;
    let rest = typed
        .text
        .strip_suffix(['c', 's', 'z', 'k', 't', 'y', 'i', 'j'])?;
    (!rest.is_empty()).then(|| Meaning {
        text: sound(rest),
        space: Space::Sounded,
        reading: Reading::Translit,
        latin: true,
    })
}
