//! What the cabinet shows: the plan with the edits that wait, and which things they are about.

use super::acted::Work;
use super::acts::OrgFields;
use super::people::{boards_of, part_of};
use super::plan::OrgPlan;
use crate::directory::{badge_role, clean, is_account, natural};
use crate::edit::{Edit, STAFF, Target};
use crate::plan::level::{ADMINISTRATOR, OWNER};
use crate::plan::{As, Board, ClassStatus, MemberStatus, Org, PlanContent};
use crate::{BadgeRole, ChatId, OrganisationKind, UserId};
use std::collections::{BTreeMap, BTreeSet};

/// How far an edit of a thing is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Progress {
    #[default]
    Done,
    Waiting,
    /// Another administrator has changed the same; somebody has to decide.
    Conflict,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Cabinet {
    pub id: ChatId,
    pub kind: OrganisationKind,
    pub org: OrgFields,
    /// The year it is in, by the one that it began in.
    pub school_year: i64,
    pub info: Progress,
    pub classes: Vec<CabinetClass>,
    pub people: Vec<CabinetPerson>,
    pub administrators: Vec<Administrator>,
    /// Whether the person who looks may dismiss administrators.
    pub owner: bool,
    /// Parts of the plan that can't be read.
    pub unreadable: u32,
    pub work: Work,
}

