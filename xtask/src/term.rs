//! What the terminal shows: calm lines, one per piece of work, with how long it took.

use std::{
    io::{self, BufRead, IsTerminal, Write},
    time::{Duration, Instant},
};

use anyhow::Result;

/// Whether a person may be asked something.
pub fn is_interactive() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

fn colours() -> bool {
    io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

fn painted(code: &str, text: &str) -> String {
    if colours() {
        format!("\x1b[{code}m{text}\x1b[0m")
    } else {
        text.to_owned()
    }
}

pub fn good(text: &str) -> String {
    painted("32", text)
}

pub fn bad(text: &str) -> String {
    painted("31", text)
}

pub fn quiet(text: &str) -> String {
    painted("2", text)
}

pub fn strong(text: &str) -> String {
    painted("1", text)
}

/// A plain line.
pub fn say(text: impl AsRef<str>) {
    let mut out = io::stdout().lock();
    // A closed pipe is no reason to stop the work.
    let _ = writeln!(out, "{}", text.as_ref());
    let _ = out.flush();
}

/// A heading with an empty line before it.
pub fn title(text: &str) {
    say(format!("\n{}", strong(text)));
}

/// `0.4 s`, `12 s`, `3 min 05 s`.
pub fn spent(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    if seconds < 9.95 {
        format!("{seconds:.1} s")
    } else if seconds < 60.0 {
        format!("{seconds:.0} s")
    } else {
        let whole = time.as_secs();
        format!("{} min {:02} s", whole / 60, whole % 60)
    }
}

/// Begins a line that says how far something is and is not kept.
pub const TRANSIENT: &str = "~ ";

/// Shows a line that the next one replaces; says whether the terminal can do that.
pub fn passing(line: &str) -> bool {
    let can = colours();
    if can {
        let mut out = io::stdout().lock();
        let _ = write!(out, "\r\x1b[2K  {} {line}", quiet("·"));
        let _ = out.flush();
    }
    can
}

/// Takes the passing line away.
pub fn clear_passing() {
    if colours() {
        let mut out = io::stdout().lock();
        let _ = write!(out, "\r\x1b[2K");
    }
}

/// A line for work that is done.
pub fn done(what: &str, time: Duration) {
    say(format!(
        "  {} {what:<34} {}",
        good("✓"),
        quiet(&spent(time))
    ));
}

/// A piece of work with a start and an end: a line that on a terminal completes itself.
pub struct Work {
    what: String,
    since: Instant,
    open: bool,
}

impl Work {
    /// Says that the work begins.
    pub fn begin(what: impl Into<String>) -> Self {
        let what = what.into();
        let open = colours();
        if open {
            let mut out = io::stdout().lock();
            let _ = write!(out, "  {} {what} …", quiet("·"));
            let _ = out.flush();
        }
        Self {
            what,
            since: Instant::now(),
            open,
        }
    }

    /// Ends the begun line, so that other output may follow.
    pub fn breathe(&mut self) {
        if self.open {
            say("");
            self.open = false;
        }
    }

    fn end(mut self, mark: &str, note: &str) {
        if self.open {
            let mut out = io::stdout().lock();
            let _ = write!(out, "\r\x1b[2K");
            self.open = false;
        }
        let took = quiet(&spent(self.since.elapsed()));
        let note = if note.is_empty() {
            String::new()
        } else {
            format!("  {}", quiet(note))
        };
        say(format!("  {mark} {:<34} {took}{note}", self.what));
    }

    pub fn done(self, note: &str) {
        self.end(&good("✓"), note);
    }

    /// Ends well or badly with the work itself.
    pub fn finish<T>(self, result: Result<T>, note: &str) -> Result<T> {
        match &result {
            Ok(_) => self.done(note),
            Err(_) => self.failed(""),
        }
        result
    }

    pub fn failed(self, note: &str) {
        self.end(&bad("✗"), note);
    }

    pub fn since(&self) -> Instant {
        self.since
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        // Work that neither ended well nor badly was left on the way: what follows begins a line of its own.
        self.breathe();
    }
}

/// Asks a yes-or-no question; the answer without a terminal is no.
pub fn agrees(question: &str) -> bool {
    if !is_interactive() {
        return false;
    }
    eprint!("{question} [y/N] ");
    let mut answer = String::new();
    let read = io::stdin().lock().read_line(&mut answer);
    read.is_ok()
        && matches!(
            answer.trim().to_lowercase().as_str(),
            "y" | "yes" | "д" | "да"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_short_and_readable() {
        assert_eq!(spent(Duration::from_millis(420)), "0.4 s");
        assert_eq!(spent(Duration::from_secs(12)), "12 s");
        assert_eq!(spent(Duration::from_secs(185)), "3 min 05 s");
    }
}
