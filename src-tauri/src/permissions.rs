//! Holds the three lists of commands equal: the contract's, the build's and the window's.

use crate::ipc::OWN;
use parta_api::{CALLS, STREAMS};
use std::collections::HashSet;

const LISTED: &str = include_str!("../commands.txt");
const CAPABILITY: &str = include_str!("../capabilities/main.json");
/// Ctrl+plus and Ctrl+minus; nothing else of Tauri is open to the window.
const CORE: &[&str] = &["core:webview:allow-set-webview-zoom"];

#[test]
fn the_listed_commands_are_those_of_the_contract_and_the_shells_own() {
    let expected: Vec<&str> = [CALLS, STREAMS, OWN].concat();
    assert_eq!(LISTED.lines().collect::<Vec<_>>(), expected);
    assert_eq!(
        expected.iter().collect::<HashSet<_>>().len(),
        expected.len(),
        "a name means one command"
    );
}

#[test]
fn the_main_window_may_ask_for_exactly_these_and_only_from_the_apps_own_pages() {
    let capability: serde_json::Value = serde_json::from_str(CAPABILITY).unwrap();
    let allowed = LISTED
        .lines()
        .map(|name| format!("allow-{}", name.replace('_', "-")));
    let expected: Vec<String> = allowed
        .chain(CORE.iter().map(ToString::to_string))
        .collect();
    assert_eq!(capability["permissions"], serde_json::json!(expected));
    assert_eq!(capability["windows"], serde_json::json!(["main"]));
    assert_eq!(capability["local"], true);
    assert!(capability.get("remote").is_none() && capability.get("webviews").is_none());
}
