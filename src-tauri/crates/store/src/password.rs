//! The data key wrapped with a password: Argon2id, then XChaCha20-Poly1305.

use crate::{
    DataKey, KeyError,
    key::{KEY_LEN, NONCE_LEN, random, seal, unseal},
};
use argon2::{Algorithm, Argon2, Params, Version};
use base64::{Engine, prelude::BASE64_STANDARD};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// Characters that a password has at least.
pub const SHORTEST_PASSWORD: usize = 8;

const SALT_LEN: usize = 16;
/// A changed file must not make us take all the memory or time of the machine.
const MOST_MEMORY_KIB: u32 = 1024 * 1024;
const MOST_PASSES: u32 = 64;
const MOST_LANES: u32 = 16;

/// What one guess of the password costs. The numbers lie beside the wrapped key, so they can grow later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordCost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Runs over that memory.
    pub passes: u32,
    /// Parts of the memory that could be filled side by side.
    pub lanes: u32,
}

impl Default for PasswordCost {
    /// The second recommended choice of RFC 9106: 64 MiB, 3 passes, 4 lanes.
    fn default() -> Self {
        Self {
            memory_kib: 64 * 1024,
            passes: 3,
            lanes: 4,
        }
    }
}

/// The wrapped key as it lies in the key file.
#[derive(Serialize, Deserialize)]
pub(crate) struct Wrapped {
    salt: String,
    #[serde(flatten)]
    cost: PasswordCost,
    nonce: String,
    wrapped: String,
}

impl Wrapped {
    pub(crate) fn wrap(
        key: &DataKey,
        password: &str,
        cost: PasswordCost,
    ) -> Result<Self, KeyError> {
        let salt: [u8; SALT_LEN] = random();
        let nonce: [u8; NONCE_LEN] = random();
        let sealed = seal(
            &*derive(password, &salt, cost)?,
            &nonce,
            key.bytes(),
            &bound(cost),
        );
        Ok(Self {
            salt: BASE64_STANDARD.encode(salt),
            cost,
            nonce: BASE64_STANDARD.encode(nonce),
            wrapped: BASE64_STANDARD.encode(sealed),
        })
    }

    pub(crate) fn unwrap(&self, password: &str) -> Result<DataKey, KeyError> {
        let salt: [u8; SALT_LEN] = decode(&self.salt, "salt")?;
        let nonce: [u8; NONCE_LEN] = decode(&self.nonce, "nonce")?;
        let sealed: [u8; KEY_LEN + 16] = decode(&self.wrapped, "wrapped key")?;
        let opened = unseal(
            &*derive(password, &salt, self.cost)?,
            &nonce,
            &sealed,
            &bound(self.cost),
        );
        opened
            .and_then(|bytes| DataKey::from_slice(&bytes))
            .ok_or(KeyError::Wrong)
    }
}

fn derive(
    password: &str,
    salt: &[u8],
    cost: PasswordCost,
) -> Result<Zeroizing<[u8; KEY_LEN]>, KeyError> {
    const BAD: KeyError = KeyError::Damaged("password cost");
    if cost.memory_kib > MOST_MEMORY_KIB || cost.passes > MOST_PASSES || cost.lanes > MOST_LANES {
        return Err(BAD);
    }
    let params =
        Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(KEY_LEN)).map_err(|_| BAD)?;
    let mut out = Zeroizing::new([0; KEY_LEN]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(password.as_bytes(), salt, &mut *out)
        .map_err(|_| BAD)?;
    Ok(out)
}

/// What the seal vouches for beside the key itself.
fn bound(cost: PasswordCost) -> Vec<u8> {
    let PasswordCost {
        memory_kib,
        passes,
        lanes,
    } = cost;
    format!("school.parta key wrap, version 1, argon2id {memory_kib} {passes} {lanes}").into_bytes()
}

fn decode<const N: usize>(text: &str, what: &'static str) -> Result<[u8; N], KeyError> {
    let bytes = BASE64_STANDARD
        .decode(text)
        .map_err(|_| KeyError::Damaged(what))?;
    bytes.try_into().map_err(|_| KeyError::Damaged(what))
}
