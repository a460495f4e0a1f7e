//! The process that runs the demo's homeserver for as long as somebody uses it: hidden behind `cargo xtask demo`.
//! What it prints is shown by the demo that started it.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    thread,
};

use anyhow::{Context, Result};
use parta_testkit::{Homeserver, Options};
use serde_json::json;

use super::{Places, school, server::lock_file};
use crate::{
    args::{Args, Flag, option},
    term::{self, TRANSIENT, Work},
};

pub const FLAGS: &[Flag] = &[
    option("dir", "DIR", "the demo's folder"),
    option("port", "N", "where to listen"),
];

pub fn run(args: Args) -> Result<()> {
    let places = Places {
        root: PathBuf::from(args.value("dir").context("--dir is missing")?),
    };
    let port = args.value("port").map(str::parse).transpose()?;
    let keeper = lock_file(&places.file("keeper.lock"))?;
    // One keeper at a time: the last one may still be stopping its server.
    keeper.lock()?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    runtime.block_on(keep(&places, port))
}

async fn keep(places: &Places, port: Option<u16>) -> Result<()> {
    let (gone, mut alone) = tokio::sync::mpsc::channel(1);
    let users = lock_file(&places.file("users.lock"))?;
    // A thread of its own: the lock is waited for as long as anybody uses the server.
    thread::spawn(move || {
        if users.lock().is_ok() {
            let _ = gone.blocking_send(users);
        }
    });
    let state = places.file("server.json");
    let mut homeserver = tokio::select! {
        made = make(places, port) => made?,
        // Nobody waits for the school any more; what is half filled is thrown away at the next start.
        _ = alone.recv() => return Ok(()),
        () = asked_to_end() => return Ok(()),
    };
    write_whole(&state, &json!({ "url": homeserver.url() }).to_string())?;

    // The lock is kept until the end of the process, so that nobody joins a server that stops.
    let _users: Option<File> = tokio::select! {
        users = alone.recv() => users,
        () = asked_to_end() => None,
    };
    let _ = fs::remove_file(&state);
    homeserver.stop().await
}

/// A running server with the school on it.
async fn make(places: &Places, port: Option<u16>) -> Result<Homeserver> {
    let dir = places.server();
    if !school::is_filled(&dir) {
        if dir.exists() {
            fs::remove_dir_all(&dir).with_context(|| format!("cannot remove {}", dir.display()))?;
        }
        if school::is_current(&places.snapshot()) {
            let work = Work::begin("the school from its snapshot");
            school::copy(&places.snapshot(), &dir)?;
            work.done("");
        }
    }
    let options = Options {
        port,
        ..Options::new(&dir)?
    };
    if school::is_filled(&dir) {
        let work = Work::begin("starting Synapse");
        let homeserver = Homeserver::start(options).await?;
        work.done(homeserver.url());
        return Ok(homeserver);
    }
    let mut homeserver =
        school::fill(options, |line| term::say(format!("{TRANSIENT}{line}"))).await?;
    let work = Work::begin("keeping a snapshot");
    homeserver.stop().await?;
    let half = places.file("snapshot.half");
    let _ = fs::remove_dir_all(&half);
    school::copy(&dir, &half)?;
    let _ = fs::remove_dir_all(places.snapshot());
    fs::rename(&half, places.snapshot())?;
    homeserver.restart().await?;
    work.done(homeserver.url());
    Ok(homeserver)
}

/// Whoever waits for the file never sees half of it.
fn write_whole(file: &Path, text: &str) -> Result<()> {
    let half = file.with_extension("half");
    fs::write(&half, text).with_context(|| format!("cannot write {}", half.display()))?;
    Ok(fs::rename(&half, file)?)
}

#[cfg(unix)]
async fn asked_to_end() {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate()).expect("the runtime handles signals");
    terminate.recv().await;
    term::say("  asked to end");
}

#[cfg(not(unix))]
async fn asked_to_end() {
    std::future::pending::<()>().await;
}
