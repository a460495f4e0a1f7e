//! Files as programs write them, files that are broken, and files of our own.

mod broken;
mod phones;
mod same;
mod ways;

use super::*;

/// A contact with a name and telephones only.
fn person(family: &str, given: &str, patronymic: &str, phones: &[&str]) -> OwnContact {
    OwnContact {
        family: family.into(),
        given: given.into(),
        patronymic: patronymic.into(),
        phones: phones.iter().map(|phone| (*phone).to_owned()).collect(),
        ..OwnContact::default()
    }
}

/// An entry of 3.0 with these lines.
fn entry(lines: &str) -> String {
    format!("BEGIN:VCARD\r\nVERSION:3.0\r\n{lines}\r\nEND:VCARD\r\n")
}

/// The one contact of a file.
fn one(file: impl AsRef<[u8]>) -> OwnContact {
    let (mut contacts, unreadable) = read(file.as_ref());
    assert_eq!((contacts.len(), unreadable), (1, 0), "{contacts:?}");
    contacts.remove(0)
}

/// A text with all its bytes as quoted-printable in some charset.
fn quoted(text: &str, charset: &'static encoding_rs::Encoding) -> String {
    let bytes = charset.encode(text).0;
    bytes.iter().map(|byte| format!("={byte:02X}")).collect()
}
