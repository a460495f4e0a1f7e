//! The top level stays small: a newcomer reads the whole tree at a glance.

use std::collections::BTreeSet;

use super::{Finding, Tracked};

const REQUIRED: &[&str] = &[
    ".cargo",
    ".ci",
    ".gitignore",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "clippy.toml",
    "docs",
    "icons",
    "rust-toolchain.toml",
    "src-tauri",
    "tests",
    "ui",
    "xtask",
];
const ALLOWED: &[&str] = &[".github", "rustfmt.toml"];

pub fn check(files: &[Tracked], found: &mut Vec<Finding>) {
    let entries: BTreeSet<&str> = files.iter().map(|file| top(&file.path)).collect();
    for entry in &entries {
        if !REQUIRED.contains(entry) && !ALLOWED.contains(entry) {
            found.push(Finding::new(
                entry,
                1,
                "top-level",
                "put it below one of the folders that are there",
            ));
        }
    }
    for entry in REQUIRED.iter().filter(|entry| !entries.contains(*entry)) {
        found.push(Finding::new(entry, 1, "top-level", "it is missing"));
    }
}

fn top(path: &str) -> &str {
    path.split('/').next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::{super::tests::*, *};

    #[test]
    fn refuses_a_new_entry_and_a_missing_one() {
        let mut files: Vec<Tracked> = REQUIRED
            .iter()
            .map(|name| file(&format!("{name}/x"), ""))
            .collect();
        assert!(broken(check, &files).is_empty());
        files.push(file("NOTES.md", ""));
        files.retain(|file| !file.path.starts_with("LICENSE"));
        assert_eq!(
            broken(check, &files),
            ["NOTES.md:1 top-level", "LICENSE:1 top-level"]
        );
    }
}
