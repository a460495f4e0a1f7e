//! Child processes: found on the PATH, run to their end, or kept in a group that ends with us.

use std::{
    env,
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

/// How long a group may take to end by itself before it is killed.
const GRACE: Duration = Duration::from_secs(8);

/// Groups that a signal to us ends as well.
static GROUPS: Mutex<Vec<u32>> = Mutex::new(Vec::new());

/// Set when a signal ends everything: from then on only the thread that does so has something to say.
static ENDING: AtomicBool = AtomicBool::new(false);

/// A program on the PATH.
pub fn which(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .flat_map(|dir| {
            [
                dir.join(name),
                dir.join(format!("{name}.exe")),
                dir.join(format!("{name}.cmd")),
            ]
        })
        .find(|file| is_program(file))
}

#[cfg(unix)]
fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata()
        .is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(file: &Path) -> bool {
    file.is_file()
}

/// Another PATH with `dir` in front.
pub fn path_with(dir: &Path) -> OsString {
    let old = env::var_os("PATH").unwrap_or_default();
    let dirs = [dir.to_path_buf()]
        .into_iter()
        .chain(env::split_paths(&old));
    env::join_paths(dirs).unwrap_or(old)
}

/// The command as it would be typed.
pub fn line(command: &Command) -> String {
    let mut words = vec![word(command.get_program())];
    words.extend(command.get_args().map(word));
    words.join(" ")
}

fn word(text: &OsStr) -> String {
    let text = text.to_string_lossy();
    if text.contains('\n') {
        // A script says nothing in one line.
        return "'…'".to_owned();
    }
    if text.is_empty() || text.contains([' ', '"', '\'', '$', '(']) {
        format!("'{}'", text.replace('\'', "'\\''"))
    } else {
        text.into_owned()
    }
}

/// Runs a command to its end with its output on our terminal.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("cannot start: {}", line(command)))?;
    if !status.success() {
        bail!("{} ended with {status}", line(command));
    }
    Ok(())
}

/// What a command prints on its standard output; a failure carries what it said.
pub fn output(command: &mut Command) -> Result<String> {
    let done = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("cannot start: {}", line(command)))?;
    if !done.status.success() {
        let said = [done.stdout, done.stderr].concat();
        bail!(
            "{} ended with {}\n{}",
            line(command),
            done.status,
            String::from_utf8_lossy(&said).trim_end()
        );
    }
    Ok(String::from_utf8_lossy(&done.stdout).into_owned())
}

/// Returns at once, unless a signal is ending everything: then never.
pub fn hush() {
    while ENDING.load(Ordering::Acquire) {
        thread::park();
    }
}

/// A child with all its descendants, in a process group of its own.
pub struct Group {
    child: Child,
}

impl Group {
    pub fn spawn(command: &mut Command) -> Result<Self> {
        hush();
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        let child = command
            .spawn()
            .with_context(|| format!("cannot start: {}", line(command)))?;
        groups().push(child.id());
        Ok(Self { child })
    }

    pub fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// Waits for the first process of the group, at most until `deadline`; `None` when that passed.
    pub fn wait_until(&mut self, deadline: Instant) -> Result<Option<std::process::ExitStatus>> {
        let mut pause = Duration::from_millis(2);
        loop {
            hush();
            if let Some(status) = self.child.try_wait()? {
                return Ok(Some(status));
            }
            if Instant::now() >= deadline {
                return Ok(None);
            }
            thread::sleep(pause);
            pause = (pause * 2).min(Duration::from_millis(50));
        }
    }

    /// Asks the group to end, then makes it.
    pub fn end(&mut self) {
        let id = self.child.id();
        end_group(id, || matches!(self.child.try_wait(), Ok(Some(_)) | Err(_)));
        let _ = self.child.wait();
        groups().retain(|group| *group != id);
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.end();
    }
}

fn groups() -> std::sync::MutexGuard<'static, Vec<u32>> {
    GROUPS
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
}

#[cfg(unix)]
fn end_group(id: u32, mut reap: impl FnMut() -> bool) {
    use rustix::process::{
        Pid, Signal, WaitOptions, kill_process_group, test_kill_process_group, waitpgid,
    };
    let Some(group) = i32::try_from(id).ok().and_then(Pid::from_raw) else {
        return;
    };
    // Nobody left in the group is the usual case: its first process was waited for already.
    if kill_process_group(group, Signal::TERM).is_err() {
        return;
    }
    let deadline = Instant::now() + GRACE;
    while Instant::now() < deadline {
        // A child that nobody has waited for still counts as a member of its group.
        if !reap() {
            let _ = waitpgid(group, WaitOptions::NOHANG);
        }
        if test_kill_process_group(group).is_err() {
            return;
        }
        thread::sleep(Duration::from_millis(20));
    }
    let _ = kill_process_group(group, Signal::KILL);
}

#[cfg(not(unix))]
fn end_group(id: u32, mut reap: impl FnMut() -> bool) {
    if !reap() {
        let _ = Command::new("taskkill")
            .args(["/T", "/F", "/PID", &id.to_string()])
            .output();
    }
}

/// From now on Ctrl-C, a closed terminal and a polite kill end all groups first, then `farewell` is called, then we go.
pub fn end_groups_on_signal(farewell: impl FnOnce() + Send + 'static) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    thread::spawn(move || {
        let code = runtime.block_on(signalled());
        ENDING.store(true, Ordering::Release);
        let all = std::mem::take(&mut *groups());
        for id in all {
            end_group(id, || false);
        }
        farewell();
        std::process::exit(code);
    });
    Ok(())
}

#[cfg(unix)]
async fn signalled() -> i32 {
    use tokio::signal::unix::{SignalKind, signal};
    let listen = |kind| signal(kind).expect("the signals a process may listen to are fixed");
    let mut hangup = listen(SignalKind::hangup());
    let mut interrupt = listen(SignalKind::interrupt());
    let mut terminate = listen(SignalKind::terminate());
    tokio::select! {
        _ = hangup.recv() => 129,
        _ = interrupt.recv() => 130,
        _ = terminate.recv() => 143,
    }
}

#[cfg(not(unix))]
async fn signalled() -> i32 {
    let _ = tokio::signal::ctrl_c().await;
    130
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_group_ends_with_its_grandchildren() {
        let mut command = Command::new("sh");
        command
            .args(["-c", "sleep 600 & echo $!; wait"])
            .stdout(Stdio::piped());
        let mut group = Group::spawn(&mut command).unwrap();
        let mut line = String::new();
        let out = group.child().stdout.take().unwrap();
        std::io::BufRead::read_line(&mut std::io::BufReader::new(out), &mut line).unwrap();
        let grandchild = rustix::process::Pid::from_raw(line.trim().parse().unwrap()).unwrap();
        group.end();
        // A zombie waits for init to reap it; everything else is gone.
        let status = std::fs::read_to_string(format!("/proc/{}/stat", grandchild.as_raw_nonzero()));
        assert!(status.is_err() || status.unwrap().contains(") Z "));
    }

    #[test]
    fn a_command_that_fails_says_what_it_said() {
        let error =
            output(Command::new("sh").args(["-c", "echo no luck >&2; exit 3"])).unwrap_err();
        assert!(error.to_string().contains("no luck"), "{error}");
    }

    #[test]
    fn a_wait_ends_at_its_deadline() {
        let mut group = Group::spawn(Command::new("sleep").arg("600")).unwrap();
        assert!(
            group
                .wait_until(Instant::now() + Duration::from_millis(30))
                .unwrap()
                .is_none()
        );
    }
}
