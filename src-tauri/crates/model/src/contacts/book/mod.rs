//! The person's own contacts and notes on people, as all his devices have them.
//!
//! Every entry says when it was last written and on which device; of two the later stands, so that devices that change
//! different entries both keep theirs. What was removed stays as an entry without a value, or another device would bring
//! it back.

mod shards;

#[cfg(test)]
mod tests;

use super::OwnContact;
use super::own::NOTE;
use super::vcard::MOST;
use crate::UserId;
use crate::directory::is_account;
use crate::find::folded;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use shards::{LATEST, hash};
use std::cmp::Ordering;
use std::collections::BTreeMap;
use ulid::Ulid;

/// Entries are told apart by what their keys begin with.
const CONTACT: &str = "c/";
const NOTED: &str = "n/";

/// Bytes of an id; a ULID has 26.
const LONGEST: usize = 64;

/// A removal is forgotten after this many milliseconds; a device that was away for longer brings the entry back.
const KEPT: u64 = 400 * 24 * 60 * 60 * 1000;

/// Contacts and notes by their keys: «c/» and an id, «n/» and an account.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Book {
    entries: BTreeMap<String, Entry>,
}

/// One contact or note as it was last written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Entry {
    /// Milliseconds since 1970, but later than any word on it that the device knew of.
    at: u64,
    /// The device.
    by: String,
    /// `None` for what was removed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    value: Option<Value>,
    /// What a later version has written.
    #[serde(flatten)]
    rest: Map<String, Value>,
}

/// There is no room for one more contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BookFull;

impl std::fmt::Display for BookFull {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "the address book has {MOST} contacts, which is all it holds"
        )
    }
}

impl std::error::Error for BookFull {}

impl Book {
    /// All contacts that can be read, in the order of their names.
    pub fn contacts(&self) -> Vec<OwnContact> {
        let keys = self.entries.range(CONTACT.to_owned()..);
        let keys = keys.take_while(|(key, _)| key.starts_with(CONTACT));
        let mut contacts: Vec<OwnContact> = keys
            .filter_map(|(key, entry)| contact(key, entry))
            .collect();
        contacts.sort_by_cached_key(|contact| (folded(&contact.name()), contact.id.clone()));
        contacts
    }

    /// One contact.
    pub fn contact(&self, id: &str) -> Option<OwnContact> {
        let key = format!("{CONTACT}{id}");
        contact(&key, self.entries.get(&key)?)
    }

    /// What the person has noted of somebody.
    pub fn note(&self, of: &UserId) -> Option<&str> {
        let entry = self.entries.get(&format!("{NOTED}{of}"))?;
        entry.value.as_ref()?.as_str()
    }

    /// Keeps a contact, a new one where it has no id, and gives its id. What a later version has added to it stays.
    pub fn set_contact(
        &mut self,
        contact: OwnContact,
        now: u64,
        device: &str,
    ) -> Result<String, BookFull> {
        let id = match contact.id.as_str() {
            id if is_id(id) => id.to_owned(),
            _ => self.new_id(now, device),
        };
        let key = format!("{CONTACT}{id}");
        let before = self.entries.get(&key).and_then(|entry| entry.value.clone());
        if before.is_none() && self.size() >= MOST {
            return Err(BookFull);
        }
        let mut fields = match before {
            Some(Value::Object(fields)) => fields,
            _ => Map::new(),
        };
        write_fields(&mut fields, contact);
        self.put(key, Some(Value::Object(fields)), now, device);
        Ok(id)
    }

    /// Whether there was such a contact.
    pub fn remove_contact(&mut self, id: &str, now: u64, device: &str) -> bool {
        self.remove(format!("{CONTACT}{id}"), now, device)
    }

    /// Notes something of somebody, as much of it as there is room for; an empty text removes the note. Whether anything
    /// was done.
    pub fn set_note(&mut self, of: &UserId, text: &str, now: u64, device: &str) -> bool {
        let key = format!("{NOTED}{of}");
        if text.trim().is_empty() {
            return self.remove(key, now, device);
        }
        if !is_key(&key) {
            return false;
        }
        let text: String = text.chars().take(NOTE).collect();
        self.put(key, Some(text.into()), now, device);
        true
    }

    /// Takes what another copy has later word on, and says whether that was anything.
    pub fn merge(&mut self, other: &Self) -> bool {
        let mut changed = false;
        for (key, theirs) in &other.entries {
            if self
                .entries
                .get(key)
                .is_none_or(|ours| theirs.is_after(ours))
            {
                self.entries.insert(key.clone(), theirs.clone());
                changed = true;
            }
        }
        changed
    }

