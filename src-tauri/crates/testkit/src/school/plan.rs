//! The school as plan events: what `school.parta.*` says of it.

use std::collections::BTreeMap;

use parta_model::plan::{
    As, Board, ChatWish, Class as ClassPlan, ClassStatus, Contact, Lease, Member, MemberStatus,
    Name, Org, OrgKind, OrgRooms, Other, Policy, QuietHours, Role, Roster, SafeMode, Verified,
};
use parta_model::{ChatId, UserId};

use super::{Awaited, Class, STEWARD, School};

/// The chats every class has.
pub const CLASS_CHATS: [ChatWish; 3] = [ChatWish::Students, ChatWish::Parents, ChatWish::Teachers];
/// The chats of the organisation itself.
pub const ORG_CHATS: [ChatWish; 6] = [
    ChatWish::News,
    ChatWish::Staff,
    ChatWish::Heads,
    ChatWish::AllStaff,
    ChatWish::Committee,
    ChatWish::Council,
];

/// Whose list of people it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    Staff,
    Class(usize),
}

impl School {
    pub fn org(&self, school_year: i64, rooms: OrgRooms) -> Org {
        Org {
            kind: OrgKind::School,
            full_name: self.full_name.to_owned(),
            short_name: self.name.to_owned(),
            inn: Some("7712345671".to_owned()),
            kpp: Some("771201001".to_owned()),
            region: Some("Московская область".to_owned()),
            municipality: Some("городской округ Берёзовск".to_owned()),
            locality: Some("г. Берёзовск".to_owned()),
            phone: Some("+7 495 000-01-01".to_owned()),
            email: Some("school1@school1.example".to_owned()),
            school_year,
            rooms,
            base: None,
            other: Other::new(),
        }
    }

    pub fn policy(&self) -> Policy {
        Policy {
            safe_mode: BTreeMap::from([
                (Role::Student, SafeMode::Forced),
                (Role::Parent, SafeMode::Default),
                (Role::Teacher, SafeMode::Off),
                (Role::Staff, SafeMode::Off),
            ]),
            write_to: BTreeMap::from([
                (
                    Role::Student,
                    vec![Role::Student, Role::Teacher, Role::Staff],
                ),
                (Role::Parent, vec![Role::Parent, Role::Teacher, Role::Staff]),
            ]),
            create_chats: vec![Role::Teacher, Role::Staff],
            quiet_hours: Some(QuietHours {
                from: "21:00".to_owned(),
                to: "07:00".to_owned(),
                days: vec![1, 2, 3, 4, 5, 6, 7],
                other: Other::new(),
            }),
            encrypt_direct: false,
            base: None,
            other: Other::new(),
        }
    }

    pub fn class_plan(&self, class: &Class, server: &str) -> ClassPlan {
        ClassPlan {
            stage: Some(class.stage),
            letter: Some(class.letter.to_owned()),
            title: None,
            kind: Some("general".to_owned()),
            status: ClassStatus::Active,
            school_year: None,
            homeroom: Some(self.id(class.homeroom, server)),
            chats: CLASS_CHATS.to_vec(),
            base: None,
            other: Other::new(),
        }
    }

    /// The people of a list, verified by the steward at `at`.
    pub fn members(&self, key: Key, server: &str, at: u64) -> Vec<Member> {
        let Key::Class(index) = key else {
            return self
                .staff()
                .into_iter()
                .map(|person| self.member(person, None, server, at))
                .collect();
        };
        let class = &self.classes[index];
        let part = |person: usize| {
            if person == class.homeroom {
                As::Homeroom
            } else if class.teachers.contains(&person) {
                As::Teacher
            } else if class.parents.contains(&person) {
                As::Parent
            } else {
                As::Student
            }
        };
        let people = class
            .teachers
            .iter()
            .chain(&class.pupils)
            .chain(&class.parents);
        people
            .map(|person| self.member(*person, Some(part(*person)), server, at))
            .collect()
    }

    fn member(&self, index: usize, part: Option<As>, server: &str, at: u64) -> Member {
        let person = &self.people[index];
        Member {
            id: self.id(index, server),
            role: person.role.clone(),
            name: Name {
                family: person.family.clone(),
                given: person.given.clone(),
                patronymic: Some(person.patronymic.clone()),
                other: Other::new(),
            },
            part,
            subjects: person
                .subjects
                .iter()
                .map(|subject| (*subject).to_owned())
                .collect(),
            position: person.position.map(str::to_owned),
            boards: self
                .board_of(index)
                .map(|board| (board, MemberStatus::Active))
                .into_iter()
                .collect(),
            children: person
                .children
                .iter()
                .map(|child| self.id(*child, server))
                .collect(),
            verified: Some(Verified {
                by: steward(server),
                at,
                other: Other::new(),
            }),
            via: None,
            status: MemberStatus::Active,
            other: Other::new(),
        }
    }

    /// The body of the organisation that somebody is in: its heads, or one parent and one pupil of each class.
    fn board_of(&self, person: usize) -> Option<Board> {
        let one_of = |board| {
            let mut classes = self.classes.iter();
            classes
                .any(|class| board_members(class, &board).contains(&person))
                .then_some(board)
        };
        if self.people[person].administrator {
            return Some(Board::Heads);
        }
        one_of(Board::Committee).or_else(|| one_of(Board::Council))
    }

    /// Who of all classes is in a body of the organisation.
    pub(super) fn called(&self, board: &Board) -> Vec<usize> {
        let mut called: Vec<usize> = self
            .classes
            .iter()
            .flat_map(|class| board_members(class, board))
            .copied()
            .collect();
        called.sort_unstable();
        called.dedup();
        called
    }

    pub fn roster(&self, awaited: &Awaited) -> Roster {
        Roster {
            name: Name {
                family: awaited.family.clone(),
                given: awaited.given.clone(),
                patronymic: Some(awaited.patronymic.clone()),
                other: Other::new(),
            },
            role: Role::Parent,
            classes: BTreeMap::from([(self.classes[awaited.class].id.clone(), As::Parent)]),
            contacts: vec![Contact {
                kind: "phone".to_owned(),
                value: awaited.phone.clone(),
                other: Other::new(),
            }],
            invite: None,
            base: None,
            other: Other::new(),
        }
    }

    fn id(&self, index: usize, server: &str) -> String {
        format!("{}:{server}", self.people[index].login)
    }
}

fn board_members<'a>(class: &'a Class, board: &Board) -> &'a [usize] {
    let people = match board {
        Board::Committee => &class.parents,
        Board::Council => &class.pupils,
        _ => return &[],
    };
    &people[..people.len().min(1)]
}

pub(crate) fn steward(server: &str) -> UserId {
    UserId::new(format!("@{STEWARD}:{server}"))
}

/// The steward's reconciler held it until `until`.
pub(crate) fn lease(server: &str, until: u64) -> Lease {
    Lease {
        holder: steward(server),
        device: "SEED".to_owned(),
        until,
        base: None,
        other: Other::new(),
    }
}

pub(crate) fn rooms(staff: &str, office: &str, reception: &str) -> OrgRooms {
    OrgRooms {
        staff: ChatId::new(staff),
        office: ChatId::new(office),
        reception: ChatId::new(reception),
        other: Other::new(),
    }
}
