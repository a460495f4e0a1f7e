//! The book in sixteen parts: a server takes only so much at once, and a change needs to write only its part.

use super::{Book, Entry, is_key};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// A time past this is not one; it leaves room for later ones below what JSON can count to.
pub(super) const LATEST: u64 = 1 << 52;

impl Book {
    /// How many parts there are.
    pub const SHARDS: u8 = 16;

    /// The part that an entry belongs to. It never changes: all devices have to agree.
    pub fn shard(key: &str) -> u8 {
        (hash(key) >> 60) as u8
    }

    /// A part of the book as it is kept on the server.
    pub fn shard_content(&self, shard: u8) -> Value {
        let entries = self.entries.iter();
        let entries: BTreeMap<&String, &Entry> = entries
            .filter(|(key, _)| Self::shard(key) == shard)
            .collect();
        json!({ "entries": entries })
    }

    /// A part of the book from the server, without what can't be read.
    pub fn read_shard(content: &Value) -> Self {
        let Some(all) = content.get("entries").and_then(Value::as_object) else {
            return Self::default();
        };
        let read = |(key, value): (&String, &Value)| {
            let entry: Entry = serde_json::from_value(value.clone()).ok()?;
            (is_key(key) && entry.at <= LATEST).then(|| (key.clone(), entry))
        };
        Self {
            entries: all.iter().filter_map(read).collect(),
        }
    }

    /// Takes a part as it is elsewhere, whatever this copy of it had.
    pub fn replace_shard(&mut self, shard: u8, with: Self) {
        self.entries.retain(|key, _| Self::shard(key) != shard);
        let part = with.entries.into_iter();
        let part = part.filter(|(key, _)| Self::shard(key) == shard);
        self.entries.extend(part);
    }

    /// The parts in which this book has later word than the server's copy.
    pub fn dirty_shards(&self, than: &Self) -> BTreeSet<u8> {
        let newer = self.entries.iter().filter(|(key, ours)| {
            let theirs = than.entries.get(*key);
            theirs.is_none_or(|theirs| ours.is_after(theirs))
        });
        newer.map(|(key, _)| Self::shard(key)).collect()
    }
}

/// FNV-1a.
pub(super) fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
