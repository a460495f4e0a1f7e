//! The demo's homeserver as its users see it: they find it or have it started, share it, and the last one stops it.
//!
//! Everybody holds a shared lock on `users.lock`. The keeper, a process of its own, waits for the whole lock: the
//! system gives it when the last user has gone, however that one died.

use std::{
    fs::{self, File},
    io::{Read, Write},
    net::{TcpStream, ToSocketAddrs},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::Mutex,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::{Places, Wish, news::News};
use crate::{
    proc,
    setup::python,
    term::{self, Work},
};

/// How long the keeper has to notice that it is alone.
const NOTICED_WITHIN: Duration = Duration::from_millis(600);
const STOPPED_WITHIN: Duration = Duration::from_secs(25);
const LOOK_AGAIN: Duration = Duration::from_millis(40);

/// Our share of the server, in a place that a signal handler reaches.
static SHARE: Mutex<Option<Share>> = Mutex::new(None);

struct Share {
    users: File,
    keeper: File,
}

/// A server that runs, or is being started and filled while we do something else.
pub(super) struct Coming {
    state: PathBuf,
    keeping: File,
    /// Only if it was us who started it.
    keeper: Option<Child>,
    news: News,
}

/// Takes a share in the server and has it started when it doesn't run.
pub(super) fn begin(places: &Places, wish: &Wish) -> Result<Coming> {
    let users = lock_file(&places.file("users.lock"))?;
    if wish.fresh {
        start_over(places, &users)?;
    }
    // A server that is just being stopped holds the whole lock: wait for it to be gone.
    users.lock_shared()?;
    let keeper = places.file("keeper.lock");
    let share = Share {
        users,
        keeper: lock_file(&keeper)?,
    };
    *SHARE
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner()) = Some(share);

    let news = News::of(places.file("keeper.log"));
    let mut coming = Coming {
        state: places.file("server.json"),
        keeping: lock_file(&keeper)?,
        keeper: None,
        news,
    };
    // One at a time looks whether there is a keeper.
    let looking = lock_file(&places.file("start.lock"))?;
    looking.lock()?;
    if let Some(url) = running(&coming.state) {
        coming.news.skip();
        if let Some(port) = wish
            .port
            .filter(|port| !wish.browser && !url.ends_with(&format!(":{port}")))
        {
            bail!(
                "the school runs at {url} already; --port {port} has to wait until the other demo has ended"
            );
        }
    }
    coming.start_if_needed(places, wish)?;
    Ok(coming)
}

impl Coming {
    /// Waits until the server answers; returns its address.
    pub(super) fn url(mut self, places: &Places, wish: &Wish) -> Result<String> {
        loop {
            proc::hush();
            self.news.show()?;
            if let Some(status) = self
                .keeper
                .as_mut()
                .map(Child::try_wait)
                .transpose()?
                .flatten()
            {
                bail!("the demo's server could not be started ({status})");
            }
            if let Some(url) = running(&self.state) {
                self.news.show()?;
                if self.keeper.is_none() {
                    term::say(format!(
                        "  {} shared with another demo: {url}",
                        term::good("✓")
                    ));
                }
                return Ok(url);
            }
            // Whose keeper fails has to say so; without it we start one of ours.
            self.start_if_needed(places, wish)?;
            thread::sleep(LOOK_AGAIN);
        }
    }

    fn start_if_needed(&mut self, places: &Places, wish: &Wish) -> Result<()> {
        if self.keeper.is_some() || self.keeping.try_lock().is_err() {
            return Ok(());
        }
        self.keeping.unlock()?;
        let _ = fs::remove_file(&self.state);
        let mut keeper = spawn_keeper(places, wish)?;
        self.news.restart();
        // Whoever looks next finds the keeper at its place.
        while self.keeping.try_lock().is_ok() && keeper.try_wait()?.is_none() {
            self.keeping.unlock()?;
            thread::sleep(LOOK_AGAIN);
        }
        self.keeper = Some(keeper);
        Ok(())
    }
}

