//! What is done to a text on its way into a file of contacts, and how it is undone.

use crate::directory::is_hidden;
use encoding_rs::{Encoding as Charset, UTF_8, WINDOWS_1251};
use std::borrow::Cow;

/// How a value is written in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Plain,
    Quoted,
    Base64,
}

/// A file without the mark of its encoding. One in UTF-16 becomes UTF-8.
pub(super) fn file(bytes: &[u8]) -> Cow<'_, [u8]> {
    match Charset::for_bom(bytes) {
        Some((charset, mark)) if charset == UTF_8 => Cow::Borrowed(&bytes[mark..]),
        Some((charset, mark)) => {
            let (text, _) = charset.decode_without_bom_handling(&bytes[mark..]);
            Cow::Owned(text.into_owned().into_bytes())
        }
        None => Cow::Borrowed(bytes),
    }
}

/// The text that a value stands for; what is written with backslashes is still so.
pub(super) fn decode(value: &[u8], encoding: Encoding, charset: Option<&str>) -> String {
    let bytes = match encoding {
        Encoding::Quoted => Cow::Owned(unescape(value, b'=')),
        _ => Cow::Borrowed(value),
    };
    let declared = charset.and_then(|label| Charset::for_label(label.as_bytes()));
    if let Some(declared) = declared.filter(|declared| *declared != UTF_8) {
        return declared.decode_without_bom_handling(&bytes).0.into_owned();
    }
    let text = String::from_utf8_lossy(&bytes);
    // One broken letter is no other encoding.
    let (mut broken, mut whole) = (0, 0);
    for letter in text.chars().filter(|c| !c.is_ascii()) {
        if letter == '\u{fffd}' {
            broken += 1;
        } else {
            whole += 1;
        }
    }
    if broken > 0 && broken * 2 >= whole {
        let (text, _) = WINDOWS_1251.decode_without_bom_handling(&bytes);
        return text.into_owned();
    }
    text.into_owned()
}

/// `=D0` or `%D0` as the byte it stands for; a mark without two digits after it stands for itself.
pub(super) fn unescape(value: &[u8], mark: u8) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value;
    while let [first, tail @ ..] = rest {
        let code = match tail {
            [high, low, ..] if *first == mark => hex(*high).zip(hex(*low)),
            _ => None,
        };
        match code {
            Some((high, low)) => {
                bytes.push(high << 4 | low);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    bytes
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).map(|digit| digit as u8)
}

/// The parts between semicolons, with backslashes undone. Commas stand between several of a kind, unless there is a
/// backslash before them.
pub(super) fn parts(text: &str, comma: char) -> Vec<String> {
    let mut parts = vec![String::new()];
    split(text, |letter, bare| match (letter, parts.last_mut()) {
        (';', _) if bare => parts.push(String::new()),
        (',', Some(part)) if bare => part.push(comma),
        (_, Some(part)) => part.push(letter),
        (_, None) => {}
    });
    parts
}

/// A text with backslashes undone.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    split(text, |letter, _| plain.push(letter));
    plain
}

/// Gives the letters one by one and whether each stands there without a backslash.
fn split(text: &str, mut give: impl FnMut(char, bool)) {
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            give(letter, true);
            continue;
        }
        match letters.peek() {
            Some('n' | 'N') => give('\n', false),
            Some(next @ ('\\' | ',' | ';' | ':')) => give(*next, false),
            _ => {
                give('\\', false);
                continue;
            }
        }
        letters.next();
    }
}

/// One line without marks that hide or turn letters, of so many letters at the most.
pub(super) fn line(text: &str, most: usize) -> String {
    let mut line = String::new();
    let mut left = most;
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    for word in words {
        let mut letters = word.chars().filter(|c| is_shown(*c)).peekable();
        if letters.peek().is_none() {
            continue;
        }
        // A space is of use before a letter only.
        let space = usize::from(!line.is_empty());
        if left <= space {
            break;
        }
        if space > 0 {
            line.push(' ');
        }
        left -= space;
        for letter in letters.take(left) {
            line.push(letter);
            left -= 1;
        }
    }
    line
}

/// Several lines, each as it was but for its end and the marks that hide or turn letters.
pub(super) fn note(text: &str, most: usize) -> String {
    let text = text.replace("\r\n", "\n");
    let shown = text.chars().filter_map(|letter| match letter {
        '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\t' => Some(' '),
        _ => (is_shown(letter) && !letter.is_control()).then_some(letter),
    });
    let shown: String = shown.collect();
    let cut: String = shown.trim().chars().take(most).collect();
    cut.trim_end().to_owned()
}

fn is_shown(letter: char) -> bool {
    !is_hidden(letter) && letter != '\u{fffd}'
}
