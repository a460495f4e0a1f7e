//! Edits of the plan: what an administrator has changed, field by field and with what was there before, so that two
//! who change different things both keep theirs, and two who change the same thing are told.

mod again;
mod document;
mod sending;

pub use again::{lasting, written_again};
pub(crate) use document::without_base;
pub use document::{Document, Merged};
pub use sending::{Clash, Link, Outcome, Seen, Sending, batches, seen, send};

use crate::plan::{ClassStatus, MemberStatus};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::fmt;
use std::str::FromStr;

/// The list of people that are nobody's class.
pub const STAFF: &str = "staff";

/// The field of a person in [`Target::Administrators`]: how high he stands.
pub const LEVEL: &str = "level";

/// What an edit changes: an event of the organisation, or a list of people in the staff room.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    Organisation,
    /// By its id.
    Class(String),
    /// A class's id, or [`STAFF`].
    People(String),
    /// Who runs the organisation: its power levels, by person in the field [`LEVEL`].
    Administrators,
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Organisation => f.write_str("org"),
            Self::Class(id) => write!(f, "class/{id}"),
            Self::People(list) => write!(f, "people/{list}"),
            Self::Administrators => f.write_str("levels"),
        }
    }
}

/// A text that names no target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoTarget;

impl FromStr for Target {
    type Err = NoTarget;

    fn from_str(text: &str) -> Result<Self, NoTarget> {
        match text.split_once('/') {
            None if text == "org" => Ok(Self::Organisation),
            None if text == "levels" => Ok(Self::Administrators),
            Some(("class", id)) => Ok(Self::Class(id.to_owned())),
            Some(("people", list)) => Ok(Self::People(list.to_owned())),
            _ => Err(NoTarget),
        }
    }
}

/// One change of one field. An absent value is `null`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldChange {
    /// Whose, in a list of people: the user id without `@`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// Without one the whole event, or the whole person, comes or goes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What the administrator saw.
    pub from: Value,
    pub to: Value,
}

impl FieldChange {
    /// What takes it back.
    pub fn opposite(&self) -> Self {
        Self {
            from: self.to.clone(),
            to: self.from.clone(),
            ..self.clone()
        }
    }

    /// Whether both are about the same field, or one about the whole that the other's field is a part of.
    pub fn overlaps(&self, other: &Self) -> bool {
        let whole = self.field.is_none() || other.field.is_none();
        self.person == other.person && (whole || self.field == other.field)
    }
}

/// The changes of one target that belong together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edit {
    #[serde(with = "as_text")]
    pub target: Target,
    pub changes: Vec<FieldChange>,
}

impl Edit {
    pub fn opposite(&self) -> Self {
        Self {
            target: self.target.clone(),
            changes: self
                .changes
                .iter()
                .rev()
                .map(FieldChange::opposite)
                .collect(),
        }
    }
}

impl Edit {
    /// What takes it back once others may have seen it. Whoever or whatever had come does not vanish from the plan: it
    /// is marked as gone, so that the chats that were made for it are dealt with too.
    pub fn taken_back(&self) -> Self {
        let mut edit = self.opposite();
        for change in &mut edit.changes {
            if change.field.is_none() && change.to.is_null() {
                let gone = match self.target {
                    Target::Class(_) => json!(ClassStatus::Deleted),
                    _ => json!(MemberStatus::Removed),
                };
                *change = FieldChange {
                    person: change.person.clone(),
                    field: Some("status".to_owned()),
                    from: change.from["status"].clone(),
                    to: gone,
                };
            }
        }
        edit
    }
}

mod as_text {
    use super::Target;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(target: &Target, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(target)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Target, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(|_| D::Error::custom("no target of an edit"))
    }
}

#[cfg(test)]
mod tests;
