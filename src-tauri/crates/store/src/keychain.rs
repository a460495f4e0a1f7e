//! The place where the system keeps a program's secrets.

use keyring_core::api::CredentialStoreApi;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc},
    thread,
    time::Duration,
};
use zeroize::Zeroizing;

/// The name under which the system shows our secrets.
const SERVICE: &str = "school.parta";
/// How long the system may take: a prompt that nobody sees must not hold up the start for good.
const PATIENCE: Duration = Duration::from_secs(10);

/// Why a keychain did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum KeychainError {
    /// There is none, it is locked, or it refused.
    #[error("the system keychain can't be used: {0}")]
    Unavailable(String),
    /// It did not answer in time.
    #[error("the system keychain does not answer")]
    NoAnswer,
}

/// Somewhere that keeps small secrets by name.
pub trait Keychain: Send + Sync {
    /// The secret, or `None` where the keychain answers that it has none.
    fn get(&self, id: &str) -> Result<Option<Vec<u8>>, KeychainError>;
    /// Keeps the secret, in place of an earlier one.
    fn set(&self, id: &str, secret: &[u8]) -> Result<(), KeychainError>;
    /// Forgets the secret; there may be none.
    fn delete(&self, id: &str) -> Result<(), KeychainError>;
}

/// The system's own: Secret Service on Linux, Keychain on macOS, Credential Manager on Windows.
///
/// The system is asked anew each time, so a keychain that starts after the program is found.
#[derive(Clone, Copy, Debug, Default)]
pub struct OsKeychain;

impl Keychain for OsKeychain {
    fn get(&self, id: &str) -> Result<Option<Vec<u8>>, KeychainError> {
        ask(id, |entry| match entry.get_secret() {
            Ok(secret) => Ok(Some(secret)),
            Err(keyring_core::Error::NoEntry) => Ok(None),
            Err(error) => Err(error),
        })
    }

    fn set(&self, id: &str, secret: &[u8]) -> Result<(), KeychainError> {
        let secret = Zeroizing::new(secret.to_vec());
        ask(id, move |entry| entry.set_secret(&secret))
    }

    fn delete(&self, id: &str) -> Result<(), KeychainError> {
        ask(id, |entry| match entry.delete_credential() {
            Err(keyring_core::Error::NoEntry) => Ok(()),
            other => other,
        })
    }
}

fn ask<T: Send + 'static>(
    id: &str,
    question: impl FnOnce(&keyring_core::Entry) -> keyring_core::Result<T> + Send + 'static,
) -> Result<T, KeychainError> {
    let id = id.to_owned();
    in_time(PATIENCE, move || {
        let entry = native_store()?.build(SERVICE, &id, None)?;
        question(&entry)
    })?
    .map_err(|error| KeychainError::Unavailable(error.to_string()))
}

#[cfg(all(unix, not(target_os = "macos")))]
fn native_store() -> keyring_core::Result<Arc<impl CredentialStoreApi>> {
    zbus_secret_service_keyring_store::Store::new()
}

#[cfg(target_os = "macos")]
fn native_store() -> keyring_core::Result<Arc<impl CredentialStoreApi>> {
    apple_native_keyring_store::keychain::Store::new()
}

#[cfg(windows)]
fn native_store() -> keyring_core::Result<Arc<impl CredentialStoreApi>> {
    windows_native_keyring_store::Store::new()
}

/// Runs a call on a plain thread, since the D-Bus client panics inside an async context, and gives up waiting for it.
fn in_time<T: Send + 'static>(
    patience: Duration,
    call: impl FnOnce() -> T + Send + 'static,
) -> Result<T, KeychainError> {
    let (sender, receiver) = mpsc::sync_channel(1);
    let spawned = thread::Builder::new()
        .name("keychain".into())
        .spawn(move || {
            // Nobody may be waiting any more, which is no error of the call.
            let _ = sender.send(call());
        });
    spawned.map_err(|error| KeychainError::Unavailable(error.to_string()))?;
    receiver
        .recv_timeout(patience)
        .map_err(|error| match error {
            mpsc::RecvTimeoutError::Timeout => KeychainError::NoAnswer,
            mpsc::RecvTimeoutError::Disconnected => {
                KeychainError::Unavailable("the call panicked".into())
            }
        })
}

/// A keychain in memory, for tests: clones share what they hold, and it can be told to fail.
#[derive(Clone, Default)]
pub struct MemoryKeychain(Arc<Mutex<Memory>>);

#[derive(Default)]
struct Memory {
    secrets: HashMap<String, Zeroizing<Vec<u8>>>,
    absent: bool,
    read_only: bool,
}

impl MemoryKeychain {
    /// An empty one that works.
    pub fn new() -> Self {
        Self::default()
    }

    /// One that fails at everything, as on a system that has none.
    pub fn absent() -> Self {
        let keychain = Self::default();
        keychain.set_absent(true);
        keychain
    }

    /// Whether everything fails from now on. What it holds is kept.
    pub fn set_absent(&self, absent: bool) {
        self.memory().absent = absent;
    }

    /// Whether it refuses to keep anything from now on.
    pub fn set_read_only(&self, read_only: bool) {
        self.memory().read_only = read_only;
    }

    /// Forgets every secret, as after a reset of the system's keychain.
    pub fn clear(&self) {
        self.memory().secrets.clear();
    }

    /// The names of what it holds.
    pub fn ids(&self) -> Vec<String> {
        self.memory().secrets.keys().cloned().collect()
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answering(&self) -> Result<MutexGuard<'_, Memory>, KeychainError> {
        let memory = self.memory();
        if memory.absent {
            Err(KeychainError::Unavailable("told to be absent".into()))
        } else {
            Ok(memory)
        }
    }
}

impl Keychain for MemoryKeychain {
    fn get(&self, id: &str) -> Result<Option<Vec<u8>>, KeychainError> {
        Ok(self
            .answering()?
            .secrets
            .get(id)
            .map(|secret| secret.to_vec()))
    }

    fn set(&self, id: &str, secret: &[u8]) -> Result<(), KeychainError> {
        let mut memory = self.answering()?;
        if memory.read_only {
            return Err(KeychainError::Unavailable("told to refuse".into()));
        }
        memory
            .secrets
            .insert(id.to_owned(), Zeroizing::new(secret.to_vec()));
        Ok(())
    }

    fn delete(&self, id: &str) -> Result<(), KeychainError> {
        self.answering()?.secrets.remove(id);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_silent_keychain_counts_as_no_answer() {
        let (hold, held) = mpsc::channel::<()>();
        let answer = in_time(Duration::from_millis(20), move || held.recv().is_ok());
        assert!(matches!(answer, Err(KeychainError::NoAnswer)));
        drop(hold);
    }

    #[test]
    fn a_call_that_panics_counts_as_unavailable() {
        let answer = in_time(PATIENCE, || panic!("as zbus does in an async context"));
        assert!(matches!(
            answer,
            Err::<(), _>(KeychainError::Unavailable(_))
        ));
    }
}