/// Removes the school and everybody's profiles, which must not be in use.
fn start_over(places: &Places, users: &File) -> Result<()> {
    if users.try_lock().is_err() {
        bail!("another demo uses this school; close it before --fresh");
    }
    let work = Work::begin("forgetting the old school");
    for dir in [places.server(), places.profiles(), places.keychains()] {
        if dir.exists() {
            fs::remove_dir_all(&dir).with_context(|| format!("cannot remove {}", dir.display()))?;
        }
    }
    let _ = fs::remove_file(places.file("bridge.key"));
    users.unlock()?;
    work.done("");
    Ok(())
}

fn spawn_keeper(places: &Places, wish: &Wish) -> Result<Child> {
    let log = places.file("keeper.log");
    let out = File::create(&log).with_context(|| format!("cannot write {}", log.display()))?;
    let mut command = Command::new(std::env::current_exe()?);
    command
        .arg("demo-keeper")
        .arg("--dir")
        .arg(&places.root)
        .env("PARTA_PYTHON", python::python()?);
    if let Some(port) = wish.port.filter(|_| !wish.browser) {
        command.arg("--port").arg(port.to_string());
    }
    command
        .stdin(Stdio::null())
        .stdout(out.try_clone()?)
        .stderr(out)
        .current_dir(&places.root);
    // In a group of its own: Ctrl-C is for us, and the keeper sees us go.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command
        .spawn()
        .context("cannot start the keeper of the server")
}

/// The address of a server that has said where it is and answers there.
fn running(state: &Path) -> Option<String> {
    let state: Value = serde_json::from_slice(&fs::read(state).ok()?).ok()?;
    let url = state["url"].as_str()?.to_owned();
    is_healthy(&url).then_some(url)
}

/// Refuses an address where no homeserver answers.
pub(super) fn check(url: &str) -> Result<()> {
    // https is for the app itself to try: we speak plain http only.
    if url.starts_with("http://") && !is_healthy(url) {
        bail!("no homeserver answers at {url}");
    }
    Ok(())
}

fn is_healthy(url: &str) -> bool {
    ask(url, "/_matrix/client/versions")
        .is_some_and(|answer| answer.starts_with("HTTP/1.") && answer.contains(" 200 "))
}

/// One small request by hand.
fn ask(url: &str, path: &str) -> Option<String> {
    let host = url.strip_prefix("http://")?.split('/').next()?;
    let address = if host.contains(':') {
        host.to_owned()
    } else {
        format!("{host}:80")
    };
    let address = address.to_socket_addrs().ok()?.next()?;
    let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(3)).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    )
    .ok()?;
    let mut head = [0; 32];
    stream.read_exact(&mut head).ok()?;
    Some(String::from_utf8_lossy(&head).into_owned())
}

/// Gives our share back; when it was the last, waits until the server has stopped.
pub fn leave() {
    let Some(share) = SHARE
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
        .take()
    else {
        return;
    };
    let _ = share.users.unlock();
    let is_kept = || share.keeper.try_lock().is_err() || share.keeper.unlock().is_err();
    let noticed = Instant::now() + NOTICED_WITHIN;
    // A share can't be had any more: the keeper has taken the whole lock.
    while is_kept() && share.users.try_lock_shared().is_ok() {
        let _ = share.users.unlock();
        if Instant::now() > noticed {
            term::say("  The school stays open for the other demo.");
            return;
        }
        thread::sleep(LOOK_AGAIN);
    }
    let stopped = Instant::now() + STOPPED_WITHIN;
    while is_kept() && Instant::now() < stopped {
        thread::sleep(LOOK_AGAIN);
    }
    term::say("  The school's server has stopped; its data stays for the next time.");
}

pub(super) fn lock_file(path: &Path) -> Result<File> {
    let mut options = File::options();
    options.create(true).truncate(false).write(true);
    options
        .open(path)
        .with_context(|| format!("cannot open {}", path.display()))
}
