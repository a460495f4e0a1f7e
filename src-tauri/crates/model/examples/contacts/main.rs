//! Measures the search for a person among 10,000 as he is typed, one line of JSON for each figure. The people and the
//! queries are made from a seed, so every run works on the same.

mod names;
mod people;
mod typing;

use parta_model::contacts::{Contact, Contacts, Query};
use people::Random;
use serde_json::json;
use std::time::Instant;
use typing::{latin, other_layout, slip};

const PEOPLE: usize = 10_000;
/// Of each kind.
const QUERIES: usize = 150;
const PAGE: usize = 50;

/// How somebody is typed.
type Typing = fn(&Contact, &mut Random) -> String;
fn main() {
    for count in [100, 1_000] {
        let times = kinds(&people::people(count)).into_iter();
        figures(
            &format!("{count} people"),
            times.flat_map(|(_, times)| times).collect(),
        );
    }
    let people = people::people(PEOPLE);
    let begun = Instant::now();
    let contacts = Contacts::new(people.clone());
    say("building the index", begun.elapsed().as_secs_f64());
    let begun = Instant::now();
    contacts.find(&Query {
        most: PAGE,
        ..Query::default()
    });
    say("everybody", begun.elapsed().as_secs_f64());
    let kinds = kinds(&people);
    let all = kinds.iter().flat_map(|(_, times)| times).copied().collect();
    for (kind, times) in kinds {
        figures(kind, times);
    }
    figures("any keystroke", all);
}

/// What each keystroke took, for each way to type.
fn kinds(people: &[Contact]) -> Vec<(&'static str, Vec<f64>)> {
    let contacts = Contacts::new(people.to_vec());
    let mut random = Random(5);
    let kinds: [(&str, Typing); 6] = [
        ("prefix", |person, _| names(person)),
        ("typo", |person, random| slipped(&names(person), random)),
        ("layout", |person, _| other_layout(&names(person))),
        ("translit", |person, random| {
            latin(&names(person), random.below(3))
        }),
        ("translit and typo", |person, random| {
            slipped(&latin(&names(person), random.below(3)), random)
        }),
        ("class and subject", about),
    ];
    let measured = kinds.into_iter().map(|(kind, typed)| {
        let mut times = Vec::new();
        for _ in 0..QUERIES {
            let text = typed(random.pick(people), &mut random);
            let ends = text
                .char_indices()
                .map(|(at, letter)| at + letter.len_utf8());
            times.extend(ends.map(|end| keystroke(&contacts, &text[..end])));
        }
        (kind, times)
    });
    measured.collect()
}

fn keystroke(contacts: &Contacts, text: &str) -> f64 {
    let query = Query {
        text: text.to_owned(),
        most: PAGE,
        ..Query::default()
    };
    let begun = Instant::now();
    let page = contacts.find(&query);
    let spent = begun.elapsed().as_secs_f64();
    assert!(page.hits.len() <= PAGE);
    spent
}

fn figures(kind: &str, mut times: Vec<f64>) {
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    say(&format!("{kind}, p50"), at(0.5));
    say(&format!("{kind}, p95"), at(0.95));
    say(&format!("{kind}, most"), at(1.0));
}

fn say(name: &str, seconds: f64) {
    println!("{}", json!({"name": name, "seconds": seconds}));
}

/// Family and given name, as one types them.
fn names(person: &Contact) -> String {
    format!("{} {}", person.family, person.given).to_lowercase()
}

fn about(person: &Contact, random: &mut Random) -> String {
    let class = person.classes.first().map_or("7а", |class| &class.label);
    let subject = person
        .subjects
        .first()
        .map_or(person.given.as_str(), |subject| subject);
    let pair = [subject.to_lowercase(), class.to_lowercase()];
    let first = random.below(2);
    format!("{} {}", pair[first], pair[1 - first])
}

/// The text with one slip somewhere near its beginning.
fn slipped(text: &str, random: &mut Random) -> String {
    slip(text, random.below(4), random.below(6), 'о')
}
