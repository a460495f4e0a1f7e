//! `cargo xtask bench`: figures measured by programs, printed as a table and written as JSON below `target/bench`.

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

/// One measured time.
struct Figure {
    name: String,
    time: Duration,
}

const BENCHES: &[Bench] = &[
    Bench {
        name: "seed",
        about: "filling the demo school",
        runs: 1,
        run: seed,
    },
    Bench {
        name: "search-messages",
        about: "searching 200,000 messages, release build",
        runs: 3,
        run: search_messages,
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
    let mut series: Vec<(String, Vec<Duration>)> = Vec::new();
    for _ in 0..runs {
        for figure in (bench.run)()? {
            match series.iter_mut().find(|(name, _)| *name == figure.name) {
                Some((_, times)) => times.push(figure.time),
                None => series.push((figure.name, vec![figure.time])),
            }
        }
    }
    term::say(format!(
        "\n  {:<32} {:>10} {:>10} {:>10}  runs",
        "figure", "median", "least", "most"
    ));
    let mut written = Vec::new();
    for (name, mut times) in series {
        times.sort();
        let (least, most) = (times[0], times[times.len() - 1]);
        let median = median(&times);
        let shown = [median, least, most].map(shown);
        term::say(format!(
            "  {name:<32} {:>10} {:>10} {:>10}  {}",
            shown[0],
            shown[1],
            shown[2],
            times.len()
        ));
        let seconds: Vec<f64> = times.iter().map(Duration::as_secs_f64).collect();
        written.push(json!({ "name": name, "median_s": median.as_secs_f64(), "runs_s": seconds }));
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

/// What takes less than a second is told in milliseconds.
fn shown(time: Duration) -> String {
    if time < Duration::from_secs(1) {
        format!("{:.1} ms", time.as_secs_f64() * 1_000.0)
    } else {
        term::spent(time)
    }
}

/// The middle of sorted times.
fn median(sorted: &[Duration]) -> Duration {
    let middle = sorted.len() / 2;
    if sorted.len() % 2 == 1 {
        sorted[middle]
    } else {
        (sorted[middle - 1] + sorted[middle]) / 2
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
        time: demo::time_to_fill()?,
    }])
}

/// The index alone, as the application opens it: encrypted, on this disk.
fn search_messages() -> Result<Vec<Figure>> {
    let mut cargo = setup::cargo();
    cargo.args([
        "run",
        "--quiet",
        "--release",
        "--package",
        "parta-store",
        "--example",
        "search_messages",
    ]);
    let lines = proc::output(&mut cargo)?;
    lines
        .lines()
        .map(|line| {
            let said: Option<serde_json::Value> = serde_json::from_str(line).ok();
            let figure = said.and_then(|said| {
                Some(Figure {
                    name: said["name"].as_str()?.to_owned(),
                    time: Duration::try_from_secs_f64(said["seconds"].as_f64()?).ok()?,
                })
            });
            figure.with_context(|| format!("the bench said «{line}»"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_median_is_the_middle() {
        let seconds = |list: &[u64]| {
            list.iter()
                .map(|s| Duration::from_secs(*s))
                .collect::<Vec<_>>()
        };
        assert_eq!(median(&seconds(&[1, 2, 9])), Duration::from_secs(2));
        assert_eq!(median(&seconds(&[1, 2, 4, 9])), Duration::from_secs(3));
    }
}
