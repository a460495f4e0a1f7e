//! What was said is found in any form of its words, and what is deleted is not.

#![allow(clippy::unwrap_used, reason = "shared steps of tests")]

use parta_model::{Change, Findable, MediaSecret, MessageQuery, SearchKind};
use parta_store::*;
use proptest::prelude::*;

const CHAT: &str = "!5a:school";
const OTHER: &str = "!staff:school";

struct Index {
    store: Store,
    _dir: tempfile::TempDir,
}

impl Index {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path(), &DataKey::generate()).unwrap().store;
        Self { store, _dir: dir }
    }

    /// Messages of one chat, a second apart, the first at 1,000.
    fn of(texts: &[&str]) -> Self {
        let index = Self::new();
        let changes = texts
            .iter()
            .zip(1..)
            .map(|(text, n)| said(n, text))
            .collect();
        index.take(CHAT, changes);
        index
    }

    fn take(&self, chat: &str, changes: Vec<Change>) {
        let batch = Batch {
            changes,
            ..Batch::default()
        };
        self.store.index_batch(&chat.into(), &batch).unwrap();
    }

    fn ask(&self, query: MessageQuery) -> FoundPage {
        self.store.search(&query).unwrap()
    }

    fn texts(&self, query: MessageQuery) -> Vec<String> {
        let page = self.ask(query);
        page.messages.into_iter().map(|m| m.content.text).collect()
    }

    fn find(&self, text: &str) -> Vec<String> {
        self.texts(query(text))
    }
}

fn query(text: &str) -> MessageQuery {
    MessageQuery {
        text: text.into(),
        most: 100,
        ..MessageQuery::default()
    }
}

fn said(n: u64, text: &str) -> Change {
    said_by(n, "@olga:school", Findable::text(text))
}

fn said_by(n: u64, sender: &str, content: Findable) -> Change {
    Change::Said {
        event: format!("$m{n}"),
        sender: sender.into(),
        name: Some("Кузнецова Ольга".into()),
        at: n * 1_000,
        content,
    }
}

fn edited(id: &str, target: u64, at: u64, text: &str) -> Change {
    Change::Edited {
        event: id.into(),
        target: format!("$m{target}"),
        sender: "@olga:school".into(),
        at,
        content: Findable::text(text),
    }
}

fn deleted(event: &str) -> Change {
    Change::Deleted {
        event: event.into(),
    }
}

fn file(name: &str, caption: &str, kind: SearchKind) -> Findable {
    Findable {
        kind,
        name: Some(name.into()),
        size: Some(1_024),
        media: Some(MediaSecret::new("{\"url\":\"mxc://school/x\"}")),
        ..Findable::text(caption)
    }
}

#[test]
fn any_form_of_the_words_in_any_order_finds_a_message() {
    let index = Index::of(&[
        "В пятницу контрольная по математике",
        "Родители, принесите ёлочные игрушки",
        "The meetings are moved",
    ]);
    for asked in [
        "контрольную",
        "МАТЕМАТИКА контрольные",
        "по пятницам",
        "контр",
        "матем",
    ] {
        assert_eq!(
            index.find(asked),
            ["В пятницу контрольная по математике"],
            "{asked}"
        );
    }
    for asked in ["елочные", "Ёлочная игрушка", "родителям", "игру"]
    {
        assert_eq!(
            index.find(asked),
            ["Родители, принесите ёлочные игрушки"],
            "{asked}"
        );
    }
    assert_eq!(index.find("meeting"), ["The meetings are moved"]);
    assert_eq!(index.find("контрольная игрушки"), [] as [&str; 0]);
}

#[test]
fn a_phrase_in_quotes_is_found_as_it_is_only() {
    let index = Index::of(&[
        "Родительское собрание в среду",
        "Собрание родительское",
        "Родительского собрания не будет",
    ]);
    assert_eq!(
        index.find("\"родительское собрание\""),
        ["Родительское собрание в среду"]
    );
    assert_eq!(
        index.find("не будет «родительского собрания»"),
        ["Родительского собрания не будет"]
    );
    assert_eq!(index.find("родительское собрание").len(), 3);
}

#[test]
fn a_hit_is_marked_in_the_text_as_it_was_written() {
    let index = Index::of(&["Завтра КОНТРОЛЬНЫЕ у 5 «А»"]);
    let page = index.ask(query("контрольная"));
    let pieces: Vec<_> = page.messages[0]
        .pieces
        .iter()
        .map(|piece| (piece.text.as_str(), piece.hit))
        .collect();
    assert_eq!(
        pieces,
        [
            ("Завтра ", false),
            ("КОНТРОЛЬНЫЕ", true),
            (" у 5 «А»", false)
        ]
    );
}

