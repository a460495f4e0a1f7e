//! Whether two contacts are one person.

use super::super::OwnContact;
use super::super::letters::normal;
use std::collections::BTreeSet;

/// Digits that tell a number: what is before them is how one dials out of the city or the country.
const DIGITS: usize = 10;

/// Whether two contacts are one person: by the account; or by the name together with a telephone number or an e-mail
/// address; the name alone is enough where neither has any.
pub fn same(a: &OwnContact, b: &OwnContact) -> bool {
    if let (Some(one), Some(other)) = (&a.account, &b.account)
        && one == other
    {
        return true;
    }
    if name(a) != name(b) {
        return false;
    }
    if reachable(a) || reachable(b) {
        return common(&a.phones, &b.phones, dialled)
            || common(&a.emails, &b.emails, |email| email.trim().to_lowercase());
    }
    // Nobody can be told from nobody but by what is noted.
    let told = !name(a).is_empty() || (&a.company, &a.note) == (&b.company, &b.note);
    told && (a.account.is_none() || b.account.is_none())
}

fn reachable(contact: &OwnContact) -> bool {
    !contact.phones.is_empty() || !contact.emails.is_empty()
}

/// The words of the name in any order: not every program keeps it.
fn name(contact: &OwnContact) -> Vec<String> {
    let name = [&contact.family, &contact.given, &contact.patronymic];
    let words = |text: &str| -> Vec<String> {
        let mut words: Vec<String> = normal(text).split(' ').map(str::to_owned).collect();
        words.retain(|word| !word.is_empty());
        words.sort();
        words
    };
    let found = words(&name.map(String::as_str).join(" "));
    if found.is_empty() {
        words(&contact.company)
    } else {
        found
    }
}

fn common(one: &[String], other: &[String], key: impl Fn(&str) -> String) -> bool {
    let one: BTreeSet<String> = one.iter().map(|text| key(text)).collect();
    other.iter().any(|text| one.contains(&key(text)))
}

/// The digits of a number without its extension, the last ten; the text where there are none.
fn dialled(phone: &str) -> String {
    let start = phone.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    let phone = &phone[start..];
    let end = phone.find(|c: char| c.is_alphabetic() || matches!(c, ',' | ';'));
    let digits = digits(&phone[..end.unwrap_or(phone.len())]);
    if digits.is_empty() {
        return phone.trim().to_lowercase();
    }
    digits[digits.len().saturating_sub(DIGITS)..].to_owned()
}

/// By what two entries of a list are one number: all its digits, the extension too; the text where there are none.
pub(super) fn number(phone: &str) -> String {
    let digits = digits(phone);
    match digits.strip_prefix('8') {
        _ if digits.is_empty() => phone.to_lowercase(),
        Some(rest) if rest.len() == DIGITS => format!("7{rest}"),
        _ => digits,
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}
