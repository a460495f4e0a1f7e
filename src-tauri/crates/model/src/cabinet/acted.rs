//! What was done in a cabinet, as it is told: one step of an administrator, and single fields with what they were.

use crate::plan::Board;
use crate::{BadgeRole, ChatId, OrganisationKind, UserId};
use serde::{Deserialize, Serialize};

/// Names that are told; of more people only the number is.
const TOLD: usize = 3;

/// Some people, the first of them by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Several {
    pub names: Vec<String>,
    pub count: u32,
}

impl Several {
    pub fn new(names: impl IntoIterator<Item = String>) -> Self {
        let mut several = Self::default();
        for name in names {
            several.count = several.count.saturating_add(1);
            if several.names.len() < TOLD {
                several.names.push(name);
            }
        }
        several
    }
}

/// What an administrator did in one step. Names are kept as they were then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum About {
    Info,
    AddClasses {
        classes: Several,
    },
    SetClass {
        class: String,
    },
    GraduateClasses {
        classes: Several,
    },
    DeleteClasses {
        classes: Several,
    },
    RestoreClasses {
        classes: Several,
    },
    Promote {
        classes: u32,
        school: bool,
    },
    AddToClass {
        people: Several,
        class: String,
    },
    LeaveClass {
        people: Several,
        class: String,
    },
    MovePeople {
        people: Several,
        from: String,
        to: String,
    },
    SetRole {
        people: Several,
        role: BadgeRole,
    },
    JoinBoard {
        people: Several,
        board: Board,
    },
    LeaveBoard {
        people: Several,
        board: Board,
    },
    Verify {
        people: Several,
    },
    RemovePeople {
        people: Several,
    },
    RestorePeople {
        people: Several,
    },
    SetPerson {
        person: String,
    },
    Appoint {
        people: Several,
    },
    Dismiss {
        people: Several,
    },
    MakeOwner {
        person: String,
    },
}

/// How far a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActState {
    /// On this device, and not on the server.
    Waiting,
    /// On the server, which has not shown it yet.
    Sent,
    Done,
    /// Another has changed the same; the administrator decides.
    Conflict,
    /// The server did not take it. It is kept, to be exported or dropped.
    Refused,
}

/// Why the server did not take an edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// This account is no administrator here any more.
    NotAllowed,
    /// What lies on the server breaks the rules and is not overwritten.
    Unreadable,
    /// Larger than an event may be.
    TooLarge,
    /// The organisation is gone, or was left.
    Gone,
}

/// One field that was changed. Values are texts as the plan writes them: the words of roles and states are for the
/// reader to say in his language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldView {
    /// The class that it is about, as it is called.
    pub class: Option<String>,
    /// The person that it is about, by the plan's name.
    pub person: Option<String>,
    /// Its name in the plan; without one the whole class or person came or went.
    pub field: Option<String>,
    pub from: Option<String>,
    pub to: Option<String>,
}

/// A field that another was quicker with: his value beside the administrator's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClashView {
    pub field: FieldView,
    pub theirs: Option<String>,
}

/// A step as «Ожидают отправки» shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxAct {
    pub id: String,
    /// What was done, or taken back.
    pub about: About,
    /// It takes an earlier step back.
    pub undoes: bool,
    /// Milliseconds since 1970.
    pub made_at: u64,
    pub state: ActState,
    /// Parts of it that the server has.
    pub done: u32,
    pub total: u32,
    pub clashes: Vec<ClashView>,
    pub refusal: Option<Refusal>,
    /// Whether it can be taken back: dropped while it waits, written back afterwards.
    pub undo: bool,
}

/// An entry of the journal: one event of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalEntry {
    pub event: String,
    /// Milliseconds since 1970, by the server's clock.
    pub at: u64,
    pub by: UserId,
    /// The plan's name, where it knows him.
    pub name: Option<String>,
    pub changes: Vec<FieldView>,
    /// Written by the organisation's steward or a reconciler, not by hand.
    pub by_itself: bool,
}

/// A part of the journal, the newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalPage {
    pub entries: Vec<JournalEntry>,
    /// Where it goes on; nothing at its beginning.
    pub next: Option<String>,
}

/// Who brings chats and memberships in line with the plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Worker {
    /// Nobody yet, or not known.
    #[default]
    Nobody,
    /// This app.
    Here,
    /// Another administrator's app, or the steward.
    Elsewhere,
}

/// How far chats and memberships are behind the plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Work {
    pub by: Worker,
    /// Steps of this round that are done.
    pub done: u32,
    pub total: u32,
    /// Steps that the server did not take; the rest was done without them.
    pub refused: u32,
    /// Everything was looked at, and nothing else is left to do.
    pub settled: bool,
}

/// An organisation that the person runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CabinetLink {
    pub id: ChatId,
    /// Its short name.
    pub name: String,
    pub kind: OrganisationKind,
    /// Steps that have not reached the server.
    pub waiting: u32,
    /// Steps that wait for a decision, or were refused.
    pub stuck: u32,
    /// He runs it no longer, and has something there that was not sent.
    pub dismissed: bool,
}

/// An organisation that the person belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MyOrganisation {
    pub id: ChatId,
    pub name: String,
    pub kind: OrganisationKind,
    /// Absent for who runs it and is none of its people.
    pub role: Option<BadgeRole>,
    pub position: Option<String>,
    pub classes: Vec<String>,
    pub administrator: bool,
    /// The only owner: he can't leave before another is.
    pub last_owner: bool,
}

/// An organisation that is being made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Founding {
    pub name: String,
    pub done: u32,
    pub total: u32,
    /// It waits for the network, and goes on by itself.
    pub paused: bool,
}
