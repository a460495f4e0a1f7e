//! What an administrator does with people, as edits of the plan. Somebody stands in a list for each class and, where
//! he works here, in that of the staff; what he is is changed in all of them.

use super::acts::{ActError, PersonFields, bare, edited, line, named, some};
use super::plan::OrgPlan;
use crate::UserId;
use crate::edit::{Edit, FieldChange, STAFF, Target};
use crate::plan::{As, Board, Member, MemberStatus, Name, Other, Role, Verified};
use serde_json::{Value, json};
use std::collections::BTreeSet;

impl OrgPlan {
    /// Brings people into a class as this.
    pub fn add_to_class(
        &self,
        people: &[UserId],
        class: &str,
        part: &As,
    ) -> Result<Vec<Edit>, ActError> {
        if !self.classes.contains_key(class) {
            return Err(ActError::ClassGone);
        }
        let mut changes = Vec::new();
        for person in people {
            changes.extend(self.put_in(class, bare(person), part)?);
        }
        some(
            edited(Target::People(class.to_owned()), changes)
                .into_iter()
                .collect(),
        )
    }

    pub fn leave_class(&self, people: &[UserId], class: &str) -> Result<Vec<Edit>, ActError> {
        let changes = self.set_in(class, people, "status", &json!(MemberStatus::Removed));
        some(
            edited(Target::People(class.to_owned()), changes)
                .into_iter()
                .collect(),
        )
    }

    /// From one class to another; each stays there what he was here.
    pub fn move_people(
        &self,
        people: &[UserId],
        from: &str,
        to: &str,
    ) -> Result<Vec<Edit>, ActError> {
        let mut edits = self.leave_class(people, from)?;
        for person in people {
            let here = self.members(from).find(|member| member.id == bare(person));
            let here = here.ok_or(ActError::PersonGone)?;
            let part = match here.part.unwrap_or_else(|| part_of(&here.role)) {
                // Another class has a homeroom teacher of its own.
                As::Homeroom => As::Teacher,
                part => part,
            };
            for edit in self.add_to_class(std::slice::from_ref(person), to, &part)? {
                match edits.iter_mut().find(|other| other.target == edit.target) {
                    Some(other) => other.changes.extend(edit.changes),
                    None => edits.push(edit),
                }
            }
        }
        some(edits)
    }

    /// Gives people another role, wherever they are listed.
    pub fn set_role(&self, people: &[UserId], role: &Role) -> Result<Vec<Edit>, ActError> {
        let works = matches!(role, Role::Teacher | Role::Staff);
        let mut edits = self.everywhere(people, |list, member| {
            let mut changes = vec![("role", json!(role))];
            let teaches = matches!(member.part, Some(As::Homeroom | As::Teacher));
            if list != STAFF && !(works && teaches) {
                changes.push(("as", json!(part_of(role))));
            }
            if list == STAFF {
                let status = if works {
                    MemberStatus::Active
                } else {
                    MemberStatus::Removed
                };
                changes.push(("status", json!(status)));
            }
            changes
        })?;
        if works {
            let target = Target::People(STAFF.to_owned());
            let mut hired = Vec::new();
            for person in people {
                if !self.members(STAFF).any(|member| member.id == bare(person)) {
                    let member = self.member(bare(person)).ok_or(ActError::PersonGone)?;
                    let member = Member {
                        role: role.clone(),
                        part: None,
                        status: MemberStatus::Active,
                        ..member
                    };
                    hired.push(come(&member));
                }
            }
            match edits.iter_mut().find(|edit| edit.target == target) {
                Some(edit) => edit.changes.extend(hired),
                None => edits.extend(edited(target, hired)),
            }
        }
        some(edits)
    }

    /// Vouches for people: `at` in milliseconds since 1970.
    pub fn verify(&self, people: &[UserId], by: &UserId, at: u64) -> Result<Vec<Edit>, ActError> {
        let verified = json!(Verified {
            by: by.clone(),
            at,
            other: Other::new()
        });
        some(self.everywhere(people, |_, member| match member.verified {
            Some(_) => vec![],
            None => vec![("verified", verified.clone())],
        })?)
    }

    /// Takes people out of the organisation; their entries stay, so that they can be brought back.
    pub fn remove_people(&self, people: &[UserId]) -> Result<Vec<Edit>, ActError> {
        some(self.everywhere(people, |_, _| {
            vec![("status", json!(MemberStatus::Removed))]
        })?)
    }

    /// Brings people back to where they were.
    pub fn restore_people(&self, people: &[UserId]) -> Result<Vec<Edit>, ActError> {
        some(self.everywhere(people, |list, member| {
            // A teacher who became a parent does not come back among the staff.
            let belongs = list != STAFF || matches!(member.role, Role::Teacher | Role::Staff);
            if belongs {
                vec![("status", json!(MemberStatus::Active))]
            } else {
                vec![]
            }
        })?)
    }

