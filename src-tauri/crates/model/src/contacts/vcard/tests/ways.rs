//! The many ways to write one thing.

use super::*;
use proptest::prelude::*;

#[test]
fn who_is_who_in_a_name_of_one_piece() {
    for (name, expected) in [
        ("Иванова Мария Петровна", ["Иванова", "Мария", "Петровна"]),
        ("Мария Петровна Иванова", ["Иванова", "Мария", "Петровна"]),
        ("ИВАНОВ ПЁТР ИЛЬИЧ", ["ИВАНОВ", "ПЁТР", "ИЛЬИЧ"]),
        ("Мария Петровна", ["", "Мария", "Петровна"]),
        ("Иванова Мария", ["Иванова", "Мария", ""]),
        ("Иванова\\, Мария", ["Иванова", "Мария", ""]),
        ("Иванова М. П.", ["Иванова", "М. П.", ""]),
        ("Мама", ["", "Мама", ""]),
        (
            "Абрамович Роман Аркадьевич",
            ["Абрамович", "Роман", "Аркадьевич"],
        ),
        (
            "Роман Аркадьевич Абрамович",
            ["Абрамович", "Роман", "Аркадьевич"],
        ),
        ("Петрович Анна", ["Петрович", "Анна", ""]),
        ("Алиев Вагиф Гасан оглы", ["Алиев", "Вагиф", "Гасан оглы"]),
        ("Вагиф Гасан-оглы Алиев", ["Алиев", "Вагиф", "Гасан-оглы"]),
        ("Алиева Лейла Гасанкызы", ["Алиева", "Лейла", "Гасанкызы"]),
        (
            "Мария Петровна Римская Корсакова",
            ["Римская Корсакова", "Мария", "Петровна"],
        ),
    ] {
        let [family, given, patronymic] = expected;
        let expected = person(family, given, patronymic, &[]);
        assert_eq!(one(entry(&format!("FN:{name}"))), expected, "{name}");
    }
}

#[test]
fn a_name_in_the_wrong_place_of_the_parts() {
    for (name, expected) in [
        (
            ";Иванова Мария Петровна;;;",
            ["Иванова", "Мария", "Петровна"],
        ),
        ("Мария Петровна Иванова", ["Иванова", "Мария", "Петровна"]),
        (
            "Иванова;Мария Петровна;;;",
            ["Иванова", "Мария", "Петровна"],
        ),
        (";Мария Петровна;;;", ["", "Мария", "Петровна"]),
        ("Иванова Мария;;;;", ["Иванова", "Мария", ""]),
        (";Мария Иванова;;;", ["", "Мария Иванова", ""]),
        ("Иванова;Анна,Мария;;;", ["Иванова", "Анна Мария", ""]),
        ("Петров\\; младший;Пётр", ["Петров; младший", "Пётр", ""]),
    ] {
        let [family, given, patronymic] = expected;
        let expected = person(family, given, patronymic, &[]);
        assert_eq!(one(entry(&format!("N:{name}"))), expected, "{name}");
    }
}

#[test]
fn a_company_a_number_or_an_address_is_no_name() {
    let company = |lines: &str| one(entry(lines)).company;
    assert_eq!(company("N:;;;;\nFN:Школа № 5\nORG:Школа № 5"), "Школа № 5");
    assert_eq!(company("FN:Школа № 5\nX-ABShowAs:COMPANY"), "Школа № 5");
    assert_eq!(company("KIND:org\nFN:Школа № 5"), "Школа № 5");
    let phone = one(entry("FN:+7 912 345 67 89\nTEL:8-912-345-67-89"));
    assert_eq!(phone, person("", "", "", &["8-912-345-67-89"]));
    assert_eq!(one(entry("FN:a@b.ru\nEMAIL:a@b.ru")).given, "");
}

#[test]
fn an_account_is_found_wherever_it_is_written() {
    for line in [
        "IMPP:matrix:u/maria:school.ru",
        "IMPP;X-SERVICE-TYPE=Matrix:matrix:@maria:school.ru",
        "X-MATRIX:@maria:school.ru",
        "X-MATRIX;TYPE=home:matrix:u/maria:school.ru",
        "URL:https://matrix.to/#/@maria:school.ru",
        "URL:HTTPS\\://matrix.to/#/%40maria%3Aschool.ru?via=school.ru",
        "item4.url;type=pref:https://matrix.to/#/@maria:school.ru",
        "URL:https://example.com\r\nURL:matrix:u/maria:school.ru",
    ] {
        let account = one(entry(&format!("FN:Мария\r\n{line}"))).account;
        assert_eq!(account, Some("@maria:school.ru".into()), "{line}");
    }
    for line in [
        "URL:https://matrix.to/#/!room:school.ru",
        "URL:https://matrix.to/#/@maria",
        "URL:@maria:school.ru",
        "IMPP:matrix:u/@maria:school.ru",
        "IMPP:matrix:u/ma ria:school.ru",
        "IMPP:matrix:u/ma\u{202e}ria:school.ru",
        "IMPP:matrix:u/%FF:school.ru",
        "X-MATRIX:",
    ] {
        let account = one(entry(&format!("FN:Мария\r\n{line}"))).account;
        assert_eq!(account, None, "{line}");
    }
}

/// A text of one line as it is kept: no marks that nobody sees, no space too many.
fn word() -> impl Strategy<Value = String> {
    "[a-zА-яЁё0-9№@.,;:=\\\\\"'%+()-]{1,12}( [а-я,;\\\\n]{1,30}){0,2}"
}

fn contact() -> impl Strategy<Value = OwnContact> {
    let several = |form: &'static str| proptest::collection::btree_set(form, 0..4);
    let names = [word(), word(), word(), word()].map(|part| prop_oneof![part, Just(String::new())]);
    let note = "([a-zА-я0-9,;:=\\\\\" ]{0,60}\n){0,3}[а-я]{1,9}";
    (
        names,
        several("\\+?[1-79][0-9]{4,12}"),
        several("[a-zа-я.+;,]{1,40}@[a-z.]{1,40}"),
        proptest::option::of("@[a-z0-9._=/+%?#-]{1,20}:[a-z0-9.:]{0,19}[a-z0-9]"),
        prop_oneof![note, Just(String::new())],
    )
        .prop_map(|(names, phones, emails, account, note)| {
            let [family, given, patronymic, company] = names;
            OwnContact {
                id: String::new(),
                family,
                given,
                patronymic,
                company,
                phones: phones.into_iter().collect(),
                emails: emails.into_iter().collect(),
                account: account.map(crate::UserId::new),
                note: note.trim().to_owned(),
            }
        })
}

proptest! {
    #[test]
    fn what_is_written_is_read_back_the_same(contacts in proptest::collection::vec(contact(), 0..4)) {
        let said: Vec<OwnContact> =
            contacts.into_iter().filter(|contact| *contact != OwnContact::default()).collect();
        let said: Vec<OwnContact> = said.into_iter().map(one_number_once).collect();
        let file = write(&said);
        prop_assert!(file.split("\r\n").all(|line| line.len() <= 75));
        prop_assert_eq!(read(file.as_bytes()).0, said.clone());
        for contact in &said {
            prop_assert!(same(contact, contact));
        }
    }
}

/// Numbers that differ by their plus only are one.
fn one_number_once(mut contact: OwnContact) -> OwnContact {
    let mut known = std::collections::BTreeSet::new();
    let digits = |phone: &str| phone.trim_start_matches('+').to_owned();
    contact.phones.retain(|phone| known.insert(digits(phone)));
    contact
}
