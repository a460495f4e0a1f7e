//! The copy of the plans: whole or not at all, and gone with the account.

#![allow(clippy::unwrap_used, reason = "shared steps of tests")]

use parta_store::{DataKey, KeptPlan, PlanChange, Store};

fn open() -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path(), &DataKey::generate()).unwrap().store;
    (dir, store)
}

fn change(position: &str, places: &[(&str, Option<&str>)]) -> PlanChange {
    let owned = |(chat, json): &(&str, Option<&str>)| ((*chat).into(), json.map(Into::into));
    PlanChange {
        whole: false,
        position: Some(position.into()),
        places: places.iter().map(owned).collect(),
    }
}

#[test]
fn places_change_one_by_one_with_the_position() {
    let (_dir, store) = open();
    assert_eq!(store.plan().unwrap(), KeptPlan::default());
    let first = change("1", &[("!a", Some("{}")), ("!b", Some("{}"))]);
    store.change_plan(&first).unwrap();
    let second = change(
        "2",
        &[("!a", None), ("!b", Some("[1]")), ("!c", Some("[]"))],
    );
    store.change_plan(&second).unwrap();
    let kept = store.plan().unwrap();
    assert_eq!(kept.position.as_deref(), Some("2"));
    assert_eq!(
        kept.places,
        [("!b".into(), "[1]".into()), ("!c".into(), "[]".into())]
    );
}

#[test]
fn a_new_beginning_leaves_nothing_of_before() {
    let (_dir, store) = open();
    store
        .change_plan(&change("1", &[("!a", Some("{}"))]))
        .unwrap();
    let anew = PlanChange {
        whole: true,
        position: None,
        places: vec![("!b".into(), Some("{}".into()))],
    };
    store.change_plan(&anew).unwrap();
    let kept = store.plan().unwrap();
    assert_eq!((kept.position, kept.places.len()), (None, 1));
}

#[test]
fn signing_out_forgets_the_plans() {
    let (_dir, store) = open();
    store
        .change_plan(&change("1", &[("!a", Some("{}"))]))
        .unwrap();
    store.forget_account().unwrap();
    assert_eq!(store.plan().unwrap(), KeptPlan::default());
}

#[test]
fn a_local_time_is_a_date_and_a_time_of_day() {
    let (_dir, store) = open();
    let times = store
        .local_times(&[1_795_000_000_000, 1_795_000_060_000])
        .unwrap();
    // Wherever the clock hangs: the same length, and a minute later.
    assert!(
        times
            .iter()
            .all(|time| time.len() == 16 && time.starts_with("2026-11-1"))
    );
    assert_ne!(times[0], times[1]);
}
