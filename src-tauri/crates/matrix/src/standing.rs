//! How high people stand in a room, from its raw state.

use parta_model::UserId;
use serde_json::Value;
use std::collections::BTreeMap;

pub(crate) struct Standing<'a> {
    pub(crate) founder: Option<&'a str>,
    /// The content of `m.room.create`.
    pub(crate) create: &'a Value,
    /// The content of `m.room.power_levels`.
    pub(crate) levels: &'a Value,
}

impl Standing<'_> {
    pub(crate) fn of(&self, user: &str) -> i64 {
        let founder = self.founder == Some(user);
        // Since version 12 the maker stands above all levels and is not listed.
        if founder && is_since_12(&self.create["room_version"]) {
            return i64::MAX;
        }
        // Without levels the maker may do everything, and nobody else.
        if founder && !self.levels.is_object() {
            return 100;
        }
        number(&self.levels["users"][user]).unwrap_or_else(|| self.level("users_default", 0))
    }

    /// Everybody above the others.
    pub(crate) fn raised(&self) -> BTreeMap<UserId, i64> {
        let named = self.levels["users"].as_object().into_iter().flatten();
        named
            .map(|(user, _)| user.as_str())
            .chain(self.founder)
            .map(|user| (UserId::new(user), self.of(user)))
            .filter(|(_, level)| *level > self.level("users_default", 0))
            .collect()
    }

    pub(crate) fn level(&self, name: &str, default: i64) -> i64 {
        number(&self.levels[name]).unwrap_or(default)
    }
}

fn is_since_12(version: &Value) -> bool {
    let version = version.as_str().unwrap_or_default();
    version.parse::<u32>().is_ok_and(|version| version >= 12)
}

/// Old rooms may hold levels as texts.
pub(crate) fn number(value: &Value) -> Option<i64> {
    value
        .as_i64()
        .or_else(|| value.as_str()?.trim().parse().ok())
}
