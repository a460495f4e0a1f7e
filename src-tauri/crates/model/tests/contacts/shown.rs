//! What is told of those who were found, and what a text without words finds.

use super::{EVERYBODY, find, login, logins, people};
use parta_model::contacts::{Closeness, Contact, Contacts, Place, Query, Reading};

/// The meant letters of the first hit in brackets, and how each was found.
fn shown(text: &str) -> (String, Vec<(Closeness, Reading)>) {
    let page = find(text);
    let hit = &page.hits[0];
    let mut name = hit.name.to_owned();
    let mut ranges: Vec<_> = hit
        .matches
        .iter()
        .filter(|found| found.place == Place::Name)
        .map(|found| found.range.clone())
        .collect();
    ranges.sort_by_key(|range| std::cmp::Reverse(range.start));
    for range in ranges {
        name.insert(range.end, ']');
        name.insert(range.start, '[');
    }
    (
        name,
        hit.matches
            .iter()
            .map(|found| (found.closeness, found.reading))
            .collect(),
    )
}

#[test]
fn the_meant_letters_are_told_with_how_they_were_found() {
    use Closeness::{Exact, Form, Fuzzy, Prefix};
    use Reading::{Layout, Look, Translit, Typed};
    let check = |typed: &str, name: &str, how: &[(Closeness, Reading)]| {
        assert_eq!(shown(typed), (name.to_owned(), how.to_vec()), "{typed}");
    };
    check(
        "мария щук",
        "[Щук]ина [Мария] Петровна",
        &[(Exact, Typed), (Prefix, Typed)],
    );
    check(
        "щукина м п",
        "[Щукина] [М]ария [П]етровна",
        &[(Exact, Typed), (Prefix, Typed), (Prefix, Typed)],
    );
    check("щукена", "[Щукина] Мария Петровна", &[(Fuzzy, Typed)]);
    check(
        "сребряк",
        "[Серебряк]ова Зинаида Евгеньевна",
        &[(Fuzzy, Typed)],
    );
    check("щукиной", "[Щукина] Мария Петровна", &[(Form, Typed)]);
    check("shchuk", "[Щук]ина Мария Петровна", &[(Prefix, Translit)]);
    check("shchukina", "[Щукина] Мария Петровна", &[(Exact, Translit)]);
    check(
        "yuliya yur",
        "[Юр]ьева [Юлия] Юлиановна",
        &[(Exact, Translit), (Prefix, Translit)],
    );
    check("oerbyf", "[Щукина] Мария Петровна", &[(Exact, Layout)]);
    check("Щyкинa", "[Щукина] Мария Петровна", &[(Exact, Look)]);
    check(
        "щукина 7 \"А\"",
        "[Щукина] Мария Петровна",
        &[(Exact, Typed), (Exact, Typed)],
    );
}

#[test]
fn marks_are_highlighted_with_their_letter() {
    let contacts = Contacts::new(
        people::people(0)
            .into_iter()
            .take(1)
            .map(|person| Contact {
                family: "И\u{306}о\u{301}дко".to_owned(),
                ..person
            })
            .collect(),
    );
    let meant = |text: &str| {
        let page = contacts.find(&Query {
            text: text.to_owned(),
            most: 1,
            ..Query::default()
        });
        page.hits[0].name[page.hits[0].matches[0].range.clone()].to_owned()
    };
    assert_eq!(meant("й"), "И\u{306}");
    assert_eq!(meant("йо"), "И\u{306}о\u{301}");
    assert_eq!(meant("йодк"), "И\u{306}о\u{301}дк");
}

#[test]
fn a_name_of_many_words_is_searched_as_well() {
    let endless = Contact {
        family: "а ".repeat(60),
        ..people::people(1).swap_remove(0)
    };
    let contacts = Contacts::new(vec![endless]);
    let page = contacts.find(&Query {
        text: "а ".repeat(10),
        most: 1,
        ..Query::default()
    });
    assert_eq!(page.total, 1);
}

#[test]
fn a_match_says_in_which_text_it_is() {
    let page = find("физика щукина 10 «Б» класс учитель");
    let hit = &page.hits[0];
    let found: Vec<(&str, Place)> = hit
        .matches
        .iter()
        .map(|found| (found.word.as_str(), found.place))
        .collect();
    let places = [
        ("физика", Place::Subject(0)),
        ("щукина", Place::Name),
        ("10б", Place::Class(1)),
        ("учитель", Place::Position),
    ];
    assert_eq!(found, places);
    assert_eq!(hit.contact.classes[1].label, "10Б");
    assert_eq!(
        &hit.contact.subjects[0][hit.matches[0].range.clone()],
        "Физика"
    );
}

#[test]
fn nothing_typed_is_everybody_in_order() {
    let page = find("");
    assert_eq!(
        page.total,
        EVERYBODY.people().len() - 1,
        "one person has two records"
    );
    let expected = [
        "shchukina",
        "ivanova-mp",
        "zharkova",
        "krasnoshapkin",
        "mendeleev",
        "obzh",
        "tyozkina-3",
        "ivanov-sp",
    ];
    assert_eq!(logins(&page)[..8], expected);
    assert!(page.hits.iter().all(|hit| hit.matches.is_empty()));
    for signs in [" ", "\"", "*", "()", "- + ~", "\u{200b}", "\u{202e}"] {
        assert_eq!(find(signs).total, page.total, "{signs:?}");
    }
}

#[test]
fn a_long_paste_is_read_at_its_beginning() {
    let page = find(&format!("щукина мария{}", " ".repeat(10_000)));
    assert_eq!(login(&page.hits[0]), "shchukina");
    for paste in [
        "щукина ".repeat(2_000),
        "щ".repeat(10_000),
        "7а ".repeat(3_000),
        "🙂".repeat(10_000),
        "а и ".repeat(2_500),
    ] {
        assert!(find(&paste).total < EVERYBODY.people().len());
    }
}
