//! Opens Parta on the demo school: in a window, on a screen nobody sees, or in a browser.

use std::{
    collections::hash_map::RandomState,
    fs::{self, File},
    hash::{BuildHasher, Hasher},
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use super::{Places, Wish, has_display, school::Accounts};
use crate::{
    paths,
    proc::{self, Group},
    session::{self, Scratch, Screen},
    term,
};

const DRAWN_WITHIN: Duration = Duration::from_secs(60);
const PAGE_WITHIN: Duration = Duration::from_secs(30);
const FOREVER: Duration = Duration::from_secs(60 * 60 * 24 * 365);

pub(super) fn open(
    wish: &Wish,
    places: &Places,
    url: &str,
    accounts: &Accounts,
    since: Instant,
) -> Result<()> {
    let person = match &wish.role {
        Some(role) => Some(accounts.person(role)?),
        None => None,
    };
    let profile = places.profiles().join(wish.profile());
    fs::create_dir_all(&profile).with_context(|| format!("cannot make {}", profile.display()))?;

    term::title("Parta");
    match person {
        Some(person) => term::say(format!(
            "  Signed in as {} ({}), login {}",
            person.name, person.role, person.login
        )),
        None => accounts.show(url),
    }
    let dress = |command: &mut Command| {
        command.env("PARTA_DEMO", &accounts.file);
        match person {
            Some(person) => command.env("PARTA_DEMO_SIGN_IN", &person.login),
            None => command.env_remove("PARTA_DEMO_SIGN_IN"),
        };
    };
    let log = places.file(&format!("{}.log", wish.profile()));
    if wish.browser {
        return in_browser(wish, places, &profile, &log, dress, since);
    }
    let mut app = Command::new(paths::built("parta"));
    app.arg("--profile").arg(&profile);
    dress(&mut app);
    if wish.is_headless() {
        unseen(wish, places, app, &log, since)
    } else {
        in_window(app, &log, since)
    }
}

fn in_window(mut app: Command, log: &Path, since: Instant) -> Result<()> {
    let mut group = start(&mut app, log)?;
    term::say(format!(
        "  The window opens ({}). Close it or press Ctrl-C here to end.",
        term::spent(since.elapsed())
    ));
    until_it_ends(&mut group, log)
}

fn unseen(
    wish: &Wish,
    places: &Places,
    mut app: Command,
    log: &Path,
    since: Instant,
) -> Result<()> {
    let screen = Screen::open()?;
    let scratch = Scratch::new(&format!("demo-{}", wish.profile()))?;
    app.env("DISPLAY", &screen.display)
        .env_remove("WAYLAND_DISPLAY")
        .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
    // The keychain stays with the demo: the next start reads its key from it.
    let keychain = places.keychains().join(wish.profile());
    let mut session = session::with_keychain(&app, scratch.path(), &keychain)?;
    let mut group = start(&mut session, log)?;

    let picture = places.file(&format!("{}.png", wish.profile()));
    let still = screen.picture(&picture, DRAWN_WITHIN, || {
        matches!(group.child().try_wait(), Ok(None))
    })?;
    if group.child().try_wait()?.is_none() {
        let note = if still { "" } else { " (it was still moving)" };
        let took = term::spent(since.elapsed());
        term::say(format!(
            "  It runs on a screen nobody sees ({took}). Picture{note}: {}",
            paths::shown(&picture)
        ));
        term::say("  Ctrl-C ends it. With --browser you can use it from any browser.");
    }
    until_it_ends(&mut group, log)
}

fn in_browser(
    wish: &Wish,
    places: &Places,
    profile: &Path,
    log: &Path,
    dress: impl Fn(&mut Command),
    since: Instant,
) -> Result<()> {
    let mut bridge = Command::new(paths::built("parta-bridge"));
    bridge
        .arg("--profile")
        .arg(profile)
        .arg("--ui")
        .arg(paths::root().join("ui/dist"));
    bridge.args([
        "--port",
        &wish.port.unwrap_or(0).to_string(),
        "--key-from-env",
        "--exit-with-stdin",
    ]);
    bridge.env("PARTA_BRIDGE_KEY", bridge_key(&places.file("bridge.key"))?);
    dress(&mut bridge);
    // It ends with us even if we are killed: its input closes then.
    bridge
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(File::create(log)?);
    let mut group = Group::spawn(&mut bridge)?;
    let out = group
        .child()
        .stdout
        .take()
        .context("the bridge has no output")?;
    let address = first_line(out).unwrap_or_default();
    if address.is_empty() {
        return until_it_ends(&mut group, log);
    }
    term::say(format!(
        "  The page is ready ({}):\n\n    {}\n",
        term::spent(since.elapsed()),
        term::strong(&address)
    ));
    term::say("  The address works once. Ctrl-C here ends it.");
    if has_display() {
        show_in_browser(&address);
    }
    until_it_ends(&mut group, log)
}

/// The line a program begins with, if it says it in time.
fn first_line(out: impl std::io::Read + Send + 'static) -> Option<String> {
    let (said, heard) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let mut lines = BufReader::new(out).lines();
        let _ = said.send(lines.next().and_then(Result::ok).unwrap_or_default());
        // Whatever follows is read and dropped, so that the program never waits for us.
        lines.for_each(drop);
    });
    heard.recv_timeout(PAGE_WITHIN).ok()
}

fn show_in_browser(address: &str) {
    let opener = if cfg!(target_os = "macos") {
        "open"
    } else {
        "xdg-open"
    };
    let mut command = if cfg!(windows) {
        Command::new("explorer")
    } else {
        Command::new(opener)
    };
    if cfg!(windows) || proc::which(opener).is_some() {
        let _ = command
            .arg(address)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
    }
}

/// The key that seals the browser's profiles: made-up people have no secrets, so it lies beside them.
fn bridge_key(file: &Path) -> Result<String> {
    if let Ok(key) = fs::read_to_string(file) {
        return Ok(key);
    }
    let key: String = (0..4)
        .map(|_| format!("{:016x}", RandomState::new().build_hasher().finish()))
        .collect();
    fs::write(file, &key).with_context(|| format!("cannot write {}", file.display()))?;
    Ok(key)
}

fn start(command: &mut Command, log: &Path) -> Result<Group> {
    let out = File::create(log).with_context(|| format!("cannot write {}", log.display()))?;
    Group::spawn(
        command
            .stdin(Stdio::null())
            .stdout(out.try_clone()?)
            .stderr(out),
    )
}

fn until_it_ends(group: &mut Group, log: &Path) -> Result<()> {
    let status = group.wait_until(Instant::now() + FOREVER)?;
    if status.is_none_or(|status| status.success()) {
        term::say("  Parta was closed.");
        return Ok(());
    }
    let text = fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<&str> = text.lines().collect();
    for line in &lines[lines.len().saturating_sub(30)..] {
        term::say(format!("  | {line}"));
    }
    bail!("Parta ended by itself; its log: {}", paths::shown(log))
}
