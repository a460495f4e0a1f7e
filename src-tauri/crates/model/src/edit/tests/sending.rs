//! What is written for edits that wait, and whether it has stayed written.

use super::*;

fn class(edits: &[(&str, Value, Value)]) -> Edit {
    let changes = edits
        .iter()
        .map(|(field, from, to)| change(field, from.clone(), to.clone()));
    Edit {
        target: Target::Class("5a".into()),
        changes: changes.collect(),
    }
}

fn stage(from: u8, to: u8) -> Edit {
    class(&[("stage", json!(from), json!(to))])
}

fn link(event: &str, base: Option<&str>) -> Link {
    Link {
        event: event.into(),
        base: base.map(Into::into),
    }
}

#[test]
fn thirty_edits_of_a_class_are_one_event() {
    let edits: Vec<Edit> = (5..35).map(|n| stage(n, n + 1)).collect();
    let all: Vec<&Edit> = edits.iter().collect();
    let sending = send(&all, &Document::Single(json!({"stage": 5, "later": 1})));
    assert_eq!(
        sending.write,
        BTreeMap::from([(String::new(), json!({"stage": 35, "later": 1}))])
    );
    assert!(
        sending
            .outcomes
            .iter()
            .all(|outcome| *outcome == Outcome::Written)
    );
}

#[test]
fn what_is_so_already_writes_nothing() {
    let sending = send(&[&stage(5, 6)], &Document::Single(json!({"stage": 6})));
    assert_eq!(
        (sending.write.len(), sending.outcomes),
        (0, vec![Outcome::Done])
    );
}

#[test]
fn only_the_part_of_a_list_that_changes_is_written() {
    let list = people(&[
        ("5a", json!({"people": [{"id": "a:s", "role": "student"}]})),
        (
            "5a/2",
            json!({"people": [{"id": "b:s", "role": "student"}]}),
        ),
    ]);
    let edit = Edit {
        target: Target::People("5a".into()),
        changes: vec![of("b:s", change("role", json!("student"), json!("parent")))],
    };
    assert_eq!(
        send(&[&edit], &list).write.keys().collect::<Vec<_>>(),
        ["5a/2"]
    );
}

#[test]
fn a_conflict_keeps_the_rest_of_its_edit_going_and_the_administrator_decides() {
    let edit = class(&[
        ("stage", json!(5), json!(6)),
        ("letter", json!("А"), json!("Б")),
    ]);
    let now = Document::Single(json!({"stage": 7, "letter": "А"}));
    let sending = send(&[&edit], &now);
    assert_eq!(sending.write[""], json!({"stage": 7, "letter": "Б"}));
    let Outcome::Conflict(clashes) = &sending.outcomes[0] else {
        panic!("a conflict");
    };
    assert_eq!(
        clashes,
        &[Clash {
            change: 0,
            theirs: json!(7)
        }]
    );
    let after = Document::Single(sending.write[""].clone());
    let mine = edit.resolve(clashes, true).unwrap();
    assert_eq!(
        send(&[&mine], &after).write[""],
        json!({"stage": 6, "letter": "Б"})
    );
    let theirs = edit.resolve(clashes, false).unwrap();
    assert_eq!(send(&[&theirs], &after).outcomes, [Outcome::Done]);
    assert_eq!(stage(5, 6).resolve(clashes, false), None);
}

#[test]
fn what_waits_behind_a_conflict_of_its_field_waits_with_it_and_nothing_else_does() {
    let (stuck, same, other) = (
        stage(5, 6),
        stage(6, 7),
        class(&[("letter", json!("А"), json!("Б"))]),
    );
    let elsewhere = Edit {
        target: Target::Class("6a".into()),
        ..stage(6, 7)
    };
    let found = batches([
        (1, &stuck, false),
        (2, &same, true),
        (3, &other, true),
        (4, &elsewhere, true),
    ]);
    let ids: Vec<Vec<i32>> = found
        .iter()
        .map(|(_, batch)| batch.iter().map(|(id, _)| *id).collect())
        .collect();
    assert_eq!(ids, [vec![3], vec![4]]);
}

#[test]
fn an_edit_is_done_once_it_shows_or_somebody_went_on_from_it() {
    let now = |stage: u8| Document::Single(json!({ "stage": stage }));
    assert_eq!(
        seen(
            &stage(5, 6),
            &link("$mine", Some("$0")),
            &now(6),
            &[link("$x", None)]
        ),
        Seen::Done
    );
    assert_eq!(
        seen(
            &stage(5, 6),
            &link("$mine", Some("$0")),
            &now(9),
            &[link("$x", Some("$mine"))]
        ),
        Seen::Done
    );
    let chain = [link("$y", Some("$x")), link("$x", Some("$mine"))];
    assert_eq!(
        seen(
            &stage(5, 6),
            &link("$mine", Some("$0")),
            &now(9),
            &chain[..1]
        ),
        Seen::Ask("$x".into())
    );
    assert_eq!(
        seen(&stage(5, 6), &link("$mine", Some("$0")), &now(9), &chain),
        Seen::Done
    );
}

#[test]
fn an_edit_that_was_overwritten_unseen_is_written_again() {
    // Both merged from $0; theirs came later, so it is what the server shows.
    let theirs = Document::Single(json!({"stage": 5, "letter": "Б"}));
    let chain = [link("$theirs", Some("$0")), link("$0", None)];
    assert_eq!(
        seen(&stage(5, 6), &link("$mine", Some("$0")), &theirs, &chain),
        Seen::Lost
    );
    let again = send(&[&stage(5, 6)], &theirs);
    assert_eq!(again.write[""], json!({"stage": 6, "letter": "Б"}));
}

