//! `school.parta.people`: who is in a class or among the staff. One event holds many people, so that a school of
//! thousands is some dozens of events; a long list is cut into numbered parts.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{As, Board, MemberStatus, Other, PlanContent, Role};
use crate::UserId;

/// People in one event.
pub const MAX_PEOPLE: usize = 100;
/// Bytes of one event's content: well under Matrix's 65,536 for the whole event.
pub const MAX_BYTES: usize = 40 * 1024;

/// A part of a list of people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct People {
    pub people: Vec<Member>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
    #[serde(flatten)]
    pub other: Other,
}

impl PlanContent for People {
    const TYPE: &'static str = "school.parta.people";
}

/// One person as the organisation knows him.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The user id without `@`.
    pub id: String,
    pub role: Role,
    pub name: Name,
    /// What the person is in this class; absent among the staff.
    #[serde(rename = "as", default, skip_serializing_if = "Option::is_none")]
    pub part: Option<As>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<String>,
    /// The bodies of the organisation that somebody is in, or was: who was leaves their chats.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub boards: BTreeMap<Board, MemberStatus>,
    /// A parent's children, as ids like `id`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verified: Option<Verified>,
    /// The invitation the person came by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub via: Option<String>,
    pub status: MemberStatus,
    #[serde(flatten)]
    pub other: Other,
}

impl Member {
    pub fn user_id(&self) -> UserId {
        UserId::new(format!("@{}", self.id))
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    pub family: String,
    pub given: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub patronymic: Option<String>,
    #[serde(flatten)]
    pub other: Other,
}

impl Name {
    /// «Щукина Мария Петровна».
    pub fn full(&self) -> String {
        let patronymic = self.patronymic.as_deref().unwrap_or_default();
        format!("{} {} {patronymic}", self.family, self.given)
            .trim()
            .to_owned()
    }
}

/// Who vouched for the person, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verified {
    pub by: UserId,
    /// Milliseconds since 1970.
    pub at: u64,
    #[serde(flatten)]
    pub other: Other,
}

/// The state key of a part, counted from 0: a class's first part has its id alone, the staff's are all numbered.
pub fn people_key(list: &str, part: usize) -> String {
    if part == 0 && list != "staff" {
        list.to_owned()
    } else {
        format!("{list}/{}", part + 1)
    }
}

/// Cuts a list into parts that fit an event each; always at least one, so that an emptied list is written too.
pub fn split_people(people: Vec<Member>) -> Vec<Vec<Member>> {
    // Brackets, the field's name, and a `base`, which is an event id of 44 bytes.
    const FRAME: usize = 256;
    let mut parts = vec![Vec::new()];
    let mut bytes = FRAME;
    for member in people {
        let size = serde_json::to_vec(&member).map_or(MAX_BYTES, |json| json.len()) + 1;
        let part = parts.last_mut().expect("there is one part from the start");
        if !part.is_empty() && (part.len() == MAX_PEOPLE || bytes + size > MAX_BYTES) {
            bytes = FRAME;
            parts.push(Vec::new());
        }
        bytes += size;
        parts
            .last_mut()
            .expect("there is one part from the start")
            .push(member);
    }
    parts
}
