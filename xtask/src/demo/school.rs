//! The demo school as the testkit makes it: filled into a new homeserver, and the people one can sign in as.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Mutex,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use parta_testkit::{
    Homeserver, Options,
    school::{Account, School, Size},
    seed::{self, Progress, Stage},
};
use serde_json::json;

use super::Places;
use crate::{paths, session::Scratch, setup::stamp::Hash, term};

/// What `--as` takes.
pub const ROLES: &[&str] = &["admin", "teacher", "parent", "pupil"];

const SEED: u64 = 1;
/// A history that ends longer ago than this looks abandoned, so a new one is written.
const SNAPSHOT_KEEPS: Duration = Duration::from_secs(24 * 60 * 60);

fn school() -> School {
    School::generate(SEED, Size::SMALL)
}

/// The people of the demo, and the file that tells the app of them.
pub struct Accounts {
    pub file: PathBuf,
    people: Vec<Account>,
}

impl Accounts {
    /// Writes the file for a school at `url`.
    pub fn write(places: &Places, url: &str) -> Result<Self> {
        let people = school().accounts();
        let file = places.file("accounts.json");
        let listed: Vec<_> = people
            .iter()
            .map(|one| json!({ "login": one.login, "password": one.password, "name": one.name, "role": one.role }))
            .collect();
        let text = serde_json::to_string_pretty(&json!({ "server": url, "accounts": listed }))?;
        fs::write(&file, text + "\n")
            .with_context(|| format!("cannot write {}", file.display()))?;
        Ok(Self { file, people })
    }

    pub fn person(&self, role: &str) -> Result<&Account> {
        self.people
            .iter()
            .find(|person| person.role == role)
            .with_context(|| format!("the school has no {role}"))
    }

    pub fn show(&self, url: &str) {
        term::say(format!("  Sign in to {} as one of:\n", term::strong(url)));
        let head = format!("    {:<10} {:<16} {:<10} name", "who", "login", "password");
        term::say(term::quiet(&head));
        for person in &self.people {
            term::say(format!(
                "    {:<10} {:<16} {:<10} {}",
                person.role, person.login, person.password, person.name
            ));
        }
        term::say("");
    }
}

/// What a filled school was made by; another version makes another one.
pub fn version() -> Result<String> {
    let mut hash = Hash::new();
    hash.add_tree(&paths::root().join("src-tauri/crates/testkit/src"), &[])?;
    hash.add_file(&paths::root().join("xtask/synapse.txt"))?;
    Ok(hash.text())
}

/// Whether a server's folder was filled to its end, not too long ago, with the school that would be made now.
pub fn is_current(dir: &Path) -> bool {
    let recent = seed::rooms(dir).is_ok_and(|rooms| {
        Duration::from_millis(seed::now().saturating_sub(rooms.now)) < SNAPSHOT_KEEPS
    });
    recent
        && seed::is_seeded(dir)
        && filled_by(dir).is_some_and(|version| self::version().is_ok_and(|now| now == version))
}

/// Whether a server's folder was filled to its end, whenever and by whatever version.
pub fn is_filled(dir: &Path) -> bool {
    seed::is_seeded(dir) && filled_by(dir).is_some()
}

fn filled_by(dir: &Path) -> Option<String> {
    fs::read_to_string(dir.join("filled")).ok()
}

/// A new server with the school on it; `passing` shows how far the present stage has come.
pub async fn fill(options: Options, passing: fn(&str)) -> Result<Homeserver> {
    let dir = options.dir.clone();
    let stages = Mutex::new(Stages {
        now: None,
        percent: 0,
        passing,
    });
    let locked = || {
        stages
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner())
    };
    let note = |now: Progress| locked().note(now);
    let (homeserver, _) = seed::start(options, &school(), seed::now(), &note).await?;
    locked().close();
    fs::write(dir.join("filled"), version()?)?;
    Ok(homeserver)
}

/// Copies a stopped server's data.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    seed::copy_server(from, to)
}

/// The stages of filling as lines: what is finished, and now and then how far the present one is.
struct Stages {
    now: Option<(Stage, Instant)>,
    percent: usize,
    passing: fn(&str),
}

impl Stages {
    fn note(&mut self, now: Progress) {
        if self.now.is_none_or(|(stage, _)| stage != now.stage) {
            self.close();
            self.now = Some((now.stage, Instant::now()));
            self.percent = 0;
        }
        let percent = now.done * 100 / now.total.max(1);
        if percent > self.percent {
            self.percent = percent;
            (self.passing)(&format!("{} {percent} %", named(now.stage)));
        }
    }

    fn close(&mut self) {
        if let Some((stage, since)) = self.now.take() {
            term::clear_passing();
            term::done(named(stage), since.elapsed());
        }
    }
}

fn named(stage: Stage) -> &'static str {
    match stage {
        Stage::Accounts => "people",
        Stage::Rooms => "classes and chats",
        Stage::History => "four weeks of messages",
        Stage::Unread => "what is read and unread",
        Stage::Copy => "moving the school to the disk",
    }
}

/// How long an empty folder takes to become the school.
pub fn time_to_fill() -> Result<Duration> {
    let scratch = Scratch::new("bench-seed")?;
    let options = Options {
        python: crate::setup::python::python()?,
        ..Options::new(scratch.path().join("server"))?
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let since = Instant::now();
    let mut homeserver = runtime.block_on(fill(options, |line| {
        term::passing(line);
    }))?;
    let time = since.elapsed();
    runtime.block_on(homeserver.stop())?;
    Ok(time)
}
