//! What the address book keeps, and that devices come to agree on it.

mod agreeing;

use super::*;
use serde_json::json;

fn named(family: &str) -> OwnContact {
    OwnContact {
        family: family.into(),
        ..OwnContact::default()
    }
}

fn families(book: &Book) -> Vec<String> {
    book.contacts().into_iter().map(|own| own.family).collect()
}

/// The book as one reads it from all parts on the server.
fn over_the_server(book: &Book) -> Book {
    let mut read = Book::default();
    for shard in 0..16 {
        read.merge(&Book::read_shard(&book.shard_content(shard)));
    }
    read
}

#[test]
fn contacts_are_kept_changed_and_removed() {
    let mut book = Book::default();
    let maria = book.set_contact(named("Щукина"), 10, "A").unwrap();
    let anna = book.set_contact(named("ёлкина"), 10, "A").unwrap();
    book.set_contact(named("Жукова"), 10, "A").unwrap();
    assert_ne!(maria, anna);
    assert_eq!(maria.len(), 26);
    assert_eq!(families(&book), ["ёлкина", "Жукова", "Щукина"]);

    let mut contact = book.contact(&maria).unwrap();
    assert_eq!(contact.id, maria);
    contact.family = "Ершова".into();
    contact.account = Some("@m:s".into());
    assert_eq!(
        book.set_contact(contact.clone(), 20, "A"),
        Ok(maria.clone())
    );
    assert_eq!(book.contact(&maria), Some(contact));

    assert!(book.remove_contact(&anna, 30, "A"));
    assert!(!book.remove_contact(&anna, 31, "A"));
    assert!(!book.remove_contact("nobody", 31, "A"));
    assert_eq!(families(&book), ["Ершова", "Жукова"]);
}

#[test]
fn two_of_one_name_are_in_the_order_of_their_ids() {
    let mut book = Book::default();
    for id in ["2", "1", "3"] {
        let id = id.to_owned();
        let contact = OwnContact {
            id,
            ..named("Иванова")
        };
        book.set_contact(contact, 1, "A").unwrap();
    }
    let ids: Vec<String> = book.contacts().into_iter().map(|own| own.id).collect();
    assert_eq!(ids, ["1", "2", "3"]);
}

#[test]
fn an_id_that_is_none_becomes_one() {
    let mut book = Book::default();
    let odd = OwnContact {
        id: "a/b c".into(),
        ..named("Иванова")
    };
    assert_eq!(book.set_contact(odd, 1, "A").unwrap().len(), 26);
    assert_eq!(over_the_server(&book), book);
}

#[test]
fn notes_are_cut_and_an_empty_one_is_none() {
    let mut book = Book::default();
    let who = UserId::from("@m:s");
    assert_eq!(book.note(&who), None);
    assert!(book.set_note(&who, &"ж".repeat(5000), 1, "A"));
    assert_eq!(book.note(&who).unwrap().chars().count(), 4000);
    assert!(book.set_note(&who, " \n", 2, "A"));
    assert_eq!(book.note(&who), None);
    assert!(!book.set_note(&who, "", 3, "A"));
    assert!(!book.set_note(&UserId::from("nobody"), "заметка", 3, "A"));
}

#[test]
fn a_slow_clock_does_not_lose_the_newest_word() {
    let mut book = Book::default();
    let who = UserId::from("@m:s");
    book.set_note(&who, "первая", 1000, "B");
    let server = book.clone();
    book.set_note(&who, "вторая", 5, "A");
    book.merge(&server);
    assert_eq!(book.note(&who), Some("вторая"));
    book.set_note(&who, "", 5, "A");
    book.merge(&server);
    assert_eq!(book.note(&who), None);
    book.set_note(&who, "третья", u64::MAX, "A");
    assert_eq!(over_the_server(&book).note(&who), Some("третья"));
}

#[test]
fn a_full_book_takes_changes_but_no_more_contacts() {
    let mut book = Book::default();
    let mut last = String::new();
    for n in 0..MOST {
        let value = Some(json!({ "family": n.to_string() }));
        last = format!("id{n}");
        book.put(format!("c/{last}"), value, 1, "A");
    }
    assert_eq!(book.set_contact(named("Иванова"), 2, "A"), Err(BookFull));
    let known = OwnContact {
        id: last.clone(),
        ..named("Иванова")
    };
    assert!(book.set_contact(known.clone(), 2, "A").is_ok());
    assert!(book.remove_contact(&last, 3, "A"));
    assert!(book.set_contact(named("Петрова"), 4, "A").is_ok());
    assert_eq!(book.set_contact(known, 5, "A"), Err(BookFull));
    assert!(book.set_note(&"@m:s".into(), "заметка", 6, "A"));
}

