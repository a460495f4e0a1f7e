//! Files of contacts (vCard 2.1, 3.0 and 4.0) as telephones and mail programs write them, which is seldom by the book.
//!
//! `lines` takes a file apart into properties, `text` undoes what was done to a value, `names` guesses who is who in a
//! name that is written in one piece, `card` puts a contact together, and `write` makes a file.

mod card;
mod lines;
mod names;
mod same;
mod text;
mod write;

#[cfg(test)]
mod tests;

pub use same::same;
pub use write::write;

use super::OwnContact;
use card::Card;
use lines::Lines;
use text::{Encoding, file};

/// What is past this many contacts is not taken, and counts as what can't be read.
pub(super) const MOST: usize = 5_000;

/// The contacts of a file without ids, and how many of its entries can't be read or say nothing. A file without any
/// entry is one that can't be read.
pub fn read(bytes: &[u8]) -> (Vec<OwnContact>, u32) {
    let bytes = file(bytes);
    let mut reader = Reader::default();
    for line in Lines::new(&bytes) {
        reader.take(&line);
    }
    reader.end()
}

/// What a file has told so far.
#[derive(Default)]
struct Reader {
    contacts: Vec<OwnContact>,
    unreadable: u32,
    /// The entry that is being read.
    open: Option<Card>,
    /// Entries within an entry (the `AGENT` of 2.1), which are somebody else.
    within: u32,
    /// Whether the next entry is one within.
    agent: bool,
}

impl Reader {
    fn take(&mut self, line: &lines::Line) {
        let card = line.value.trim_ascii().eq_ignore_ascii_case(b"VCARD");
        match line.name.as_str() {
            "BEGIN" if card => self.begin(),
            "END" if card => self.close(),
            _ if self.within > 0 => {}
            "AGENT" => {
                let value = line.value.trim_ascii();
                if value.eq_ignore_ascii_case(b"BEGIN:VCARD") {
                    self.within = u32::from(self.open.is_some());
                }
                self.agent = value.is_empty();
            }
            _ => {
                self.agent = false;
                // Pictures are not undone at all: most of a file are pictures.
                let known = card::KNOWN.contains(&line.name.as_str());
                if let Some(card) = self.open.as_mut().filter(|_| known)
                    && line.encoding != Encoding::Base64
                {
                    card.take(line);
                }
            }
        }
    }

    fn begin(&mut self) {
        if self.within > 0 || (self.agent && self.open.is_some()) {
            self.within = self.within.saturating_add(1);
        } else if self.open.replace(Card::default()).is_some() {
            // The last one was cut off.
            self.unreadable = self.unreadable.saturating_add(1);
        }
        self.agent = false;
    }

    fn close(&mut self) {
        if self.within > 0 {
            self.within -= 1;
            return;
        }
        let contact = self.open.take().and_then(Card::contact);
        match contact.filter(|_| self.contacts.len() < MOST) {
            Some(contact) => self.contacts.push(contact),
            None => self.unreadable = self.unreadable.saturating_add(1),
        }
    }

    fn end(mut self) -> (Vec<OwnContact>, u32) {
        let nothing = self.contacts.is_empty() && self.unreadable == 0;
        if self.open.is_some() || nothing {
            self.unreadable = self.unreadable.saturating_add(1);
        }
        (self.contacts, self.unreadable)
    }
}
