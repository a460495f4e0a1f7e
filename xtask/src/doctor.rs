//! `cargo xtask doctor`: what is there, what is missing, how to get it. Changes nothing.

use anyhow::Result;

use crate::{
    paths, proc,
    setup::{self, Node, Purpose, apt, python},
    term,
};

pub fn run() -> Result<()> {
    let mut missing = Vec::new();
    let mut check = |what: &str, found: Option<String>, how: &str| match found {
        Some(found) => term::say(format!(
            "  {} {what:<26} {}",
            term::good("✓"),
            term::quiet(&found)
        )),
        None => {
            term::say(format!("  {} {what:<26} {how}", term::bad("✗")));
            missing.push(what.to_owned());
        }
    };

    term::title("To build and open Parta");
    check("Rust", version("rustc"), "https://rustup.rs");
    if apt::is_here() {
        let absent = apt::missing(&apt::needed(&[Purpose::Build, Purpose::Run]));
        let all = absent.is_empty().then(|| "installed".to_owned());
        check("system packages", all, &apt::command(&absent));
    } else if cfg!(target_os = "linux") {
        let found = setup::has_webkit().then(|| "WebKitGTK 4.1".to_owned());
        check(
            "WebKitGTK 4.1, OpenSSL",
            found,
            "install their development packages with the system's own tool",
        );
    }
    let node = Node::find().map(|node| node.version);
    check(
        "Node.js 20.19+ and npm",
        node,
        "set up by `cargo xtask demo` from PyPI, or https://nodejs.org",
    );

    term::title("To run the demo school");
    let python = python::system().and_then(|python| version(&python.to_string_lossy()));
    check(
        "Python 3.10+",
        python,
        "sudo apt-get install -y python3 python3-venv",
    );
    if python::synapse_runs_here() {
        let synapse = python::has_synapse().then(|| python::pinned_synapse().to_owned());
        check("Synapse", synapse, "set up by `cargo xtask demo`");
    } else {
        check(
            "Synapse",
            None,
            "doesn't run on Windows: give `cargo xtask demo --server URL`",
        );
    }

    term::title("To test");
    if apt::is_here() {
        let absent = apt::missing(&apt::needed(&[Purpose::Headless, Purpose::Test]));
        let all = absent.is_empty().then(|| "installed".to_owned());
        check("system packages", all, &apt::command(&absent));
    }
    let nextest = proc::which("cargo-nextest").and_then(|_| version("cargo-nextest"));
    let nextest = nextest.or_else(|| Some("none; cargo test is used".to_owned()));
    check("cargo-nextest (optional)", nextest, "");

    term::title("Places");
    term::say(format!("  build   {}", paths::shown(&paths::target())));
    term::say(format!("  tools   {}", paths::shown(&paths::cache()?)));
    term::say(format!("  demo    {}", paths::shown(&paths::demo()?)));
    term::say("");
    if missing.is_empty() {
        term::say("Everything is there.");
    } else {
        term::say(format!(
            "Missing: {}. What the commands set up by themselves needs nothing from you.",
            missing.join(", ")
        ));
    }
    Ok(())
}

fn version(program: &str) -> Option<String> {
    let said = proc::output(std::process::Command::new(program).arg("--version")).ok()?;
    said.lines().next().map(str::to_owned)
}
