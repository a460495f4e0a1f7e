//! Opens a profile: its key, our store, and the account that was signed in.

use crate::error::{Error, Result};
use crate::{Client, unsent};
use parta_matrix::{Account, SavedSession};
use parta_model::{LockReason, LockTask, SessionState, UserId};
use parta_store::{DataKey, KeyError, KeyState, Store, StoreError};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// An open profile. Everything in it lies under one data key.
pub(crate) struct Profile {
    store: Store,
    pub(crate) key: DataKey,
    pub(crate) dir: PathBuf,
}

/// The account of a profile, as our store keeps it. It holds an access token: no `Debug`.
#[derive(Serialize, Deserialize)]
pub(crate) struct AccountRecord {
    pub(crate) saved: SavedSession,
    /// The folder of the SDK's stores, inside the profile.
    pub(crate) stores: String,
    /// The server has ended the session; the stores wait for the same person to sign in again.
    #[serde(default)]
    pub(crate) ended: bool,
}

pub(crate) const STORES: &str = "sdk-";

impl Profile {
    /// Runs something that blocks on the disk away from the async threads.
    pub(crate) async fn store<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T> {
        let profile = self.clone();
        let done = tokio::task::spawn_blocking(move || work(&profile.store)).await;
        Ok(done.map_err(|_| Error::Internal("a store task failed"))??)
    }

    pub(crate) async fn record(self: &Arc<Self>) -> Result<Option<AccountRecord>> {
        let json = self.store(Store::session).await?;
        Ok(json.and_then(|json| serde_json::from_str(&json).ok()))
    }

    pub(crate) async fn set_record(self: &Arc<Self>, record: &AccountRecord) -> Result<()> {
        let json = serde_json::to_string(record)
            .map_err(|_| Error::Internal("a session can't be written"))?;
        self.store(move |store| store.set_session(Some(&json)))
            .await
    }

    /// Removes the SDK's stores that no account uses: left behind by a sign-out, or by a sign-in that was cut short.
    pub(crate) async fn sweep(&self, keep: Option<&str>) {
        let (dir, keep) = (self.dir.clone(), keep.map(str::to_owned));
        let swept = tokio::task::spawn_blocking(move || {
            for entry in std::fs::read_dir(&dir).into_iter().flatten().flatten() {
                let name = entry.file_name();
                let Some(name) = name.to_str() else { continue };
                if name.starts_with(STORES)
                    && Some(name) != keep.as_deref()
                    && std::fs::remove_dir_all(entry.path()).is_err()
                {
                    tracing::warn!("old stores could not be removed; the next start tries again");
                }
            }
        });
        let _ = swept.await;
    }
}

impl Client {
    /// Opens the profile with the key of the system's keychain, or says what the person has to do.
    pub(crate) async fn open(self: &Arc<Self>) {
        let _turn = self.turn.lock().await;
        self.session.send_replace(SessionState::Starting);
        let (dir, keychain) = (self.options.profile.clone(), self.options.keychain.clone());
        let state =
            tokio::task::spawn_blocking(move || parta_store::open_key(&dir, &*keychain)).await;
        let locked = |reason, task| SessionState::Locked { reason, task };
        let next = match state {
            Ok(Ok(KeyState::Ready(key))) => return self.open_with(key).await,
            Ok(Ok(KeyState::NeedsPassword)) => {
                locked(LockReason::Password, LockTask::EnterPassword)
            }
            Ok(Ok(KeyState::NoKeychain)) => {
                locked(LockReason::NoKeychain, LockTask::ChoosePassword)
            }
            Ok(Ok(KeyState::KeyLost) | Err(KeyError::Damaged(_))) => {
                locked(LockReason::KeyLost, LockTask::StartOver)
            }
            Ok(Ok(KeyState::NoAnswer)) => locked(LockReason::NoAnswer, LockTask::TryAgain),
            Ok(Err(_)) | Err(_) => locked(LockReason::Unusable, LockTask::TryAgain),
        };
        self.session.send_replace(next);
    }

