//! `cargo xtask test`: the one gate. Sets up what the chosen steps need, runs them in order and stops at the first
//! that fails.

mod run;
mod steps;

use std::{collections::BTreeSet, fs, time::Duration};

use anyhow::{Result, bail};
use steps::{Need, STEPS, Step};

use crate::{
    args::{Args, Flag, option, switch},
    paths, proc, session,
    setup::{self, Node, Purpose, Turn, node, python},
    term,
};

pub const FLAGS: &[Flag] = &[
    option("only", "NAME…", "run these steps, by name"),
    switch("list", "name the steps and stop"),
];

/// What the steps run with.
pub struct Ready {
    pub node: Option<Node>,
}

impl Ready {
    pub fn node(&self) -> Result<&Node> {
        self.node
            .as_ref()
            .ok_or_else(|| anyhow::anyhow!("this step did not ask for Node.js"))
    }
}

enum Outcome {
    Passed(Duration),
    Failed(Duration),
    NotRun,
}

pub fn run(args: Args) -> Result<()> {
    if args.has("list") {
        for step in STEPS {
            term::say(format!("  {:<10} {}", step.name, step.about));
        }
        return Ok(());
    }
    let chosen = choose(&args)?;
    let ready = set_up(&chosen)?;
    proc::end_groups_on_signal(session::clear_scratch)?;

    term::title("Tests");
    let logs = paths::target().join("test-logs");
    fs::create_dir_all(&logs)?;
    let mut outcomes = Vec::new();
    let mut failed = false;
    for step in &chosen {
        let outcome = if failed {
            Outcome::NotRun
        } else {
            run::step(step, &ready, &logs)?
        };
        failed |= matches!(outcome, Outcome::Failed(_));
        outcomes.push((step.name, outcome));
    }
    summary(&outcomes)
}

fn choose(args: &Args) -> Result<Vec<&'static Step>> {
    let mut names = args.values("only");
    if names.is_empty() {
        args.no_words()?;
        return Ok(STEPS.iter().collect());
    }
    names.extend(args.words.iter().cloned());
    if let Some(unknown) = names
        .iter()
        .find(|name| !STEPS.iter().any(|step| step.name == *name))
    {
        let all: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
        bail!(
            "there is no step «{unknown}»; the steps are: {}",
            all.join(", ")
        );
    }
    Ok(STEPS
        .iter()
        .filter(|step| names.iter().any(|name| name == step.name))
        .collect())
}

fn set_up(chosen: &[&Step]) -> Result<Ready> {
    let needs: BTreeSet<Need> = chosen.iter().flat_map(|step| step.needs).copied().collect();
    if needs.is_empty() {
        return Ok(Ready { node: None });
    }
    term::title("Setting up");
    let _turn = Turn::take()?;
    let mut purposes = Vec::new();
    if needs.contains(&Need::Compiler) {
        purposes.extend([Purpose::Build, Purpose::Run]);
    }
    if needs.contains(&Need::Session) {
        purposes.extend([Purpose::Headless, Purpose::Test]);
    }
    setup::system(&purposes)?;
    if needs.contains(&Need::Server) {
        python::refuse_windows()?;
        python::synapse()?;
    }
    let mut npm = None;
    for need in &needs {
        let Need::Npm(folder) = need else { continue };
        let node = match &npm {
            Some(node) => node,
            None => npm.insert(Node::ensure()?),
        };
        // A folder that is missing fails its own step, not those before it.
        if paths::root().join(folder).join("package.json").exists() {
            node::packages(node, folder)?;
        }
    }
    if needs.contains(&Need::Driver) {
        setup::tauri_driver()?;
    }
    term::say(format!("  {} everything is there", term::good("✓")));
    Ok(Ready { node: npm })
}

fn summary(outcomes: &[(&str, Outcome)]) -> Result<()> {
    term::title("Summary");
    let (mut passed, mut failed) = (0, 0);
    for (name, outcome) in outcomes {
        let (mark, time) = match outcome {
            Outcome::Passed(time) => {
                passed += 1;
                (term::good("passed "), term::spent(*time))
            }
            Outcome::Failed(time) => {
                failed += 1;
                (term::bad("FAILED "), term::spent(*time))
            }
            Outcome::NotRun => (term::quiet("not run"), String::new()),
        };
        term::say(format!("  {name:<10} {mark} {time:>12}"));
    }
    term::say(format!("\nTests: {passed} passed, {failed} failed"));
    if failed > 0 {
        std::process::exit(1);
    }
    Ok(())
}
