//! «Контакты»: people as they are found, the card of one, and the person's own address book.

use super::{Badge, BadgeRole, Board, ChatKind, Found, Person, PersonStatus};
use crate::mirror::{filled, mirror};
use parta_model::{ChatId, contacts};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use ts_rs::TS;

mirror! {
    /// Those who were found, a page of them, and what each further filter would leave.
    struct ContactPage {
        hits: Vec<ContactHit>,
        /// How many people there are in all.
        total: u32,
        counts: ContactCounts,
    }

    struct ContactHit {
        /// Of the address book without an account the id is «own:» and the contact's.
        person: Person,
        badge: Option<Badge>,
        /// The organisation that vouches for him, or `own` for the address book, or `chats` for common chats.
        source: String,
        /// Whether he has left the organisation.
        former: bool,
        /// His id in the address book.
        own: Option<String>,
        /// A telephone or an address of the address book.
        reach: Option<String>,
        /// What of the texts answers what was typed.
        marks: Vec<ContactMark>,
    }

    /// A part of a text, in UTF-16 units; `index` is that of the subject or class.
    struct ContactMark { place: ContactPlace, index: u32, start: u32, end: u32 }

    enum ContactPlace { Name, Position, Subject, Class }

    /// How many people each further choice would leave, also where it is none.
    struct ContactCounts {
        roles: Vec<RoleCount>,
        classes: Vec<ClassCount>,
        stages: Vec<StageCount>,
        subjects: Vec<SubjectCount>,
        statuses: Vec<StatusCount>,
        sources: Vec<SourceCount>,
    }

    struct RoleCount { role: BadgeRole, count: u32 }
    struct ClassCount { organisation: String, id: String, label: String, count: u32 }
    struct StageCount { stage: u8, count: u32 }
    struct SubjectCount { subject: String, count: u32 }
    struct StatusCount { status: PersonStatus, count: u32 }
    /// `name` is the organisation's short name; `own` and `chats` have none.
    struct SourceCount { source: String, name: Option<String>, count: u32 }

    /// All that is known of a person.
    struct ContactCard {
        person: Person,
        me: bool,
        /// One of each organisation that knows him.
        badges: Vec<CardBadge>,
        /// As far as the person who looks may know them.
        children: Vec<Found>,
        parents: Vec<Found>,
        /// The chats that both are in, without that of the two.
        chats: Vec<CardChat>,
        /// What the person who looks has noted of him.
        note: String,
        own: Option<OwnContact>,
        /// Who works here and is called the same: he himself is a stranger.
        imitates: Option<Found>,
        /// The organisations in whose cabinet he can be edited.
        cabinets: Vec<String>,
    }

    /// What one organisation says of somebody.
    struct CardBadge { organisation: String, name: String, badge: Badge, boards: Vec<Board>, former: bool }

    struct CardChat { id: String, name: String, kind: ChatKind, avatar: Option<String> }

    /// What a file of contacts holds that the address book does not have.
    struct VcardPreview {
        contacts: Vec<OwnContact>,
        /// Contacts that are in the address book already.
        known: u32,
        /// Entries that can't be read or say nothing.
        unreadable: u32,
    }
}

filled! {
    /// Somebody of the person's own address book. Of a new one the id is empty.
    both struct OwnContact {
        id: String,
        family: String,
        given: String,
        patronymic: String,
        /// Where he works, as the person calls it.
        company: String,
        phones: Vec<String>,
        emails: Vec<String>,
        /// His account here, where the person knows it.
        account: Option<String>,
        note: String,
    }
}

/// What somebody has to be; of each set that is not empty one value is enough. Without a status only those who belong
/// to the organisation are found.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ContactFilters {
    pub roles: Vec<BadgeRole>,
    pub classes: Vec<ContactClass>,
    /// All classes of a year.
    pub stages: Vec<u8>,
    pub subjects: Vec<String>,
    pub statuses: Vec<PersonStatus>,
    pub sources: Vec<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ContactClass {
    pub organisation: String,
    pub id: String,
}

impl From<ContactFilters> for contacts::Filters {
    fn from(filters: ContactFilters) -> Self {
        let class = |class: ContactClass| contacts::ClassFilter::Class {
            organisation: ChatId::new(class.organisation),
            id: class.id,
        };
        let mut classes: BTreeSet<_> = filters.classes.into_iter().map(class).collect();
        classes.extend(filters.stages.into_iter().map(contacts::ClassFilter::Stage));
        Self {
            roles: filters.roles.into_iter().map(Into::into).collect(),
            classes,
            subjects: filters.subjects.into_iter().collect(),
            statuses: filters.statuses.into_iter().map(Into::into).collect(),
            organisations: filters.sources.into_iter().map(ChatId::new).collect(),
        }
    }
}
