//! `key.json`: where the data key of a profile is, and a check that a key is the right one. It holds no secret in the clear.

use crate::{DataKey, KeyError, files, password::Wrapped};
use serde::{Deserialize, Serialize};
use std::{fs, io, path::Path};

const NAME: &str = "key.json";
const VERSION: u64 = 1;
/// No honest key file is larger.
const MOST_BYTES: u64 = 16 * 1024;

#[derive(Serialize, Deserialize)]
pub(crate) struct KeyFile {
    version: u64,
    #[serde(flatten)]
    pub(crate) place: Place,
    /// Something only the right key can open.
    check: String,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "where", rename_all = "lowercase")]
pub(crate) enum Place {
    Keychain { id: String },
    Password(Wrapped),
}

impl KeyFile {
    pub(crate) fn new(place: Place, key: &DataKey) -> Self {
        Self {
            version: VERSION,
            place,
            check: key.check(),
        }
    }

    /// The profile's key file, or `None` where there is none.
    pub(crate) fn read(dir: &Path) -> Result<Option<Self>, KeyError> {
        let path = dir.join(NAME);
        match fs::metadata(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
            Ok(meta) if meta.len() > MOST_BYTES => return Err(KeyError::Damaged("too large")),
            Ok(_) => {}
        }
        let text = fs::read(&path)?;
        let value: serde_json::Value =
            serde_json::from_slice(&text).map_err(|_| KeyError::Damaged("not JSON"))?;
        match value.get("version").and_then(serde_json::Value::as_u64) {
            Some(VERSION) => {}
            Some(newer) if newer > VERSION => return Err(KeyError::Newer(newer)),
            _ => return Err(KeyError::Damaged("version")),
        }
        serde_json::from_value(value)
            .map(Some)
            .map_err(|_| KeyError::Damaged("a field is missing or wrong"))
    }

    pub(crate) fn write(&self, dir: &Path) -> Result<(), KeyError> {
        files::private_dir(dir)?;
        let mut text = serde_json::to_vec_pretty(self).map_err(io::Error::from)?;
        text.push(b'\n');
        Ok(files::write_whole(&dir.join(NAME), &text)?)
    }

    pub(crate) fn belongs_to(&self, key: &DataKey) -> bool {
        key.proves(&self.check)
    }
}
