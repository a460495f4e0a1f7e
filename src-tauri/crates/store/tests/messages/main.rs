//! What was said is found in any form of its words, and what is deleted is not.

#![allow(clippy::unwrap_used, reason = "shared steps of tests")]

use parta_model::{Change, Findable, MediaSecret, MessageQuery, SearchKind};
use parta_store::*;

mod history;
mod rules;

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
