//! What is kept is given back, in order, also after a restart and while others write.

#![allow(clippy::unwrap_used, reason = "shared steps of tests")]

use parta_model::{ChatId, Draft, Mention, SendKey, Settings, Theme};
use parta_store::*;
use std::{
    fs,
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

fn open(dir: &Path, key: &DataKey) -> Store {
    let opened = Store::open(dir, key).unwrap();
    assert_eq!(opened.recovered, None);
    opened.store
}

fn draft(text: &str) -> Draft {
    Draft {
        text: text.into(),
        reply_to: Some("$event".into()),
        mentions: vec![Mention {
            id: "@olga:school".into(),
            name: "Кузнецова Ольга".into(),
        }],
    }
}

fn unsent(chat: &str, position: u32, txn: &str) -> Unsent {
    Unsent {
        chat: chat.into(),
        position,
        content: format!(r#"{{"body":"{txn}"}}"#),
        event_type: "m.room.message".into(),
        txn: txn.into(),
    }
}

fn txns(store: &Store) -> Vec<String> {
    store
        .unsent()
        .unwrap()
        .into_iter()
        .map(|(_, message)| message.txn)
        .collect()
}

#[test]
fn a_new_store_is_empty() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path(), &DataKey::generate());
    assert_eq!(store.settings().unwrap(), Settings::default());
    assert_eq!(store.session().unwrap(), None);
    assert_eq!(store.snapshot().unwrap(), None);
    assert_eq!(store.drafts().unwrap(), []);
    assert_eq!(store.unsent().unwrap(), []);
    assert_eq!(store.draft(&"!a".into()).unwrap(), None);
    store.quick_check().unwrap();
}

#[test]
fn everything_survives_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    let key = DataKey::generate();
    let settings = Settings {
        theme: Theme::Dark,
        send_key: SendKey::ShiftEnter,
        compact: true,
        ..Settings::default()
    };
    let chat: ChatId = "!класс:школа".into();
    {
        let store = open(dir.path(), &key);
        store.set_settings(&settings).unwrap();
        store.set_session(Some("old")).unwrap();
        store.set_session(Some(r#"{"user":"@anna"}"#)).unwrap();
        store.set_draft(&chat, Some(&draft("начало"))).unwrap();
        store
            .set_draft(&chat, Some(&draft("начало и продолжение")))
            .unwrap();
        store
            .set_draft(&"!b".into(), Some(&Draft::default()))
            .unwrap();
        store.set_snapshot("[1,2]").unwrap();
        store.keep_unsent(&[unsent("!b", 0, "t1")]).unwrap();
    }
    let store = open(dir.path(), &key);
    assert_eq!(store.settings().unwrap(), settings);
    assert_eq!(
        store.session().unwrap().as_deref(),
        Some(r#"{"user":"@anna"}"#)
    );
    assert_eq!(
        store.draft(&chat).unwrap(),
        Some(draft("начало и продолжение"))
    );
    assert_eq!(
        store.drafts().unwrap(),
        [
            (chat.clone(), draft("начало и продолжение")),
            ("!b".into(), Draft::default())
        ]
    );
    assert_eq!(store.snapshot().unwrap().as_deref(), Some("[1,2]"));
    assert_eq!(store.unsent().unwrap()[0].1, unsent("!b", 0, "t1"));
    store.set_draft(&chat, None).unwrap();
    assert_eq!(store.draft(&chat).unwrap(), None);
    store.set_session(None).unwrap();
    assert_eq!(store.session().unwrap(), None);
}

#[test]
fn what_is_written_survives_a_process_that_does_not_close() {
    let dir = tempfile::tempdir().unwrap();
    let key = DataKey::generate();
    let store = open(dir.path(), &key);
    store.keep_unsent(&[unsent("!a", 0, "t1")]).unwrap();
    // A copy of the folder is what another process finds after this one was killed.
    let copy = tempfile::tempdir().unwrap();
    for name in ["parta.db", "parta.db-wal"] {
        fs::copy(dir.path().join(name), copy.path().join(name)).unwrap();
    }
    assert_eq!(txns(&open(copy.path(), &key)), ["t1"]);
}

#[test]
fn unsent_messages_keep_their_order_and_come_once() {
    let dir = tempfile::tempdir().unwrap();
    let key = DataKey::generate();
    let store = open(dir.path(), &key);
    store
        .keep_unsent(&[
            unsent("!a", 1, "a1"),
            unsent("!a", 0, "a0"),
            unsent("!a", 2, "a2"),
        ])
        .unwrap();
    store
        .keep_unsent(&[
            unsent("!a", 0, "later"),
            unsent("!a", 1, "a1"),
            unsent("!b", 1, "a1"),
        ])
        .unwrap();
    assert_eq!(txns(&store), ["a0", "a1", "a2", "later", "a1"]);

    let (first, _) = store.unsent().unwrap().remove(0);
    store.drop_unsent(first).unwrap();
    assert_eq!(txns(&store), ["a1", "a2", "later", "a1"]);
    for (id, _) in store.unsent().unwrap() {
        store.drop_unsent(id).unwrap();
    }
    store.keep_unsent(&[unsent("!a", 0, "new")]).unwrap();
    store.drop_unsent(first).unwrap();
    assert_eq!(
        txns(&store),
        ["new"],
        "an old name never means a new message"
    );
}

#[test]
fn a_snapshot_has_a_limit() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path(), &DataKey::generate());
    let largest = "x".repeat(LARGEST_SNAPSHOT);
    store.set_snapshot(&largest).unwrap();
    let error = store.set_snapshot(&(largest.clone() + "x")).unwrap_err();
    assert!(matches!(
        error,
        StoreError::TooLarge {
            most: LARGEST_SNAPSHOT,
            ..
        }
    ));
    assert_eq!(store.snapshot().unwrap(), Some(largest));
}

