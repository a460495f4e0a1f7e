//! Contacts as a file that other programs read: vCard 4.0.

use super::super::OwnContact;
use crate::UserId;
use crate::directory::is_account;

/// By this a file of our own is known.
pub(super) const PROGRAM: &str = "-//Parta//Contacts//EN";

/// Bytes of a line.
const WIDTH: usize = 75;

/// All contacts in one file. Their ids are nobody else's business.
pub fn write(contacts: &[OwnContact]) -> String {
    let mut file = String::new();
    for contact in contacts {
        entry(&mut file, contact);
    }
    file
}

fn entry(file: &mut String, contact: &OwnContact) {
    let mut put = |name: &str, value: &str| fold(file, &format!("{name}:{value}"));
    put("BEGIN", "VCARD");
    put("VERSION", "4.0");
    put("PRODID", PROGRAM);
    put("FN", &escaped(&contact.name()));
    let parts = [&contact.family, &contact.given, &contact.patronymic];
    let [family, given, patronymic] = parts.map(|part| escaped(part));
    put("N", &format!("{family};{given};{patronymic};;"));
    if !contact.company.is_empty() {
        put("ORG", &escaped(&contact.company));
    }
    for phone in &contact.phones {
        put("TEL;VALUE=text", &escaped(phone));
    }
    for email in &contact.emails {
        put("EMAIL", &escaped(email));
    }
    if let Some(link) = contact.account.as_ref().and_then(link) {
        put("IMPP", &link);
    }
    if !contact.note.is_empty() {
        put("NOTE", &escaped(&contact.note));
    }
    put("END", "VCARD");
}

fn link(account: &UserId) -> Option<String> {
    let id = account.as_str().strip_prefix('@')?;
    if !is_account(id) {
        return None;
    }
    let mut link = "matrix:u/".to_owned();
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:=+[]".contains(&byte) {
            link.push(char::from(byte));
        } else {
            link.push_str(&format!("%{byte:02X}"));
        }
    }
    Some(link)
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | ',' | ';' => escaped.extend(['\\', letter]),
            '\n' => escaped.push_str("\\n"),
            _ if letter.is_control() => {}
            _ => escaped.push(letter),
        }
    }
    escaped
}

fn fold(file: &mut String, line: &str) {
    let mut width = 0;
    for letter in line.chars() {
        if width + letter.len_utf8() > WIDTH {
            file.push_str("\r\n ");
            width = 1;
        }
        file.push(letter);
        width += letter.len_utf8();
    }
    file.push_str("\r\n");
}
