//! What the keeper says, shown by whoever waits for it: finished work as lines, progress as one line that changes.

use std::{
    fs,
    path::PathBuf,
    time::{Duration, Instant},
};

use anyhow::Result;

use crate::term::{self, TRANSIENT};

/// Without a terminal progress is said this often.
const SAID_EVERY: Duration = Duration::from_secs(15);

pub struct News {
    log: PathBuf,
    read: usize,
    said: Instant,
}

impl News {
    pub fn of(log: PathBuf) -> Self {
        Self {
            log,
            read: 0,
            said: Instant::now(),
        }
    }

    /// Begins again, with a log that was begun again.
    pub fn restart(&mut self) {
        self.read = 0;
    }

    /// Leaves out what was said so far.
    pub fn skip(&mut self) {
        self.read = fs::metadata(&self.log).map_or(0, |meta| meta.len() as usize);
    }

    /// Shows the lines that were added since the last look.
    pub fn show(&mut self) -> Result<()> {
        let bytes = fs::read(&self.log).unwrap_or_default();
        let new = bytes.get(self.read..).unwrap_or_default();
        let whole = new
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |end| end + 1);
        self.read += whole;
        let text = String::from_utf8_lossy(&new[..whole]).into_owned();
        let mut progress = None;
        for line in text.lines() {
            match line.strip_prefix(TRANSIENT) {
                Some(line) => progress = Some(line),
                None => {
                    progress = None;
                    term::clear_passing();
                    term::say(line);
                }
            }
        }
        if let Some(line) = progress
            && !term::passing(line)
            && self.said.elapsed() >= SAID_EVERY
        {
            self.said = Instant::now();
            term::say(format!("  · {line}"));
        }
        Ok(())
    }
}
