//! One entry of a file as it becomes a contact.

use super::super::OwnContact;
use super::lines::Line;
use super::names::{Name, guess};
use super::same::number;
use super::text::{decode, line, note, parts, plain, unescape};
use super::write::PROGRAM;
use crate::UserId;
use crate::contacts::own::{EMAIL, NAME, NOTE, PHONE, SEVERAL};
use crate::directory::is_account;

/// The properties that anything is taken from.
pub(super) const KNOWN: [&str; 15] = [
    "N",
    "FN",
    "ORG",
    "TEL",
    "EMAIL",
    "NOTE",
    "KIND",
    "PRODID",
    "IMPP",
    "X-MATRIX",
    "URL",
    "SOCIALPROFILE",
    "X-SOCIALPROFILE",
    "X-ABSHOWAS",
    "X-MATRIX-ID",
];

/// Notes after this many bytes would be cut off anyhow; no letter takes more than four.
const NOTES: usize = 4 * NOTE;

/// An entry as far as it is read.
#[derive(Default)]
pub(super) struct Card {
    name: Name,
    shown: String,
    contact: OwnContact,
    notes: String,
    /// It is no person.
    company: bool,
    /// It was written here, and its name needs no guessing.
    ours: bool,
}

impl Card {
    pub(super) fn take(&mut self, read: &Line) {
        let text = || decode(&read.value, read.encoding, read.charset.as_deref());
        match read.name.as_str() {
            "N" if self.name.is_empty() => self.name = name(&text()),
            "FN" if self.shown.is_empty() => self.shown = line(&plain(&text()), NAME),
            "ORG" if self.contact.company.is_empty() => {
                let parts = parts(&text(), ',');
                let parts: Vec<&str> = parts.iter().map(|part| part.trim()).collect();
                let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
                self.contact.company = line(&parts.join(", "), NAME);
            }
            "TEL" if self.contact.phones.len() < SEVERAL => {
                let phone = phone(&plain(&text()));
                let known = |other: &String| number(other) == number(&phone);
                if !phone.is_empty() && !self.contact.phones.iter().any(known) {
                    self.contact.phones.push(phone);
                }
            }
            "EMAIL" if self.contact.emails.len() < SEVERAL => {
                let email = line(&plain(&text()), EMAIL);
                let email = without(&email, "mailto:").to_owned();
                let known = |other: &String| other.to_lowercase() == email.to_lowercase();
                if !email.is_empty() && !self.contact.emails.iter().any(known) {
                    self.contact.emails.push(email);
                }
            }
            "NOTE" if self.notes.len() < NOTES => {
                if !self.notes.is_empty() {
                    self.notes.push('\n');
                }
                self.notes.push_str(&plain(&text()));
            }
            "KIND" => self.company |= text().trim().eq_ignore_ascii_case("org"),
            "X-ABSHOWAS" => self.company |= text().trim().eq_ignore_ascii_case("company"),
            "PRODID" => self.ours |= plain(&text()) == PROGRAM,
            "IMPP" | "X-MATRIX" | "X-MATRIX-ID" | "URL" | "SOCIALPROFILE" | "X-SOCIALPROFILE"
                if self.contact.account.is_none() =>
            {
                let text = plain(&text());
                let bare = read.name.starts_with("X-MATRIX");
                self.contact.account = account(text.trim(), bare);
            }
            _ => {}
        }
    }

    /// `None` where the entry says nothing.
    pub(super) fn contact(mut self) -> Option<OwnContact> {
        let name = self.whole();
        self.contact.family = name.family;
        self.contact.given = name.given;
        self.contact.patronymic = name.patronymic;
        self.contact.note = note(&self.notes, NOTE);
        (self.contact != OwnContact::default()).then_some(self.contact)
    }

    fn whole(&mut self) -> Name {
        if self.ours {
            return std::mem::take(&mut self.name);
        }
        if !self.name.is_empty() {
            return std::mem::take(&mut self.name).parted();
        }
        let contact = &mut self.contact;
        if self.company && contact.company.is_empty() {
            contact.company = std::mem::take(&mut self.shown);
        }
        // A company, a number or an address is shown in place of a name.
        let shown = &self.shown;
        let phone = contact.phones.iter().any(|p| number(p) == number(shown));
        let email = contact.emails.contains(shown);
        if self.company || phone || email || contact.company == *shown {
            return Name::default();
        }
        guess(shown)
    }
}

fn name(text: &str) -> Name {
    let mut parts = parts(text, ' ').into_iter().map(|part| line(&part, NAME));
    let mut next = || parts.next().unwrap_or_default();
    Name {
        family: next(),
        given: next(),
        patronymic: next(),
    }
}

/// A number as it is written; of `tel:+7-999-123-45-67;ext=12` the extension goes after a comma, which is a pause.
fn phone(text: &str) -> String {
    let text = line(text, PHONE);
    let number = without(&text, "tel:");
    if number.len() == text.len() {
        return text;
    }
    let mut parts = number.split(';').map(str::trim);
    let phone = parts.next().unwrap_or_default();
    let extension = parts.find_map(|part| Some(without(part, "ext=")).filter(|ext| *ext != part));
    match extension.filter(|extension| !extension.is_empty()) {
        Some(extension) => format!("{phone},{extension}"),
        None => phone.to_owned(),
    }
}

/// The account that `matrix:u/name:server` or `https://matrix.to/#/@name:server` names, or `@name:server` where it is
/// bare.
fn account(text: &str, bare: bool) -> Option<UserId> {
    let text = [
        "https://matrix.to/#/",
        "http://matrix.to/#/",
        "https://www.matrix.to/#/",
    ]
    .into_iter()
    .map(|link| (link, "@"))
    .chain([("matrix:u/", ""), ("matrix:user/", ""), ("matrix:", "@")])
    .chain(bare.then_some(("", "@")))
    .find_map(|(link, sign)| {
        let rest = text.get(link.len()..)?;
        text[..link.len()]
            .eq_ignore_ascii_case(link)
            .then_some(())?;
        let rest = rest.split('?').next().unwrap_or_default();
        let rest = String::from_utf8(unescape(rest.as_bytes(), b'%')).ok()?;
        rest.strip_prefix(sign).map(str::to_owned)
    })?;
    let sound = is_account(&text) && !text.contains(crate::directory::is_hidden);
    sound.then(|| UserId::new(format!("@{text}")))
}

/// A text without what it begins with, in capitals or not, however often it is there.
fn without<'a>(mut text: &'a str, beginning: &str) -> &'a str {
    while let Some((head, rest)) = text.split_at_checked(beginning.len())
        && head.eq_ignore_ascii_case(beginning)
    {
        text = rest.trim_start();
    }
    text
}