#[test]
fn what_many_have_written_over_since_is_not_written_again() {
    let later: Vec<Link> = (0..20)
        .map(|n| link(&format!("${}", 100 - n), Some(&format!("${}", 99 - n))))
        .collect();
    let mine = link("$mine", Some("$0"));
    let now = Document::Single(json!({"stage": 9}));
    assert_eq!(seen(&stage(5, 6), &mine, &now, &later), Seen::Done);
}

proptest! {
    /// Two administrators who write at the same moments, each without seeing the other's last word: in the end both
    /// have all of theirs in, but for what they disagree about.
    #[test]
    fn races_lose_nothing(
        a in proptest::collection::btree_map("[a-f]", 1..4u8, 0..5),
        b in proptest::collection::btree_map("[a-f]", 1..4u8, 0..5),
        first in any::<bool>(),
    ) {
        let start = Document::Single(json!({}));
        let edits = |wishes: &BTreeMap<String, u8>| Edit {
            target: Target::Class("5a".into()),
            changes: wishes.iter().map(|(field, to)| change(field, Value::Null, json!(to))).collect(),
        };
        let (mine, theirs) = (edits(&a), edits(&b));
        // Both merge from the same event; whoever is second hides the first.
        let (winner, loser) = if first { (&mine, &theirs) } else { (&theirs, &mine) };
        let mut now = start.clone();
        now.merge_all(winner);
        let chain = [link("$winner", Some("$0")), link("$0", None)];
        if seen(loser, &link("$loser", Some("$0")), &now, &chain) == Seen::Lost {
            let again = send(&[loser], &now);
            if let Some(content) = again.write.get("") {
                now = Document::Single(content.clone());
            }
            if let Outcome::Conflict(clashes) = &again.outcomes[0] {
                for clash in clashes {
                    let field = loser.changes[clash.change].field.clone().unwrap();
                    prop_assert!(a[&field] != b[&field], "only what both changed differently is a conflict");
                }
            }
        }
        for (field, to) in a.iter().chain(&b) {
            let agreed = a.get(field).zip(b.get(field)).is_none_or(|(a, b)| a == b);
            let place = change(field, Value::Null, json!(to));
            if agreed {
                prop_assert_eq!(now.get(&place), Some(json!(to)));
            }
        }
        prop_assert!(now.has(winner));
    }

    /// One after the other was made and sent, and some of the last never arrived: each goes again, together with what
    /// it was made from where that is missing too, and nobody is asked about his own words.
    #[test]
    fn whatever_has_arrived_the_rest_goes_again_without_a_conflict(
        before in documents(),
        wishes in proptest::collection::vec(("[a-c]", "[a-b]", proptest::option::of(0..3u8)), 1..8),
        arrived in 0..8usize,
        another in proptest::option::of(0..3u8),
    ) {
        let mut shown = before.clone();
        let mut now = before.clone();
        let mut edits = Vec::new();
        for (at, wish) in wishes.into_iter().enumerate() {
            let edit = made_on(&shown, &[wish]);
            shown.merge_all(&edit);
            if at < arrived {
                now.merge_all(&edit);
            }
            edits.push(edit);
        }
        // Meanwhile another administrator has changed something else.
        let theirs = made_on(&now, &[("d".to_owned(), "d".to_owned(), another)]);
        now.merge_all(&theirs);
        let all: Vec<&Edit> = edits.iter().collect();
        let lost: Vec<bool> = lasting(&all).iter().map(|left| !now.has(left)).collect();
        let again: Vec<Edit> = written_again(&all, &lost, &now).into_iter().flatten().collect();
        let sent: Vec<&Edit> = again.iter().collect();
        let sending = send(&sent, &now);
        let conflict = |outcome: &Outcome| matches!(outcome, Outcome::Conflict(_));
        prop_assert!(!sending.outcomes.iter().any(conflict), "{:?}", sending.outcomes);
        for edit in sent {
            now.merge_all(edit);
        }
        for edit in &edits {
            for change in &edit.changes {
                prop_assert_eq!(now.get(change), shown.get(change));
            }
        }
    }
}

#[test]
fn what_goes_again_begins_from_what_is_there_of_ours_and_from_nobody_elses() {
    let edits = [stage(5, 6), stage(6, 7), stage(7, 8)];
    let all: Vec<&Edit> = edits.iter().collect();
    let goes = |now: u8| {
        let now = Document::Single(json!({"stage": now}));
        let lost: Vec<bool> = lasting(&all).iter().map(|left| !now.has(left)).collect();
        written_again(&all, &lost, &now)
    };
    for now in [5, 6, 7] {
        assert_eq!(goes(now), [None, None, Some(stage(now, 8))]);
    }
    assert_eq!(goes(1), [None, None, Some(stage(7, 8))]);
    assert_eq!(goes(8), [None, None, None]);
}

#[test]
fn who_came_and_lost_a_field_is_looked_for_until_he_is_there() {
    let empty = people(&[]);
    let came = Edit {
        target: Target::People("5a".into()),
        changes: vec![come("a:s")],
    };
    let cleared = Edit {
        changes: vec![of("a:s", change("role", json!("student"), Value::Null))],
        ..came.clone()
    };
    let all = [&came, &cleared];
    assert!(lasting(&all).iter().all(|left| !empty.has(left)));
}
