//! What becomes known of a chat over time: changes, gaps, keys, losses.

use crate::*;

#[test]
fn an_edit_replaces_and_taking_it_back_restores() {
    let index = Index::of(&["первое", "второе"]);
    index.take(CHAT, vec![edited("$e1", 1, 3_000, "исправлено")]);
    assert_eq!(index.find("первое"), [] as [&str; 0]);
    assert_eq!(index.find("исправлено"), ["исправлено"]);
    index.take(CHAT, vec![edited("$e0", 1, 2_500, "раньше")]);
    assert_eq!(index.find("раньше"), [] as [&str; 0]);
    index.take(CHAT, vec![deleted("$e1")]);
    assert_eq!(index.find("раньше"), ["раньше"]);
    index.take(CHAT, vec![deleted("$e0")]);
    assert_eq!(index.find("первое"), ["первое"]);
}

#[test]
fn nobody_edits_the_words_of_others() {
    let index = Index::of(&["моё"]);
    index.take(
        CHAT,
        vec![Change::Edited {
            event: "$e".into(),
            target: "$m1".into(),
            sender: "@pupil:school".into(),
            at: 9_000,
            content: Findable::text("чужое"),
        }],
    );
    assert_eq!(index.find("моё"), ["моё"]);
    assert_eq!(index.find("чужое"), [] as [&str; 0]);
}

#[test]
fn what_is_deleted_before_it_came_never_comes() {
    let index = Index::new();
    index.take(CHAT, vec![deleted("$m1"), edited("$e", 1, 2_000, "правка")]);
    index.take(CHAT, vec![said(1, "слово"), edited("$f", 1, 3_000, "ещё")]);
    assert!(index.find("слово").is_empty() && index.find("правка").is_empty());
    // The same name in another chat is another message.
    index.take(OTHER, vec![said(1, "слово")]);
    assert_eq!(index.find("слово"), ["слово"]);
}

#[test]
fn a_chat_is_complete_when_nothing_of_it_is_missing() {
    let index = Index::new();
    let chat = CHAT.into();
    let state = || index.store.indexed_chats().unwrap().remove(0);
    let gap = || index.store.index_gap(&chat).unwrap();
    let take = |changes, gaps| {
        let batch = Batch {
            changes,
            gaps,
            seen: None,
        };
        index.store.index_batch(&chat, &batch).unwrap();
    };
    let open = |token: &str, whole| GapStep::Open {
        token: Some(token.into()),
        whole,
    };
    let read = |gap: Option<Gap>, next: Option<&str>| GapStep::Read {
        gap: gap.unwrap().id,
        next: next.map(str::to_owned),
    };
    take(vec![said(10, "десятое")], vec![open("t10", true)]);
    assert!(!state().complete);
    // The first gap goes to the beginning, whatever is known on the way.
    take(
        vec![said(10, "десятое"), said(9, "девятое")],
        vec![read(gap(), Some("t9"))],
    );
    assert_eq!(gap().unwrap().token.as_deref(), Some("t9"));

    // A sync leaves something out: that is read first, and ends where something known begins.
    take(vec![said(20, "двадцатое")], vec![open("t20", false)]);
    assert_eq!(gap().unwrap().token.as_deref(), Some("t20"));
    take(
        vec![said(19, "x"), deleted("$m3")],
        vec![read(gap(), Some("t18"))],
    );
    assert_eq!(gap().unwrap().token.as_deref(), Some("t18"));
    take(
        vec![said(11, "x"), said(10, "десятое")],
        vec![read(gap(), Some("t8"))],
    );
    assert_eq!(gap().unwrap().token.as_deref(), Some("t9"));

    // A place that the server has forgotten is looked for again from the end.
    take(vec![], vec![GapStep::Lost(gap().unwrap().id)]);
    assert_eq!(gap().map(|gap| (gap.token, gap.whole)), Some((None, true)));
    assert!(!state().complete);
    take(vec![said(1, "первое")], vec![read(gap(), None)]);
    assert!(state().complete);
    assert_eq!(state().messages, 6);
}

#[test]
fn a_part_without_a_place_never_makes_a_chat_complete() {
    let index = Index::of(&["первая часть"]);
    let chat = CHAT.into();
    let state = || index.store.indexed_chat(&chat).unwrap().unwrap();
    assert!(!state().begun && !state().complete);
    let last = Batch {
        changes: vec![said(2, "последняя")],
        seen: Some("$m2".into()),
        gaps: vec![],
    };
    index.store.index_batch(&chat, &last).unwrap();
    assert!(state().begun && state().complete);
    assert_eq!(state().seen.as_deref(), Some("$m2"));
    assert_eq!(index.store.indexed_chat(&OTHER.into()).unwrap(), None);
}

