//! A damaged database is set aside and what can be read of it is saved; a wrong key does no harm.

#![allow(clippy::unwrap_used, reason = "shared steps of tests")]

use parta_model::edit::{Edit, FieldChange, Target};
use parta_model::{Draft, Settings};
use parta_store::*;
use std::{
    fs,
    path::{Path, PathBuf},
};

const PAGE: usize = 4096;
const DRAFTS: usize = 400;
const EDITS: usize = 40;
const SESSION: &str = r#"{"user":"@anna:school"}"#;

struct Profile {
    dir: tempfile::TempDir,
    key: DataKey,
}

impl Profile {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let KeyState::Ready(key) = open_key(dir.path(), &MemoryKeychain::new()).unwrap() else {
            panic!("no key")
        };
        Self { dir, key }
    }

    /// With a session, settings, many drafts, some of them longer than a page, and unsent messages.
    fn full() -> Self {
        let profile = Self::new();
        let store = profile.open().store;
        store
            .set_settings(&Settings {
                compact: true,
                ..Settings::default()
            })
            .unwrap();
        store.set_session(Some(SESSION)).unwrap();
        for n in 0..DRAFTS {
            store
                .set_draft(&chat(n).as_str().into(), Some(&draft(n)))
                .unwrap();
        }
        let messages: Vec<_> = (0..50)
            .map(|n| Unsent {
                chat: "!a".into(),
                position: n,
                content: format!(r#"{{"body":"{}"}}"#, "слово ".repeat(30)),
                event_type: "m.room.message".into(),
                txn: format!("t{n}"),
            })
            .collect();
        store.keep_unsent(&messages).unwrap();
        let edits: Vec<_> = (0..EDITS).map(edit).collect();
        store.queue_act(&act(), &edits).unwrap();
        store.keep_in_address_book(&book()).unwrap();
        profile
    }

    /// What is in the folder now, in another one.
    fn copy(&self) -> Self {
        let dir = tempfile::tempdir().unwrap();
        for entry in fs::read_dir(self.dir.path()).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), dir.path().join(entry.file_name())).unwrap();
        }
        Self {
            dir,
            key: self.key.clone(),
        }
    }

    fn open(&self) -> Opened {
        Store::open(self.dir.path(), &self.key).unwrap()
    }

    fn path(&self) -> PathBuf {
        self.dir.path().join("parta.db")
    }

    fn damage(&self, change: impl FnOnce(&mut Vec<u8>)) {
        let mut bytes = fs::read(self.path()).unwrap();
        change(&mut bytes);
        fs::write(self.path(), bytes).unwrap();
    }

    /// Opens the damaged database, checks that it was set aside as it was, and that what came out is true.
    fn recover(&self) -> (Store, Recovery) {
        let damaged = fs::read(self.path()).unwrap();
        let opened = self.open();
        let recovery = opened.recovered.expect("the damage is seen");
        assert_eq!(recovery.aside, self.dir.path().join("parta.db.broken-1"));
        assert_eq!(fs::read(&recovery.aside).unwrap(), damaged);
        let store = opened.store;
        store.quick_check().unwrap();
        let drafts = store.drafts().unwrap();
        assert_eq!(drafts.len(), recovery.drafts);
        for (id, found) in drafts {
            let n = id.as_str()[1..].parse().unwrap();
            assert!(
                found == draft(n),
                "a saved draft is the one that was written: {id}"
            );
        }
        let unsent = store.unsent().unwrap();
        assert_eq!(unsent.len(), recovery.unsent);
        assert!(unsent.is_sorted_by_key(|(_, message)| message.position));
        assert_eq!(store.session().unwrap().is_some(), recovery.session);
        assert!(fs::read_dir(self.dir.path()).unwrap().all(|entry| {
            let name = entry.unwrap().file_name().into_string().unwrap();
            !name.ends_with(".new") && !name.contains(".copy")
        }));
        (store, recovery)
    }
}

fn chat(n: usize) -> String {
    format!("!{n}")
}

fn draft(n: usize) -> Draft {
    let length = if n % 20 == 7 { 9_000 } else { 200 };
    Draft {
        text: format!("черновик {n} {}", "я".repeat(length)),
        reply_to: n.is_multiple_of(2).then(|| format!("$e{n}")),
        ..Draft::default()
    }
}

fn act() -> Act {
    Act {
        id: "promoted".into(),
        organisation: "!school".into(),
        about: "{}".into(),
        made_at: 1,
        undoes: None,
    }
}

fn edit(n: usize) -> Edit {
    let change = FieldChange {
        person: None,
        field: Some("stage".into()),
        from: n.into(),
        to: (n + 1).into(),
    };
    Edit {
        target: Target::Class(format!("class{n}")),
        changes: vec![change],
    }
}

/// Parts of an address book, one of them longer than a page.
fn book() -> Vec<(String, String)> {
    let part = |n: usize| {
        let text = "я".repeat(if n == 2 { 9_000 } else { 100 });
        (format!("part{n}"), format!("{{\"text\": \"{text}\"}}"))
    };
    (0..4).map(part).collect()
}

