//! Runs one step: its output goes to a log, which is shown when the step fails.

use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use super::{Outcome, Ready, steps::Step};
use crate::{
    paths,
    proc::{self, Group},
    term::{self, Work},
};

/// A step that takes longer hangs.
const STEP_LIMIT: Duration = Duration::from_secs(45 * 60);
/// Silence of this length is broken by a line, so that nobody takes us for dead.
const HEARTBEAT: Duration = Duration::from_secs(60);
/// So much of a failed step's log is shown.
const SHOWN_LINES: usize = 500;

/// What a running step writes to and starts programs through.
pub struct Log {
    file: File,
    path: PathBuf,
    name: &'static str,
    since: Instant,
}

impl Log {
    /// Runs a command to its end with its output in the log.
    pub fn run(&mut self, command: &mut Command) -> Result<()> {
        writeln!(self.file, "$ {}", proc::line(command))?;
        command
            .stdin(Stdio::null())
            .stdout(self.file.try_clone()?)
            .stderr(self.file.try_clone()?);
        let mut group = Group::spawn(command)?;
        let status = loop {
            if let Some(status) = group.wait_until(Instant::now() + HEARTBEAT)? {
                break status;
            }
            if self.since.elapsed() > STEP_LIMIT {
                bail!(
                    "{} did not end within {}",
                    proc::line(command),
                    term::spent(STEP_LIMIT)
                );
            }
            let last = last_line(&self.path);
            term::say(format!(
                "  … {}, {}: {last}",
                self.name,
                term::spent(self.since.elapsed())
            ));
        };
        if !status.success() {
            bail!("{} ended with {status}", proc::line(command));
        }
        Ok(())
    }

    pub fn line(&mut self, text: &str) -> Result<()> {
        writeln!(self.file, "{text}").context("cannot write the log")
    }
}

pub fn step(step: &Step, ready: &Ready, logs: &Path) -> Result<Outcome> {
    let path = logs.join(format!("{}.log", step.name));
    // Appending keeps our own lines and those of several programs in order.
    let _ = fs::remove_file(&path);
    let file = File::options().create(true).append(true).open(&path)?;
    let work = Work::begin(step.name);
    let mut log = Log {
        file,
        path: path.clone(),
        name: step.name,
        since: work.since(),
    };
    let result = (step.run)(ready, &mut log);
    let time = work.since().elapsed();
    Ok(match result {
        Ok(()) => {
            work.done(&gist(&path));
            Outcome::Passed(time)
        }
        Err(error) => {
            work.failed("");
            show(&path);
            term::say(format!("{} {error:#}", term::bad("error:")));
            term::say(format!("the whole log: {}", paths::shown(&path)));
            Outcome::Failed(time)
        }
    })
}

fn show(path: &Path) {
    let text = fs::read(path).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<&str> = text.lines().collect();
    let from = lines.len().saturating_sub(SHOWN_LINES);
    if from > 0 {
        term::say(format!("  ({from} lines before these are in the log)"));
    }
    for line in &lines[from..] {
        term::say(format!("  {line}"));
    }
}

fn last_line(path: &Path) -> String {
    let text = fs::read(path).unwrap_or_default();
    let text = plain(&String::from_utf8_lossy(&text));
    let line = text
        .lines()
        .rev()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    line.trim().chars().take(90).collect()
}

/// How many tests ran, as the test runners say it.
fn gist(path: &Path) -> String {
    let text = plain(&String::from_utf8_lossy(
        &fs::read(path).unwrap_or_default(),
    ));
    let counts: Vec<usize> = text.lines().filter_map(passed).collect();
    match counts.iter().sum::<usize>() {
        0 => String::new(),
        1 => "1 test".to_owned(),
        count => format!("{count} tests"),
    }
}

/// The number before «passed» in a runner's closing line.
fn passed(line: &str) -> Option<usize> {
    let line = line.trim();
    let closing = line.starts_with("Summary ")
        || line.starts_with("test result: ")
        || line.starts_with("Tests ")
        || line
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .starts_with(" passed (");
    if !closing {
        return line
            .strip_prefix("# pass ")
            .or_else(|| line.strip_prefix("ℹ pass "))?
            .parse()
            .ok();
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    let at = words
        .iter()
        .position(|word| word.trim_end_matches([';', ',']) == "passed")?;
    words.get(at.checked_sub(1)?)?.parse().ok()
}

/// Text without escape sequences for colours.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        if c == '\x1b' {
            rest.by_ref().find(char::is_ascii_alphabetic);
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_each_runner_reports() {
        assert_eq!(
            passed("     Summary [   0.5s] 42 tests run: 41 passed, 1 skipped"),
            Some(41)
        );
        assert_eq!(
            passed("test result: ok. 7 passed; 0 failed; 0 ignored"),
            Some(7)
        );
        assert_eq!(passed("      Tests  12 passed (12)"), Some(12));
        assert_eq!(passed("  5 passed (12.3s)"), Some(5));
        assert_eq!(passed("# pass 3"), Some(3));
        assert_eq!(passed(" Test Files  2 passed (2)"), None);
        assert_eq!(passed("he passed by"), None);
    }

    #[test]
    fn colours_are_taken_out() {
        assert_eq!(plain("\u{1b}[32m✓\u{1b}[0m ok"), "✓ ok");
    }
}
