//! The steps of the gate, quick ones first.

use std::{path::PathBuf, process::Command};

use anyhow::{Context, Result, bail};

use super::{Ready, run::Log};
use crate::{
    codegen, paths, proc,
    session::{self, Scratch, Screen},
    setup::{self, APP_PACKAGES, node, python},
    tidy,
};

/// What must be there before a step.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// Everything that compiles the app.
    Compiler,
    /// A screen, a message bus, a keychain, a browser.
    Session,
    /// Synapse.
    Server,
    /// The npm packages of a folder.
    Npm(&'static str),
    /// tauri-driver.
    Driver,
}

pub struct Step {
    pub name: &'static str,
    pub about: &'static str,
    pub needs: &'static [Need],
    pub run: fn(&Ready, &mut Log) -> Result<()>,
}

const UI: &str = "ui";
const E2E: &str = "tests/e2e";
const SMOKE: &str = "tests/smoke";
/// Packages whose tests start a homeserver.
const WITH_SERVER: &[&str] = &["parta-journeys", "parta-testkit"];

pub const STEPS: &[Step] = &[
    Step {
        name: "fmt",
        about: "every Rust file is formatted",
        needs: &[],
        run: fmt,
    },
    Step {
        name: "tidy",
        about: "the repository's own rules",
        needs: &[],
        run: tidy,
    },
    Step {
        name: "ui-check",
        about: "types of the interface",
        needs: &[Need::Npm(UI)],
        run: |ready, log| npm(ready, log, UI, "check"),
    },
    Step {
        name: "ui-lint",
        about: "eslint over the interface",
        needs: &[Need::Npm(UI)],
        run: |ready, log| npm(ready, log, UI, "lint"),
    },
    Step {
        name: "ui-test",
        about: "unit tests of the interface",
        needs: &[Need::Npm(UI)],
        run: |ready, log| npm(ready, log, UI, "test"),
    },
    Step {
        name: "ui-build",
        about: "the interface as the app carries it",
        needs: &[Need::Npm(UI)],
        run: ui_build,
    },
    Step {
        name: "clippy",
        about: "no warnings anywhere",
        needs: &[Need::Compiler, Need::Npm(UI)],
        run: clippy,
    },
    Step {
        name: "build",
        about: "the app, the bridge and every test compile",
        needs: &[Need::Compiler, Need::Npm(UI)],
        run: build,
    },
    Step {
        name: "codegen",
        about: "the interface's bindings are those of the core",
        needs: &[Need::Compiler, Need::Npm(UI)],
        run: codegen_check,
    },
    Step {
        name: "symbols",
        about: "the app keeps its SQLite to itself",
        needs: &[Need::Compiler, Need::Npm(UI)],
        run: symbols,
    },
    Step {
        name: "rust",
        about: "Rust tests that need no server",
        needs: &[Need::Compiler, Need::Npm(UI)],
        run: rust,
    },
    Step {
        name: "keychain",
        about: "the key in a real Secret Service",
        needs: &[Need::Compiler, Need::Session, Need::Npm(UI)],
        run: keychain,
    },
    Step {
        name: "journeys",
        about: "whole stories on a real Synapse",
        needs: &[Need::Compiler, Need::Server, Need::Npm(UI)],
        run: journeys,
    },
    Step {
        name: "e2e",
        about: "browsers through the bridge",
        needs: &[
            Need::Compiler,
            Need::Session,
            Need::Server,
            Need::Npm(UI),
            Need::Npm(E2E),
        ],
        run: e2e,
    },
    Step {
        name: "smoke",
        about: "the real app, driven on a screen nobody sees",
        needs: &[
            Need::Compiler,
            Need::Session,
            Need::Server,
            Need::Npm(UI),
            Need::Npm(SMOKE),
            Need::Driver,
        ],
        run: smoke,
    },
];

fn fmt(_: &Ready, log: &mut Log) -> Result<()> {
    // The names are enough: `cargo fmt` does the rest.
    log.run(setup::cargo().args(["fmt", "--all", "--", "--check", "--files-with-diff"]))
}

fn tidy(_: &Ready, log: &mut Log) -> Result<()> {
    let findings = tidy::findings()?;
    for finding in &findings {
        log.line(&finding.to_string())?;
    }
    if !findings.is_empty() {
        bail!("{} rules are broken", findings.len());
    }
    Ok(())
}

fn npm(ready: &Ready, log: &mut Log, folder: &str, script: &str) -> Result<()> {
    let dir = paths::root().join(folder);
    if !dir.join("package.json").exists() {
        bail!("{folder}/package.json is missing");
    }
    log.run(&mut ready.node()?.script(&dir, script))
}

fn ui_build(ready: &Ready, log: &mut Log) -> Result<()> {
    npm(ready, log, UI, "build")?;
    node::note_built_ui()
}

/// The app embeds the built interface, so even a check of it wants it there.
fn with_ui(ready: &Ready, log: &mut Log) -> Result<()> {
    if node::is_ui_built()? {
        return Ok(());
    }
    ui_build(ready, log)
}

fn clippy(ready: &Ready, log: &mut Log) -> Result<()> {
    with_ui(ready, log)?;
    log.run(setup::cargo().args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ]))
}

fn build(ready: &Ready, log: &mut Log) -> Result<()> {
    with_ui(ready, log)?;
    log.run(
        setup::cargo()
            .arg("build")
            .args(APP_PACKAGES)
            .arg("--all-targets"),
    )
}

