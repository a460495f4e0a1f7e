//! A keychain for browser tests that start the bridge again on the same profile: a file sealed with a key that only
//! the test harness knows and hands over in the environment.

use anyhow::Context;
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use parta_api::{Keychain, KeychainError};
use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

const NONCE: usize = 12;

type Secrets = BTreeMap<String, Vec<u8>>;

pub struct SealedKeychain {
    cipher: ChaCha20Poly1305,
    file: PathBuf,
    /// One reader or writer of the file at a time.
    turn: Mutex<()>,
}

impl SealedKeychain {
    /// `hex` is the 32-byte key; the file need not exist yet.
    pub fn new(hex: &str, file: PathBuf) -> anyhow::Result<Self> {
        let key = bytes(hex)
            .filter(|key| key.len() == 32)
            .context("the key has to be 64 hexadecimal digits")?;
        Ok(Self {
            cipher: ChaCha20Poly1305::new(Key::from_slice(&key)),
            file,
            turn: Mutex::default(),
        })
    }

    fn load(&self) -> Result<Secrets, KeychainError> {
        let sealed = match fs::read(&self.file) {
            Ok(sealed) => sealed,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Secrets::new()),
            Err(error) => return Err(unavailable(error)),
        };
        let (nonce, text) = sealed
            .split_at_checked(NONCE)
            .ok_or_else(|| unavailable("cut short"))?;
        let open = self
            .cipher
            .decrypt(Nonce::from_slice(nonce), text)
            .map_err(|_| unavailable("another key"))?;
        serde_json::from_slice(&open).map_err(unavailable)
    }

    fn change(&self, change: impl FnOnce(&mut Secrets)) -> Result<(), KeychainError> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let mut secrets = self.load()?;
        change(&mut secrets);
        let text = serde_json::to_vec(&secrets).map_err(unavailable)?;
        let nonce: [u8; NONCE] = rand::random();
        let sealed = self
            .cipher
            .encrypt(Nonce::from_slice(&nonce), text.as_slice())
            .map_err(unavailable)?;
        fs::write(&self.file, [nonce.as_slice(), &sealed].concat()).map_err(unavailable)
    }
}

impl Keychain for SealedKeychain {
    fn get(&self, id: &str) -> Result<Option<Vec<u8>>, KeychainError> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(self.load()?.remove(id))
    }

    fn set(&self, id: &str, secret: &[u8]) -> Result<(), KeychainError> {
        self.change(|secrets| drop(secrets.insert(id.to_owned(), secret.to_vec())))
    }

    fn delete(&self, id: &str) -> Result<(), KeychainError> {
        self.change(|secrets| drop(secrets.remove(id)))
    }
}

fn unavailable(error: impl ToString) -> KeychainError {
    KeychainError::Unavailable(error.to_string())
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digits = hex.trim().as_bytes();
    let pairs = digits
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok());
    digits.len().is_multiple_of(2).then(|| pairs.collect())?
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    #[test]
    fn a_secret_outlives_the_process_and_never_lies_open() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("keys");
        let open = || SealedKeychain::new(KEY, file.clone()).unwrap();
        open().set("profile", b"very secret").unwrap();
        assert_eq!(
            open().get("profile").unwrap().as_deref(),
            Some(b"very secret".as_slice())
        );
        assert!(
            !fs::read(&file)
                .unwrap()
                .windows(11)
                .any(|part| part == b"very secret")
        );
        open().delete("profile").unwrap();
        assert_eq!(open().get("profile").unwrap(), None);
    }

    #[test]
    fn another_key_opens_nothing_and_spoils_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("keys");
        SealedKeychain::new(KEY, file.clone())
            .unwrap()
            .set("a", b"b")
            .unwrap();
        let other = SealedKeychain::new(&KEY.replace('0', "1"), file.clone()).unwrap();
        assert!(other.get("a").is_err() && other.set("a", b"c").is_err());
        assert!(
            SealedKeychain::new(KEY, file)
                .unwrap()
                .get("a")
                .unwrap()
                .is_some()
        );
    }

    #[test]
    fn a_key_that_is_no_key_is_refused() {
        for hex in ["", "00", "zz", &KEY[1..]] {
            assert!(SealedKeychain::new(hex, "unused".into()).is_err(), "{hex}");
        }
    }
}
