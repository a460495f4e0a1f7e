//! Puts a school on a homeserver, the quick way: an application service speaks for everybody, nothing is pushed while
//! the history is written, rooms go in parallel and each room one event at a time.

mod accounts;
mod fill;
mod finish;
mod plan;
mod rooms;
mod snapshot;

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use futures_util::stream::{StreamExt, TryStreamExt, iter};
use parta_model::plan::ChatWish;

use crate::config::Options;
use crate::homeserver::Homeserver;
use crate::school::{Chat, School};

pub use snapshot::{copy as copy_server, is_seeded};

/// Rooms written at once: Synapse works on one event at a time, but its database calls overlap.
const AT_ONCE: usize = 8;

/// Rooms and members are older than the first message.
const ROOMS_BEFORE: Duration = Duration::from_secs(31 * 24 * 3_600);

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Accounts,
    Rooms,
    History,
    Unread,
    Copy,
}

/// How far it has come.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    pub stage: Stage,
    pub done: usize,
    pub total: usize,
}

/// Where everything is after seeding.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Rooms {
    pub organisation: String,
    pub staff: String,
    pub office: String,
    pub reception: String,
    /// The space of each class.
    pub classes: Vec<String>,
    /// The room of each chat, in the order of [`School::chats`].
    pub chats: Vec<String>,
    /// When the school's history ends, in milliseconds since 1970.
    pub now: u64,
}

/// Now, in milliseconds since 1970.
pub fn now() -> u64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .expect("the clock is past 1970");
    since.as_millis() as u64
}

/// Starts a new server in `options.dir` and puts the school on it; the server runs as `options` says afterwards.
pub async fn start(
    options: Options,
    school: &School,
    now: u64,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<(Homeserver, Rooms)> {
    // Memory is many times quicker than a disk for thousands of small transactions.
    let memory = Path::new("/dev/shm");
    let scratch = memory.is_dir().then(|| {
        tempfile::Builder::new()
            .prefix("parta-seed-")
            .tempdir_in(memory)
    });
    let scratch = scratch.transpose().unwrap_or(None);
    let dir = scratch
        .as_ref()
        .map_or(options.dir.as_path(), |scratch| scratch.path())
        .to_owned();
    let filling = Options {
        dir,
        push: false,
        clock_behind: ROOMS_BEFORE,
        ..options.clone()
    };
    let mut homeserver = Homeserver::start(filling).await?;
    let rooms = fill_server(&mut homeserver, school, now, progress).await?;
    std::fs::write(
        homeserver.dir().join("rooms.json"),
        serde_json::to_vec_pretty(&rooms)?,
    )?;
    let Some(scratch) = scratch else {
        homeserver
            .restart_with(|running| running.push = options.push)
            .await?;
        return Ok((homeserver, rooms));
    };
    homeserver.stop().await?;
    progress(Progress {
        stage: Stage::Copy,
        done: 0,
        total: 1,
    });
    snapshot::copy(scratch.path(), &options.dir)?;
    let port = homeserver.port();
    drop(homeserver);
    drop(scratch);
    progress(Progress {
        stage: Stage::Copy,
        done: 1,
        total: 1,
    });
    let homeserver = Homeserver::start(Options {
        port: Some(port),
        ..options
    })
    .await?;
    Ok((homeserver, rooms))
}

/// The rooms of a server that was seeded earlier.
pub fn rooms(dir: &Path) -> Result<Rooms> {
    let file = dir.join("rooms.json");
    let bytes = std::fs::read(&file)
        .with_context(|| format!("{} is not a seeded server", dir.display()))?;
    Ok(serde_json::from_slice(&bytes)?)
}

async fn fill_server(
    homeserver: &mut Homeserver,
    school: &School,
    now: u64,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Rooms> {
    let chats = school.chats(now);
    let marks = school.marks(&chats);
    accounts::create(homeserver, school, progress).await?;
    let rooms = rooms::create(homeserver, school, &chats, now, progress).await?;
    let mut written = fill::history(homeserver, school, &chats, &marks, &rooms, progress).await?;
    finish::mute(homeserver, school, &marks, &rooms).await?;
    // From here on unread counts are worked out, and the clock is right.
    homeserver
        .restart_with(|running| {
            running.push = true;
            running.clock_behind = Duration::ZERO;
        })
        .await?;
    fill::tail(homeserver, school, &chats, &rooms, &mut written, progress).await?;
    finish::read(
        homeserver, school, &chats, &marks, &rooms, &written, progress,
    )
    .await?;
    Ok(rooms)
}

/// Counts what is done in one stage.
struct Counter<'a> {
    stage: Stage,
    total: usize,
    done: AtomicUsize,
    progress: &'a (dyn Fn(Progress) + Sync),
}

impl<'a> Counter<'a> {
    fn new(stage: Stage, total: usize, progress: &'a (dyn Fn(Progress) + Sync)) -> Self {
        progress(Progress {
            stage,
            done: 0,
            total,
        });
        Self {
            stage,
            total,
            done: AtomicUsize::new(0),
            progress,
        }
    }

    fn step(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        (self.progress)(Progress {
            stage: self.stage,
            done,
            total: self.total,
        });
    }
}

/// Runs something for each item, several at once, in any order; the first failure ends it.
async fn in_parallel<T, R, F>(
    items: impl IntoIterator<Item = T>,
    work: impl Fn(T) -> F,
) -> Result<Vec<R>>
where
    F: Future<Output = Result<R>>,
{
    iter(items).map(work).buffered(AT_ONCE).try_collect().await
}

/// The position of a class's chat among the chats.
pub fn class_chat(chats: &[Chat], class: usize, wish: &ChatWish) -> Option<usize> {
    let place = crate::school::Place::Class {
        class,
        wish: wish.clone(),
    };
    chats.iter().position(|chat| chat.place == place)
}
