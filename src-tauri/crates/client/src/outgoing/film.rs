//! How large a film is and how long it takes, as an ISO media file (MP4, QuickTime) says it.

use super::containers::{number, pieces};
use std::ops::Range;

/// What others can lay out before they have fetched it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Film {
    /// Pixels, as it is seen: a film held upright is higher than wide.
    pub(super) width: u32,
    pub(super) height: u32,
    /// Milliseconds.
    pub(super) length: Option<u64>,
}

/// More than a day, or sides beyond these, are a mistake or a joke.
const LONGEST: u64 = 24 * 60 * 60 * 1_000;
const LARGEST_SIDE: u32 = 16_384;

pub(super) fn measure(bytes: &[u8]) -> Option<Film> {
    let find = |range: Range<usize>, kind: &[u8; 4]| {
        let found = pieces(bytes, range)?;
        found
            .into_iter()
            .find(|piece| piece.kind == *kind)
            .map(|piece| piece.content)
    };
    let movie = find(0..bytes.len(), b"moov")?;
    let tracks = pieces(bytes, movie.clone())?;
    let (width, height) = tracks
        .iter()
        .filter(|piece| &piece.kind == b"trak")
        .filter_map(|track| sides(bytes.get(find(track.content.clone(), b"tkhd")?)?))
        .max_by_key(|(width, height)| width * height)?;
    let head = find(movie, b"mvhd").and_then(|head| length(bytes.get(head)?));
    Some(Film {
        width,
        height,
        length: head,
    })
}

/// Where later versions of a head have eight bytes for a time.
fn is_long(head: &[u8]) -> bool {
    head.first() == Some(&1)
}

fn length(head: &[u8]) -> Option<u64> {
    let (scale, duration) = if is_long(head) {
        (20..24, 24..32)
    } else {
        (12..16, 16..20)
    };
    let scale = number(head.get(scale)?)? as u64;
    let duration = number(head.get(duration)?)? as u64;
    let length = duration.checked_mul(1_000)?.checked_div(scale)?;
    (1..=LONGEST).contains(&length).then_some(length)
}

/// Nothing of a track that shows nothing.
fn sides(head: &[u8]) -> Option<(u32, u32)> {
    let turn = if is_long(head) { 52 } else { 40 };
    // Whole pixels; the other half of each number is parts of one.
    let side = |at: usize| number(head.get(at..at + 2)?).and_then(|side| u32::try_from(side).ok());
    let (width, height) = (side(turn + 36)?, side(turn + 40)?);
    let seen = |side: u32| (1..=LARGEST_SIDE).contains(&side);
    if !seen(width) || !seen(height) {
        return None;
    }
    // Of the matrix that puts it on the screen: a quarter turn takes the sides from each other.
    let across = number(head.get(turn..turn + 4)?)?;
    let along = number(head.get(turn + 4..turn + 8)?)?;
    Some(if across == 0 && along != 0 {
        (height, width)
    } else {
        (width, height)
    })
}

#[cfg(test)]
mod tests {
    use super::super::containers::tests::piece;
    use super::*;
    use proptest::prelude::*;

    /// A film of 61.5 seconds, 1920 by 1080, with its sound first.
    fn film(version: u8, upright: bool) -> Vec<u8> {
        let times = if version == 1 { 8 } else { 4 };
        let time = |value: u64| value.to_be_bytes()[8 - times..].to_vec();
        let head = [
            vec![version, 0, 0, 0],
            time(0),
            time(0),
            vec![0, 0, 2, 88],
            time(36_900),
        ]
        .concat();
        let track = |width: u16, height: u16| {
            let one: [u8; 4] = [0, 1, 0, 0];
            let none = [0; 4];
            let [a, b] = if upright { [none, one] } else { [one, none] };
            let matrix = [&a[..], &b, &[0; 28]].concat();
            let size = [
                &width.to_be_bytes()[..],
                &[0, 0],
                &height.to_be_bytes(),
                &[0, 0],
            ]
            .concat();
            let before = [
                vec![version, 0, 0, 7],
                time(0),
                time(0),
                vec![0; 8],
                time(36_900),
                vec![0; 16],
            ];
            piece(
                b"trak",
                &piece(b"tkhd", &[before.concat(), matrix, size].concat()),
            )
        };
        let movie = [piece(b"mvhd", &head), track(0, 0), track(1_920, 1_080)].concat();
        [
            piece(b"ftyp", b"isom"),
            piece(b"mdat", b"frames"),
            piece(b"moov", &movie),
        ]
        .concat()
    }

    #[test]
    fn a_film_is_measured_as_it_is_seen() {
        for version in 0..=1 {
            let length = Some(61_500);
            assert_eq!(
                measure(&film(version, false)),
                Some(Film {
                    width: 1_920,
                    height: 1_080,
                    length
                })
            );
            assert_eq!(
                measure(&film(version, true)),
                Some(Film {
                    width: 1_080,
                    height: 1_920,
                    length
                })
            );
        }
    }

    #[test]
    fn what_says_nothing_sensible_is_not_measured() {
        assert_eq!(measure(b""), None);
        assert_eq!(measure(&piece(b"moov", &piece(b"trak", b""))), None);
        assert_eq!(measure(b"\x1aE\xdf\xa3 a film of another kind"), None);
    }

    proptest! {
        #[test]
        fn damaged_films_are_read_to_their_end(at in 0usize..400, byte: u8, cut in 0usize..400) {
            let mut film = film(0, false);
            if let Some(place) = film.get_mut(at) {
                *place = byte;
            }
            film.truncate(film.len().saturating_sub(cut));
            measure(&film);
        }
    }
}