/// The programs, for a step that was asked for alone; after `build` this is a glance.
fn programs(ready: &Ready, log: &mut Log) -> Result<()> {
    with_ui(ready, log)?;
    log.run(
        setup::cargo()
            .arg("build")
            .args(APP_PACKAGES)
            .args(["--bins", "--examples"]),
    )
}

fn codegen_check(ready: &Ready, log: &mut Log) -> Result<()> {
    programs(ready, log)?;
    codegen::compare()
}

fn symbols(ready: &Ready, log: &mut Log) -> Result<()> {
    programs(ready, log)?;
    if !cfg!(target_os = "linux") {
        return log.line("only Linux executables export what they link");
    }
    let names = proc::output(
        Command::new("nm")
            .args(["-D", "--defined-only"])
            .arg(paths::built("parta")),
    )?;
    let ours: Vec<&str> = names
        .lines()
        .filter(|line| line.contains(" T sqlite3"))
        .collect();
    if !ours.is_empty() {
        log.line(&ours.join("\n"))?;
        bail!(
            "the app exports {} symbols of SQLite: WebKit would use our SQLCipher",
            ours.len()
        );
    }
    Ok(())
}

/// Rust tests chosen by a nextest filter, or by arguments of `cargo test` where there is no nextest.
fn tests(filter: &str, otherwise: &[&str]) -> Command {
    let mut cargo = setup::cargo();
    if proc::which("cargo-nextest").is_some() {
        cargo
            .args(["nextest", "run", "--no-fail-fast"])
            .args(APP_PACKAGES)
            .args(["-E", filter]);
    } else {
        cargo
            .args(["test", "--no-fail-fast"])
            .args(APP_PACKAGES)
            .args(otherwise);
    }
    cargo
}

fn rust(ready: &Ready, log: &mut Log) -> Result<()> {
    with_ui(ready, log)?;
    let but: Vec<String> = WITH_SERVER
        .iter()
        .map(|name| format!("not package({name})"))
        .collect();
    let exclude: Vec<&str> = WITH_SERVER
        .iter()
        .flat_map(|name| ["--exclude", name])
        .collect();
    log.run(&mut tests(&but.join(" and "), &exclude))?;
    // Ours are apart: we are the program that runs.
    log.run(setup::cargo().args(["test", "--package", "xtask"]))
}

fn keychain(ready: &Ready, log: &mut Log) -> Result<()> {
    with_ui(ready, log)?;
    let scratch = Scratch::new("keychain")?;
    let mut command = tests(
        "package(parta-store) and binary(os_keychain)",
        &["--test", "os_keychain"],
    );
    command.env("PARTA_TEST_KEYCHAIN", "1");
    log.run(&mut session::with_keychain(
        &command,
        scratch.path(),
        &scratch.path().join("data"),
    )?)
}

fn journeys(ready: &Ready, log: &mut Log) -> Result<()> {
    with_ui(ready, log)?;
    let only: Vec<String> = WITH_SERVER
        .iter()
        .map(|name| format!("package({name})"))
        .collect();
    if proc::which("cargo-nextest").is_some() {
        return log.run(tests(&only.join(" or "), &[]).env("PARTA_PYTHON", python::python()?));
    }
    let packages: Vec<&str> = WITH_SERVER
        .iter()
        .flat_map(|name| ["--package", name])
        .collect();
    log.run(
        setup::cargo()
            .args(["test", "--no-fail-fast"])
            .args(packages)
            .env("PARTA_PYTHON", python::python()?),
    )
}

/// `npm test` of a folder with everything that the tests there start.
fn npm_test(ready: &Ready, folder: &str) -> Result<Command> {
    let dir = paths::root().join(folder);
    if !dir.join("package.json").exists() {
        bail!("{folder}/package.json is missing");
    }
    let mut command = ready.node()?.command("npm");
    command.args(["test", "--silent"]).current_dir(dir);
    command
        .env("PARTA_PYTHON", python::python()?)
        .env("PARTA_PROGRAMS", paths::target().join("debug"));
    Ok(command)
}

fn e2e(ready: &Ready, log: &mut Log) -> Result<()> {
    let mut command = npm_test(ready, E2E)?;
    programs(ready, log)?;
    command
        .env("PARTA_BRIDGE", paths::built("parta-bridge"))
        .env("PARTA_UI", paths::root().join("ui/dist"));
    command.env("PARTA_CHROMIUM", chromium()?);
    log.run(&mut command)
}

fn chromium() -> Result<PathBuf> {
    let names = ["chromium", "chromium-browser", "google-chrome"];
    names
        .iter()
        .find_map(|name| proc::which(name))
        .context("no Chromium on the PATH")
}

fn smoke(ready: &Ready, log: &mut Log) -> Result<()> {
    let mut command = npm_test(ready, SMOKE)?;
    programs(ready, log)?;
    let scratch = Scratch::new("smoke")?;
    let screen = Screen::open()?;
    command
        .env("PARTA_APP", paths::built("parta"))
        .env("PARTA_TAURI_DRIVER", setup::tauri_driver()?);
    command
        .env("DISPLAY", &screen.display)
        .env_remove("WAYLAND_DISPLAY");
    command.env("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
    log.run(&mut session::with_keychain(
        &command,
        scratch.path(),
        &scratch.path().join("data"),
    )?)
}
