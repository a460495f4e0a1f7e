//! The project's own commands: `cargo xtask demo | test | bench | codegen | tidy | doctor`.

mod args;
mod bench;
mod codegen;
mod demo;
mod doctor;
mod paths;
mod proc;
mod session;
mod setup;
mod term;
mod test;
mod tidy;

use std::process::ExitCode;

use anyhow::{Result, bail};
use args::{Args, Flag};

/// A command by name: what it accepts, what it says of itself, what it does.
struct Command {
    name: &'static str,
    about: &'static str,
    flags: &'static [Flag],
    run: fn(Args) -> Result<()>,
}

const COMMANDS: &[Command] = &[
    Command {
        name: "demo",
        about: "open Parta on a demo school, from a bare machine",
        flags: demo::FLAGS,
        run: demo::run,
    },
    // Started by `demo`, not by people.
    Command {
        name: "demo-keeper",
        about: "",
        flags: demo::KEEPER_FLAGS,
        run: demo::keep,
    },
    Command {
        name: "test",
        about: "set up, then run every check and test",
        flags: test::FLAGS,
        run: test::run,
    },
    Command {
        name: "bench",
        about: "measure, and keep the figures below target/bench",
        flags: bench::FLAGS,
        run: bench::run,
    },
    Command {
        name: "codegen",
        about: "write the interface's bindings from the core",
        flags: codegen::FLAGS,
        run: codegen::run,
    },
    Command {
        name: "tidy",
        about: "check the repository's own rules",
        flags: &[],
        run: tidy::run,
    },
    Command {
        name: "doctor",
        about: "what is installed, what is missing and how to get it",
        flags: &[],
        run: |args| {
            args.no_words()?;
            doctor::run()
        },
    },
];

fn main() -> ExitCode {
    let line: Vec<String> = std::env::args().skip(1).collect();
    match run(&line) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            proc::hush();
            eprintln!("{} {error:#}", term::bad("error:"));
            ExitCode::FAILURE
        }
    }
}

fn run(line: &[String]) -> Result<()> {
    let Some(name) = line
        .first()
        .filter(|name| !matches!(name.as_str(), "--help" | "-h" | "help"))
    else {
        usage();
        return Ok(());
    };
    let Some(command) = COMMANDS.iter().find(|command| command.name == name) else {
        bail!("there is no command «{name}»; `cargo xtask --help` lists them");
    };
    let args = Args::read(command.flags, &line[1..])?;
    if args.help {
        term::say(format!("cargo xtask {}: {}", command.name, command.about));
        if !command.flags.is_empty() {
            term::say(format!("\n{}", args::table(command.flags).trim_end()));
        }
        return Ok(());
    }
    (command.run)(args)
}

fn usage() {
    term::say("Parta's own commands: cargo xtask COMMAND [--help]\n");
    for command in COMMANDS.iter().filter(|command| !command.about.is_empty()) {
        term::say(format!("  {:<9} {}", command.name, command.about));
    }
}
