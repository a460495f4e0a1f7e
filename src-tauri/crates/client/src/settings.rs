//! What the person has chosen, and the picture of the last screen.

use crate::Client;
use crate::error::Result;
use parta_model::{DemoSchool, SessionState, Settings};
use parta_store::Store;

/// What a window needs before it can paint.
pub struct Boot {
    pub settings: Settings,
    pub snapshot: Option<String>,
    pub version: String,
    pub demo: Option<DemoSchool>,
}

impl Client {
    /// Waits for our own store alone: not for the network, not for the account.
    pub async fn boot(&self) -> Result<Boot> {
        let (mut session, mut profile) = (self.session(), self.profile.subscribe());
        loop {
            let open = profile.borrow_and_update().clone();
            if let Some(profile) = open {
                let signed_in = profile.record().await?.is_some_and(|record| !record.ended);
                let snapshot = if signed_in {
                    profile.store(Store::snapshot).await?
                } else {
                    None
                };
                return Ok(self.boot_with(profile.store(Store::settings).await?, snapshot));
            }
            let locked = matches!(*session.borrow_and_update(), SessionState::Locked { .. });
            if locked {
                return Ok(self.boot_with(Settings::default(), None));
            }
            tokio::select! {
                _ = session.changed() => {}
                _ = profile.changed() => {}
            }
        }
    }

    fn boot_with(&self, settings: Settings, snapshot: Option<String>) -> Boot {
        #[cfg(debug_assertions)]
        let demo = crate::demo::school();
        #[cfg(not(debug_assertions))]
        let demo = None;
        Boot {
            settings,
            snapshot,
            version: self.options.version.clone(),
            demo,
        }
    }

    pub async fn save_settings(&self, settings: Settings) -> Result<()> {
        let limit = settings.media_limit;
        self.profile()?
            .store(move |store| store.set_settings(&settings))
            .await?;
        if let Ok(account) = self.account() {
            // Emptying a large cache takes a while that nobody has to wait for.
            tokio::spawn(async move {
                if let Err(error) = account.limit_media(limit).await {
                    tracing::warn!(%error, "the cache of media was not cleaned");
                }
            });
        }
        Ok(())
    }

    pub async fn save_snapshot(&self, json: String) -> Result<()> {
        // A late write of a window must not bring back what a sign-out has removed.
        self.account()?;
        self.profile()?
            .store(move |store| store.set_snapshot(&json))
            .await
    }
}