#[test]
fn signing_out_forgets_everything_but_the_settings() {
    let dir = tempfile::tempdir().unwrap();
    let key = DataKey::generate();
    let store = open(dir.path(), &key);
    store
        .set_settings(&Settings {
            compact: true,
            ..Settings::default()
        })
        .unwrap();
    store.set_session(Some("{}")).unwrap();
    store.set_snapshot("[]").unwrap();
    store
        .set_draft(&"!a".into(), Some(&draft("текст")))
        .unwrap();
    store.keep_unsent(&[unsent("!a", 0, "t")]).unwrap();
    fs::write(dir.path().join("parta.db.broken-1"), "an older database").unwrap();
    store.forget_account().unwrap();
    drop(store);

    let store = open(dir.path(), &key);
    assert!(store.settings().unwrap().compact);
    assert_eq!(store.session().unwrap(), None);
    assert_eq!(store.snapshot().unwrap(), None);
    assert_eq!(store.drafts().unwrap(), []);
    assert_eq!(store.unsent().unwrap(), []);
    assert!(!dir.path().join("parta.db.broken-1").exists());
}

#[test]
fn readers_go_on_while_somebody_writes() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path(), &DataKey::generate());
    let chat: ChatId = "!a".into();
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| {
                let mut last = 0;
                while !done.load(Ordering::Relaxed) {
                    let Some(found) = store.draft(&chat).unwrap() else {
                        continue;
                    };
                    let now: usize = found.text.parse().unwrap();
                    assert!(now >= last, "a reader never goes back");
                    last = now;
                    store.drafts().unwrap();
                }
            });
        }
        for n in 0..200 {
            store
                .set_draft(
                    &chat,
                    Some(&Draft {
                        text: n.to_string(),
                        ..Draft::default()
                    }),
                )
                .unwrap();
        }
        done.store(true, Ordering::Relaxed);
    });
    assert_eq!(store.draft(&chat).unwrap().unwrap().text, "199");
}

#[test]
fn nothing_lies_in_the_clear() {
    const MARKER: &str = "МеткаMarker7Б";
    let dir = tempfile::tempdir().unwrap();
    let KeyState::Ready(key) = open_key(dir.path(), &MemoryKeychain::new()).unwrap() else {
        panic!("no key")
    };
    let scan = || {
        let utf16: Vec<u16> = MARKER.encode_utf16().collect();
        let little: Vec<u8> = utf16.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = utf16.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        let mut files = 0;
        for entry in fs::read_dir(dir.path()).unwrap() {
            let path = entry.unwrap().path();
            let bytes = fs::read(&path).unwrap();
            for needle in [
                MARKER.as_bytes(),
                b"Marker7",
                b"CREATE TABLE",
                b"SQLite format",
                &little,
                &big,
                key.bytes(),
            ] {
                assert!(
                    !bytes.windows(needle.len()).any(|window| window == needle),
                    "{path:?}"
                );
            }
            files += 1;
        }
        files
    };
    let store = open(dir.path(), &key);
    store.set_session(Some(MARKER)).unwrap();
    store.set_snapshot(&MARKER.repeat(1000)).unwrap();
    store
        .set_draft(&MARKER.into(), Some(&draft(&MARKER.repeat(500))))
        .unwrap();
    store.keep_unsent(&[unsent(MARKER, 0, MARKER)]).unwrap();
    store.set_settings(&Settings::default()).unwrap();
    assert!(
        scan() >= 3,
        "the key, the database and its log are there while it is open"
    );
    drop(store);
    assert_eq!(scan(), 2, "the key and the database");

    // What is set aside and rebuilt is no clearer.
    let path = dir.path().join("parta.db");
    let mut bytes = fs::read(&path).unwrap();
    bytes[..4096].fill(1);
    fs::write(&path, bytes).unwrap();
    drop(Store::open(dir.path(), &key).unwrap());
    assert_eq!(scan(), 3);
}
