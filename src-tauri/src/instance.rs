//! One running app per profile. The first start holds a lock in the profile's folder, so that two processes never
//! write the same stores; a later one asks it to come forward and leaves. The system's own way for this
//! (`tauri_plugin_single_instance`) knows one name per app and serves the default profile only.

use anyhow::Context;
use std::fs::{self, File, TryLockError};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(2);
const LONGEST_LINE: u64 = 128;
const HEARD: &str = "coming";

pub enum Claim {
    First(Instance),
    /// Another process has this profile and has come forward.
    Running,
}

pub struct Instance {
    /// Held until the process ends.
    lock: File,
    listener: TcpListener,
    secret: String,
}

pub fn claim(profile: &Path) -> anyhow::Result<Claim> {
    make_private_folder(profile).context("the folder of the profile can't be made")?;
    let lock = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(profile.join("instance.lock"))?;
    match lock.try_lock() {
        Ok(()) => Ok(Claim::First(Instance::new(lock, profile)?)),
        Err(TryLockError::WouldBlock) => {
            call_forward(profile)
                .context("another process has this profile and does not answer")?;
            Ok(Claim::Running)
        }
        Err(TryLockError::Error(error)) => {
            Err(error).context("the folder of the profile can't be locked")
        }
    }
}

impl Instance {
    fn new(lock: File, profile: &Path) -> anyhow::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let secret = format!("{:032x}", rand::random::<u128>());
        write_private(
            &address_file(profile),
            &format!("{} {secret}\n", listener.local_addr()?.port()),
        )?;
        Ok(Self {
            lock,
            listener,
            secret,
        })
    }

    /// Calls `forward` whenever the app is started again with this profile.
    pub fn listen(self, forward: impl Fn() + Send + 'static) {
        // Taken apart by hand: a closure would take only what it names, and the lock would be let go of here.
        let Self {
            lock,
            listener,
            secret,
        } = self;
        let answer = move || {
            let _held = lock;
            for stream in listener.incoming().flatten() {
                if hear(&stream, &secret).unwrap_or(false) {
                    forward();
                }
            }
        };
        std::thread::Builder::new()
            .name("instance".into())
            .spawn(answer)
            .expect("the system starts a thread");
    }
}

fn address_file(profile: &Path) -> PathBuf {
    profile.join("instance.address")
}

fn hear(mut stream: &TcpStream, secret: &str) -> std::io::Result<bool> {
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut line = String::new();
    BufReader::new(stream.take(LONGEST_LINE)).read_line(&mut line)?;
    if line.trim_end() != secret {
        return Ok(false);
    }
    writeln!(stream, "{HEARD}")?;
    Ok(true)
}

/// The other process may hold the lock a moment before it has written where it listens.
fn call_forward(profile: &Path) -> anyhow::Result<()> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        match try_call(profile) {
            Ok(()) => return Ok(()),
            Err(error) if Instant::now() > deadline => return Err(error),
            Err(_) => std::thread::sleep(Duration::from_millis(25)),
        }
    }
}

fn try_call(profile: &Path) -> anyhow::Result<()> {
    let address = fs::read_to_string(address_file(profile))?;
    let (port, secret) = address
        .trim_end()
        .split_once(' ')
        .context("unreadable address")?;
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port.parse()?))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    writeln!(stream, "{secret}")?;
    let mut line = String::new();
    BufReader::new(stream.take(LONGEST_LINE)).read_line(&mut line)?;
    anyhow::ensure!(line.trim_end() == HEARD, "no answer");
    Ok(())
}

fn make_private_folder(path: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    let mut options = File::options();
    options.create(true).truncate(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    fn first(profile: &Path) -> Instance {
        match claim(profile).unwrap() {
            Claim::First(instance) => instance,
            Claim::Running => panic!("nothing else runs here"),
        }
    }

    #[test]
    fn a_second_start_calls_the_first_one_forward() {
        let profile = tempfile::tempdir().unwrap();
        let (sender, calls) = mpsc::channel();
        first(profile.path()).listen(move || sender.send(()).unwrap());
        assert!(matches!(claim(profile.path()).unwrap(), Claim::Running));
        calls.recv_timeout(PATIENCE).unwrap();
    }

    #[test]
    fn two_profiles_run_side_by_side() {
        let (teacher, parent) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let _teacher = first(teacher.path());
        let _parent = first(parent.path());
    }

    #[test]
    fn a_profile_is_free_again_when_its_process_is_gone() {
        let profile = tempfile::tempdir().unwrap();
        drop(first(profile.path()));
        let _again = first(profile.path());
    }

    #[test]
    fn a_stranger_without_the_secret_is_not_heard() {
        let profile = tempfile::tempdir().unwrap();
        let (sender, calls) = mpsc::channel();
        let instance = first(profile.path());
        let port = instance.listener.local_addr().unwrap();
        instance.listen(move || sender.send(()).unwrap());
        let mut stream = TcpStream::connect(port).unwrap();
        writeln!(stream, "let me in").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert_eq!(answer, "");
        assert!(calls.try_recv().is_err());
    }
}
