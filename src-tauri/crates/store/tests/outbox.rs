//! The outbox: what an administrator did is there after any end of the app, in its order, until it is done.

#![allow(clippy::unwrap_used, reason = "shared steps of tests")]

use parta_model::ChatId;
use parta_model::edit::{Edit, FieldChange, Target};
use parta_store::{Act, DataKey, EditState, Store};
use serde_json::json;

fn open() -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path(), &DataKey::generate()).unwrap().store;
    (dir, store)
}

fn organisation() -> ChatId {
    ChatId::new("!school")
}

fn act(id: &str) -> Act {
    Act {
        id: id.to_owned(),
        organisation: organisation(),
        about: format!("{{\"kind\":\"{id}\"}}"),
        made_at: 1_780_000_000_000,
        undoes: None,
    }
}

fn edit(class: &str, to: u8) -> Edit {
    Edit {
        target: Target::Class(class.to_owned()),
        changes: vec![FieldChange {
            person: None,
            field: Some("stage".into()),
            from: json!(5),
            to: json!(to),
        }],
    }
}

fn kept(store: &Store) -> Vec<(String, EditState)> {
    let outbox = store.outbox(&organisation()).unwrap();
    let told = |(_, kept): &(_, parta_store::KeptEdit)| (kept.act.id.clone(), kept.state);
    outbox.iter().map(told).collect()
}

/// Marks every edit of these acts.
fn mark(store: &Store, acts: &[&str], state: EditState) {
    let mut outbox = store.outbox(&organisation()).unwrap();
    outbox.retain(|(_, kept)| acts.contains(&kept.act.id.as_str()));
    outbox.iter_mut().for_each(|(_, kept)| kept.state = state);
    store.change_edits(&outbox).unwrap();
}

#[test]
fn edits_come_back_as_they_were_made_and_in_their_order() {
    let dir = tempfile::tempdir().unwrap();
    let key = DataKey::generate();
    let store = Store::open(dir.path(), &key).unwrap().store;
    let promoted = [edit("5a", 6), edit("5b", 6)];
    store.queue_act(&act("promoted"), &promoted).unwrap();
    store.queue_act(&act("again"), &[edit("5a", 7)]).unwrap();
    drop(store);
    let store = Store::open(dir.path(), &key).unwrap().store;
    let outbox = store.outbox(&organisation()).unwrap();
    let edits: Vec<_> = outbox.iter().map(|(_, kept)| kept.edit.clone()).collect();
    assert_eq!(edits, [edit("5a", 6), edit("5b", 6), edit("5a", 7)]);
    assert_eq!(outbox[0].1.act, act("promoted"));
    assert!(store.outbox(&ChatId::new("!other")).unwrap().is_empty());
}

#[test]
fn what_a_decision_changes_is_kept_with_how_far_it_is() {
    let (_dir, store) = open();
    store.queue_act(&act("one"), &[edit("5a", 6)]).unwrap();
    let mut outbox = store.outbox(&organisation()).unwrap();
    outbox[0].1.state = EditState::Conflict;
    outbox[0].1.theirs = Some("[7]".into());
    outbox[0].1.edit = edit("5a", 8);
    store.change_edits(&outbox).unwrap();
    assert_eq!(store.outbox(&organisation()).unwrap(), outbox);
}

#[test]
fn an_act_is_taken_back_only_while_nothing_of_it_has_gone_out() {
    let (_dir, store) = open();
    store
        .queue_act(&act("one"), &[edit("5a", 6), edit("5b", 6)])
        .unwrap();
    store.queue_act(&act("two"), &[edit("5a", 7)]).unwrap();
    assert!(store.drop_act(&organisation(), "two").unwrap());
    assert_eq!(kept(&store).len(), 2);
    let mut first = store.outbox(&organisation()).unwrap();
    first.truncate(1);
    first[0].1.state = EditState::Sent;
    store.change_edits(&first).unwrap();
    assert!(!store.drop_act(&organisation(), "one").unwrap());
    assert_eq!(kept(&store).len(), 2);
}

#[test]
fn what_is_done_is_forgotten_by_and_by_and_nothing_else() {
    let (_dir, store) = open();
    for id in ["a", "b", "c", "d"] {
        store
            .queue_act(&act(id), &[edit("5a", 6), edit("5b", 6)])
            .unwrap();
    }
    mark(&store, &["b", "c", "d"], EditState::Done);
    store.forget_done(&organisation(), 1).unwrap();
    let left: Vec<String> = kept(&store).into_iter().map(|(act, _)| act).collect();
    assert_eq!(left, ["a", "a", "d", "d"]);
}

#[test]
fn the_outbox_of_somebody_else_is_gone_with_the_account() {
    let (_dir, store) = open();
    store.queue_act(&act("one"), &[edit("5a", 6)]).unwrap();
    store.forget_account().unwrap();
    assert!(kept(&store).is_empty());
}
