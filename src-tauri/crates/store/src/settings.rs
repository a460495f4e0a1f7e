//! What the person has chosen; it outlives the account.

use crate::{Store, StoreError};
use parta_model::Settings;
use rusqlite::OptionalExtension;

impl Store {
    /// The settings; the usual ones where none were kept or what was kept can't be understood.
    pub fn settings(&self) -> Result<Settings, StoreError> {
        let json: Option<String> = self.read(|conn| {
            conn.query_row("SELECT json FROM settings", [], |row| row.get(0))
                .optional()
        })?;
        let parsed = json.map(|json| serde_json::from_str(&json)).transpose();
        Ok(parsed
            .unwrap_or_else(|_| {
                tracing::warn!("the settings can't be understood");
                None
            })
            .unwrap_or_default())
    }

    /// Keeps the settings.
    pub fn set_settings(&self, settings: &Settings) -> Result<(), StoreError> {
        let json = serde_json::to_string(settings).expect("settings are plain data");
        self.write(|tx| {
            tx.execute(
                "INSERT OR REPLACE INTO settings (id, json) VALUES (1, ?1)",
                [json],
            )
        })?;
        Ok(())
    }
}
