//! From the bytes of a file to its properties: lines that were folded are one again. All is done in bytes, as some
//! programs fold within a letter.

use super::text::Encoding;
use std::borrow::Cow;

/// A property as it is written.
pub(super) struct Line<'a> {
    /// In capitals, without the group of `item1.TEL`.
    pub(super) name: String,
    pub(super) encoding: Encoding,
    pub(super) charset: Option<String>,
    /// Still encoded.
    pub(super) value: Cow<'a, [u8]>,
}

/// The properties of a file in order.
pub(super) struct Lines<'a> {
    rest: &'a [u8],
    break_at: u8,
    /// 2.1 folds at a space, which stays; later versions put the space in.
    old: bool,
}

impl<'a> Lines<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let break_at = if bytes.contains(&b'\n') { b'\n' } else { b'\r' };
        Self {
            rest: bytes,
            break_at,
            old: false,
        }
    }

    /// The next line as it stands in the file, and what is after it.
    fn peek(&self) -> Option<(&'a [u8], &'a [u8])> {
        if self.rest.is_empty() {
            return None;
        }
        let end = self.rest.iter().position(|byte| *byte == self.break_at);
        let (line, rest) = match end {
            Some(end) => (&self.rest[..end], &self.rest[end + 1..]),
            None => (self.rest, &[][..]),
        };
        let kept = line.iter().rposition(|byte| *byte != b'\r');
        Some((&line[..kept.map_or(0, |last| last + 1)], rest))
    }

    /// Adds to a value the lines that go on with it.
    fn unfold(&mut self, value: &mut Cow<'a, [u8]>, quoted: bool) {
        while let Some((next, rest)) = self.peek() {
            let soft = quoted && value.ends_with(b"=");
            if soft && !is_end(next) {
                value.to_mut().pop();
                value.to_mut().extend_from_slice(next);
            } else if let [b' ' | b'\t', tail @ ..] = next {
                let from = if self.old && !quoted { next } else { tail };
                value.to_mut().extend_from_slice(from);
            } else {
                break;
            }
            self.rest = rest;
        }
        if quoted && value.ends_with(b"=") {
            value.to_mut().pop();
        }
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    fn next(&mut self) -> Option<Line<'a>> {
        loop {
            let (line, rest) = self.peek()?;
            self.rest = rest;
            let Some(colon) = colon(line) else {
                continue;
            };
            let (head, value) = (&line[..colon], &line[colon + 1..]);
            let mut read = head_of(head);
            let mut value = Cow::Borrowed(value);
            self.unfold(&mut value, read.encoding == Encoding::Quoted);
            match read.name.as_str() {
                "VERSION" => self.old = value.trim_ascii().starts_with(b"2"),
                "BEGIN" => self.old = false,
                _ => {}
            }
            read.value = value;
            return Some(read);
        }
    }
}

/// A value that ends with «=» by mistake must not swallow the end of its entry.
fn is_end(line: &[u8]) -> bool {
    line.trim_ascii().eq_ignore_ascii_case(b"END:VCARD")
}

/// Where the value begins: the first colon outside quotes, or the first at all where the quotes don't match.
fn colon(line: &[u8]) -> Option<usize> {
    let mut quotes = false;
    let outside = line.iter().position(|byte| {
        quotes ^= *byte == b'"';
        *byte == b':' && !quotes
    });
    outside.or_else(|| line.iter().position(|byte| *byte == b':'))
}

fn head_of<'a>(head: &[u8]) -> Line<'a> {
    let head = String::from_utf8_lossy(head);
    let mut parts = head.split(';');
    let name = parts.next().unwrap_or_default();
    let name = name.rsplit('.').next().unwrap_or_default();
    let mut line = Line {
        // Files that were put together have a mark of their encoding in the middle.
        name: name.trim_matches('\u{feff}').trim().to_ascii_uppercase(),
        encoding: Encoding::Plain,
        charset: None,
        value: Cow::Borrowed(&[]),
    };
    for part in parts {
        // In 2.1 the name of a parameter may be left out.
        let (key, value) = part.split_once('=').unwrap_or(("", part));
        let (key, value) = (key.trim(), value.trim().trim_matches('"'));
        if key.eq_ignore_ascii_case("CHARSET") {
            line.charset = Some(value.to_owned());
        } else if key.is_empty() || key.eq_ignore_ascii_case("ENCODING") {
            match value.to_ascii_uppercase().as_str() {
                "QUOTED-PRINTABLE" | "Q" => line.encoding = Encoding::Quoted,
                "BASE64" | "B" => line.encoding = Encoding::Base64,
                _ => {}
            }
        }
    }
    line
}
