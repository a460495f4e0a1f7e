//! A copy of the organisations' plans, so that names and classes are there without a network.

use crate::{Store, StoreError};
use rusqlite::{OptionalExtension, params};

/// What is kept of the plans.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptPlan {
    /// Where the server's news go on from; nothing asks for everything again.
    pub position: Option<String>,
    /// Each place of a plan with its state; only the Matrix part reads it.
    pub places: Vec<(String, String)>,
}

/// What has changed in the plans.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanChange {
    /// What was kept before is void.
    pub whole: bool,
    /// Where the server's news go on from after this change.
    pub position: Option<String>,
    /// The new state of places; without one, a place is forgotten.
    pub places: Vec<(String, Option<String>)>,
}

impl Store {
    /// The plans as they were last seen.
    pub fn plan(&self) -> Result<KeptPlan, StoreError> {
        self.read(|conn| {
            let position = conn
                .query_row("SELECT position FROM plan_position", [], |row| row.get(0))
                .optional()?;
            let mut query =
                conn.prepare_cached("SELECT chat, json FROM plan_places ORDER BY chat")?;
            let places = query
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<rusqlite::Result<_>>()?;
            Ok(KeptPlan { position, places })
        })
    }

    /// Keeps a change together with the position after it: neither is ever there without the other.
    pub fn change_plan(&self, change: &PlanChange) -> Result<(), StoreError> {
        self.write(|tx| {
            if change.whole {
                tx.execute_batch("DELETE FROM plan_places;")?;
            }
            for (chat, json) in &change.places {
                match json {
                    Some(json) => tx.execute(
                        "INSERT OR REPLACE INTO plan_places (chat, json) VALUES (?1, ?2)",
                        params![chat, json],
                    )?,
                    None => tx.execute("DELETE FROM plan_places WHERE chat = ?1", [chat])?,
                };
            }
            match &change.position {
                Some(position) => tx.execute(
                    "INSERT OR REPLACE INTO plan_position (id, position) VALUES (1, ?1)",
                    [position],
                ),
                None => tx.execute("DELETE FROM plan_position", []),
            }
        })?;
        Ok(())
    }

    /// Times (milliseconds since 1970, UTC) as a clock on this wall shows them: `2026-11-22 17:05`.
    pub fn local_times(&self, times: &[u64]) -> Result<Vec<String>, StoreError> {
        self.read(|conn| {
            let mut query = conn.prepare_cached(
                "SELECT strftime('%Y-%m-%d %H:%M', ?1, 'unixepoch', 'localtime')",
            )?;
            let mut local = |time: &u64| {
                let seconds = i64::try_from(time / 1_000).unwrap_or(i64::MAX);
                let text: Option<String> = query.query_row([seconds], |row| row.get(0))?;
                Ok(text.unwrap_or_default())
            };
            times.iter().map(&mut local).collect()
        })
    }
}
