//! What holds for everybody and for any text.

use super::typing::{latin, other_layout, slip};
use super::{EVERYBODY, find, logins};
use parta_model::contacts::{Contact, Filters, Page, Query, normal};
use proptest::prelude::*;

fn whole_name(person: &Contact) -> Vec<String> {
    let patronymic = person.patronymic.as_deref().unwrap_or_default();
    let name = format!("{} {} {patronymic}", person.family, person.given);
    name.split_whitespace().map(str::to_owned).collect()
}

fn somebody() -> impl Strategy<Value = &'static Contact> {
    prop::sample::select(EVERYBODY.people().iter().collect::<Vec<_>>())
}

/// Somebody and the words of his name in some order.
fn named() -> impl Strategy<Value = (&'static Contact, Vec<String>)> {
    somebody().prop_flat_map(|person| (Just(person), Just(whole_name(person)).prop_shuffle()))
}

fn among(page: &Page<'_>, person: &Contact) -> bool {
    page.hits.iter().any(|hit| hit.contact.id == person.id)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn normalising_twice_is_normalising_once(text in ".{0,60}") {
        let once = normal(&text);
        prop_assert_eq!(normal(&once), once);
    }

    #[test]
    fn everybody_is_found_by_his_whole_name_in_any_order((person, words) in named()) {
        let page = find(&words.join(" "));
        prop_assert!(among(&page, person), "{words:?}");
        let whole = normal(page.hits[0].name);
        prop_assert!(words.iter().all(|word| whole.contains(&normal(word))), "{whole} comes first for {words:?}");
    }

    #[test]
    fn a_slip_in_a_long_word_is_forgiven((person, mut words) in named(), kind in 0..4usize, at in 0..40usize, other in prop::char::range('а', 'я')) {
        let long = words.iter().position(|word| word.chars().count() > 5 && !word.contains('-'));
        prop_assume!(long.is_some());
        let long = long.unwrap();
        words[long] = slip(&words[long], kind, at, other);
        prop_assert!(among(&find(&words.join(" ")), person), "{words:?}");
    }

    #[test]
    fn everybody_is_found_in_latin_letters((person, words) in named(), scheme in 0..3usize) {
        let typed = latin(&words.join(" "), scheme);
        prop_assert!(among(&find(&typed), person), "{typed}");
    }

    #[test]
    fn everybody_is_found_in_the_wrong_layout((person, words) in named()) {
        // «О’Коннор» and Latin names have no other layout.
        prop_assume!(words.iter().all(|word| word.chars().all(|c| matches!(c, 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё'))));
        let typed = other_layout(&words.join(" "));
        prop_assert!(among(&find(&typed), person), "{typed}");
    }

    #[test]
    fn no_text_is_too_strange(text in ".{0,80}|[а-яa-z0-9 .,\"'«»*()\\-]{0,40}|\\PC{0,40}") {
        let page = find(&text);
        for hit in &page.hits {
            for found in &hit.matches {
                if found.place == parta_model::contacts::Place::Name {
                    prop_assert!(hit.name.get(found.range.clone()).is_some_and(|meant| !meant.is_empty()));
                }
            }
        }
    }
}

// Everybody is looked at, many times each.
proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn everybody_is_found_at_each_letter_of_his_name(person in somebody()) {
        let name = whole_name(person).join(" ");
        for (end, letter) in name.char_indices() {
            let typed = &name[..end + letter.len_utf8()];
            let page = EVERYBODY.find(&Query { text: typed.into(), most: usize::MAX, ..Query::default() });
            prop_assert!(among(&page, person), "{typed}");
        }
    }

    #[test]
    fn pages_put_together_are_the_whole_in_one_order(text in "[а-яё]{0,3}|[a-z]{1,3}|[0-9]{1,2}[а-е]?", size in 90..900usize) {
        let query = |skip, most| Query { text: text.clone(), skip, most, filters: Filters::default() };
        let whole = EVERYBODY.find(&query(0, usize::MAX));
        prop_assert_eq!(whole.hits.len(), whole.total);
        let mut together = Vec::new();
        while together.len() < whole.total {
            together.extend(EVERYBODY.find(&query(together.len(), size)).hits);
        }
        prop_assert_eq!(&together, &whole.hits);
        let mut once = logins(&whole);
        once.sort_unstable();
        once.dedup();
        prop_assert_eq!(once.len(), whole.total, "each person once");
    }
}
