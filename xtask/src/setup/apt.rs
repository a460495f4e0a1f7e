//! Packages of Debian and Ubuntu: what each purpose needs, what is missing, how it is installed.

use std::{fs, process::Command};

use anyhow::{Result, bail};

use super::Purpose;
use crate::{proc, term};

const BUILD: &[&str] = &[
    "build-essential",
    "pkg-config",
    "libssl-dev",
    "libwebkit2gtk-4.1-dev",
];
const RUN: &[&str] = &["libayatana-appindicator3-1", "gstreamer1.0-plugins-bad"];
/// A screen and a keychain where there is neither, and letters to draw.
const HEADLESS: &[&str] = &[
    "xvfb",
    "dbus",
    "gnome-keyring",
    "libsecret-tools",
    "imagemagick",
    "fonts-dejavu-core",
    "fonts-noto-color-emoji",
];
const TEST: &[&str] = &[
    "xauth",
    "webkit2gtk-driver",
    "dunst",
    "libnotify-bin",
    "chromium",
    "mold",
];

/// The packages that `purposes` need, in a stable order and without repetition.
pub fn needed(purposes: &[Purpose]) -> Vec<&'static str> {
    let mut names: Vec<&str> = Vec::new();
    for purpose in purposes {
        let more = match purpose {
            Purpose::Build => BUILD,
            Purpose::Run => RUN,
            Purpose::Headless => HEADLESS,
            Purpose::Test => TEST,
        };
        names.extend(
            more.iter()
                .filter(|name| !names.contains(name))
                .copied()
                .collect::<Vec<_>>(),
        );
    }
    // Ubuntu's chromium is a snap, which has no place in a container or a script.
    if is_ubuntu() {
        names.retain(|name| *name != "chromium" || proc::which("chromium").is_some());
    }
    names
}

/// Whether this system has apt at all.
pub fn is_here() -> bool {
    cfg!(target_os = "linux")
        && proc::which("apt-get").is_some()
        && proc::which("dpkg-query").is_some()
}

fn is_ubuntu() -> bool {
    fs::read_to_string("/etc/os-release")
        .is_ok_and(|text| text.lines().any(|line| line == "ID=ubuntu"))
}

/// Those of `names` that dpkg doesn't list as installed.
pub fn missing(names: &[&'static str]) -> Vec<&'static str> {
    let asked = Command::new("dpkg-query")
        .args(["-W", "-f=${db:Status-Status} ${Package}\n"])
        .args(names)
        .output();
    let text = asked
        .map(|done| String::from_utf8_lossy(&done.stdout).into_owned())
        .unwrap_or_default();
    absent(names, &text)
}

fn absent(names: &[&'static str], dpkg: &str) -> Vec<&'static str> {
    let installed: Vec<&str> = dpkg
        .lines()
        .filter_map(|line| line.strip_prefix("installed "))
        .collect();
    names
        .iter()
        .filter(|name| !installed.contains(*name))
        .copied()
        .collect()
}

/// What to type to get them.
pub fn command(names: &[&str]) -> String {
    format!(
        "sudo apt-get install -y --no-install-recommends {}",
        names.join(" ")
    )
}

/// Installs what is missing: as root at once, as somebody else after asking.
pub fn install(names: &[&'static str]) -> Result<()> {
    let missing = missing(names);
    if missing.is_empty() {
        return Ok(());
    }
    let root = is_root();
    if !root {
        term::say(format!(
            "  These packages are missing: {}",
            missing.join(" ")
        ));
        if proc::which("sudo").is_none() || !term::agrees("  Install them with sudo?") {
            bail!(
                "packages are missing; install them and start again:\n  {}",
                command(&missing)
            );
        }
    }
    let mut work = term::Work::begin("system packages");
    let apt = |args: &[&str]| {
        let mut command = if root {
            Command::new("apt-get")
        } else {
            Command::new("sudo")
        };
        if !root {
            command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        }
        command
            .env("DEBIAN_FRONTEND", "noninteractive")
            .args(args)
            .args(["-qq", "-o", "Dpkg::Use-Pty=0"]);
        command
    };
    if !root {
        // sudo may have a password to ask for.
        work.breathe();
    }
    let done = proc::output(&mut apt(&["update"])).and_then(|_| {
        let mut install = apt(&["install", "-y", "--no-install-recommends"]);
        proc::output(install.args(&missing))
    });
    work.finish(done, &missing.join(" "))?;
    match self::missing(&missing).as_slice() {
        [] => Ok(()),
        still => bail!("apt installed nothing for: {}", still.join(" ")),
    }
}

#[cfg(unix)]
fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

#[cfg(not(unix))]
fn is_root() -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_installed_packages_count() {
        let dpkg = "installed xvfb\nconfig-files dunst\nnot-installed mold\n";
        assert_eq!(
            absent(&["xvfb", "dunst", "mold", "xauth"], dpkg),
            ["dunst", "mold", "xauth"]
        );
    }

    #[test]
    fn purposes_add_up_without_repetition() {
        let names = needed(&[Purpose::Build, Purpose::Headless, Purpose::Build]);
        assert_eq!(
            names.iter().filter(|name| **name == "libssl-dev").count(),
            1
        );
        assert!(names.contains(&"xvfb"));
        assert!(!names.contains(&"webkit2gtk-driver"));
    }
}