fn all_is_there(store: &Store, recovery: &Recovery) {
    assert_eq!((recovery.drafts, recovery.unsent), (DRAFTS, 50));
    let outbox = store.outbox(&"!school".into()).unwrap();
    let edits: Vec<_> = outbox.into_iter().map(|(_, kept)| kept.edit).collect();
    assert_eq!(edits, (0..EDITS).map(edit).collect::<Vec<_>>());
    let mut parts = store.address_book().unwrap();
    parts.sort();
    assert!(parts == book(), "the address book is the one that was kept");
    assert_eq!(store.session().unwrap().as_deref(), Some(SESSION));
    assert!(store.settings().unwrap().compact);
    assert!(!recovery.gaps);
}

#[test]
fn garbage_in_the_first_bytes_loses_nothing() {
    let profile = Profile::full();
    profile.damage(|bytes| bytes[..64].fill(0xA5));
    let (store, recovery) = profile.recover();
    all_is_there(&store, &recovery);
}

#[test]
fn a_lost_first_page_loses_nothing() {
    let profile = Profile::full();
    profile.damage(|bytes| bytes[..PAGE].fill(0));
    let (store, recovery) = profile.recover();
    all_is_there(&store, &recovery);
}

#[test]
fn one_lost_page_in_the_middle_loses_only_what_is_on_it() {
    let original = Profile::full();
    let pages = fs::metadata(original.path()).unwrap().len() as usize / PAGE;
    let mut whole = 0;
    // Every fifth page, so that leaves, trees, long texts and indexes are all met.
    for page in (1..pages).step_by(5) {
        let profile = original.copy();
        profile.damage(|bytes| bytes[page * PAGE..(page + 1) * PAGE].fill(0x5A));
        let (store, recovery) = profile.recover();
        // The account is on page 3, counted from 1.
        assert_eq!(recovery.session, page != 2, "page {page}");
        assert!(page == 2 || store.session().unwrap().as_deref() == Some(SESSION));
        if recovery.drafts > DRAFTS - 30 && recovery.unsent > 30 {
            whole += 1;
        }
    }
    assert!(
        whole * 10 >= pages / 5 * 9,
        "{whole} of {} damages lost less than 30 drafts",
        pages / 5
    );
}

#[test]
fn garbage_over_a_third_keeps_the_rest() {
    let profile = Profile::full();
    profile.damage(|bytes| {
        let third = bytes.len() / 3;
        bytes[third..2 * third].fill(0xFF);
    });
    let (store, recovery) = profile.recover();
    assert!(recovery.gaps && recovery.session && recovery.settings);
    assert_eq!(store.session().unwrap().as_deref(), Some(SESSION));
    assert!(
        (DRAFTS / 4..DRAFTS).contains(&recovery.drafts),
        "{} drafts",
        recovery.drafts
    );
}

#[test]
fn a_truncated_file_keeps_its_beginning() {
    let profile = Profile::full();
    profile.damage(|bytes| bytes.truncate(bytes.len() / 2 + 100));
    let (_, recovery) = profile.recover();
    assert!(recovery.gaps && recovery.session && recovery.settings);
    assert!(
        (DRAFTS / 4..DRAFTS).contains(&recovery.drafts),
        "{} drafts",
        recovery.drafts
    );
}

#[test]
fn garbage_everywhere_still_opens() {
    for garbage in [vec![0x33; 20 * PAGE], vec![0; 3 * PAGE], b"short".to_vec()] {
        let profile = Profile::full();
        profile.damage(|bytes| *bytes = garbage);
        let (store, recovery) = profile.recover();
        assert!(!recovery.session && recovery.drafts == 0);
        store.set_session(Some(SESSION)).unwrap();
    }
}

#[test]
fn what_is_only_in_the_log_is_saved_too() {
    let profile = Profile::full();
    let store = profile.open().store;
    store
        .set_draft(&chat(1000).as_str().into(), Some(&draft(1000)))
        .unwrap();
    // The state of the folder at the moment of a kill, with one page of the database lost on the disk.
    let profile = profile.copy();
    let middle = fs::metadata(profile.path()).unwrap().len() as usize / PAGE / 2;
    profile.damage(|bytes| bytes[middle * PAGE..(middle + 1) * PAGE].fill(0x5A));
    let opened = profile.open();
    assert!(opened.recovered.is_some());
    assert_eq!(
        opened.store.draft(&chat(1000).as_str().into()).unwrap(),
        Some(draft(1000))
    );
}

#[test]
fn a_second_damage_gets_a_name_of_its_own() {
    let profile = Profile::full();
    for n in 1..=2 {
        profile.damage(|bytes| bytes[PAGE + 1..PAGE + 9].fill(9));
        let recovery = profile.open().recovered.unwrap();
        assert_eq!(
            recovery.aside,
            profile.dir.path().join(format!("parta.db.broken-{n}"))
        );
    }
}

#[test]
fn a_wrong_key_leaves_the_file_as_it_is() {
    for key_file in [true, false] {
        let profile = Profile::full();
        if !key_file {
            fs::remove_file(profile.dir.path().join("key.json")).unwrap();
        }
        let before = fs::read(profile.path()).unwrap();
        let error = Store::open(profile.dir.path(), &DataKey::generate())
            .err()
            .unwrap();
        assert!(matches!(error, StoreError::WrongKey), "{error:?}");
        assert_eq!(fs::read(profile.path()).unwrap(), before);
        assert!(!Path::exists(&profile.dir.path().join("parta.db.broken-1")));
        assert_eq!(
            profile.open().store.session().unwrap().as_deref(),
            Some(SESSION)
        );
    }
}