    /// The caller holds the turn.
    pub(crate) async fn open_with(self: &Arc<Self>, key: DataKey) {
        let dir = self.options.profile.clone();
        let opened = tokio::task::spawn_blocking(move || {
            let opened = Store::open(&dir, &key)?;
            Ok::<_, StoreError>((
                Profile {
                    store: opened.store,
                    key,
                    dir,
                },
                opened.recovered.is_some(),
            ))
        })
        .await;
        let profile = match opened {
            Ok(Ok((profile, recovered))) => {
                if recovered {
                    tracing::warn!("the store was damaged; what could be read is in a new one");
                }
                Arc::new(profile)
            }
            Ok(Err(StoreError::WrongKey)) => {
                self.session.send_replace(SessionState::Locked {
                    reason: LockReason::KeyLost,
                    task: LockTask::StartOver,
                });
                return;
            }
            Ok(Err(_)) | Err(_) => {
                self.session.send_replace(SessionState::Locked {
                    reason: LockReason::Unusable,
                    task: LockTask::TryAgain,
                });
                return;
            }
        };
        self.profile.send_replace(Some(profile.clone()));
        if let Err(error) = self.open_account(&profile).await {
            tracing::warn!(%error, "the account could not be opened");
            self.session.send_replace(SessionState::SignedOut);
        }
    }

    async fn open_account(self: &Arc<Self>, profile: &Arc<Profile>) -> Result<()> {
        let Some(record) = profile.record().await? else {
            profile.sweep(None).await;
            self.session.send_replace(SessionState::SignedOut);
            #[cfg(debug_assertions)]
            self.demo_sign_in().await;
            return Ok(());
        };
        profile.sweep(Some(&record.stores)).await;
        let dir = profile.dir.join(&record.stores);
        let (account, whole) = restore(&record, &dir, profile).await;
        if record.ended || !whole {
            return self.ended(profile, record, account).await;
        }
        match account {
            Some(account) => self.adopt(profile, account).await,
            None => self.ended(profile, record, None).await,
        }
    }

    /// Shows that the session is over, with all that was unsent safely in our own store.
    pub(crate) async fn ended(
        self: &Arc<Self>,
        profile: &Arc<Profile>,
        mut record: AccountRecord,
        account: Option<Account>,
    ) -> Result<()> {
        if let Some(account) = &account {
            unsent::keep(profile, account).await?;
        }
        record.ended = true;
        profile.set_record(&record).await?;
        let unsent = profile.store(Store::unsent).await?.len();
        self.session.send_replace(SessionState::Ended {
            user: UserId::new(record.saved.user.clone()),
            server: record.saved.server.clone(),
            unsent: u32::try_from(unsent).unwrap_or(u32::MAX),
        });
        Ok(())
    }
}

/// Opens the account's stores. Where one is damaged it is set aside and rebuilt; the flag says whether the device is
/// still the one that signed in (its encryption keys are whole).
async fn restore(record: &AccountRecord, dir: &Path, profile: &Profile) -> (Option<Account>, bool) {
    let key = profile.key.bytes();
    match Account::restore(record.saved.clone(), dir, key, false).await {
        Ok(account) => return (Some(account), true),
        Err(error) => {
            tracing::warn!(%error, "the stores can't be opened; looking for the damaged one")
        }
    }
    let folder = dir.to_owned();
    let damaged = tokio::task::spawn_blocking(move || parta_store::set_damaged_aside(&folder))
        .await
        .ok()
        .and_then(Result::ok)
        .unwrap_or_default();
    let whole = !damaged.iter().any(|name| name.contains("crypto"));
    if damaged.is_empty() {
        return (None, false);
    }
    (
        Account::restore(record.saved.clone(), dir, key, true)
            .await
            .ok(),
        whole,
    )
}
