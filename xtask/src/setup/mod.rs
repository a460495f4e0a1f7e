//! What a command needs before it can start: system packages, Synapse, Node.js, npm packages, built programs.
//! Every step looks first and does nothing when its work is done.

pub mod apt;
pub mod node;
pub mod python;
pub mod stamp;

use std::{
    fs::{self, File},
    path::PathBuf,
    process::Command,
};

use anyhow::{Context, Result, bail};

pub use node::Node;

use crate::{
    paths, proc,
    term::{self, Work},
};

/// What the machine is prepared for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Compile the app.
    Build,
    /// Open its window.
    Run,
    /// Open it where there is no screen.
    Headless,
    /// Run every test.
    Test,
}

const TAURI_DRIVER: &str = "2.1.0";

/// Held while something is installed or built, so that two commands at once don't do it twice.
pub struct Turn {
    _lock: File,
}

impl Turn {
    pub fn take() -> Result<Self> {
        let dir = paths::cache()?;
        fs::create_dir_all(&dir).with_context(|| format!("cannot make {}", dir.display()))?;
        let lock = File::create(dir.join("setup.lock"))?;
        if lock.try_lock().is_err() {
            term::say("  Another command is setting up; waiting for it …");
            lock.lock()?;
        }
        Ok(Self { _lock: lock })
    }
}

/// Installs the system packages of `purposes`, or says what is missing where there is no apt.
pub fn system(purposes: &[Purpose]) -> Result<()> {
    if apt::is_here() {
        return apt::install(&apt::needed(purposes));
    }
    if cfg!(target_os = "linux") && !has_webkit() {
        bail!(
            "this system has no apt; install a C compiler, pkg-config and the development packages of OpenSSL and \
             WebKitGTK 4.1 with its own tool, then start again"
        );
    }
    Ok(())
}

/// Whether the window's engine can be linked.
pub fn has_webkit() -> bool {
    !cfg!(target_os = "linux")
        || proc::output(Command::new("pkg-config").args(["--exists", "webkit2gtk-4.1", "openssl"]))
            .is_ok()
}

/// Cargo as we were started with, without what it told us about ourselves: build scripts would see it and run again.
pub fn cargo() -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in std::env::vars_os() {
        let Some(text) = name.to_str() else { continue };
        let about_us = [
            "CARGO_MANIFEST_",
            "CARGO_PKG_",
            "CARGO_BIN_",
            "CARGO_CRATE_",
            "CARGO_PRIMARY_",
        ];
        if about_us.iter().any(|prefix| text.starts_with(prefix)) {
            cargo.env_remove(&name);
        }
    }
    cargo
        .current_dir(paths::root())
        .env("CARGO_TARGET_DIR", paths::target());
    cargo
}

/// The packages of the app, always chosen together: another choice would build the same libraries with other features.
pub const APP_PACKAGES: &[&str] = &["--workspace", "--exclude", "xtask"];

/// Builds the programs of the app; cargo shows its own progress.
pub fn build_app() -> Result<()> {
    // With the examples the features are those of the tests, so that nothing is built twice.
    proc::run(
        cargo()
            .arg("build")
            .args(APP_PACKAGES)
            .args(["--bins", "--examples"]),
    )
}

/// The program between a WebDriver client and the app's window, in the cache.
pub fn tauri_driver() -> Result<PathBuf> {
    let root = paths::cache()?.join(format!("tauri-driver-{TAURI_DRIVER}"));
    let program = root
        .join("bin")
        .join(format!("tauri-driver{}", std::env::consts::EXE_SUFFIX));
    if program.exists() {
        return Ok(program);
    }
    let work = Work::begin(format!("tauri-driver {TAURI_DRIVER}"));
    let mut install = cargo();
    install
        .args([
            "install",
            "tauri-driver",
            "--version",
            TAURI_DRIVER,
            "--locked",
            "--quiet",
            "--root",
        ])
        .arg(&root);
    // Its own build folder: its libraries have nothing in common with ours.
    install.env("CARGO_TARGET_DIR", root.join("build"));
    let done = proc::output(&mut install);
    work.finish(done, &paths::shown(&program))?;
    let _ = fs::remove_dir_all(root.join("build"));
    Ok(program)
}
