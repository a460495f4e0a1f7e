//! What a person does to messages, and what he may do.

use crate::{MediaKey, Person, UserId};
use serde::{Deserialize, Serialize};

/// Stands in for a user id where everybody in the chat is meant.
pub const EVERYONE: &str = "@room";

/// Somebody named in a text. `name` is what the text says after its «@».
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// A user id, or [`EVERYONE`].
    pub id: UserId,
    pub name: String,
}

/// What a person has written, before it becomes an event. `text` is Markdown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    pub text: String,
    pub mentions: Vec<Mention>,
}

/// Asks each reader to acknowledge a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AskAck {
    /// Until when, milliseconds since 1970, UTC.
    pub due: Option<u64>,
}

/// How the acknowledgements of a message stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ack {
    pub due: Option<u64>,
    /// Whether the person has acknowledged it.
    pub own: bool,
    /// How many others than the author have.
    pub count: u32,
}

/// One person in the report on an acknowledgement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AckPerson {
    pub person: Person,
    pub badge: Option<Badge>,
    /// When he acknowledged; absent where he has not.
    pub at: Option<u64>,
    /// When he was last reminded.
    pub reminded: Option<u64>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AckReport {
    pub due: Option<u64>,
    pub people: Vec<AckPerson>,
    /// The server could not be asked: what is shown is what this device knows.
    pub incomplete: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RemindBy {
    /// One message in the chat that names them.
    Mention,
    /// A direct message to each.
    Direct,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reminded {
    pub sent: u32,
    /// Reminded within the last day already, or acknowledged meanwhile.
    pub skipped: u32,
    /// Could not be reached; they can be reminded again.
    pub failed: u32,
}

/// Who reacted with one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reactors {
    pub key: String,
    pub people: Vec<Person>,
}

/// Somebody who has read a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    pub person: Person,
    pub at: Option<u64>,
}

/// What the organisation's plan says of a person: never his own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Badge {
    pub role: BadgeRole,
    /// «Щукина Мария Петровна».
    pub name: String,
    pub position: Option<String>,
    pub subjects: Vec<String>,
    /// «5А», where he is in that class.
    pub classes: Vec<String>,
    /// Homeroom teacher of these.
    pub homeroom: Vec<String>,
    /// The kind of the organisation picks the words for the role.
    pub organisation: OrganisationKind,
}

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "camelCase")]
pub enum BadgeRole {
    Teacher,
    Staff,
    Student,
    Parent,
    /// A role this version does not know.
    Other,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum OrganisationKind {
    #[default]
    School,
    College,
    Kindergarten,
}

/// A file handed over to be sent, not yet in any chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staged {
    pub id: String,
    pub name: String,
    /// Bytes.
    pub size: u64,
}

/// A voice message that has been recorded and can be listened to before it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StagedVoice {
    pub id: String,
    /// Milliseconds.
    pub length: u64,
    /// Loudness over time, 0 to 1024.
    pub waveform: Vec<u16>,
    /// The recording itself, as an address of media.
    pub media: MediaKey,
}

/// A file that goes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    pub staged: String,
    /// Sends a picture as a file: untouched, with all it says about its place.
    pub as_file: bool,
}

/// A new poll.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPoll {
    pub question: String,
    pub answers: Vec<String>,
    /// Whether several answers may be chosen.
    pub multiple: bool,
    /// Whether results show before it is closed.
    pub disclosed: bool,
}
