//! Whatever devices do and in whatever order they hear of each other, they end with one book, and it has the last word.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeSet;

const DEVICES: [&str; 3] = ["A", "B", "C"];

fn entry() -> impl Strategy<Value = Entry> {
    let value = prop_oneof![
        Just(None),
        (0..3u8).prop_map(|n| Some(
            json!({ "family": n.to_string(), "more": [n, { "b": 1, "a": n }] })
        )),
        "[ab]".prop_map(|text| Some(json!(text))),
    ];
    let rest = proptest::collection::btree_map("[xy]", 0..2u8, 0..2);
    (0..3u64, "[AB]", value, rest).prop_map(|(at, by, value, rest)| {
        let rest = rest.into_iter().map(|(key, n)| (key, json!(n))).collect();
        Entry {
            at,
            by,
            value,
            rest,
        }
    })
}

fn book() -> impl Strategy<Value = Book> {
    let key = prop_oneof!["c/[a-c]", "n/@[ab]:s", Just("later/1".to_owned())];
    proptest::collection::btree_map(key, entry(), 0..6).prop_map(|entries| Book { entries })
}

fn merged(one: &Book, other: &Book) -> Book {
    let mut book = one.clone();
    let changed = book.merge(other);
    assert_eq!(changed, book != *one);
    book
}

/// Something that a device does.
#[derive(Clone, Debug)]
enum Act {
    Contact(u8),
    Remove(u8),
    Note(bool),
    Hear(usize),
}

/// Who does what, and how wrong his clock is.
fn acts() -> impl Strategy<Value = Vec<(usize, Act, u64)>> {
    let act = prop_oneof![
        (0..3u8).prop_map(Act::Contact),
        (0..3u8).prop_map(Act::Remove),
        any::<bool>().prop_map(Act::Note),
        (0..3usize).prop_map(Act::Hear),
    ];
    proptest::collection::vec((0..3usize, act, 0..50u64), 0..40)
}

/// What became of the acts of three devices.
struct World {
    books: [Book; 3],
    /// The last entry that was made with each key.
    last: BTreeMap<String, Entry>,
    /// What somebody has replaced who knew of it.
    replaced: Vec<(String, Entry)>,
}

fn play(acts: &[(usize, Act, u64)], right: bool) -> World {
    let mut world = World {
        books: Default::default(),
        last: BTreeMap::new(),
        replaced: vec![],
    };
    for (turn, (device, act, clock)) in acts.iter().enumerate() {
        let now = if right { 100 + turn as u64 } else { *clock };
        let by = DEVICES[*device];
        let who = UserId::from("@m:s");
        if let Act::Hear(from) = act {
            let heard = world.books[*from].clone();
            world.books[*device].merge(&heard);
            continue;
        }
        let book = &mut world.books[*device];
        let before = book.entries.clone();
        let text = format!("слово {turn}");
        let key = match act {
            Act::Contact(n) => {
                let id = format!("{n}");
                let contact = OwnContact { id, ..named(&text) };
                format!("c/{}", book.set_contact(contact, now, by).unwrap())
            }
            Act::Remove(n) => {
                book.remove_contact(&n.to_string(), now, by);
                format!("c/{n}")
            }
            Act::Note(there) => {
                book.set_note(&who, if *there { &text } else { "" }, now, by);
                format!("n/{who}")
            }
            Act::Hear(_) => continue,
        };
        let after = book.entries.get(&key).cloned();
        if after.as_ref() != before.get(&key) {
            let replaced = before.get(&key).cloned();
            world
                .replaced
                .extend(replaced.map(|entry| (key.clone(), entry)));
            world.last.extend(after.map(|entry| (key, entry)));
        }
    }
    world
}

impl World {
    /// What all have once they have heard of each other through a server, which keeps what was written last. `slow` is
    /// read before the others write, and writes after them: it overwrites words that it has not seen.
    fn end(&self, slow: usize) -> Book {
        let mut books = self.books.clone();
        let mut server = Book::default();
        let slow = slow % books.len();
        let unseen = server.clone();
        let write = |book: &Book, server: &mut Book, shard: u8| {
            server.replace_shard(shard, Book::read_shard(&book.shard_content(shard)));
        };
        for at in (0..books.len()).filter(|at| *at != slow) {
            for shard in books[at].dirty_shards(&server) {
                books[at].merge(&server);
                write(&books[at], &mut server, shard);
            }
        }
        for shard in books[slow].dirty_shards(&unseen) {
            write(&books[slow], &mut server, shard);
        }
        // Everybody hears what the server has, and whoever misses his own word in it writes it again.
        for _ in 0..=books.len() {
            for book in &mut books {
                book.merge(&server);
                for shard in book.dirty_shards(&server) {
                    write(book, &mut server, shard);
                }
            }
        }
        for book in &books {
            assert!(book.dirty_shards(&server).is_empty());
            assert_eq!(*book, server);
        }
        server
    }
}

proptest! {
    #[test]
    fn the_order_of_merging_makes_no_difference(a in book(), b in book(), c in book()) {
        prop_assert_eq!(merged(&a, &b), merged(&b, &a));
        prop_assert_eq!(merged(&merged(&a, &b), &c), merged(&a, &merged(&b, &c)));
        prop_assert_eq!(merged(&a, &a), a.clone());
        prop_assert_eq!(merged(&merged(&a, &b), &b), merged(&a, &b));
    }

    #[test]
    fn devices_end_with_one_book_that_has_the_last_word(acts in acts(), slow in 0..3_usize) {
        let world = play(&acts, true);
        let end = world.end(slow);
        prop_assert_eq!(&end.entries, &world.last);
    }

    #[test]
    fn with_wrong_clocks_nothing_comes_back_that_was_replaced(acts in acts(), slow in 0..3_usize) {
        let world = play(&acts, false);
        let end = world.end(slow);
        let keys: BTreeSet<&String> = end.entries.keys().collect();
        prop_assert_eq!(keys, world.last.keys().collect());
        for (key, entry) in &world.replaced {
            // A removal has no text by which it would be told from another.
            prop_assert!(entry.value.is_none() || end.entries.get(key) != Some(entry));
        }
    }

    #[test]
    fn a_part_is_read_as_it_was_written(book in book()) {
        prop_assert_eq!(&over_the_server(&book), &book);
        let text = serde_json::to_string(&book).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Book>(&text).unwrap(), &book);
        for shard in 0..16 {
            let part = Book::read_shard(&book.shard_content(shard));
            prop_assert!(part.entries.keys().all(|key| Book::shard(key) == shard));
            prop_assert_eq!(part.shard_content(shard), book.shard_content(shard));
        }
    }
}
