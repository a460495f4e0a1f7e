//! The one key that everything at rest is encrypted with.

use base64::{Engine, prelude::BASE64_STANDARD};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use rand::{TryRngCore, rngs::OsRng};
use zeroize::Zeroizing;

/// Bytes in a [`DataKey`].
pub(crate) const KEY_LEN: usize = 32;
/// Bytes in the nonce of XChaCha20-Poly1305.
pub(crate) const NONCE_LEN: usize = 24;

const CHECK_TEXT: &[u8] = b"parta data key";
const CHECK_DATA: &[u8] = b"school.parta key check, version 1";

/// 32 random bytes. They are wiped from memory when the value goes, and nothing prints them.
#[derive(Clone)]
pub struct DataKey(Zeroizing<[u8; KEY_LEN]>);

impl DataKey {
    /// A new key from the operating system's source of randomness.
    pub fn generate() -> Self {
        Self(Zeroizing::new(random()))
    }

    /// The bytes, for a store that is opened with them.
    pub fn bytes(&self) -> &[u8; KEY_LEN] {
        &self.0
    }

    pub(crate) fn from_slice(bytes: &[u8]) -> Option<Self> {
        Some(Self(Zeroizing::new(bytes.try_into().ok()?)))
    }

    /// A constant sealed with this key: it shows later whether a key is this one and tells nothing else.
    pub(crate) fn check(&self) -> String {
        let nonce: [u8; NONCE_LEN] = random();
        let mut out = nonce.to_vec();
        out.extend(seal(self.bytes(), &nonce, CHECK_TEXT, CHECK_DATA));
        BASE64_STANDARD.encode(out)
    }

    /// Whether `check` was made by this key.
    pub(crate) fn proves(&self, check: &str) -> bool {
        let Ok(bytes) = BASE64_STANDARD.decode(check) else {
            return false;
        };
        let Some((nonce, sealed)) = bytes.split_first_chunk::<NONCE_LEN>() else {
            return false;
        };
        unseal(self.bytes(), nonce, sealed, CHECK_DATA).is_some_and(|text| *text == CHECK_TEXT)
    }
}

/// Random bytes from the operating system.
pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    OsRng
        .try_fill_bytes(&mut bytes)
        .expect("no supported system is without a source of randomness");
    bytes
}

pub(crate) fn seal(
    key: &[u8; KEY_LEN],
    nonce: &[u8; NONCE_LEN],
    text: &[u8],
    data: &[u8],
) -> Vec<u8> {
    XChaCha20Poly1305::new(key.into())
        .encrypt(
            XNonce::from_slice(nonce),
            Payload {
                msg: text,
                aad: data,
            },
        )
        .expect("only texts of more than 256 GB are refused")
}

pub(crate) fn unseal(
    key: &[u8; KEY_LEN],
    nonce: &[u8; NONCE_LEN],
    sealed: &[u8],
    data: &[u8],
) -> Option<Zeroizing<Vec<u8>>> {
    let payload = Payload {
        msg: sealed,
        aad: data,
    };
    XChaCha20Poly1305::new(key.into())
        .decrypt(XNonce::from_slice(nonce), payload)
        .ok()
        .map(Zeroizing::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_knows_its_own_key_only() {
        let (key, other) = (DataKey::generate(), DataKey::generate());
        let check = key.check();
        assert!(key.proves(&check));
        assert!(!other.proves(&check));
        assert!(!key.proves("not base64"));
        assert!(!key.proves("AAAA"));
    }
}
