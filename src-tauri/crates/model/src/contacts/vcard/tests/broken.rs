//! Files that are cut off, nonsense, or made to do harm.

use super::*;
use proptest::prelude::*;

#[test]
fn what_can_not_be_read_is_counted() {
    let whole = entry("FN:Мария");
    let cut = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Пётр\r\n";
    for (file, contacts, unreadable) in [
        (String::new(), 0, 1),
        ("\u{feff}".into(), 0, 1),
        ("<html>: nothing</html>".into(), 0, 1),
        (entry("X-NOTHING:1"), 0, 1),
        (entry("FN:\u{200b} "), 0, 1),
        (cut.into(), 0, 1),
        (format!("{cut}{whole}"), 1, 1),
        (format!("{whole}{cut}"), 1, 1),
        (format!("{whole}END:VCARD\r\n"), 1, 1),
        (format!("\u{feff}{whole}\u{feff}{whole}"), 2, 0),
        (entry("FN:Мария\nBEGIN:VEVENT\nEND:VEVENT"), 1, 0),
        (entry("N;ENCODING=B:0JzQsNGA0LjRjw==\nTEL:1"), 1, 0),
    ] {
        let (found, bad) = read(file.as_bytes());
        assert_eq!((found.len(), bad), (contacts, unreadable), "{file:?}");
    }
    let mut binary = vec![0x89, b'P', b'N', b'G', 0, 0xff, b':', 0];
    binary.extend((0..=255).cycle().take(5000));
    assert_eq!(read(&binary), (vec![], 1));
}

#[test]
fn an_entry_within_an_entry_is_somebody_else() {
    let agent = entry("FN:Секретарь\r\nTEL:2");
    for start in ["AGENT:\r\n", "AGENT:\r\n\r\n"] {
        let file = entry(&format!("FN:Мария\r\n{start}{agent}TEL:1"));
        assert_eq!(one(file), person("", "Мария", "", &["1"]));
    }
}

#[test]
fn a_value_that_ends_by_mistake_leaves_the_end_of_its_entry() {
    let file = "BEGIN:VCARD\nVERSION:2.1\nFN;QUOTED-PRINTABLE:Maria=\nEND:VCARD\n";
    assert_eq!(one(file).given, "Maria");
}

#[test]
fn there_is_an_end_to_everything() {
    let many = |line: &dyn Fn(usize) -> String| -> String { (0..6000).map(line).collect() };
    let phones = many(&|n| format!("TEL:{n}\nEMAIL:{n}@b.ru\nNOTE:заметк\n"));
    let long = "Ж".repeat(9000);
    let contact = one(entry(&format!(
        "N:{long};{long} {long}\nORG:{long}\n{phones}"
    )));
    assert_eq!(contact.phones.len(), 20);
    assert_eq!(contact.emails.len(), 20);
    assert_eq!(contact.note.chars().count(), 4000);
    assert_eq!(contact.family.chars().count(), 120);
    assert_eq!(contact.company.chars().count(), 120);
    let (contacts, unreadable) = read(many(&|n| entry(&format!("FN:Ж{n}"))).as_bytes());
    assert_eq!((contacts.len(), unreadable), (MOST, 1000));
}

#[test]
fn marks_that_nobody_sees_are_gone() {
    let file = entry("N:\u{202e}Ива\u{200b}нова;Ма\u{7}рия\nNOTE:за\u{202e}метка\\n\u{2066}вторая");
    let contact = one(file);
    assert_eq!(contact.family, "Иванова");
    assert_eq!(contact.note, "заметка\nвторая");
}

#[test]
fn a_contact_with_a_huge_property_is_read_all_the_same() {
    let picture = "QUJD".repeat(18) + "\r\n ";
    let files = [
        entry(&format!(
            "FN:Мария\r\nPHOTO;ENCODING=b:{}",
            picture.repeat(10_000)
        )),
        entry(&format!("FN:Мария\r\nNOTE:{}", "а\r\n ".repeat(100_000))),
        entry(&format!("FN:Мария\r\n{}", "NOTE:\\;\r\n".repeat(100_000))),
        entry(&format!("FN:Мария\r\n{}", "TEL:1\r\n".repeat(100_000))),
        format!(
            "BEGIN:VCARD\r\nFN;QUOTED-PRINTABLE:A{}\r\nEND:VCARD",
            "=\r\n".repeat(100_000)
        ),
    ];
    for file in files {
        one(file);
    }
}

/// Pieces of files in no order.
fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        3 => Just("BEGIN:VCARD\r\n"), 3 => Just("END:VCARD\r\n"), 1 => Just("VERSION:2.1\n"),
        1 => Just("AGENT:\n"), 1 => Just("N:"), 1 => Just("FN;"), 1 => Just("CHARSET=windows-1251"),
        1 => Just("ENCODING=QUOTED-PRINTABLE:"), 1 => Just("=D0=9"), 1 => Just("=\r\n"), 1 => Just("\r\n "),
        2 => Just("\r\n"), 1 => Just("TEL:tel:tel:+7"), 1 => Just(";ext="), 1 => Just("EMAIL:mailto: mailto:"),
        1 => Just("\nORG:a;;b"), 1 => Just("NOTE:\\n\\"), 1 => Just("Гасан оглы "), 1 => Just(" Ильинична,"),
        1 => Just("\"IMPP:matrix:u/a%2:b\n"), 1 => Just("URL:https://matrix.to/#/@a:b"), 1 => Just("\u{202e}\u{feff}"),
        1 => Just("PRODID:-//Parta//Contacts//EN\n"),
    ];
    let piece = prop_oneof![
        9 => piece.prop_map(|piece| piece.as_bytes().to_vec()),
        1 => proptest::collection::vec(any::<u8>(), 0..9),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let (contacts, unreadable) = read(&bytes);
        prop_assert!(!contacts.is_empty() || unreadable > 0);
    }

    #[test]
    fn what_was_read_of_anything_is_written_and_read_again_the_same(bytes in pieces()) {
        let (contacts, unreadable) = read(&bytes);
        prop_assert!(!contacts.is_empty() || unreadable > 0);
        let again = read(write(&contacts).as_bytes());
        prop_assert_eq!(again, (contacts.clone(), u32::from(contacts.is_empty())));
    }
}
