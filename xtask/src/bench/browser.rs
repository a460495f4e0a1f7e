//! What a person sees in a browser, measured there.

use std::process::Command;

use anyhow::{Context, Result};

use super::{Figure, Value};
use crate::{
    paths, proc,
    setup::{
        self, Turn,
        node::{self, Node},
        python,
    },
};

/// What a figure is called, where the script says it, and its unit.
type Said = (&'static str, &'static str, fn(f64) -> Value);

const TIME: fn(f64) -> Value = |ms| Value::Time(ms / 1_000.0);
const COUNT: fn(f64) -> Value = Value::Count;

/// The interface alone, against a host without a core.
pub(super) fn ui() -> Result<Vec<Figure>> {
    let node = packages(&["ui"])?;
    let mut bench = node.command("node");
    bench
        .arg("test/bench.mjs")
        .current_dir(paths::root().join("ui"));
    let said: &[Said] = &[
        ("scroll: messages a second", "/scroll/perSecond", COUNT),
        ("scroll: frames over 50 ms", "/scroll/framesOver50", COUNT),
        ("scroll: message rows alive", "/scroll/domRows", COUNT),
        ("scroll: DOM nodes", "/scroll/domNodes", COUNT),
        ("echo of a sent message, p50", "/echo/p50", TIME),
        ("echo of a sent message, p95", "/echo/p95", TIME),
        ("switch to another chat, p50", "/switch/p50", TIME),
        ("switch to another chat, p95", "/switch/p95", TIME),
        (
            "people: a letter, p50",
            "/cabinet/people/type/painted/p50",
            TIME,
        ),
        (
            "people: a letter, p95",
            "/cabinet/people/type/painted/p95",
            TIME,
        ),
        (
            "people: work of a letter, p50",
            "/cabinet/people/type/work/p50",
            TIME,
        ),
        (
            "people: work of a letter, p95",
            "/cabinet/people/type/work/p95",
            TIME,
        ),
        (
            "people: work of a page scrolled",
            "/cabinet/people/scroll/work/p50",
            TIME,
        ),
        ("people: rows alive", "/cabinet/people/scroll/rows", COUNT),
        (
            "people: opened, p50",
            "/cabinet/people/open/painted/p50",
            TIME,
        ),
        (
            "classes: a letter, p50",
            "/cabinet/classes/type/painted/p50",
            TIME,
        ),
        (
            "classes: work of a letter, p50",
            "/cabinet/classes/type/work/p50",
            TIME,
        ),
        (
            "classes: work of a letter, p95",
            "/cabinet/classes/type/work/p95",
            TIME,
        ),
        (
            "classes: one opened, p50",
            "/cabinet/classes/page/painted/p50",
            TIME,
        ),
    ];
    figures(&mut bench, said)
}

/// A conversation with all that belongs to it: a server, the core as it is released, and the interface.
pub(super) fn talk() -> Result<Vec<Figure>> {
    python::refuse_windows()?;
    {
        let _turn = Turn::take()?;
        python::synapse()?;
    }
    let node = packages(&["ui", "tests/e2e"])?;
    let ui = paths::root().join("ui");
    proc::run(node.command("npx").args(["vite", "build"]).current_dir(&ui))?;
    let build = |args: &[&str]| proc::run(setup::cargo().arg("build").args(args));
    build(&["--workspace", "--exclude", "xtask", "--bins"])?;
    build(&["--release", "--package", "parta-bridge"])?;
    let release = paths::target().join("release");
    let mut bench = node.command("node");
    bench
        .arg("talk-bench.mjs")
        .current_dir(paths::root().join("tests/e2e"))
        .env("PARTA_PYTHON", python::python()?)
        .env("PARTA_PROGRAMS", paths::target().join("debug"))
        .env("PARTA_BRIDGE", release.join("parta-bridge"))
        .env("PARTA_UI", ui.join("dist"));
    let said: &[Said] = &[
        ("open a chat from the cache, p50", "/open/p50", TIME),
        ("open a chat from the cache, p95", "/open/p95", TIME),
        ("open the long chat", "/open/long", TIME),
        ("echo of a sent message, p50", "/echo/p50", TIME),
        ("echo of a sent message, p95", "/echo/p95", TIME),
        (
            "scroll from the cache: messages a second",
            "/cached/perSecond",
            COUNT,
        ),
        (
            "scroll from the cache: frames over 50 ms",
            "/cached/framesOver50",
            COUNT,
        ),
        (
            "scroll from the cache: rows alive",
            "/cached/domRows",
            COUNT,
        ),
        (
            "scroll from the cache: DOM nodes",
            "/cached/domNodes",
            COUNT,
        ),
        (
            "scroll from the server: messages a second",
            "/server/perSecond",
            COUNT,
        ),
        (
            "scroll from the server: frames over 50 ms",
            "/server/framesOver50",
            COUNT,
        ),
    ];
    figures(&mut bench, said)
}

fn packages(folders: &[&str]) -> Result<Node> {
    let _turn = Turn::take()?;
    let node = Node::ensure()?;
    for folder in folders {
        node::packages(&node, folder)?;
    }
    Ok(node)
}

/// Runs a script that ends with JSON, and picks from it what is told.
fn figures(bench: &mut Command, wanted: &[Said]) -> Result<Vec<Figure>> {
    let said = proc::output(bench)?;
    let json = said.find("\n{").map_or(said.as_str(), |at| &said[at..]);
    let said: serde_json::Value =
        serde_json::from_str(json).context("the bench printed no JSON")?;
    let figure = |(name, path, unit): &Said| {
        let number = said.pointer(path).and_then(serde_json::Value::as_f64);
        Ok(Figure {
            name: (*name).to_owned(),
            value: unit(number.with_context(|| format!("the bench says no {path}"))?),
        })
    };
    wanted.iter().map(figure).collect()
}
