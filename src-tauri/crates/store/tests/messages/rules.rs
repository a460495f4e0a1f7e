//! What holds for every text and every order.

use crate::*;
use proptest::prelude::*;

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
