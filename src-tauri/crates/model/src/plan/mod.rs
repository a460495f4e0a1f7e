//! The organisation's plan: the state events of `school.parta.*` as types. What a later version added is kept in
//! `other` and written back; what can't be read is an error value, never a default that would overwrite it.

mod content;
mod people;
mod words;

use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

pub use content::{
    Chat, Class, Contact, Invite, Lease, Org, OrgRooms, Policy, QuietHours, Roster, class_space_key,
};
pub use people::{MAX_BYTES, MAX_PEOPLE, Member, Name, People, Verified, people_key, split_people};
pub use words::{As, Board, ChatWish, ClassStatus, MemberStatus, OrgKind, Role, SafeMode};

/// The fields this version doesn't know.
pub type Other = Map<String, Value>;

/// `type` of `m.room.create` in the rooms that hold no messages, so that chat lists leave them out.
pub mod room_type {
    pub const ORGANISATION: &str = "m.space";
    pub const CLASS: &str = "m.space";
    pub const STAFF: &str = "school.parta.staff";
    pub const OFFICE: &str = "school.parta.office";
    pub const RECEPTION: &str = "school.parta.reception";
}

/// How high people stand in the places of an organisation and its chats.
pub mod level {
    /// Founders and the steward.
    pub const OWNER: i64 = 100;
    /// Who may write the plan, and nobody below.
    pub const ADMINISTRATOR: i64 = 90;
    /// The teachers of a class in its chats.
    pub const TEACHER: i64 = 50;
}

/// The field of a knock that makes it an application.
pub const APPLICATION: &str = "school.parta.application";

/// The content of one kind of plan event.
pub trait PlanContent: Serialize + DeserializeOwned {
    /// The type of the state event.
    const TYPE: &'static str;

    /// Reads an event's content.
    fn read(state_key: &str, content: &Value) -> Result<Self, Unreadable> {
        Self::deserialize(content).map_err(|error| Unreadable {
            kind: Self::TYPE,
            state_key: state_key.to_owned(),
            why: error.to_string(),
        })
    }

    /// The content as it is written.
    fn write(&self) -> Value {
        serde_json::to_value(self).expect("plan contents have text keys and no floats")
    }
}

/// A plan event that breaks the rules: shown as such and never overwritten silently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    pub kind: &'static str,
    pub state_key: String,
    /// For a log or a developer; says nothing about people.
    pub why: String,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} with the state key {:?} can't be read: {}",
            self.kind, self.state_key, self.why
        )
    }
}

impl std::error::Error for Unreadable {}

/// Whether a state key is one the plan may use: those that start with `@` belong to that user.
pub fn is_plan_key(state_key: &str) -> bool {
    !state_key.starts_with('@') && state_key.len() <= 255
}

#[cfg(test)]
mod tests;