    pub fn set_person(
        &self,
        person: &UserId,
        fields: &PersonFields,
    ) -> Result<Vec<Edit>, ActError> {
        let (family, given) = (named(&fields.family)?, named(&fields.given)?);
        let patronymic = line(fields.patronymic.as_deref());
        let position = line(fields.position.as_deref());
        let subjects: Vec<String> = fields
            .subjects
            .iter()
            .filter_map(|s| line(Some(s)))
            .collect();
        some(self.everywhere(std::slice::from_ref(person), |_, member| {
            let name = Name {
                family: family.clone(),
                given: given.clone(),
                patronymic: patronymic.clone(),
                other: member.name.other.clone(),
            };
            let subjects = if subjects.is_empty() {
                Value::Null
            } else {
                json!(subjects)
            };
            vec![
                ("name", json!(name)),
                ("position", json!(position)),
                ("subjects", subjects),
            ]
        })?)
    }

    /// Calls people into a body of the organisation, or lets them go from it.
    pub fn set_board(
        &self,
        people: &[UserId],
        board: &Board,
        joined: bool,
    ) -> Result<Vec<Edit>, ActError> {
        let is_in = |member: &Member| member.boards.get(board) == Some(&MemberStatus::Active);
        for person in people {
            let member = self.member(bare(person)).ok_or(ActError::PersonGone)?;
            if joined && !suits(board, &member.role) {
                return Err(ActError::OtherRole);
            }
        }
        some(self.everywhere(people, |_, member| {
            if is_in(member) == joined {
                return vec![];
            }
            let mut boards = member.boards.clone();
            let status = if joined {
                MemberStatus::Active
            } else {
                MemberStatus::Removed
            };
            boards.insert(board.clone(), status);
            vec![("boards", json!(boards))]
        })?)
    }

    /// What somebody is by his best entry: among the staff, else in a class.
    pub(super) fn member(&self, person: &str) -> Option<Member> {
        let lists = std::iter::once(STAFF).chain(self.lists.keys().map(String::as_str));
        let mut entries = lists
            .flat_map(|list| self.members(list))
            .filter(|member| member.id == person);
        let first = entries.next()?;
        if first.status == MemberStatus::Active {
            return Some(first);
        }
        Some(
            entries
                .find(|member| member.status == MemberStatus::Active)
                .unwrap_or(first),
        )
    }

    /// Changes in every list in which the people stand.
    fn everywhere(
        &self,
        people: &[UserId],
        changes: impl Fn(&str, &Member) -> Vec<(&'static str, Value)>,
    ) -> Result<Vec<Edit>, ActError> {
        let wanted: BTreeSet<&str> = people.iter().map(bare).collect();
        let mut found = BTreeSet::new();
        let mut edits = Vec::new();
        for list in self.lists.keys() {
            let target = Target::People(list.clone());
            let mut all = Vec::new();
            for member in self
                .members(list)
                .filter(|member| wanted.contains(member.id.as_str()))
            {
                for (field, to) in changes(list, &member) {
                    all.push(self.change_of(&target, Some(&member.id), field, to));
                }
                found.insert(member.id);
            }
            edits.extend(edited(target, all));
        }
        if wanted.iter().any(|person| !found.contains(*person)) {
            return Err(ActError::PersonGone);
        }
        Ok(edits)
    }

    fn set_in(&self, list: &str, people: &[UserId], field: &str, to: &Value) -> Vec<FieldChange> {
        let target = Target::People(list.to_owned());
        let known = self
            .members(list)
            .map(|member| member.id)
            .collect::<BTreeSet<_>>();
        let here = people
            .iter()
            .map(bare)
            .filter(|person| known.contains(*person));
        here.map(|person| self.change_of(&target, Some(person), field, to.clone()))
            .collect()
    }

    /// Somebody comes into a class, comes back to it, or becomes something else there.
    pub(super) fn put_in(
        &self,
        class: &str,
        person: &str,
        part: &As,
    ) -> Result<Vec<FieldChange>, ActError> {
        let target = Target::People(class.to_owned());
        if self.members(class).any(|member| member.id == person) {
            return Ok(vec![
                self.change_of(&target, Some(person), "as", json!(part)),
                self.change_of(&target, Some(person), "status", json!(MemberStatus::Active)),
            ]);
        }
        let member = self.member(person).ok_or(ActError::PersonGone)?;
        Ok(vec![come(&Member {
            part: Some(part.clone()),
            status: MemberStatus::Active,
            ..member
        })])
    }
}

fn come(member: &Member) -> FieldChange {
    FieldChange {
        person: Some(member.id.clone()),
        field: None,
        from: Value::Null,
        to: json!(member),
    }
}

/// Whether people of a role can be in a body of the organisation.
pub(crate) fn suits(board: &Board, role: &Role) -> bool {
    match board {
        Board::Heads => matches!(role, Role::Teacher | Role::Staff),
        Board::Committee => *role == Role::Parent,
        Board::Council => *role == Role::Student,
        Board::Unknown(_) => false,
    }
}

/// The bodies that somebody is in.
pub(crate) fn boards_of(member: &Member) -> impl Iterator<Item = &Board> {
    let here = |(board, status): &(&Board, &MemberStatus)| {
        **status == MemberStatus::Active && suits(board, &member.role)
    };
    member.boards.iter().filter(here).map(|(board, _)| board)
}

pub(crate) fn part_of(role: &Role) -> As {
    match role {
        Role::Teacher | Role::Staff => As::Teacher,
        Role::Parent => As::Parent,
        Role::Student => As::Student,
        Role::Unknown(word) => As::Unknown(word.clone()),
    }
}