#[test]
fn every_condition_narrows_what_is_found() {
    let index = Index::new();
    index.take(
        CHAT,
        vec![
            said_by(1, "@olga:school", Findable::text("план на год")),
            said_by(2, "@maria:school", Findable::text("план на четверть")),
            said_by(3, "@maria:school", file("план.docx", "", SearchKind::File)),
            said_by(
                4,
                "@olga:school",
                Findable {
                    link: true,
                    ..Findable::text("план: https://school.example")
                },
            ),
        ],
    );
    index.take(
        OTHER,
        vec![Change::Said {
            event: "$o1".into(),
            sender: "@maria:school".into(),
            name: None,
            at: 5_000,
            content: file("план.jpg", "План школы", SearchKind::Picture),
        }],
    );
    let events = |query: MessageQuery| -> Vec<String> {
        let page = index.ask(query);
        page.messages.into_iter().map(|m| m.event).collect()
    };
    let plan = query("план");
    assert_eq!(events(plan.clone()), ["$o1", "$m4", "$m3", "$m2", "$m1"]);
    let from = Some("@maria:school".into());
    let chat = Some(CHAT.into());
    assert_eq!(
        events(MessageQuery {
            from: from.clone(),
            ..plan.clone()
        }),
        ["$o1", "$m3", "$m2"]
    );
    assert_eq!(
        events(MessageQuery {
            chat: chat.clone(),
            from,
            ..plan.clone()
        }),
        ["$m3", "$m2"]
    );
    assert_eq!(
        events(MessageQuery {
            since: Some(2_000),
            until: Some(4_000),
            ..plan.clone()
        }),
        ["$m4", "$m3", "$m2"]
    );
    for (kind, found) in [
        (SearchKind::Text, vec!["$m4", "$m2", "$m1"]),
        (SearchKind::Picture, vec!["$o1"]),
        (SearchKind::File, vec!["$m3"]),
        (SearchKind::Voice, vec![]),
        (SearchKind::Link, vec!["$m4"]),
    ] {
        let with_words = MessageQuery {
            kind: Some(kind),
            ..plan.clone()
        };
        let all = MessageQuery {
            text: String::new(),
            ..with_words.clone()
        };
        assert_eq!(events(with_words), found, "{kind:?}");
        assert_eq!(events(all), found, "{kind:?} without words");
    }
    assert_eq!(events(query("")), [] as [&str; 0]);
    assert_eq!(
        events(MessageQuery {
            chat: Some("!nowhere".into()),
            ..plan.clone()
        }),
        [] as [&str; 0]
    );
    assert_eq!(
        events(MessageQuery {
            from: Some("@nobody".into()),
            ..plan
        }),
        [] as [&str; 0]
    );
}

#[test]
fn a_file_is_found_by_its_name_and_keeps_all_it_needs_to_be_opened() {
    let index = Index::new();
    let content = file("Отчёт за 2 четверть.xlsx", "", SearchKind::File);
    index.take(CHAT, vec![said_by(1, "@olga:school", content.clone())]);
    let page = index.ask(query("отчета"));
    assert_eq!(page.messages[0].content, content);
    assert!(
        page.messages[0]
            .pieces
            .iter()
            .any(|piece| piece.hit && piece.text == "Отчёт")
    );
    // A phrase does not reach from a caption into a name.
    index.take(
        CHAT,
        vec![said_by(
            2,
            "@olga:school",
            file("план.docx", "учебный", SearchKind::File),
        )],
    );
    assert_eq!(index.find("\"учебный план\""), [] as [&str; 0]);
    assert_eq!(index.find("учебные планы"), ["учебный"]);
}

#[test]
fn pages_follow_each_other_without_loss() {
    let index = Index::new();
    // All of one moment: their order is kept, and there are more of them than fit into it.
    let changes = (0..1_500).map(|n| Change::Said {
        event: format!("$m{n}"),
        sender: "@olga:school".into(),
        name: None,
        at: 7,
        content: Findable::text("слово"),
    });
    index.take(CHAT, changes.collect());
    let mut seen = Vec::new();
    for skip in (0..).step_by(400) {
        let page = index.ask(MessageQuery {
            skip,
            most: 400,
            ..query("слова")
        });
        seen.extend(page.messages.into_iter().map(|m| m.event));
        if !page.more {
            break;
        }
    }
    let expected: Vec<_> = (0..1_500).rev().map(|n| format!("$m{n}")).collect();
    assert_eq!(seen, expected);
}

