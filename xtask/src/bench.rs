//! `cargo xtask bench`: figures measured by programs, printed as a table and written as JSON below `target/bench`.

mod browser;

use std::{
    fs,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use anyhow::{Context, Result, bail};
use serde_json::json;

use crate::{
    args::{Args, Flag, option, switch},
    demo, paths, proc,
    setup::{self, Turn, python},
    term,
};

pub const FLAGS: &[Flag] = &[
    option("runs", "N", "measure so many times"),
    switch("list", "name the benches and stop"),
];

/// One bench: what it measures, and one run of it.
struct Bench {
    name: &'static str,
    about: &'static str,
    /// Enough for a median, few enough to wait for.
    runs: usize,
    run: fn() -> Result<Vec<Figure>>,
}

/// One measured figure.
struct Figure {
    name: String,
    value: Value,
}

#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Value {
    /// Seconds.
    Time(f64),
    Count(f64),
}

impl Value {
    fn number(self) -> f64 {
        match self {
            Self::Time(number) | Self::Count(number) => number,
        }
    }

    /// The same sort of value with another number.
    fn with(self, number: f64) -> Self {
        match self {
            Self::Time(_) => Self::Time(number),
            Self::Count(_) => Self::Count(number),
        }
    }

    /// What takes less than a second is told in milliseconds.
    fn shown(self) -> String {
        match self {
            Self::Count(count) => format!("{count}"),
            Self::Time(seconds) if seconds < 1.0 => format!("{:.1} ms", seconds * 1_000.0),
            Self::Time(seconds) => term::spent(Duration::from_secs_f64(seconds)),
        }
    }
}

const BENCHES: &[Bench] = &[
    Bench {
        name: "seed",
        about: "filling the demo school",
        runs: 1,
        run: seed,
    },
    Bench {
        name: "search",
        about: "finding one of 10,000 people as he is typed, release build",
        runs: 5,
        run: search,
    },
    Bench {
        name: "search-messages",
        about: "searching 200,000 messages, release build",
        runs: 3,
        run: search_messages,
    },
    Bench {
        name: "plan",
        about: "a plan of 4,000 people and 120 classes, release build",
        runs: 5,
        run: plan,
    },
    Bench {
        name: "ui",
        about: "a long chat and the cabinet of 4,000 people, production build in Chromium without a core",
        runs: 3,
        run: browser::ui,
    },
    Bench {
        name: "talk",
        about: "a chat of 10,000 messages: a real server, the core in release, the interface in Chromium",
        runs: 1,
        run: browser::talk,
    },
];

pub fn run(args: Args) -> Result<()> {
    if args.has("list") {
        for bench in BENCHES {
            term::say(format!("  {:<10} {}", bench.name, bench.about));
        }
        return Ok(());
    }
    let runs = match args.value("runs") {
        Some(runs) => Some(
            runs.parse::<usize>()
                .ok()
                .filter(|runs| *runs > 0)
                .context("--runs wants a number")?,
        ),
        None => None,
    };
    for name in &args.words {
        if !BENCHES.iter().any(|bench| bench.name == name) {
            let all: Vec<&str> = BENCHES.iter().map(|bench| bench.name).collect();
            bail!(
                "there is no bench «{name}»; the benches are: {}",
                all.join(", ")
            );
        }
    }
    let chosen = BENCHES
        .iter()
        .filter(|bench| args.words.is_empty() || args.words.iter().any(|name| name == bench.name));
    for bench in chosen {
        measure(bench, runs.unwrap_or(bench.runs))?;
    }
    Ok(())
}

fn measure(bench: &Bench, runs: usize) -> Result<()> {
    term::title(&format!("{}: {}", bench.name, bench.about));
    let mut series: Vec<(String, Vec<Value>)> = Vec::new();
    for _ in 0..runs {
        for figure in (bench.run)()? {
            match series.iter_mut().find(|(name, _)| *name == figure.name) {
                Some((_, values)) => values.push(figure.value),
                None => series.push((figure.name, vec![figure.value])),
            }
        }
    }
    term::say(format!(
        "\n  {:<32} {:>10} {:>10} {:>10}  runs",
        "figure", "median", "least", "most"
    ));
    let mut written = Vec::new();
    for (name, mut values) in series {
        values.sort_by(|a, b| a.number().total_cmp(&b.number()));
        let (least, most) = (values[0], values[values.len() - 1]);
        let median = values[0].with(median(
            &values.iter().map(|v| v.number()).collect::<Vec<_>>(),
        ));
        let shown = [median, least, most].map(Value::shown);
        term::say(format!(
            "  {name:<32} {:>10} {:>10} {:>10}  {}",
            shown[0],
            shown[1],
            shown[2],
            values.len()
        ));
        let unit = match median {
            Value::Time(_) => "s",
            Value::Count(_) => "",
        };
        let runs: Vec<f64> = values.iter().map(|value| value.number()).collect();
        written
            .push(json!({ "name": name, "unit": unit, "median": median.number(), "runs": runs }));
    }
    let dir = paths::target().join("bench");
    fs::create_dir_all(&dir)?;
    let file = dir.join(format!("{}.json", bench.name));
    let at = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |time| time.as_secs());
    let text = serde_json::to_string_pretty(
        &json!({ "bench": bench.name, "at": at, "figures": written }),
    )?;
    fs::write(&file, text + "\n").with_context(|| format!("cannot write {}", file.display()))?;
    term::say(format!("\n  {}", paths::shown(&file)));
    Ok(())
}

/// The middle of sorted numbers.
fn median(sorted: &[f64]) -> f64 {
    let middle = sorted.len() / 2;
    if sorted.len() % 2 == 1 {
        sorted[middle]
    } else {
        f64::midpoint(sorted[middle - 1], sorted[middle])
    }
}

/// From a started, empty homeserver to the whole school.
fn seed() -> Result<Vec<Figure>> {
    python::refuse_windows()?;
    {
        let _turn = Turn::take()?;
        python::synapse()?;
    }
    Ok(vec![Figure {
        name: "an empty server to the school".to_owned(),
        value: Value::Time(demo::time_to_fill()?.as_secs_f64()),
    }])
}

/// The directory alone: neither a server nor a disk.
fn search() -> Result<Vec<Figure>> {
    example("parta-model", "contacts")
}

/// The index alone, as the application opens it: encrypted, on this disk.
fn search_messages() -> Result<Vec<Figure>> {
    example("parta-store", "search_messages")
}

/// The rules of the cabinet alone: neither a server nor a disk.
fn plan() -> Result<Vec<Figure>> {
    example("parta-model", "plan")
}

/// Figures that a program of its own says, one a line.
fn example(package: &str, name: &str) -> Result<Vec<Figure>> {
    let mut cargo = setup::cargo();
    cargo.args(["run", "--quiet", "--release"]);
    cargo.args(["--package", package, "--example", name]);
    let lines = proc::output(&mut cargo)?;
    let figure = |line: &str| {
        let said: serde_json::Value = serde_json::from_str(line).ok()?;
        let value = match said["seconds"].as_f64() {
            Some(seconds) => Value::Time(seconds),
            None => Value::Count(said["count"].as_f64()?),
        };
        Some(Figure {
            name: said["name"].as_str()?.to_owned(),
            value,
        })
    };
    let said = |line| figure(line).with_context(|| format!("the bench said «{line}»"));
    lines.lines().map(said).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_median_is_the_middle() {
        assert_eq!(median(&[1.0, 2.0, 9.0]), 2.0);
        assert_eq!(median(&[1.0, 2.0, 4.0, 9.0]), 3.0);
    }
}
