//! What is known of a whole chat besides its messages.

use crate::{Badge, ChatId, ChatKind, MediaKey, Person, UserId};

/// What the person may do in a chat: what he may not is not offered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChatRights {
    pub send: bool,
    pub react: bool,
    /// Answer polls.
    pub vote: bool,
    pub pin: bool,
    /// Name everybody at once.
    pub mention_all: bool,
    /// Delete what others said.
    pub delete_others: bool,
    pub invite: bool,
    pub remove: bool,
    pub rename: bool,
    pub set_topic: bool,
    pub set_avatar: bool,
    /// Decide who may write.
    pub set_writers: bool,
    /// Ask readers to acknowledge a message, and see who has.
    pub acknowledge: bool,
}

/// From when on a newcomer reads what was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum History {
    /// Anybody, even without joining.
    World,
    All,
    SinceInvited,
    SinceJoined,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notify {
    All,
    Mentions,
    Mute,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatDetails {
    pub id: ChatId,
    pub topic: Option<String>,
    pub avatar: Option<MediaKey>,
    pub kind: ChatKind,
    pub peer: Option<UserId>,
    pub encrypted: bool,
    /// People who are in it.
    pub members: u32,
    pub invited: u32,
    /// Events, the newest pin last.
    pub pinned: Vec<String>,
    pub history: History,
    pub notify: Notify,
    /// Whether only some may write.
    pub announcements: bool,
    pub rights: ChatRights,
    /// Those in it whom nobody asks to read it: they are there to run it.
    pub unasked: Vec<UserId>,
    /// The last event the person has read in an earlier visit.
    pub read_up_to: Option<String>,
    /// What the server takes in one file, in bytes, where it says so.
    pub largest_file: Option<u64>,
}

/// What somebody may do in a chat, in words people use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    Owner,
    Administrator,
    Moderator,
    Member,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub person: Person,
    pub badge: Option<Badge>,
    pub standing: Standing,
    /// Invited and not yet in.
    pub invited: bool,
    /// Another has added him to a chat that the organisation makes by its plan, which does not want him there.
    pub by_hand: bool,
    pub can_remove: bool,
    pub me: bool,
}

/// Somebody who is writing at this moment.
pub type Typing = Vec<Person>;

/// A person found to write to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub person: Person,
    pub badge: Option<Badge>,
}

/// Who of a class: what a learning chat may be made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassPeople {
    /// `organisation room/class id`.
    pub id: String,
    pub label: String,
    pub organisation: String,
    pub students: Vec<Found>,
    pub parents: Vec<Found>,
    pub teachers: Vec<Found>,
}

/// A group that is to be made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewChat {
    pub name: String,
    pub topic: Option<String>,
    pub people: Vec<UserId>,
    /// Only the founder and those he names may write.
    pub announcements: bool,
}

/// A chat was made; some people could not be invited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeChat {
    pub chat: ChatId,
    pub refused: Vec<Person>,
}