#[test]
fn a_sealed_message_waits_for_its_key() {
    let index = Index::new();
    let chat = CHAT.into();
    let sealed = |n: u64, session: &str| Change::Sealed {
        event: format!("$m{n}"),
        session: session.into(),
        at: n,
    };
    index.take(CHAT, vec![sealed(1, "a"), sealed(2, "b"), sealed(3, "b")]);
    let opened = || -> Vec<String> {
        let opened = index.store.opened_messages(10).unwrap();
        opened.into_iter().map(|(_, event)| event).collect()
    };
    let closed = || index.store.indexed_chats().unwrap().remove(0).sealed;
    assert_eq!(closed(), 3);
    assert!(opened().is_empty());
    index.store.key_came(&chat, "b").unwrap();
    assert_eq!(opened(), ["$m3", "$m2"]);
    index.take(CHAT, vec![said(3, "открыто")]);
    index.store.still_sealed(&chat, "$m2").unwrap();
    assert_eq!(closed(), 2);
    assert!(opened().is_empty());
    index.store.try_sealed_again(1).unwrap();
    assert_eq!(opened(), ["$m2"]);
    // What can be read is never sealed again.
    index.take(CHAT, vec![sealed(3, "b")]);
    index.store.key_came(&chat, "b").unwrap();
    assert_eq!(opened(), ["$m2"]);
}

#[test]
fn a_chat_that_was_left_leaves_the_index() {
    let index = Index::of(&["слово"]);
    index.take(OTHER, vec![said(2, "слово")]);
    index.store.forget_chat(&CHAT.into()).unwrap();
    assert_eq!(index.find("слово").len(), 1);
    assert_eq!(index.store.indexed_chats().unwrap().len(), 1);
    index.store.forget_chat(&"!nowhere".into()).unwrap();
}

#[test]
fn signing_out_empties_the_index() {
    let index = Index::of(&["слово"]);
    index.store.forget_account().unwrap();
    assert!(index.find("слово").is_empty());
    assert!(index.store.indexed_chats().unwrap().is_empty());
    index.take(CHAT, vec![said(1, "новое слово")]);
    assert_eq!(index.find("слово"), ["новое слово"]);
}

#[test]
fn a_damaged_index_begins_anew_and_costs_nothing_else() {
    let dir = tempfile::tempdir().unwrap();
    let KeyState::Ready(key) = open_key(dir.path(), &MemoryKeychain::new()).unwrap() else {
        panic!("no key")
    };
    let store = Store::open(dir.path(), &key).unwrap().store;
    store.set_session(Some("{}")).unwrap();
    // Above the size up to which every page is looked at.
    for part in 0..4 {
        let changes = (0..1_000).map(|n| said(part * 1_000 + n, &format!("слово {n} ").repeat(80)));
        let batch = Batch {
            changes: changes.collect(),
            ..Batch::default()
        };
        store.index_batch(&CHAT.into(), &batch).unwrap();
    }
    drop(store);
    let path = dir.path().join("parta.db");
    let mut bytes = std::fs::read(&path).unwrap();
    assert!(bytes.len() > 8 * 1024 * 1024);
    // The first pages, with what no server has, stay whole.
    let from = bytes.len() / 8 / 4096 * 4096;
    bytes[from..].fill(0x5a);
    std::fs::write(&path, bytes).unwrap();

    let opened = Store::open(dir.path(), &key).unwrap();
    let failed = opened.recovered.is_none()
        && matches!(
            opened.store.search(&query("слово")),
            Err(StoreError::Corrupt)
        );
    drop(opened.store);
    let again = Store::open(dir.path(), &key).unwrap();
    assert!(failed && again.recovered.is_some());
    assert_eq!(again.store.session().unwrap().as_deref(), Some("{}"));
    assert!(
        again
            .store
            .search(&query("слово"))
            .unwrap()
            .messages
            .is_empty()
    );
    assert!(again.store.indexed_chats().unwrap().is_empty());
    drop(again);
    assert!(Store::open(dir.path(), &key).unwrap().recovered.is_none());
}