    /// Forgets what was removed long ago.
    pub fn prune(&mut self, now: u64) {
        let old = |entry: &Entry| entry.value.is_none() && entry.at.saturating_add(KEPT) < now;
        self.entries.retain(|_, entry| !old(entry));
    }

    /// How many contacts there are, those too that can't be read.
    fn size(&self) -> usize {
        let all = self.entries.iter();
        all.filter(|(key, entry)| key.starts_with(CONTACT) && entry.value.is_some())
            .count()
    }

    fn remove(&mut self, key: String, now: u64, device: &str) -> bool {
        let there = self.entries.get(&key);
        if there.is_none_or(|entry| entry.value.is_none()) {
            return false;
        }
        self.put(key, None, now, device);
        true
    }

    fn put(&mut self, key: String, value: Option<Value>, now: u64, device: &str) {
        let before = self.entries.remove(&key);
        // With a clock that is slow, too, the newest word is the latest.
        let after = before
            .as_ref()
            .map_or(0, |entry| entry.at.saturating_add(1));
        let entry = Entry {
            at: now.min(LATEST / 2).max(after),
            by: device.to_owned(),
            value,
            rest: before.map(|entry| entry.rest).unwrap_or_default(),
        };
        self.entries.insert(key, entry);
    }

    /// The same for the same book, device and time, as everything here; another for every contact.
    fn new_id(&self, now: u64, device: &str) -> String {
        let seed = format!("{device}/{now}/{}", self.entries.len());
        let random = u128::from(hash(&seed)) << 64 | u128::from(hash(&format!("/{seed}")));
        let ids = (0..).map(|turn| Ulid::from_parts(now, random.wrapping_add(turn)).to_string());
        let mut free = ids.filter(|id| !self.entries.contains_key(&format!("{CONTACT}{id}")));
        free.next().unwrap_or_default()
    }
}

impl Entry {
    /// Whether this is the later word. Any two that differ are one before the other, and all devices agree which.
    fn is_after(&self, other: &Self) -> bool {
        let order = (self.at, &self.by).cmp(&(other.at, &other.by));
        // A device that was put back to an earlier state can say two things at once.
        let order = order.then_with(|| self.value.is_some().cmp(&other.value.is_some()));
        let order = order.then_with(|| canonical(&self.value).cmp(&canonical(&other.value)));
        order.then_with(|| canonical(&self.rest).cmp(&canonical(&other.rest))) == Ordering::Greater
    }
}

/// A value as text in which the order of fields makes no difference.
fn canonical(value: &impl Serialize) -> String {
    fn sorted(value: Value) -> Value {
        match value {
            Value::Object(fields) => {
                let fields: BTreeMap<String, Value> = fields.into_iter().collect();
                let fields = fields.into_iter().map(|(key, field)| (key, sorted(field)));
                Value::Object(fields.collect())
            }
            Value::Array(all) => Value::Array(all.into_iter().map(sorted).collect()),
            _ => value,
        }
    }
    serde_json::to_value(value).map_or_else(|_| String::new(), |value| sorted(value).to_string())
}

fn contact(key: &str, entry: &Entry) -> Option<OwnContact> {
    let id = key.strip_prefix(CONTACT)?;
    let contact = OwnContact::deserialize(entry.value.as_ref()?).ok()?;
    Some(OwnContact {
        id: id.to_owned(),
        ..contact
    })
}

/// Writes a contact over what was there, without what says nothing. The id is in the key.
fn write_fields(fields: &mut Map<String, Value>, contact: OwnContact) {
    let contact = OwnContact {
        id: String::new(),
        ..contact
    };
    let Ok(Value::Object(new)) = serde_json::to_value(contact) else {
        return;
    };
    for (name, value) in new {
        let empty = match &value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(all) => all.is_empty(),
            _ => false,
        };
        if empty {
            fields.remove(&name);
        } else {
            fields.insert(name, value);
        }
    }
}

fn is_id(id: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    (1..=LONGEST).contains(&id.len()) && id.bytes().all(plain)
}

/// Whether a key is one that some version writes. What a later one keeps here stays.
fn is_key(key: &str) -> bool {
    if let Some(id) = key.strip_prefix(CONTACT) {
        return is_id(id);
    }
    if let Some(account) = key.strip_prefix(NOTED) {
        return account.strip_prefix('@').is_some_and(is_account);
    }
    let kind = key.split_once('/');
    key.len() <= 300 && kind.is_some_and(|(kind, id)| !kind.is_empty() && !id.is_empty())
}
