//! What an operator meets before anything is set up.

use std::process::{Command, Output};

fn steward(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_parta-steward"));
    command.args(args).env("PARTA_STEWARD_SECRET", "secret");
    command.output().expect("the program starts")
}

#[test]
fn a_run_without_a_store_says_so_and_makes_none() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = dir.path().join("store");
    let store = store.to_str().expect("a path in UTF-8");
    let run = steward(&["run", "--store", store]);
    assert_eq!(run.status.code(), Some(3));
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(said.contains("run «parta-steward setup» first"), "{said}");
    assert!(!std::path::Path::new(store).exists());
    assert_eq!(
        steward(&["status", "--store", store]).status.code(),
        Some(3)
    );
    // An emptied folder is none either.
    std::fs::create_dir(store).expect("a folder");
    assert_eq!(steward(&["run", "--store", store]).status.code(), Some(3));
    assert_eq!(std::fs::read_dir(store).expect("a folder").count(), 0);
}

#[test]
fn wrong_words_are_answered_with_the_right_ones() {
    let output = steward(&["dance"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("usage: parta-steward setup"));
}
