//! `cargo xtask tidy`: the repository's own rules over the tracked files. Each finding says where, which rule, why.

mod crates;
mod layers;
mod messages;
mod shape;
mod text;

use std::{fmt, fs, process::Command};

use anyhow::{Context, Result, bail};

use crate::{args::Args, paths, proc, term};

/// A tracked file; `text` is empty for pictures and fonts.
pub struct Tracked {
    pub path: String,
    pub text: String,
}

impl Tracked {
    pub fn ends_with(&self, endings: &[&str]) -> bool {
        endings.iter().any(|ending| self.path.ends_with(ending))
    }

    /// The lines with their numbers.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text
            .lines()
            .enumerate()
            .map(|(at, line)| (at + 1, line))
    }
}

/// A broken rule.
#[derive(Debug, PartialEq, Eq)]
pub struct Finding {
    pub file: String,
    pub line: usize,
    pub rule: &'static str,
    pub why: String,
}

impl Finding {
    pub fn new(file: &str, line: usize, rule: &'static str, why: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            line,
            rule,
            why: why.into(),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "{}:{}: {}: {}",
            self.file, self.line, self.rule, self.why
        )
    }
}

pub fn run(args: Args) -> Result<()> {
    args.no_words()?;
    let findings = findings()?;
    for finding in &findings {
        term::say(finding.to_string());
    }
    match findings.len() {
        0 => term::say("Tidy."),
        count => bail!("{count} broken rules"),
    }
    Ok(())
}

/// All broken rules of the repository.
pub fn findings() -> Result<Vec<Finding>> {
    Ok(check(&tracked()?))
}

fn check(files: &[Tracked]) -> Vec<Finding> {
    let mut found = Vec::new();
    shape::check(files, &mut found);
    crates::check(files, &mut found);
    layers::check(files, &mut found);
    messages::check(files, &mut found);
    text::check(files, &mut found);
    found.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    found
}

fn tracked() -> Result<Vec<Tracked>> {
    let root = paths::root();
    let listed = proc::output(
        Command::new("git")
            .args(["ls-files", "-z"])
            .current_dir(&root),
    );
    let listed = listed.context("tidy looks at what git tracks, and git doesn't answer")?;
    let mut files = Vec::new();
    for path in listed.split('\0').filter(|path| !path.is_empty()) {
        // A file that is deleted but not yet committed has nothing to look at.
        let Ok(bytes) = fs::read(root.join(path)) else {
            continue;
        };
        files.push(Tracked {
            path: path.to_owned(),
            text: String::from_utf8(bytes).unwrap_or_default(),
        });
    }
    Ok(files)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub fn file(path: &str, text: &str) -> Tracked {
        Tracked {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    /// The rules that `check` finds broken in `files`, as `path:line rule`.
    pub fn broken(check: fn(&[Tracked], &mut Vec<Finding>), files: &[Tracked]) -> Vec<String> {
        let mut found = Vec::new();
        check(files, &mut found);
        found
            .iter()
            .map(|finding| format!("{}:{} {}", finding.file, finding.line, finding.rule))
            .collect()
    }

    #[test]
    fn a_finding_reads_as_a_place_a_rule_and_a_reason() {
        let finding = Finding::new("ui/src/a.ts", 3, "length", "too long");
        assert_eq!(finding.to_string(), "ui/src/a.ts:3: length: too long");
    }
}