#[test]
fn a_time_beyond_all_clocks_is_taken() {
    let index = Index::new();
    for at in [0, 1, u64::MAX, u64::MAX - 1, 1 << 52] {
        index.take(
            CHAT,
            vec![Change::Said {
                event: format!("${at}"),
                sender: "@olga:school".into(),
                name: None,
                at,
                content: Findable::text("слово"),
            }],
        );
    }
    assert_eq!(index.find("слово").len(), 5);
}

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
    assert!(opened().is_empty());
    index.store.key_came(&chat, "b").unwrap();
    assert_eq!(opened(), ["$m3", "$m2"]);
    index.take(CHAT, vec![said(3, "открыто")]);
    index.store.still_sealed(&chat, "$m2").unwrap();
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

fn words() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec("[а-яёА-ЯЁ]{1,12}|[a-zA-Z]{1,12}|[0-9]{1,5}", 1..8)
}

/// A few events that meet each other, in a chat and in any order.
fn history() -> impl Strategy<Value = Vec<Change>> {
    let change = (0u64..5, 0u64..8, 0u8..5).prop_map(|(target, n, what)| match what {
        0 | 1 => said(target, &format!("сказано{target}")),
        2 => edited(&format!("$e{n}"), n % 5, 100 + n, &format!("правка{n}")),
        3 => deleted(&format!("$m{target}")),
        _ => deleted(&format!("$e{n}")),
    });
    proptest::collection::vec(change, 0..24)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_message_is_found_by_each_of_its_words_however_written(all in words(), pick in any::<prop::sample::Index>()) {
        let text = all.join(" ");
        let index = Index::of(&[&text]);
        let word = &all[pick.index(all.len())];
        for asked in [word.clone(), word.to_uppercase(), word.to_lowercase(), word.replace('ё', "е").replace('Ё', "Е"), format!("{word} "), format!("\"{word}\"")] {
            let page = index.ask(query(&asked));
            prop_assert_eq!(page.messages.len(), 1, "{}", asked);
            prop_assert!(page.messages[0].pieces.iter().any(|piece| piece.hit), "{}", asked);
        }
        prop_assert_eq!(index.find(&format!("\"{text}\"")).len(), 1);
    }

    #[test]
    fn nothing_that_is_typed_is_an_error(typed in "\\PC{0,60}", operators in "[\"*:()^+\\-{}«» ]{0,12}(AND|OR|NOT|NEAR)?[\"*:()^+\\-{}«» а]{0,12}") {
        let index = Index::of(&["слово NOT AND \"x\" : *"]);
        for asked in [typed.clone(), format!("{operators}{typed}"), format!("{typed}{operators}"), operators.clone()] {
            prop_assert!(index.store.search(&query(&asked)).is_ok(), "{}", asked);
        }
    }

    #[test]
    fn the_order_in_which_things_become_known_makes_no_difference(history in history(), seed in any::<u64>(), cut in 1usize..6) {
        let (one, other) = (Index::new(), Index::new());
        one.take(CHAT, history.clone());
        let mut mixed = history;
        // A shuffle that depends on the seed alone.
        let mut state = seed | 1;
        for n in (1..mixed.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            mixed.swap(n, (state >> 33) as usize % (n + 1));
        }
        for part in mixed.chunks(cut) {
            other.take(CHAT, part.to_vec());
        }
        let all = MessageQuery { chat: Some(CHAT.into()), ..query("") };
        prop_assert_eq!(one.ask(all.clone()), other.ask(all));
        let count = |index: &Index| index.store.indexed_chats().unwrap().first().map_or(0, |chat| chat.messages);
        prop_assert_eq!(count(&one), count(&other));
        for n in 0..8 {
            for word in [format!("сказано{n}"), format!("правка{n}")] {
                prop_assert_eq!(one.find(&word), other.find(&word));
            }
        }
    }
}

#[test]
fn hostile_questions_are_only_texts() {
    let index = Index::of(&["Начало AND конец 🎉 مرحبا بكم NEAR(x)", "a*b:c^d"]);
    for (asked, found) in [
        ("AND", 1),
        ("начало AND конец", 1),
        ("NOT начало", 0),
        ("NEAR(x", 1),
        ("🎉", 1),
        ("مرحبا", 1),
        ("\u{202e}مرحبا", 1),
        ("a*b:c", 1),
        ("\"", 0),
        ("*", 0),
        ("::", 0),
        ("\0", 0),
        ("words : конец", 0),
    ] {
        assert_eq!(index.find(asked).len(), found, "{asked}");
    }
    for long in [
        "я".repeat(10_000),
        "слово ".repeat(2_000),
        "\"а ".repeat(5_000),
        "(".repeat(10_000),
    ] {
        assert!(index.store.search(&query(&long)).is_ok());
    }
}
