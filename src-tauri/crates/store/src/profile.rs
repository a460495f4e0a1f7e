//! The folder of one profile: making its key, finding it again, and starting over.

use crate::{
    DataKey, KeyError, Keychain, KeychainError,
    connection::DATABASE,
    files,
    key::random,
    key_file::{KeyFile, Place},
    password::{PasswordCost, SHORTEST_PASSWORD, Wrapped},
};
use std::{
    ffi::OsString,
    fmt, fs, io,
    path::{Path, PathBuf},
};
use zeroize::Zeroizing;

/// What is known about a profile's data key.
pub enum KeyState {
    /// Here it is.
    Ready(DataKey),
    /// It is wrapped with a password: [`enter_password`].
    NeedsPassword,
    /// Nothing exists yet and the system has no keychain: [`choose_password`].
    NoKeychain,
    /// The profile exists, the keychain answers, and it holds no key or a wrong one: [`set_profile_aside`] starts over.
    KeyLost,
    /// The profile's key is in the keychain, which does not answer now. Trying again may help.
    NoAnswer,
}

impl fmt::Debug for KeyState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ready(_) => "Ready",
            Self::NeedsPassword => "NeedsPassword",
            Self::NoKeychain => "NoKeychain",
            Self::KeyLost => "KeyLost",
            Self::NoAnswer => "NoAnswer",
        })
    }
}

/// Finds the key of the profile in `dir`. On a first run it makes one and gives it to the keychain; where that fails,
/// nothing is written.
pub fn open_key(dir: &Path, keychain: &dyn Keychain) -> Result<KeyState, KeyError> {
    let Some(file) = KeyFile::read(dir)? else {
        // A database without a key file is what is left of a profile: a new key would pass for its own.
        return if has_database(dir) {
            Ok(KeyState::KeyLost)
        } else {
            first_run(dir, keychain)
        };
    };
    let Place::Keychain { id } = &file.place else {
        return Ok(KeyState::NeedsPassword);
    };
    Ok(match keychain.get(id) {
        Ok(secret) => match secret
            .map(Zeroizing::new)
            .and_then(|bytes| DataKey::from_slice(&bytes))
        {
            Some(key) if file.belongs_to(&key) => KeyState::Ready(key),
            _ => KeyState::KeyLost,
        },
        Err(error) => {
            tracing::warn!(%error, "the profile's key is in the keychain");
            KeyState::NoAnswer
        }
    })
}

fn first_run(dir: &Path, keychain: &dyn Keychain) -> Result<KeyState, KeyError> {
    let key = DataKey::generate();
    let id = format!("{:032x}", u128::from_be_bytes(random()));
    match give(keychain, &id, &key) {
        Ok(true) => {}
        Ok(false) => {
            tracing::warn!("the keychain does not give back what it took");
            return Ok(KeyState::NoKeychain);
        }
        Err(error) => {
            tracing::warn!(%error, "no new key can be kept");
            return Ok(KeyState::NoKeychain);
        }
    }
    if let Err(error) = KeyFile::new(Place::Keychain { id: id.clone() }, &key).write(dir) {
        // The key opens nothing, so a keychain that won't forget it does no harm.
        let _ = keychain.delete(&id);
        return Err(error);
    }
    Ok(KeyState::Ready(key))
}

/// Whether the keychain took the key and gives it back.
fn give(keychain: &dyn Keychain, id: &str, key: &DataKey) -> Result<bool, KeychainError> {
    keychain.set(id, key.bytes())?;
    Ok(keychain
        .get(id)?
        .map(Zeroizing::new)
        .is_some_and(|kept| kept.as_slice() == key.bytes()))
}

/// Makes the key of a new profile and wraps it with a password.
pub fn choose_password(dir: &Path, password: &str) -> Result<DataKey, KeyError> {
    choose_password_at(dir, password, PasswordCost::default())
}

/// [`choose_password`] at another cost, for tests.
pub fn choose_password_at(
    dir: &Path,
    password: &str,
    cost: PasswordCost,
) -> Result<DataKey, KeyError> {
    if password.chars().count() < SHORTEST_PASSWORD {
        return Err(KeyError::Weak);
    }
    if KeyFile::read(dir)?.is_some() || has_database(dir) {
        return Err(KeyError::ProfileExists);
    }
    let key = DataKey::generate();
    let wrapped = Wrapped::wrap(&key, password, cost)?;
    KeyFile::new(Place::Password(wrapped), &key).write(dir)?;
    Ok(key)
}

/// Takes the key out with the password it was wrapped with.
pub fn enter_password(dir: &Path, password: &str) -> Result<DataKey, KeyError> {
    let file = KeyFile::read(dir)?.ok_or(KeyError::NoPassword)?;
    let Place::Password(wrapped) = &file.place else {
        return Err(KeyError::NoPassword);
    };
    let key = wrapped.unwrap(password)?;
    if file.belongs_to(&key) {
        Ok(key)
    } else {
        Err(KeyError::Damaged("check"))
    }
}

/// Renames the folder to a free `<dir>.aside-<n>` beside it and makes an empty one in its place. Everything in it must be
/// closed. The answer is where it is now.
pub fn set_profile_aside(dir: &Path) -> io::Result<PathBuf> {
    let name = dir
        .file_name()
        .ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
    let aside = (1u32..)
        .map(|n| {
            let mut aside = OsString::from(name);
            aside.push(format!(".aside-{n}"));
            dir.with_file_name(aside)
        })
        .find(|path| !path.exists())
        .ok_or_else(|| io::Error::from(io::ErrorKind::AlreadyExists))?;
    fs::rename(dir, &aside)?;
    files::private_dir(dir)?;
    files::sync_parent(dir)?;
    Ok(aside)
}

fn has_database(dir: &Path) -> bool {
    dir.join(DATABASE).exists()
}
