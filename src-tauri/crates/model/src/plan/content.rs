//! The contents of the plan events, all but the people.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{As, ChatWish, ClassStatus, Name, OrgKind, Other, PlanContent, Role, SafeMode};
use crate::{ChatId, UserId};

macro_rules! plan_event {
    ($name:ident, $kind:literal) => {
        impl PlanContent for $name {
            const TYPE: &'static str = $kind;
        }
    };
}

plan_event!(Org, "school.parta.org");
plan_event!(Policy, "school.parta.policy");
plan_event!(Class, "school.parta.class");
plan_event!(Chat, "school.parta.chat");
plan_event!(Invite, "school.parta.invite");
plan_event!(Roster, "school.parta.roster");
plan_event!(Lease, "school.parta.lease");

/// The organisation, in its space under the empty state key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Org {
    pub kind: OrgKind,
    pub full_name: String,
    pub short_name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inn: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kpp: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub municipality: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locality: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The year it began in: 2026 is 2026/27. Classes that have been promoted since are further, each by its own word.
    pub school_year: i64,
    pub rooms: OrgRooms,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
    #[serde(flatten)]
    pub other: Other,
}

/// The quiet rooms of the organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrgRooms {
    pub staff: ChatId,
    pub office: ChatId,
    pub reception: ChatId,
    #[serde(flatten)]
    pub other: Other,
}

/// What holds for everyone of a role, in the organisation under the empty state key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    #[serde(default)]
    pub safe_mode: BTreeMap<Role, SafeMode>,
    /// Whom each role may write to first; a role that isn't named may write to everyone of the organisation.
    #[serde(default)]
    pub write_to: BTreeMap<Role, Vec<Role>>,
    #[serde(default)]
    pub create_chats: Vec<Role>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quiet_hours: Option<QuietHours>,
    /// Whether new direct chats are end-to-end encrypted.
    #[serde(default)]
    pub encrypt_direct: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
    #[serde(flatten)]
    pub other: Other,
}

/// When nobody is disturbed: local times as `HH:MM`, days 1 (Monday) to 7.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuietHours {
    pub from: String,
    pub to: String,
    pub days: Vec<u8>,
    #[serde(flatten)]
    pub other: Other,
}

/// A class or a group, in the organisation under its id, which it keeps for life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Class {
    /// 1 to 11 in a school; absent where only the title counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<u8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter: Option<String>,
    /// The name where stage and letter don't make one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What sort of class: «general», «profile», «correction»…
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    pub status: ClassStatus,
    /// The school year in which it became what it is, as [`Org::school_year`]; absent before the first promotion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub school_year: Option<i64>,
    /// The homeroom teacher's user id without `@`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub homeroom: Option<String>,
    /// The chats the plan wants for it.
    #[serde(default)]
    pub chats: Vec<ChatWish>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
    #[serde(flatten)]
    pub other: Other,
}

impl Class {
    /// «5 «А»», or the title: as chats are called.
    pub fn quoted(&self) -> String {
        match (&self.title, self.stage, &self.letter) {
            (None, Some(stage), Some(letter)) => format!("{stage} «{letter}»"),
            _ => self.label(),
        }
    }

    /// «5А», or the title.
    pub fn label(&self) -> String {
        match (&self.title, self.stage, &self.letter) {
            (Some(title), ..) => title.clone(),
            (None, Some(stage), letter) => {
                format!("{stage}{}", letter.as_deref().unwrap_or_default())
            }
            (None, None, letter) => letter.clone().unwrap_or_default(),
        }
    }
}

/// The room that fulfils a wish of the plan, under the wish's name ([`super::ChatWish`]); in the organisation also
/// the space of each class ([`class_space_key`]), apart from the class's own event so that the reconciler and an
/// administrator never write the same one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chat {
    pub room_id: ChatId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
    #[serde(flatten)]
    pub other: Other,
}

/// The state key of the `school.parta.chat` event that names a class's space.
pub fn class_space_key(class: &str) -> String {
    format!("class/{class}")
}

/// An invitation under its id: whole in the office, without the label in the reception.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invite {
    /// Ed25519, base64url.
    pub public_key: String,
    pub role: Role,
    #[serde(default)]
    pub classes: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_uses: Option<u32>,
    /// Milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<u64>,
    #[serde(default)]
    pub revoked: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
    #[serde(flatten)]
    pub other: Other,
}

/// A person without an account, in the office under a OneRoster `sourcedId` or a ULID.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roster {
    pub name: Name,
    pub role: Role,
    /// What the person is in each class.
    #[serde(default)]
    pub classes: BTreeMap<String, As>,
    #[serde(default)]
    pub contacts: Vec<Contact>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invite: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
    #[serde(flatten)]
    pub other: Other,
}

/// A telephone number or an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// `phone` or `email`.
    pub kind: String,
    pub value: String,
    #[serde(flatten)]
    pub other: Other,
}

/// Which reconciler acts, in the office under the empty state key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lease {
    pub holder: UserId,
    /// One device of the holder: the same account may run twice.
    pub device: String,
    /// Milliseconds since 1970; afterwards anybody may take over.
    pub until: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
    #[serde(flatten)]
    pub other: Other,
}
