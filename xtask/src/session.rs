//! A desktop session where there is none: a screen nobody sees (Xvfb), a message bus and a keychain.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{Mutex, MutexGuard},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::proc::{self, Group};

/// A picture that has not changed for so long is finished.
const STILL_FOR: Duration = Duration::from_secs(2);
const LOOK_AGAIN: Duration = Duration::from_millis(300);
/// A cursor of 4 by 40 pixels.
const CURSOR_BYTES: usize = 4 * 40 * 3;

/// Starts the keychain with an empty password, waits until it answers on the bus, then becomes the program.
/// It stays in the foreground of a background job, so that it ends with the process group.
const WITH_KEYCHAIN: &str = r#"
printf '\n' | XDG_DATA_HOME="$PARTA_KEYCHAIN_DATA" gnome-keyring-daemon --foreground --unlock --components=secrets \
  >"$XDG_RUNTIME_DIR/keyring.log" 2>&1 &
tries=0
until dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner \
  string:org.freedesktop.secrets 2>/dev/null | grep -q 'boolean true'
do
  tries=$((tries + 1))
  if [ "$tries" -gt 200 ]; then
    echo "the keychain did not start:" >&2
    cat "$XDG_RUNTIME_DIR/keyring.log" >&2
    exit 70
  fi
  sleep 0.05
done
exec "$@"
"#;

/// Scratch folders that are there now: a signal leaves no time for their owners.
static SCRATCH: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// A scratch folder that goes with its owner.
pub struct Scratch(PathBuf);

fn scratch() -> MutexGuard<'static, Vec<PathBuf>> {
    SCRATCH
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
}

/// Removes every scratch folder, before the process ends at once.
pub fn clear_scratch() {
    for dir in std::mem::take(&mut *scratch()) {
        let _ = fs::remove_dir_all(dir);
    }
}

impl Scratch {
    pub fn new(name: &str) -> Result<Self> {
        let dir = std::env::temp_dir().join(format!("parta-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&dir);
        fs::create_dir_all(&dir).with_context(|| format!("cannot make {}", dir.display()))?;
        // A runtime folder that others may read is refused by those who use it.
        #[cfg(unix)]
        fs::set_permissions(&dir, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
        scratch().push(dir.clone());
        Ok(Self(dir))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
        scratch().retain(|dir| *dir != self.0);
    }
}

/// Wraps `command` into a message bus with a keychain of its own, whose contents lie in `keychain`.
pub fn with_keychain(command: &Command, runtime: &Path, keychain: &Path) -> Result<Command> {
    fs::create_dir_all(keychain).with_context(|| format!("cannot make {}", keychain.display()))?;
    let mut session = Command::new("dbus-run-session");
    session
        .args(["--", "sh", "-c", WITH_KEYCHAIN, "sh"])
        .arg(command.get_program())
        .args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => session.env(name, value),
            None => session.env_remove(name),
        };
    }
    if let Some(dir) = command.get_current_dir() {
        session.current_dir(dir);
    }
    session
        .env("XDG_RUNTIME_DIR", runtime)
        .env("PARTA_KEYCHAIN_DATA", keychain);
    session
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .env_remove("GNOME_KEYRING_CONTROL");
    Ok(session)
}

/// A screen that nobody sees.
pub struct Screen {
    _server: Group,
    pub display: String,
}

impl Screen {
    pub fn open() -> Result<Self> {
        let mut command = Command::new("Xvfb");
        if proc::which("setpriv").is_some() {
            // Even if we are killed it ends, and with it the windows on it.
            command = Command::new("setpriv");
            command.args(["--pdeathsig", "TERM", "Xvfb"]);
        }
        // The server finds a free number itself and writes it to the descriptor named.
        command.args([
            "-displayfd",
            "1",
            "-screen",
            "0",
            "1280x900x24",
            "-nolisten",
            "tcp",
            "-noreset",
        ]);
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut server = Group::spawn(&mut command)?;
        let out = server.child().stdout.take().context("Xvfb has no output")?;
        let mut number = String::new();
        BufReader::new(out).read_line(&mut number)?;
        if number.trim().is_empty() {
            bail!("Xvfb ended at its start");
        }
        Ok(Self {
            _server: server,
            display: format!(":{}", number.trim()),
        })
    }

