//! What is shown of a found text: the surroundings of its first hit.

use super::query::Wanted;
use parta_model::Piece;

/// Characters shown in all, and of them before the first hit.
const SHOWN: usize = 160;
const BEFORE: usize = 48;
/// Characters that may be left out so that no word is cut in two.
const SLACK: usize = 24;
const MORE: &str = "…";

/// A stretch of the text around its first hit, with all hits in it marked.
pub(crate) fn pieces(text: &str, wanted: &Wanted) -> Vec<Piece> {
    // Signs have at most four bytes, so what lies further is not shown.
    let far = SHOWN * 4;
    let places = wanted.places(text, |found, word| {
        found
            .first()
            .is_some_and(|first| word.start > first.0 + far)
    });
    let first = places.first().map_or(0, |place| place.0);
    let start = beginning(text, first);
    let end = ending(text, start);
    let mut pieces = Vec::new();
    let mut at = start;
    for (from, to) in places {
        let (from, to) = (from.max(at), to.min(end));
        if from >= to {
            continue;
        }
        push(&mut pieces, &text[at..from], false);
        push(&mut pieces, &text[from..to], true);
        at = to;
    }
    push(&mut pieces, &text[at.min(end)..end], false);
    if start > 0 {
        match pieces.first_mut() {
            Some(piece) if !piece.hit => piece.text.insert_str(0, MORE),
            _ => pieces.insert(0, plain(MORE)),
        }
    }
    if end < text.len() {
        match pieces.last_mut() {
            Some(piece) if !piece.hit => piece.text.push_str(MORE),
            _ => pieces.push(plain(MORE)),
        }
    }
    pieces
}

/// Lists show one line.
fn push(pieces: &mut Vec<Piece>, text: &str, hit: bool) {
    if !text.is_empty() {
        let text = text
            .chars()
            .map(|c| if c.is_whitespace() { ' ' } else { c })
            .collect();
        pieces.push(Piece { text, hit });
    }
}

fn plain(text: &str) -> Piece {
    Piece {
        text: text.to_owned(),
        hit: false,
    }
}

fn beginning(text: &str, first: usize) -> usize {
    let mut before = text[..first].char_indices().rev();
    let Some((start, _)) = before.nth(BEFORE - 1) else {
        return 0;
    };
    let gap = text[start..first]
        .char_indices()
        .take(SLACK)
        .find(|(_, c)| c.is_whitespace());
    gap.map_or(start, |(at, c)| start + at + c.len_utf8())
}

fn ending(text: &str, start: usize) -> usize {
    let Some((end, _)) = text[start..].char_indices().nth(SHOWN) else {
        return text.len();
    };
    let end = start + end;
    let gap = text[start..end]
        .char_indices()
        .rev()
        .take(SLACK)
        .find(|(_, c)| c.is_whitespace());
    gap.map_or(end, |(at, _)| start + at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn drawn(text: &str, typed: &str) -> String {
        let draw = |piece: Piece| {
            if piece.hit {
                format!("[{}]", piece.text)
            } else {
                piece.text
            }
        };
        pieces(text, &Wanted::new(typed))
            .into_iter()
            .map(draw)
            .collect()
    }

    #[test]
    fn a_short_text_is_shown_whole() {
        assert_eq!(
            drawn("Завтра контрольная\nпо алгебре", "контрольную по"),
            "Завтра [контрольная] [по] алгебре"
        );
        assert_eq!(drawn("Без слов", ""), "Без слов");
        assert_eq!(drawn("", "слово"), "");
    }

    #[test]
    fn a_long_text_is_shown_around_its_first_hit_in_whole_words() {
        let text = format!("{}цель {}", "слово ".repeat(50), "хвост ".repeat(50));
        let shown = drawn(&text, "цель ");
        assert!(
            shown.starts_with("…слово ") && shown.ends_with(" хвост…"),
            "{shown}"
        );
        assert!(shown.contains("слово [цель] хвост"));
        assert!(shown.chars().count() <= SHOWN + 4);
    }

    #[test]
    fn a_word_longer_than_the_picture_is_cut() {
        let shown = drawn(&"ж".repeat(10_000), "жжж");
        assert!(
            shown.starts_with("[жж") && shown.ends_with("ж]…"),
            "{shown}"
        );
    }

    proptest! {
        #[test]
        fn nothing_is_shown_that_is_not_written(text in "\\PC{0,400}", typed in "\\PC{0,20}") {
            let shown: String = pieces(&text, &Wanted::new(&typed)).into_iter().map(|piece| piece.text).collect();
            let one_line: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
            let inner = shown.strip_prefix(MORE).unwrap_or(&shown);
            let inner = inner.strip_suffix(MORE).unwrap_or(inner);
            prop_assert!(one_line.contains(inner));
        }
    }
}
