//! Files as telephones and mail programs write them.

use super::*;
use encoding_rs::{KOI8_R, UTF_8, UTF_16LE, WINDOWS_1251};

#[test]
fn an_iphone() {
    let file = "BEGIN:VCARD\r\nVERSION:3.0\r\nPRODID:-//Apple Inc.//iPhone OS 17.4.1//EN\r\n\
        N:Иванова;Мария;Петровна;;\r\nFN:Мария Петровна Иванова\r\nORG:Школа № 5\\, корпус 2;Учителя;\r\n\
        TITLE:Учитель физики\r\nEMAIL;type=INTERNET;type=WORK;type=pref:m.ivanova@school5.ru\r\n\
        TEL;type=CELL;type=VOICE;type=pref:+7 912 345-67-89\r\nTEL;type=HOME;type=VOICE:8 (495) 123-45-67\r\n\
        item1.URL;type=pref:https://matrix.to/#/@m.ivanova:school5.ru\r\nitem1.X-ABLabel:_$!<HomePage>!$_\r\n\
        NOTE:Классный руководитель 7А\\nзвонить после 15:00\\; не писать\r\n\
        PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAASABIAAD/4QCMRXhpZgAATU0AKgAA\r\n AAgABQESAAMAAAABAAEAAAEaAAUA\r\n\
        END:VCARD\r\n";
    let expected = OwnContact {
        company: "Школа № 5, корпус 2, Учителя".into(),
        emails: vec!["m.ivanova@school5.ru".into()],
        account: Some("@m.ivanova:school5.ru".into()),
        note: "Классный руководитель 7А\nзвонить после 15:00; не писать".into(),
        ..person(
            "Иванова",
            "Мария",
            "Петровна",
            &["+7 912 345-67-89", "8 (495) 123-45-67"],
        )
    };
    assert_eq!(one(file), expected);
    assert_eq!(one(format!("\u{feff}{file}")), expected);
    assert_eq!(one(file.replace("\r\n", "\n")), expected);
    assert_eq!(one(file.replace("\r\n", "\r")), expected);
    let mut wide = vec![0xff, 0xfe];
    wide.extend(file.encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(UTF_16LE.decode(&wide).0, file);
    assert_eq!(one(wide), expected);
}

#[test]
fn an_android() {
    let file = "BEGIN:VCARD\r\nVERSION:2.1\r\n\
        N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=98=D0=B2=D0=B0=D0=BD=D0=BE=D0=B2=D0=B0;=D0=9C=D0=B0=D1=80=D0=B8=D1=8F;=\r\n\
        =D0=9F=D0=B5=D1=82=D1=80=D0=BE=D0=B2=D0=BD=D0=B0;;\r\n\
        FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=9C=D0=B0=D1=80=D0=B8=D1=8F=20=D0=9F=D0=B5=D1=82=D1=80=D0=BE=D0=B2=\r\n\
        =D0=BD=D0=B0=20=D0=98=D0=B2=D0=B0=D0=BD=D0=BE=D0=B2=D0=B0\r\n\
        TEL;CELL;PREF:+7-912-345-67-89\r\nTEL;WORK:89123456789\r\nTEL;HOME:8-495-123-45-67\r\n\
        PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAUDBAQEAwUEBAQFBQUGB\r\n \
        wwIBwcHBw8LCwkMEQ8SEhEPERETFhwXExQaFRERGCEYGh0dHx8fExciJCIeJBweHx7/\r\n\r\n\
        NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=9C=D0=B0=D0=BC=D0=B0=0D=0A7=D0=90\r\nEND:VCARD\r\n";
    let expected = OwnContact {
        note: "Мама\n7А".into(),
        ..person(
            "Иванова",
            "Мария",
            "Петровна",
            &["+7-912-345-67-89", "8-495-123-45-67"],
        )
    };
    assert_eq!(one(file), expected);
    assert_eq!(
        one(file.to_lowercase().replace("=d0=90", "=D0=90")),
        expected
    );
}

#[test]
fn an_old_nokia() {
    let q = |text| quoted(text, WINDOWS_1251);
    for charset in [";CHARSET=windows-1251", ";CHARSET=\"Windows-1251\"", ""] {
        let file = format!(
            "BEGIN:VCARD\nVERSION:2.1\nN;ENCODING=QUOTED-PRINTABLE{charset}:{};{}\n\
             TEL;PREF;CELL;VOICE:+79123456789\nNOTE;ENCODING=QUOTED-PRINTABLE{charset}:{}=\n{}\nEND:VCARD\n",
            q("Щукин"),
            q("Пётр Ильич"),
            q("дедушка "),
            q("Ани"),
        );
        let expected = OwnContact {
            note: "дедушка Ани".into(),
            ..person("Щукин", "Пётр", "Ильич", &["+79123456789"])
        };
        assert_eq!(one(file), expected, "{charset}");
    }
}

#[test]
fn other_charsets() {
    for (charset, encoding) in [("koi8-r", KOI8_R), ("UTF-8", UTF_8)] {
        let name = quoted("Ёлкина;Юлия;Ильинична", encoding);
        let file = format!(
            "begin:vcard\nversion:2.1\nn;quoted-printable;charset={charset}:{name}\nend:vcard"
        );
        assert_eq!(one(file), person("Ёлкина", "Юлия", "Ильинична", &[]));
    }
}

#[test]
fn an_outlook() {
    let file = "BEGIN:VCARD\r\nVERSION:3.0\r\nN;CHARSET=windows-1251:Иванова;Мария;Петровна;;\r\n\
        FN;CHARSET=windows-1251:Иванова Мария Петровна\r\nORG;CHARSET=windows-1251:МБОУ \"Школа\"; 5 отдел\r\n\
        TEL;WORK;VOICE:(495) 123-45-67\r\nEMAIL;PREF;INTERNET:Ivanova@School5.ru\r\n\
        REV:20240115T093000Z\r\nEND:VCARD\r\n";
    let expected = OwnContact {
        company: "МБОУ \"Школа\", 5 отдел".into(),
        emails: vec!["Ivanova@School5.ru".into()],
        ..person("Иванова", "Мария", "Петровна", &["(495) 123-45-67"])
    };
    let undeclared = file.replace(";CHARSET=windows-1251", "");
    for file in [file, &undeclared] {
        assert_eq!(one(WINDOWS_1251.encode(file).0), expected);
    }
    assert_eq!(one(undeclared), expected);
}

#[test]
fn a_google() {
    let file = "BEGIN:VCARD\nVERSION:3.0\nFN:Пётр Сидоров\nN:Сидоров;Пётр;;;\nNICKNAME:Петя\n\
        item1.EMAIL;TYPE=INTERNET:petya@example.com\nitem1.X-ABLabel:\n\
        item2.EMAIL;TYPE=INTERNET:PETYA@example.com\nitem2.X-ABLabel:Работа\n\
        item3.TEL:+7 999 000-11-22\nitem3.X-ABLabel:папа\nCATEGORIES:myContacts\n\
        NOTE:Длинная заметка\\, которая переносится там\\, где кончается стро\n  ка\nEND:VCARD\n";
    let expected = OwnContact {
        emails: vec!["petya@example.com".into()],
        note: "Длинная заметка, которая переносится там, где кончается стро ка".into(),
        ..person("Сидоров", "Пётр", "", &["+7 999 000-11-22"])
    };
    assert_eq!(one(file), expected);
}

#[test]
fn a_modern_program() {
    let file = "BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:individual\r\nFN:Мария Петровна\r\nN:;Мария;Петровна;;\r\n\
        TEL;VALUE=uri;PREF=1;TYPE=\"voice,home\":tel:+7-912-345-67-89;ext=12\r\n\
        TEL;VALUE=uri;TYPE=cell:TEL:+79120000000\r\nEMAIL;TYPE=work:mailto:maria@example.com\r\n\
        IMPP;PREF=1:xmpp:maria@example.com\r\nIMPP:matrix:u/maria:example.com?action=chat\r\n\
        X-SOCIALPROFILE;LABEL=\"a:b;c\":https://example.com/maria\r\nEND:VCARD\r\n";
    let expected = OwnContact {
        emails: vec!["maria@example.com".into()],
        account: Some("@maria:example.com".into()),
        ..person(
            "",
            "Мария",
            "Петровна",
            &["+7-912-345-67-89,12", "+79120000000"],
        )
    };
    assert_eq!(one(file), expected);
}

#[test]
fn a_letter_that_was_folded_in_two() {
    let mut file = entry("N:Иванова;Мария;;;").into_bytes();
    let at = file.windows(2).position(|pair| pair == "М".as_bytes());
    let at = at.unwrap() + 1;
    file.splice(at..at, *b"\r\n ");
    assert_eq!(one(file), person("Иванова", "Мария", "", &[]));
}

#[test]
fn one_broken_letter_is_no_other_charset() {
    let mut file = entry("N:Иванова;Мария;;;").into_bytes();
    let at = file.windows(2).position(|pair| pair == "я".as_bytes());
    file.remove(at.unwrap() + 1);
    assert_eq!(one(file), person("Иванова", "Мари", "", &[]));
}
