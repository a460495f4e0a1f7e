//! The demo school: as large and as varied as promised, and the same every time.

use std::collections::HashSet;

use parta_model::plan::ChatWish;

use super::*;

/// 2026-11-20 15:40 UTC, a Friday.
const NOW: u64 = 1_795_189_200_000;

#[test]
fn the_demo_school_has_the_promised_people() {
    let school = School::demo();
    assert!(
        (110..=130).contains(&school.people.len()),
        "{}",
        school.people.len()
    );
    assert_eq!(school.classes.len(), 6);
    let logins: HashSet<&str> = school
        .people
        .iter()
        .map(|person| person.login.as_str())
        .collect();
    assert_eq!(logins.len(), school.people.len());
    assert!(logins.iter().all(|login| {
        login
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '.')
    }));
    let names: Vec<(String, &str)> = school
        .accounts()
        .into_iter()
        .map(|account| (account.login, account.role))
        .collect();
    assert_eq!(
        names,
        [
            ("e.sokolova".to_owned(), "admin"),
            ("m.shchukina".to_owned(), "teacher"),
            ("o.kuznetsova".to_owned(), "parent"),
            ("a.vlasov".to_owned(), "pupil")
        ]
    );
    let two_classes = |index: usize| {
        school
            .classes
            .iter()
            .filter(|class| class.parents.contains(&index))
            .count()
            > 1
    };
    assert!((0..school.people.len()).any(two_classes));
}

#[test]
fn one_seed_makes_one_history() {
    let told = |seed| {
        let school = School::generate(seed, Size::TINY);
        let chats = school.chats(NOW);
        chats
            .iter()
            .map(|chat| format!("{} {:?}", chat.name, chat.posts))
            .collect::<String>()
    };
    assert_eq!(told(1), told(1));
    assert_ne!(told(1), told(2));
}

#[test]
fn every_talk_is_weeks_old_on_whatever_day_and_at_whatever_hour_it_is_written() {
    let hour = 60 * 60 * 1_000;
    for now in (0..7 * 24).step_by(5).map(|hours| NOW + hours * hour) {
        let school = School::generate(1, Size::TINY);
        // Of a few words between two people the last ones may be all.
        for chat in school
            .chats(now)
            .iter()
            .filter(|chat| !chat.name.is_empty())
        {
            let first = &chat.posts[0];
            let days = (now - first.at) / (24 * hour);
            assert!((20..28).contains(&days), "{}: {days} days", chat.name);
        }
    }
}

#[test]
fn the_history_is_long_varied_in_order_and_past() {
    let school = School::demo();
    let chats = school.chats(NOW);
    let long = chats
        .iter()
        .find(|chat| {
            chat.place
                == Place::Class {
                    class: 0,
                    wish: ChatWish::Parents,
                }
        })
        .expect("the first class has a parents' chat");
    assert!(long.messages() >= 2_000);
    for chat in &chats {
        assert!(chat.posts.is_sorted_by_key(|post| post.at), "{}", chat.name);
        assert!(
            chat.posts
                .iter()
                .all(|post| post.at < NOW && chat.members.contains(&post.sender)),
            "{}",
            chat.name
        );
        for (index, post) in chat.posts.iter().enumerate() {
            if let What::Say {
                reply: Some(of), ..
            }
            | What::Edit { of, .. }
            | What::React { to: of, .. }
            | What::Delete { of } = post.what
            {
                assert!(
                    of < index,
                    "{}: nothing is answered before it is said",
                    chat.name
                );
            }
            if let What::Say { text, .. }
            | What::Attach { caption: text, .. }
            | What::Edit { text, .. } = &post.what
            {
                let signs = ['$', '{', '}', '|', '[', ']', '<', '>'];
                assert!(!text.body.contains(signs), "{}: {}", chat.name, text.body);
            }
        }
    }
    let has = |what: fn(&What) -> bool| long.posts.iter().any(|post| what(&post.what));
    assert!(has(|what| matches!(what, What::Say { reply: Some(_), .. })));
    assert!(has(|what| matches!(what, What::Attach { .. })));
    assert!(has(|what| matches!(what, What::Edit { .. })));
    assert!(has(|what| matches!(what, What::React { .. })));
    assert!(has(|what| matches!(what, What::Delete { .. })));
    assert!(has(
        |what| matches!(what, What::Say { text, .. } if text.room)
    ));
    assert!(has(
        |what| matches!(what, What::Say { text, .. } if !text.mentions.is_empty())
    ));
    assert!(!long.pinned.is_empty());
    let texts: HashSet<&str> = long
        .posts
        .iter()
        .filter_map(|post| match &post.what {
            What::Say { text, .. } => Some(text.body.as_str()),
            _ => None,
        })
        .collect();
    assert!(
        texts.len() > long.messages() / 3,
        "{} different texts",
        texts.len()
    );
}

#[test]
fn larger_schools_have_as_many_people_as_they_say() {
    let check = |size: Size, about: usize| {
        let people = School::generate(1, size).people.len();
        assert!(people.abs_diff(about) < about / 10, "{people}");
    };
    check(Size::SCHOOL, 1_000);
    check(Size::BIG, 4_000);
}
