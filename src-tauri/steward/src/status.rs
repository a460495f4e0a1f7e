//! How far a running steward is: ids and figures in a file beside its store, which only one process can open.

use crate::host::Failure;
use anyhow::Context;
use parta_client::{Work, Worker, system_now};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Display;
use std::path::Path;

const FILE: &str = "status.json";
/// A running one writes more often.
const STALE: u64 = 90_000;

#[derive(Serialize, Deserialize)]
struct Status {
    /// Milliseconds since 1970.
    at: u64,
    organisations: Vec<Line>,
}

#[derive(Serialize, Deserialize)]
struct Line {
    id: String,
    /// `here`, `elsewhere` or `nobody`.
    lease: String,
    done: u32,
    total: u32,
    refused: u32,
}

pub fn write<K: Display>(store: &Path, works: &BTreeMap<K, Work>, now: u64) -> anyhow::Result<()> {
    let organisations = works.iter().map(|(id, work)| Line {
        id: id.to_string(),
        lease: match work.by {
            Worker::Here => "here",
            Worker::Elsewhere => "elsewhere",
            Worker::Nobody => "nobody",
        }
        .to_owned(),
        done: work.done,
        total: work.total,
        refused: work.refused,
    });
    let status = Status {
        at: now,
        organisations: organisations.collect(),
    };
    // Whoever reads it never sees half of it.
    let half = store.join("status.half");
    std::fs::write(&half, serde_json::to_vec(&status)?)?;
    Ok(std::fs::rename(half, store.join(FILE))?)
}

pub fn forget(store: &Path) {
    let _ = std::fs::remove_file(store.join(FILE));
}

pub fn print(store: &Path) -> anyhow::Result<()> {
    if !store.exists() {
        return Err(Failure::NoStore.into());
    }
    let status = std::fs::read(store.join(FILE)).ok();
    let status: Option<Status> = match status {
        Some(json) => Some(serde_json::from_slice(&json).context("the status can't be read")?),
        None => None,
    };
    print!("{}", said(status.as_ref(), system_now()));
    Ok(())
}

fn said(status: Option<&Status>, now: u64) -> String {
    let Some(status) = status.filter(|status| now.saturating_sub(status.at) < STALE) else {
        return "not running\n".to_owned();
    };
    let mut text = "running\n".to_owned();
    if status.organisations.is_empty() {
        text.push_str("no organisation yet: the account has to be an administrator of one\n");
    }
    for line in &status.organisations {
        let lease = match line.lease.as_str() {
            "here" => "the lease is held here",
            "elsewhere" => "an administrator's app holds the lease",
            _ => "nobody holds the lease",
        };
        let far = if line.total == 0 {
            "in line with the plan".to_owned()
        } else {
            format!("{} of {} steps", line.done, line.total)
        };
        text.push_str(&format!(
            "{}: {lease}; {far}; {} refused\n",
            line.id, line.refused
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_said_while_it_is_fresh() {
        let dir = tempfile::tempdir().unwrap();
        let work = Work {
            by: Worker::Here,
            done: 3,
            total: 7,
            refused: 1,
            settled: false,
        };
        write(dir.path(), &BTreeMap::from([("!org", work)]), 1_000).unwrap();
        let json = std::fs::read(dir.path().join(FILE)).unwrap();
        let status: Status = serde_json::from_slice(&json).unwrap();
        let text = said(Some(&status), 2_000);
        assert_eq!(
            text,
            "running\n!org: the lease is held here; 3 of 7 steps; 1 refused\n"
        );
        assert_eq!(said(Some(&status), 200_000), "not running\n");
        forget(dir.path());
        assert!(!dir.path().join(FILE).exists());
    }
}