#[test]
fn what_a_later_version_has_written_stays() {
    let shard = json!({ "entries": {
        "c/1": { "at": 1, "by": "B", "value": { "family": "Иванова", "note": "старая", "birthday": "05-09" }, "colour": "red" },
        "c/2": { "at": 1, "by": "B", "value": { "family": ["Иванова"] } },
        "c/3": { "at": 1, "by": "B", "value": "Иванова" },
        "group/1": { "at": 1, "by": "B", "value": [1.5] },
        "n/@m:s": { "at": 1, "by": "B", "value": { "text": "заметка" } },
    }});
    let mut book = Book::read_shard(&shard);
    assert_eq!(families(&book), ["Иванова"]);
    assert_eq!(book.note(&"@m:s".into()), None);
    let contact = OwnContact {
        id: "1".into(),
        ..named("Петрова")
    };
    book.set_contact(contact, 2, "A").unwrap();
    let mut expected = shard["entries"].clone();
    expected["c/1"] = json!({ "at": 2, "by": "A", "value": { "family": "Петрова", "birthday": "05-09" }, "colour": "red" });
    let mut written = Map::new();
    for shard in 0..16 {
        let content = book.shard_content(shard);
        written.extend(content["entries"].as_object().unwrap().clone());
    }
    assert_eq!(Value::Object(written), expected);
}

#[test]
fn what_is_malformed_is_passed_over() {
    let good = json!({ "at": 1, "by": "B", "value": {} });
    let shard = json!({ "entries": {
        "c/1": good, "c/": good, "c/a b": good, "n/m:s": good, "n/@m": good, "": good, "/": good, "x": good,
        "c/2": 5, "c/3": {}, "c/4": { "at": -1, "by": "B" }, "c/5": { "at": 1.5, "by": "B" }, "c/6": { "at": 1 },
        "c/7": { "at": 1, "by": 2 }, "c/8": { "at": u64::MAX, "by": "B" }, "c/9": { "at": "1", "by": "B" },
    }});
    let keys: Vec<String> = Book::read_shard(&shard).entries.into_keys().collect();
    assert_eq!(keys, ["c/1"]);
    for nothing in [json!(null), json!([]), json!({}), json!({ "entries": [1] })] {
        assert_eq!(Book::read_shard(&nothing), Book::default());
    }
}

#[test]
fn removals_are_forgotten_after_a_long_time() {
    let mut book = Book::default();
    let gone = book.set_contact(named("Иванова"), 1, "A").unwrap();
    book.set_contact(named("Петрова"), 1, "A").unwrap();
    book.remove_contact(&gone, 10, "A");
    let before = book.clone();
    book.prune(10 + KEPT);
    assert_eq!(book, before);
    book.prune(11 + KEPT);
    assert_eq!(book.entries.len(), 1);
    assert_eq!(families(&book), ["Петрова"]);
    assert!(book.dirty_shards(&before).is_empty());
}

#[test]
fn only_parts_with_something_newer_are_written() {
    let mut book = Book::default();
    let id = book.set_contact(named("Иванова"), 1, "A").unwrap();
    book.set_note(&"@m:s".into(), "заметка", 1, "A");
    let server = over_the_server(&book);
    assert!(book.dirty_shards(&server).is_empty());
    book.remove_contact(&id, 2, "A");
    let shard = Book::shard(&format!("c/{id}"));
    assert_eq!(
        book.dirty_shards(&server).into_iter().collect::<Vec<_>>(),
        [shard]
    );
    assert!(server.dirty_shards(&book).is_empty());
}

#[test]
fn the_part_of_an_entry_never_changes() {
    let shards = [
        "c/01ARZ3NDEKTSV4RRFFQ69G5FAV",
        "n/@m:s",
        "n/@m.ivanova:school5.ru",
    ];
    assert_eq!(shards.map(Book::shard), [9, 2, 9]);
    let mut sizes = [0; 16];
    for n in 0..1600 {
        let id = Ulid::from_parts(1_700_000_000_000 + n, u128::from(n) << 70);
        sizes[usize::from(Book::shard(&format!("c/{id}")))] += 1;
    }
    assert!(
        sizes.iter().all(|size| (50..200).contains(size)),
        "{sizes:?}"
    );
}
