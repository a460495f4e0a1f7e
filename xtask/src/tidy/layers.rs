//! Which folder of the interface may import which: views -> parts -> {kit, lib, host}, and one door to Tauri.

use super::{Finding, Tracked};

const SOURCE: &str = "ui/src/";
const TAURI_DOOR: &str = "ui/src/host/tauri.ts";
const HTML_DOOR: &str = "RichText.svelte";

/// A layer and those it may import besides itself.
const LAYERS: &[(&str, &[&str], &str)] = &[
    (
        "views",
        &["parts", "kit", "lib", "host"],
        "a view puts parts together",
    ),
    ("parts", &["kit", "lib", "host"], "a part knows no view"),
    ("kit", &["lib"], "the kit knows no part and no host"),
    ("lib", &[], "lib is pure"),
    (
        "host",
        &["lib"],
        "the host is the door to the core and shows nothing",
    ),
];

pub fn check(files: &[Tracked], found: &mut Vec<Finding>) {
    for file in files
        .iter()
        .filter(|file| file.path.starts_with("ui/") && file.ends_with(&[".ts", ".svelte", ".js"]))
    {
        for (line, text) in file.lines() {
            if text.contains(concat!("{", "@html")) && !file.path.ends_with(HTML_DOOR) {
                found.push(Finding::new(
                    &file.path,
                    line,
                    "html",
                    format!("only {HTML_DOOR} writes raw HTML"),
                ));
            }
        }
        if !file.path.starts_with(SOURCE) {
            continue;
        }
        for (line, target) in imports(&file.text) {
            if target.starts_with("@tauri-apps/") && file.path != TAURI_DOOR {
                found.push(Finding::new(
                    &file.path,
                    line,
                    "tauri-door",
                    format!("only {TAURI_DOOR} talks to Tauri"),
                ));
            }
            if let Some(why) = target
                .starts_with('.')
                .then(|| crossing(&file.path, &target))
                .flatten()
            {
                found.push(Finding::new(&file.path, line, "layers", why));
            }
        }
    }
}

/// Why the file may not import `target`, if so.
fn crossing(path: &str, target: &str) -> Option<String> {
    let to = resolve(path, target);
    let (from, to) = (
        path.strip_prefix(SOURCE)?,
        to.strip_prefix(SOURCE)?.to_owned(),
    );
    let (from_layer, from_rest) = from.split_once('/')?;
    let (to_layer, to_rest) = to.split_once('/')?;
    let (_, below, why) = LAYERS.iter().find(|(layer, ..)| *layer == from_layer)?;
    if LAYERS.iter().all(|(layer, ..)| *layer != to_layer) {
        return None;
    }
    if from_layer != to_layer && !below.contains(&to_layer) {
        return Some(format!("{from_layer} may not import {to_layer}: {why}"));
    }
    if to_layer == "parts" {
        let (part, inside) = to_rest.split_once('/').unwrap_or((to_rest, ""));
        let own = from_layer == "parts" && from_rest.split('/').next() == Some(part);
        if !own && !matches!(inside, "" | "index" | "index.ts") {
            return Some(format!(
                "a part is reached through its index.ts only: import parts/{part}"
            ));
        }
    }
    None
}

/// A relative import as a path from the root of the repository.
fn resolve(path: &str, target: &str) -> String {
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for piece in target.split('/') {
        match piece {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            name => parts.push(name),
        }
    }
    parts.join("/")
}

/// What a file imports, with the line where the name stands.
fn imports(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let code = line.trim_start();
        if code.starts_with("//") || code.starts_with('*') || code.starts_with("/*") {
            continue;
        }
        for lead in ["from ", "import ", "import(", "export * from ", "vi.mock("] {
            for (start, _) in line.match_indices(lead) {
                let rest = line[start + lead.len()..].trim_start();
                let Some(quote) = rest.chars().next().filter(|c| matches!(c, '\'' | '"')) else {
                    continue;
                };
                if let Some(name) = rest[1..].split(quote).next() {
                    found.push((at + 1, name.to_owned()));
                }
            }
        }
    }
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::{super::tests::*, *};

    fn one(path: &str, text: &str) -> Vec<String> {
        broken(check, &[file(path, text)])
    }

    #[test]
    fn layers_import_downwards() {
        assert!(
            one(
                "ui/src/views/Workspace.svelte",
                "import { ChatList } from '../parts/chats';"
            )
            .is_empty()
        );
        assert!(
            one(
                "ui/src/parts/chats/ChatList.svelte",
                "import Avatar from \"../../kit/Avatar.svelte\";"
            )
            .is_empty()
        );
        assert_eq!(
            one(
                "ui/src/kit/Avatar.svelte",
                "\nimport { chats } from '../parts/chats';"
            ),
            ["ui/src/kit/Avatar.svelte:2 layers"]
        );
        assert_eq!(
            one("ui/src/lib/format.ts", "export * from '../host/host';"),
            ["ui/src/lib/format.ts:1 layers"]
        );
        assert_eq!(
            one(
                "ui/src/parts/sync/a.ts",
                "await import('../../views/W.svelte')"
            )
            .len(),
            1
        );
    }

    #[test]
    fn a_part_is_reached_through_its_index() {
        assert!(one("ui/src/parts/chats/a.ts", "import { b } from './b.svelte';").is_empty());
        assert!(
            one(
                "ui/src/parts/chats/a.ts",
                "import { s } from '../sync/index';"
            )
            .is_empty()
        );
        assert_eq!(
            one(
                "ui/src/parts/chats/a.ts",
                "import { s } from '../sync/sync.svelte';"
            )
            .len(),
            1
        );
        assert_eq!(
            one(
                "ui/src/views/W.svelte",
                "import L from '../parts/chats/ChatList.svelte';"
            )
            .len(),
            1
        );
    }

    #[test]
    fn there_is_one_door_to_tauri_and_one_to_html() {
        let text = "import { invoke } from '@tauri-apps/api/core';";
        assert!(one("ui/src/host/tauri.ts", text).is_empty());
        assert_eq!(
            one("ui/src/host/bridge.ts", text),
            ["ui/src/host/bridge.ts:1 tauri-door"]
        );
        let html = concat!("<p>{", "@html body}</p>");
        assert!(one("ui/src/parts/timeline/RichText.svelte", html).is_empty());
        assert_eq!(
            one("ui/src/parts/timeline/Line.svelte", html),
            ["ui/src/parts/timeline/Line.svelte:1 html"]
        );
    }

    #[test]
    fn words_in_comments_are_no_imports() {
        assert!(one("ui/src/lib/a.ts", "// nothing from '../views/W.svelte'").is_empty());
    }
}
