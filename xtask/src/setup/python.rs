//! A Python environment of our own with Synapse in it, and Node.js on machines that have none.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use super::{
    apt,
    stamp::{Hash, Stamp},
};
use crate::{
    paths, proc,
    term::{self, Work},
};

const SYNAPSE: &str = include_str!("../../synapse.txt");
const NODE: &str = include_str!("../../node.txt");

/// The folder of the environment.
pub fn venv() -> Result<PathBuf> {
    Ok(paths::cache()?.join("venv"))
}

/// Where its programs lie.
pub fn programs() -> Result<PathBuf> {
    Ok(venv()?.join(if cfg!(windows) { "Scripts" } else { "bin" }))
}

/// Its Python.
pub fn python() -> Result<PathBuf> {
    Ok(programs()?.join(if cfg!(windows) {
        "python.exe"
    } else {
        "python"
    }))
}

/// The system's Python.
pub fn system() -> Option<PathBuf> {
    ["python3", "python"]
        .iter()
        .find_map(|name| proc::which(name))
}

/// Whether Synapse is installed as pinned.
pub fn has_synapse() -> bool {
    stamp("synapse", SYNAPSE).is_ok_and(|stamp| stamp.holds())
        && python().is_ok_and(|python| python.exists())
}

/// Installs the pinned Synapse and returns the Python that has it.
pub fn synapse() -> Result<PathBuf> {
    install("synapse", SYNAPSE, "Synapse from PyPI")?;
    python()
}

/// Installs Node.js into the environment and returns the folder of its programs.
pub fn node() -> Result<PathBuf> {
    install("node", NODE, "Node.js from PyPI")?;
    programs()
}

/// The folder of Node.js in the environment, when it is there.
pub fn wheel_node() -> Option<PathBuf> {
    let there = stamp("node", NODE).is_ok_and(|stamp| stamp.holds());
    programs().ok().filter(|_| there)
}

fn stamp(name: &str, pins: &str) -> Result<Stamp> {
    let mut hash = Hash::new();
    hash.add(pins.as_bytes());
    Ok(Stamp::new(venv()?.join(format!(".parta-{name}")), hash))
}

fn install(name: &str, pins: &str, shown: &str) -> Result<()> {
    let stamp = stamp(name, pins)?;
    let python = python()?;
    if stamp.holds() && python.exists() {
        return Ok(());
    }
    make_venv(&python)?;
    stamp.clear()?;
    let work = Work::begin(shown);
    let mut pip = Command::new(&python);
    pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--only-binary",
        ":all:",
    ]);
    pip.args(
        pins.lines()
            .map(str::trim)
            .filter(|pin| !pin.is_empty() && !pin.starts_with('#')),
    );
    let done = proc::output(&mut pip).with_context(|| format!("{shown} could not be installed"));
    work.finish(done, &paths::shown(&venv()?))?;
    stamp.set()
}

/// An environment whose Python runs and has pip; anything less is made anew.
fn make_venv(python: &Path) -> Result<()> {
    if works(python, "import pip") {
        return Ok(());
    }
    let Some(system) = system() else {
        bail!(
            "Python 3.10 or newer is needed to run the homeserver: install python3 and start again"
        );
    };
    if !works(&system, "import sys; sys.exit(sys.version_info < (3, 10))") {
        bail!(
            "{} is too old: Python 3.10 or newer is needed",
            system.display()
        );
    }
    if !works(&system, "import venv, ensurepip") {
        if !apt::is_here() {
            bail!(
                "{} can't make environments: install its venv module",
                system.display()
            );
        }
        apt::install(&["python3-venv"])?;
    }
    let work = Work::begin("Python environment");
    let dir = venv()?;
    std::fs::create_dir_all(&dir).with_context(|| format!("cannot make {}", dir.display()))?;
    // --clear takes what an interrupted run left, with the stamps.
    let done = proc::output(
        Command::new(&system)
            .args(["-m", "venv", "--clear"])
            .arg(&dir),
    );
    work.finish(done, &paths::shown(&dir))?;
    Ok(())
}

fn works(python: &Path, code: &str) -> bool {
    proc::output(Command::new(python).args(["-c", code])).is_ok()
}

/// For people: what `doctor` says of Synapse.
pub fn pinned_synapse() -> &'static str {
    SYNAPSE
        .lines()
        .find(|line| line.starts_with("matrix-synapse"))
        .unwrap_or("matrix-synapse")
}

/// Whether Synapse can run on this system at all.
pub fn synapse_runs_here() -> bool {
    !cfg!(windows)
}

/// Says what to do instead where it can't.
pub fn refuse_windows() -> Result<()> {
    if synapse_runs_here() {
        return Ok(());
    }
    term::say("Synapse, the homeserver of the demo school, doesn't run on Windows.");
    bail!(
        "run the demo's server on another machine, then: cargo xtask demo --server http://ADDRESS:PORT"
    )
}