    /// Waits until the picture has something on it and stands still, and writes it as a PNG; at the deadline the last
    /// one counts. Says whether it stood still; gives up when what is drawn there is not `alive` any more.
    pub fn picture(
        &self,
        file: &Path,
        within: Duration,
        mut alive: impl FnMut() -> bool,
    ) -> Result<bool> {
        let deadline = Instant::now() + within;
        let mut last = (self.frame()?, Instant::now());
        let still = loop {
            if Instant::now() > deadline || !alive() {
                break false;
            }
            std::thread::sleep(LOOK_AGAIN);
            let frame = self.frame()?;
            if !is_same(&frame, &last.0) || !is_drawn(&frame) {
                last = (frame, Instant::now());
            } else if last.1.elapsed() >= STILL_FOR {
                break true;
            }
        };
        write_png(&last.0, file)?;
        Ok(still)
    }

    fn frame(&self) -> Result<Vec<u8>> {
        let done = Command::new("import")
            .args([
                "-window",
                "root",
                "-display",
                &self.display,
                "-depth",
                "8",
                "ppm:-",
            ])
            .stderr(Stdio::null())
            .output()
            .context("cannot take a picture of the screen")?;
        Ok(done.stdout)
    }
}

/// Writes a PPM picture as a PNG, without the empty screen around the window: no window manager stretches it there.
fn write_png(ppm: &[u8], file: &Path) -> Result<()> {
    let mut convert = Command::new("convert");
    convert
        .args([
            "ppm:-",
            "-bordercolor",
            "black",
            "-border",
            "1",
            "-trim",
            "+repage",
        ])
        .arg(file);
    let mut convert = convert
        .stdin(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .context("cannot start convert")?;
    convert
        .stdin
        .take()
        .context("convert has no input")?
        .write_all(ppm)?;
    if !convert.wait()?.success() {
        bail!("the picture could not be written to {}", file.display());
    }
    Ok(())
}

/// Whether two PPM pictures differ by no more than a blinking cursor.
fn is_same(one: &[u8], other: &[u8]) -> bool {
    let differing = one.iter().zip(other).filter(|(a, b)| a != b).count();
    one.len() == other.len() && differing <= CURSOR_BYTES
}

/// Whether a PPM picture shows more than a few flat colours: letters bring dozens.
fn is_drawn(ppm: &[u8]) -> bool {
    let mut colours: Vec<&[u8]> = Vec::new();
    for pixel in ppm.get(15..).unwrap_or_default().chunks_exact(3) {
        if !colours.contains(&pixel) {
            colours.push(pixel);
            if colours.len() > 24 {
                return true;
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blinking_cursor_is_no_change_and_a_new_line_of_text_is() {
        let frame = vec![250; 3000];
        let mut blinked = frame.clone();
        blinked[..CURSOR_BYTES].fill(0);
        assert!(is_same(&frame, &blinked));
        blinked[..=CURSOR_BYTES].fill(0);
        assert!(!is_same(&frame, &blinked));
        assert!(!is_same(&frame, &frame[1..]));
    }

    #[test]
    fn a_flat_picture_is_not_drawn_and_letters_are() {
        let head = b"P6\n20 20\n255\n  ".to_vec();
        let mut flat = head.clone();
        flat.extend(std::iter::repeat_n([250, 250, 245], 400).flatten());
        assert!(!is_drawn(&flat));
        let mut letters = head;
        letters.extend((0..400_u32).flat_map(|i| [(i % 60) as u8 * 4; 3]));
        assert!(is_drawn(&letters));
    }
}
