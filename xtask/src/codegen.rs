//! `cargo xtask codegen`: the TypeScript that the core prints about itself, kept in `ui/src/host/bindings.gen.ts`.

use std::{fs, path::PathBuf, process::Command};

use anyhow::{Context, Result, bail};

use crate::{
    args::{Args, Flag, switch},
    paths, proc,
    setup::{self, APP_PACKAGES},
    term,
};

pub const FLAGS: &[Flag] = &[switch("check", "compare and change nothing")];

pub fn run(args: Args) -> Result<()> {
    args.no_words()?;
    // The same choice of packages as everywhere, so that no library is built twice.
    proc::run(
        setup::cargo()
            .args(["build", "--quiet"])
            .args(APP_PACKAGES)
            .args(["--example", "codegen"]),
    )?;
    if args.has("check") {
        compare()?;
        term::say("The bindings are up to date.");
        return Ok(());
    }
    let text = printed()?;
    if kept() != text {
        fs::write(file(), &text).with_context(|| format!("cannot write {}", file().display()))?;
        term::say(format!("Wrote {}", paths::shown(&file())));
    } else {
        term::say("The bindings are up to date.");
    }
    Ok(())
}

/// Refuses bindings that differ from what the built program prints.
pub fn compare() -> Result<()> {
    let (text, kept) = (printed()?, kept());
    if text == kept {
        return Ok(());
    }
    let differ = text
        .lines()
        .zip(kept.lines())
        .take_while(|(new, old)| new == old)
        .count();
    bail!(
        "ui/src/host/bindings.gen.ts:{}: the core says otherwise; run `cargo xtask codegen`\n  core: {}\n  file: {}",
        differ + 1,
        text.lines().nth(differ).unwrap_or("(ends)"),
        kept.lines().nth(differ).unwrap_or("(ends)"),
    );
}

fn printed() -> Result<String> {
    let program = paths::target()
        .join("debug/examples")
        .join(format!("codegen{}", std::env::consts::EXE_SUFFIX));
    proc::output(&mut Command::new(program))
}

fn kept() -> String {
    fs::read_to_string(file())
        .unwrap_or_default()
        .replace("\r\n", "\n")
}

fn file() -> PathBuf {
    paths::root().join("ui/src/host/bindings.gen.ts")
}
