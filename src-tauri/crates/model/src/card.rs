//! What «Контакты» shows: people as they are found, the card of one, and the person's own address book.

use crate::contacts::OwnContact;
use crate::plan::Board;
use crate::{Badge, BadgeRole, ChatId, ChatKind, Found, MediaKey, Person, PersonStatus};

/// Those who were found, a page of them, and what each further filter would leave.
#[derive(Clone, Debug, PartialEq)]
pub struct ContactPage {
    pub hits: Vec<ContactHit>,
    /// How many people there are in all.
    pub total: u32,
    pub counts: ContactCounts,
}

/// Somebody who was found.
#[derive(Clone, Debug, PartialEq)]
pub struct ContactHit {
    /// Of the address book without an account the id is «own:» and the contact's.
    pub person: Person,
    pub badge: Option<Badge>,
    /// The organisation that vouches for him, or one of [`crate::contacts::OWN`] and [`crate::contacts::CHATS`].
    pub source: ChatId,
    /// Whether he has left the organisation.
    pub former: bool,
    /// His place in the address book.
    pub own: Option<String>,
    /// A telephone or an address of the address book.
    pub reach: Option<String>,
    pub marks: Vec<ContactMark>,
}

/// A part of a text that answers what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContactMark {
    pub place: ContactPlace,
    /// Of the subjects or classes of the badge.
    pub index: u32,
    /// In UTF-16 units, as a window counts.
    pub start: u32,
    pub end: u32,
}

/// The text that a mark is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContactPlace {
    Name,
    Position,
    Subject,
    Class,
}

/// How many people each further choice would leave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactCounts {
    pub roles: Vec<RoleCount>,
    pub classes: Vec<ClassCount>,
    pub stages: Vec<StageCount>,
    pub subjects: Vec<SubjectCount>,
    pub statuses: Vec<StatusCount>,
    pub sources: Vec<SourceCount>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleCount {
    pub role: BadgeRole,
    pub count: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassCount {
    pub organisation: ChatId,
    pub id: String,
    pub label: String,
    pub count: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageCount {
    pub stage: u8,
    pub count: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubjectCount {
    pub subject: String,
    pub count: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusCount {
    pub status: PersonStatus,
    pub count: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceCount {
    pub source: ChatId,
    /// The organisation's short name.
    pub name: Option<String>,
    pub count: u32,
}

/// All that is known of a person.
#[derive(Clone, Debug, PartialEq)]
pub struct ContactCard {
    pub person: Person,
    pub me: bool,
    /// One of each organisation that knows him.
    pub badges: Vec<CardBadge>,
    /// As far as the person who looks may know them.
    pub children: Vec<Found>,
    pub parents: Vec<Found>,
    /// The chats that both are in, without that of the two.
    pub chats: Vec<CardChat>,
    /// What the person who looks has noted of him.
    pub note: String,
    pub own: Option<OwnContact>,
    /// Who works here and is called the same: he himself is a stranger.
    pub imitates: Option<Found>,
    /// The organisations in whose cabinet he can be edited.
    pub cabinets: Vec<ChatId>,
}

/// What one organisation says of somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardBadge {
    pub organisation: ChatId,
    /// Its short name.
    pub name: String,
    pub badge: Badge,
    pub boards: Vec<Board>,
    pub former: bool,
}

/// A chat that the person who looks shares with somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardChat {
    pub id: ChatId,
    pub name: String,
    pub kind: ChatKind,
    pub avatar: Option<MediaKey>,
}

/// What a file of contacts holds that the address book does not have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VcardPreview {
    pub contacts: Vec<OwnContact>,
    /// Contacts that are in the address book already.
    pub known: u32,
    /// Entries that can't be read or say nothing.
    pub unreadable: u32,
}