impl Cabinet {
    /// Everything but the people, of whom there are thousands.
    pub fn without_people(&self) -> Self {
        Self {
            id: self.id.clone(),
            kind: self.kind,
            org: self.org.clone(),
            school_year: self.school_year,
            info: self.info,
            classes: self.classes.clone(),
            people: vec![],
            administrators: self.administrators.clone(),
            owner: self.owner,
            unreadable: self.unreadable,
            work: self.work.clone(),
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct CabinetClass {
    pub id: String,
    pub label: String,
    pub stage: Option<u8>,
    pub letter: Option<String>,
    pub title: Option<String>,
    pub status: ClassStatus,
    pub homeroom: Option<UserId>,
    pub students: u32,
    pub parents: u32,
    pub teachers: u32,
    pub progress: Progress,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PersonStatus {
    Active,
    Removed,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InClass {
    pub class: String,
    pub part: As,
}

#[derive(Clone, Debug, PartialEq)]
pub struct CabinetPerson {
    pub id: UserId,
    /// «Щукина Мария Петровна».
    pub name: String,
    pub family: String,
    pub given: String,
    pub patronymic: Option<String>,
    pub role: BadgeRole,
    pub position: Option<String>,
    pub subjects: Vec<String>,
    /// The bodies of the organisation that he is in.
    pub boards: Vec<Board>,
    pub classes: Vec<InClass>,
    pub children: Vec<UserId>,
    /// Milliseconds since 1970.
    pub verified_at: Option<u64>,
    pub status: PersonStatus,
    pub administrator: bool,
    pub progress: Progress,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Administrator {
    pub id: UserId,
    /// As the plan knows him.
    pub name: Option<String>,
    pub owner: bool,
    /// The step that dismisses him: until it has reached the server he runs the organisation.
    pub dismissed_by: Option<String>,
    pub progress: Progress,
}

/// An edit that is in the plan and not yet on the server.
#[derive(Clone, Copy, Debug)]
pub struct Pending<'a> {
    /// The step that it belongs to.
    pub act: &'a str,
    pub edit: &'a Edit,
    pub progress: Progress,
}

/// What the edits that are not done yet are about.
#[derive(Default)]
struct Marks {
    info: Progress,
    classes: BTreeMap<String, Progress>,
    people: BTreeMap<String, Progress>,
    administrators: BTreeMap<String, Progress>,
    /// The last step about each of them.
    acts: BTreeMap<String, String>,
}

impl Marks {
    fn new<'a>(waiting: impl Iterator<Item = Pending<'a>>) -> Self {
        let mut marks = Self::default();
        for Pending {
            act,
            edit,
            progress,
        } in waiting
        {
            match &edit.target {
                Target::Organisation => marks.info = marks.info.max(progress),
                Target::Class(id) => raise(&mut marks.classes, id, progress),
                Target::People(_) => {
                    for person in persons(edit) {
                        raise(&mut marks.people, person, progress);
                    }
                }
                Target::Administrators => {
                    for person in persons(edit) {
                        raise(&mut marks.administrators, person, progress);
                        marks.acts.insert(person.clone(), act.to_owned());
                    }
                }
            }
        }
        marks
    }
}

fn persons(edit: &Edit) -> impl Iterator<Item = &String> {
    edit.changes
        .iter()
        .filter_map(|change| change.person.as_ref())
}

fn raise(marks: &mut BTreeMap<String, Progress>, key: &str, progress: Progress) {
    let mark = marks.entry(key.to_owned()).or_default();
    *mark = (*mark).max(progress);
}

impl OrgPlan {
    /// Everything the cabinet shows; `waiting` are the edits that are in this plan and not yet on the server.
    pub fn show<'a>(
        &self,
        me: &UserId,
        waiting: impl Iterator<Item = Pending<'a>>,
    ) -> Option<Cabinet> {
        let org = Org::read("", &self.org).ok()?;
        let marks = Marks::new(waiting);
        let mut classes: Vec<CabinetClass> = self
            .readable_classes()
            .map(|(id, class)| {
                let mut counts = BTreeMap::new();
                for member in self
                    .members(id)
                    .filter(|m| m.status == MemberStatus::Active)
                {
                    let part = member.part.unwrap_or_else(|| part_of(&member.role));
                    *counts.entry(part).or_insert(0) += 1;
                }
                let count = |part: As| counts.get(&part).copied().unwrap_or(0);
                CabinetClass {
                    id: id.to_owned(),
                    label: clean(&class.label()),
                    stage: class.stage,
                    letter: class.letter.clone(),
                    title: class.title.clone(),
                    homeroom: class
                        .homeroom
                        .as_ref()
                        .map(|id| UserId::new(format!("@{id}"))),
                    students: count(As::Student),
                    parents: count(As::Parent),
                    teachers: count(As::Teacher) + count(As::Homeroom),
                    progress: marks.classes.get(id).copied().unwrap_or_default(),
                    status: class.status,
                }
            })
            .collect();
        classes.sort_by_cached_key(|class| natural(&class.label));
        let school_year = self.school_year(&org);
        let people = self.people(&marks, &classes);
        let administrators = self.administrators(&people, &marks);
        Some(Cabinet {
            id: self.id.clone(),
            kind: (&org.kind).into(),
            org: OrgFields {
                full_name: org.full_name,
                short_name: org.short_name,
                inn: org.inn,
                kpp: org.kpp,
                region: org.region,
                municipality: org.municipality,
                locality: org.locality,
                phone: org.phone,
                email: org.email,
            },
            school_year,
            info: marks.info,
            classes,
            people,
            administrators,
            owner: self.levels.get(me).is_some_and(|level| *level >= OWNER),
            unreadable: u32::try_from(self.unreadable().len()).unwrap_or(u32::MAX),
            work: Work::default(),
        })
    }

    /// Everybody who is listed somewhere, by name. One pass over the lists: a school has thousands.
    fn people(&self, marks: &Marks, classes: &[CabinetClass]) -> Vec<CabinetPerson> {
        let order = classes
            .iter()
            .filter(|class| class.status == ClassStatus::Active);
        let lists = std::iter::once(STAFF).chain(order.map(|class| class.id.as_str()));
        let known: BTreeSet<&str> = lists.clone().collect();
        let rest = self
            .lists
            .keys()
            .map(String::as_str)
            .filter(|list| !known.contains(list));
        let mut people: BTreeMap<String, CabinetPerson> = BTreeMap::new();
        for list in lists.chain(rest.collect::<Vec<_>>()) {
            for member in self.members(list).filter(|member| is_account(&member.id)) {
                let active = member.status == MemberStatus::Active;
                let person = people
                    .entry(member.id.clone())
                    .or_insert_with(|| self.person(&member, marks));
                if active && person.status == PersonStatus::Removed {
                    // What he is where he still belongs says more than what he was.
                    let classes = std::mem::take(&mut person.classes);
                    *person = CabinetPerson {
                        classes,
                        ..self.person(&member, marks)
                    };
                }
                if active && known.contains(list) && list != STAFF {
                    let part = member.part.clone().unwrap_or_else(|| part_of(&member.role));
                    person.classes.push(InClass {
                        class: list.to_owned(),
                        part,
                    });
                }
                for child in &member.children {
                    let child = UserId::new(format!("@{child}"));
                    if !person.children.contains(&child) {
                        person.children.push(child);
                    }
                }
            }
        }
        let mut people: Vec<CabinetPerson> = people.into_values().collect();
        people.sort_by_cached_key(|person| (crate::find::folded(&person.name), person.id.clone()));
        people
    }

    fn person(&self, member: &crate::plan::Member, marks: &Marks) -> CabinetPerson {
        let id = member.user_id();
        CabinetPerson {
            name: clean(&member.name.full()),
            family: clean(&member.name.family),
            given: clean(&member.name.given),
            patronymic: member.name.patronymic.as_deref().map(clean),
            role: badge_role(&member.role),
            position: member.position.as_deref().map(clean),
            subjects: member
                .subjects
                .iter()
                .map(|subject| clean(subject))
                .collect(),
            boards: boards_of(member).cloned().collect(),
            classes: vec![],
            children: vec![],
            verified_at: member.verified.as_ref().map(|verified| verified.at),
            status: match member.status {
                MemberStatus::Active => PersonStatus::Active,
                _ => PersonStatus::Removed,
            },
            administrator: self
                .levels
                .get(&id)
                .is_some_and(|level| *level >= ADMINISTRATOR),
            progress: marks.people.get(&member.id).copied().unwrap_or_default(),
            id,
        }
    }

    /// Who runs the organisation, owners first, and who is being dismissed.
    fn administrators(&self, people: &[CabinetPerson], marks: &Marks) -> Vec<Administrator> {
        let names: BTreeMap<&UserId, &String> = people
            .iter()
            .map(|person| (&person.id, &person.name))
            .collect();
        let runs = self.levels.iter();
        let runs = runs.filter(|(_, level)| **level >= ADMINISTRATOR);
        let mut all: BTreeMap<UserId, i64> = runs.map(|(id, level)| (id.clone(), *level)).collect();
        for person in marks.administrators.keys() {
            all.entry(UserId::new(format!("@{person}"))).or_default();
        }
        let mut found: Vec<Administrator> = all
            .into_iter()
            .map(|(id, level)| {
                let bare = super::acts::bare(&id);
                let dismissed = level < ADMINISTRATOR;
                Administrator {
                    name: names.get(&id).map(|name| (*name).clone()),
                    owner: level >= OWNER,
                    dismissed_by: marks.acts.get(bare).filter(|_| dismissed).cloned(),
                    progress: marks.administrators.get(bare).copied().unwrap_or_default(),
                    id,
                }
            })
            .collect();
        found.sort_by_cached_key(|one| {
            (
                !one.owner,
                one.name.is_none(),
                one.name.clone(),
                one.id.clone(),
            )
        });
        found
    }
}
