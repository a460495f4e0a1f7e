//! What a person does to messages.

use super::{Num, Person};
use crate::mirror::{ToDto, mirror};
use parta_model as model;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Somebody named in a text; `id` is a user id or `@room`, `name` what the text says after its «@».
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Mention {
    pub id: String,
    pub name: String,
}

impl ToDto<Mention> for model::Mention {
    fn to_dto(self) -> Mention {
        Mention {
            id: self.id.to_dto(),
            name: self.name,
        }
    }
}

impl From<Mention> for model::Mention {
    fn from(m: Mention) -> Self {
        Self {
            id: model::UserId::new(m.id),
            name: m.name,
        }
    }
}

/// What a person has written; `text` is Markdown.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Written {
    pub text: String,
    #[serde(default)]
    pub mentions: Vec<Mention>,
}

impl ToDto<Written> for model::Written {
    fn to_dto(self) -> Written {
        Written {
            text: self.text,
            mentions: self.mentions.to_dto(),
        }
    }
}

impl From<Written> for model::Written {
    fn from(w: Written) -> Self {
        Self {
            text: w.text,
            mentions: w.mentions.into_iter().map(Into::into).collect(),
        }
    }
}

/// Asks each reader to acknowledge the message, where wanted until a time.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AskAck {
    pub due: Option<Num>,
}

impl From<AskAck> for model::AskAck {
    fn from(ask: AskAck) -> Self {
        Self {
            due: ask.due.map(|due| due.0),
        }
    }
}

#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NewPoll {
    pub question: String,
    pub answers: Vec<String>,
    pub multiple: bool,
    /// Whether results show before it is closed.
    pub disclosed: bool,
}

impl From<NewPoll> for model::NewPoll {
    fn from(poll: NewPoll) -> Self {
        Self {
            question: poll.question,
            answers: poll.answers,
            multiple: poll.multiple,
            disclosed: poll.disclosed,
        }
    }
}

/// A staged file that goes out.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Outgoing {
    pub staged: String,
    /// Sends a picture as a file: untouched.
    pub as_file: bool,
}

impl From<Outgoing> for model::Outgoing {
    fn from(out: Outgoing) -> Self {
        Self {
            staged: out.staged,
            as_file: out.as_file,
        }
    }
}

mirror! {
    enum BadgeRole { Teacher, Staff, Student, Parent, Other }
    enum OrganisationKind { School, College, Kindergarten }

    /// What the organisation's plan says of a person: never his own words.
    struct Badge {
        role: BadgeRole,
        name: String,
        position: Option<String>,
        subjects: Vec<String>,
        classes: Vec<String>,
        /// Homeroom teacher of these.
        homeroom: Vec<String>,
        organisation: OrganisationKind,
    }

    struct Ack {
        due: Option<Num>,
        /// Whether the person has acknowledged it.
        own: bool,
        /// How many others than the author have.
        count: u32,
    }

    struct AckPerson {
        person: Person,
        badge: Option<Badge>,
        /// Absent where he has not acknowledged.
        at: Option<Num>,
        /// When he was last reminded.
        reminded: Option<Num>,
    }

    struct AckReport {
        due: Option<Num>,
        people: Vec<AckPerson>,
        /// The server could not be asked: this is what this device knows.
        incomplete: bool,
    }

    enum RemindBy { Mention, Direct }

    struct Reminded { sent: u32, skipped: u32, failed: u32 }

    struct Reactors { key: String, people: Vec<Person> }

    struct Reader { person: Person, at: Option<Num> }

    struct Staged { id: String, name: String, size: Num }

    struct StagedVoice {
        id: String,
        /// Milliseconds.
        length: Num,
        /// 0 to 1024.
        waveform: Vec<u16>,
        media: String,
    }
}
