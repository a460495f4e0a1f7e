//! The cabinet of an organisation: what an administrator sees of it, and what he says it shall be.

use super::{BadgeRole, Board, ClassPart, ClassState, Num, OrganisationKind};
use crate::mirror::{ToDto, filled, mirror};
use parta_model as model;
use serde::Serialize;
use ts_rs::TS;

mirror! {
    /// How far the edits of a thing are.
    enum Progress { Done, Waiting, Conflict }

    enum PersonStatus { Active, Removed }

    /// What somebody is in a class.
    struct InClass { class: String, part: ClassPart }

    struct CabinetClass {
        id: String,
        /// «5А», or its title.
        label: String,
        stage: Option<u8>,
        letter: Option<String>,
        title: Option<String>,
        status: ClassState,
        homeroom: Option<String>,
        students: u32,
        parents: u32,
        teachers: u32,
        progress: Progress,
    }

    struct CabinetPerson {
        id: String,
        /// «Щукина Мария Петровна».
        name: String,
        family: String,
        given: String,
        patronymic: Option<String>,
        role: BadgeRole,
        position: Option<String>,
        subjects: Vec<String>,
        /// The bodies of the organisation that he is in.
        boards: Vec<Board>,
        classes: Vec<InClass>,
        children: Vec<String>,
        verified_at: Option<Num>,
        status: PersonStatus,
        administrator: bool,
        progress: Progress,
    }

    struct Administrator {
        id: String,
        /// As the plan knows him; absent for a service account.
        name: Option<String>,
        owner: bool,
        /// The step that dismisses him: until it has reached the server he runs the organisation.
        dismissed_by: Option<String>,
        progress: Progress,
    }

    /// Who brings chats and memberships in line with the plan.
    enum Worker { Nobody, Here, Elsewhere }

    /// How far chats and memberships are behind the plan.
    struct Work {
        by: Worker,
        /// Steps of this round that are done.
        done: u32,
        total: u32,
        /// Steps that the server did not take; the rest was done without them.
        refused: u32,
        /// Everything was looked at, and nothing else is left to do.
        settled: bool,
    }

    /// An organisation that the person runs.
    struct CabinetLink {
        id: String,
        /// Its short name.
        name: String,
        kind: OrganisationKind,
        /// Steps that have not reached the server.
        waiting: u32,
        /// Steps that wait for a decision, or were refused.
        stuck: u32,
        /// The person runs it no longer, and has something there that was not sent: only the outbox can be seen.
        dismissed: bool,
    }

    /// Some people or classes: the first names, and how many they are.
    struct Several { names: Vec<String>, count: u32 }

    /// What an administrator did in one step.
    tagged About {
        Info,
        AddClasses { classes: Several },
        SetClass { class: String },
        GraduateClasses { classes: Several },
        DeleteClasses { classes: Several },
        RestoreClasses { classes: Several },
        Promote { classes: u32, school: bool },
        AddToClass { people: Several, class: String },
        LeaveClass { people: Several, class: String },
        MovePeople { people: Several, from: String, to: String },
        SetRole { people: Several, role: BadgeRole },
        JoinBoard { people: Several, board: Board },
        LeaveBoard { people: Several, board: Board },
        Verify { people: Several },
        RemovePeople { people: Several },
        RestorePeople { people: Several },
        SetPerson { person: String },
        Appoint { people: Several },
        Dismiss { people: Several },
        MakeOwner { person: String },
    }

    enum ActState { Waiting, Sent, Done, Conflict, Refused }

    /// Why the server did not take an edit.
    enum Refusal { NotAllowed, Unreadable, TooLarge, Gone }

    /// One field that was changed; values are texts as the plan writes them.
    struct FieldView {
        class: Option<String>,
        person: Option<String>,
        /// Its name in the plan; without one the whole class or person came or went.
        field: Option<String>,
        from: Option<String>,
        to: Option<String>,
    }

    /// A field that another was quicker with.
    struct ClashView { field: FieldView, theirs: Option<String> }

    struct OutboxAct {
        id: String,
        /// What was done, or taken back.
        about: About,
        /// It takes an earlier step back.
        undoes: bool,
        made_at: Num,
        state: ActState,
        /// Parts of it that the server has.
        done: u32,
        total: u32,
        clashes: Vec<ClashView>,
        refusal: Option<Refusal>,
        /// Whether it can be taken back.
        undo: bool,
    }

    struct JournalEntry {
        event: String,
        at: Num,
        by: String,
        /// The plan's name, where it knows him.
        name: Option<String>,
        changes: Vec<FieldView>,
        /// Written by the steward or a reconciler, not by hand.
        by_itself: bool,
    }

    struct JournalPage { entries: Vec<JournalEntry>, next: Option<String> }

    /// What a class becomes in the next school year.
    tagged Becomes { Promoted { label: String, stage: u8 }, Graduated, Unchanged }

    struct PromotionStep {
        class: String,
        label: String,
        becomes: Becomes,
        /// A class of that name would be there already.
        clashes: bool,
    }

    /// An organisation that the person belongs to.
    struct MyOrganisation {
        id: String,
        name: String,
        kind: OrganisationKind,
        /// Absent for who runs it and is none of its people.
        role: Option<BadgeRole>,
        position: Option<String>,
        classes: Vec<String>,
        administrator: bool,
        /// The only owner: he can't leave before another is.
        last_owner: bool,
    }

    /// An organisation that is being made.
    struct Founding {
        name: String,
        done: u32,
        total: u32,
        /// It waits for the network, and goes on by itself.
        paused: bool,
    }
}

filled! {
    /// What is told of an organisation.
    both struct OrgFields {
        full_name: String,
        short_name: String,
        inn: Option<String>,
        kpp: Option<String>,
        region: Option<String>,
        municipality: Option<String>,
        locality: Option<String>,
        phone: Option<String>,
        email: Option<String>,
    }

    /// A class that is to be: a stage and a letter, or a title.
    struct NewClass { stage: Option<u8>, letter: Option<String>, title: Option<String> }

    struct ClassFields {
        stage: Option<u8>,
        letter: Option<String>,
        title: Option<String>,
        homeroom: Option<String>,
    }

    struct PersonFields {
        family: String,
        given: String,
        patronymic: Option<String>,
        position: Option<String>,
        subjects: Vec<String>,
    }
}

/// An organisation as its administrators see it, with the edits that wait. Its people come as a list of their own.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Cabinet {
    pub id: String,
    pub kind: OrganisationKind,
    pub info: OrgFields,
    /// The year it began in: 2026 is 2026/27.
    pub school_year: Num,
    pub info_progress: Progress,
    pub classes: Vec<CabinetClass>,
    pub administrators: Vec<Administrator>,
    /// Whether this person may dismiss administrators and appoint owners.
    pub owner: bool,
    /// Parts of the plan that break the rules: shown as such and never overwritten.
    pub unreadable: u32,
    pub work: Work,
}

impl ToDto<Cabinet> for model::Cabinet {
    fn to_dto(self) -> Cabinet {
        Cabinet {
            id: self.id.to_dto(),
            kind: self.kind.to_dto(),
            info: self.org.to_dto(),
            school_year: Num(u64::try_from(self.school_year).unwrap_or_default()),
            info_progress: self.info.to_dto(),
            classes: self.classes.to_dto(),
            administrators: self.administrators.to_dto(),
            owner: self.owner,
            unreadable: self.unreadable,
            work: self.work.to_dto(),
        }
    }
}
