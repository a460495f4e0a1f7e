//! Who is who: the people of the organisations as their plans tell it, never as they tell it themselves.
//!
//! Several organisations stand side by side; a person of two has a badge of each.

mod calls;
mod contacts;
mod places;
mod read;

pub use calls::calls;
pub(crate) use read::{clean, is_account, is_hidden, natural};

use crate::contacts::alike;
use crate::plan::{As, Policy, Role};
use crate::{
    Badge, BadgeRole, ChatId, ClassPeople, Found, OrganisationKind, Person, PersonMark, UserId,
};
use places::Places;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// An event of a plan, as it came.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanEvent {
    pub kind: String,
    pub key: String,
    /// The event itself: what a later one names as its `base`.
    pub event: String,
    pub content: Value,
}

/// A place that may hold a part of a plan, and what its server says of it.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanSource {
    pub id: ChatId,
    /// What sort of place it was made as.
    pub kind: Option<String>,
    /// Who made it.
    pub founder: Option<UserId>,
    /// Only administrators can write the plan here, or blank what is written.
    pub guarded: bool,
    /// The person himself is one of them.
    pub administrator: bool,
    /// Who stands above the others here, and how high.
    pub levels: BTreeMap<UserId, i64>,
    pub events: Vec<PlanEvent>,
}

/// An organisation as this account may know it.
#[derive(Clone, Debug, PartialEq)]
pub struct Organisation {
    pub id: ChatId,
    pub name: String,
    pub kind: OrganisationKind,
    pub policy: Option<Policy>,
    /// The account that made it; where it is nobody of the organisation, it is its service.
    founder: Option<UserId>,
    administrator: bool,
    /// The active ones, in the order people count them.
    classes: Vec<Class>,
    badges: BTreeMap<UserId, Badge>,
    /// Those who have left it.
    former: BTreeMap<UserId, Badge>,
    /// Whose parent somebody is.
    children: BTreeMap<UserId, BTreeSet<UserId>>,
    places: Places,
}

#[derive(Clone, Debug, PartialEq)]
struct Class {
    id: String,
    label: String,
    stage: Option<u8>,
    people: BTreeMap<UserId, As>,
}

/// The people of all organisations of the account.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Directory {
    organisations: Vec<Organisation>,
    me: Option<UserId>,
    /// Who works in any of them, by the words of their names as the eye takes them: the family name and the given one
    /// first.
    staff: Vec<(UserId, Vec<String>)>,
    /// Events that could not be read, or people in them.
    pub skipped: u32,
}

impl Directory {
    /// Reads what can be trusted of the sources; the rest is passed over and counted.
    pub fn read(sources: &[PlanSource], me: &UserId) -> Self {
        let (mut organisations, skipped) = read::organisations(sources);
        // Where the person belongs himself knows better than where he does not.
        organisations.sort_by(|a, b| {
            let stranger = |o: &Organisation| !o.badges.contains_key(me) && !o.administrator;
            (stranger(a), &a.id).cmp(&(stranger(b), &b.id))
        });
        let staff = staff(&organisations);
        Self {
            organisations,
            me: Some(me.clone()),
            staff,
            skipped,
        }
    }

    pub fn organisations(&self) -> &[Organisation] {
        &self.organisations
    }

    /// Those who may say who somebody is: to whom an organisation belongs, no other one says it.
    fn vouching(&self) -> impl Iterator<Item = &Organisation> {
        let belongs = self.belongs();
        self.organisations
            .iter()
            .filter(move |organisation| !belongs || self.is_in(organisation))
    }

    /// The badge of a person, of the organisation that the account is closest to.
    pub fn badge(&self, person: &UserId) -> Option<&Badge> {
        self.vouching()
            .find_map(|organisation| organisation.badges.get(person))
    }

    /// Every badge of a person, with the organisation that gives it.
    pub fn badges<'a>(
        &'a self,
        person: &'a UserId,
    ) -> impl Iterator<Item = (&'a Organisation, &'a Badge)> {
        self.organisations
            .iter()
            .filter_map(move |organisation| Some((organisation, organisation.badges.get(person)?)))
    }

    /// Everybody with a badge, each once.
    pub fn people(&self) -> BTreeMap<&UserId, &Badge> {
        let mut people = BTreeMap::new();
        for organisation in self.organisations.iter().rev() {
            people.extend(&organisation.badges);
        }
        people
    }

    /// An account that keeps an organisation running and is none of its people.
    pub fn is_service(&self, account: &UserId) -> bool {
        self.serves(account).is_some()
    }

    fn serves(&self, account: &UserId) -> Option<&Organisation> {
        let founded = |organisation: &&Organisation| organisation.founder.as_ref() == Some(account);
        let known = |organisation: &Organisation| {
            self.badge(account).is_some() || organisation.former.contains_key(account)
        };
        self.vouching()
            .find(founded)
            .filter(|organisation| !known(organisation))
    }

    /// A person by his true name; the service of an organisation belongs to it as well, under the name it has given itself.
    pub fn in_chat(&self, person: Person) -> (Person, Option<Badge>) {
        let (person, badge) = self.named(person);
        let service = || {
            let organisation = self.serves(&person.id)?;
            Some(Badge {
                role: BadgeRole::Other,
                name: person.name.clone(),
                position: None,
                subjects: Vec::new(),
                classes: Vec::new(),
                homeroom: Vec::new(),
                organisation: organisation.kind,
            })
        };
        let badge = badge.or_else(service);
        (person, badge)
    }

    /// Calls a person what the plan calls him, where it knows him.
    pub fn named(&self, mut person: Person) -> (Person, Option<Badge>) {
        let badge = self.badge(&person.id).cloned();
        if let Some(badge) = &badge {
            person.name.clone_from(&badge.name);
        }
        person.mark = self.mark(&person, badge.as_ref());
        (person, badge)
    }

    fn mark(&self, person: &Person, badge: Option<&Badge>) -> PersonMark {
        match badge {
            Some(badge) => badge.role.into(),
            None if self.me.as_ref() == Some(&person.id) || self.is_service(&person.id) => {
                PersonMark::None
            }
            None if !self.belongs() => PersonMark::None,
            None if self.imitates(&person.name) => PersonMark::Imitates,
            None => PersonMark::Outsider,
        }
    }

    fn is_in(&self, organisation: &Organisation) -> bool {
        let me = self.me.as_ref();
        organisation.administrator || me.is_some_and(|me| organisation.badges.contains_key(me))
    }

    /// Whether some organisation is the person's own.
    fn belongs(&self) -> bool {
        self.organisations.iter().any(|o| self.is_in(o))
    }

    /// Whether somebody belongs to no organisation of the person's, who belongs to one himself.
    pub fn is_stranger(&self, person: &UserId) -> bool {
        let known = self.me.as_ref() == Some(person) || self.is_service(person);
        !known && self.badge(person).is_none() && self.belongs()
    }

    fn imitates(&self, name: &str) -> bool {
        self.imitated(name).is_some()
    }

    /// Who works here and has the given and the family name that a name holds, in whatever letters.
    pub fn imitated(&self, name: &str) -> Option<&UserId> {
        let words = look(name);
        self.named_so(&words).map(|(person, _)| person).next()
    }

    /// Those of the staff whose name a chat bears that has no other words to it.
    pub fn called_after<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a UserId> + use<'a> {
        let words = look(name);
        let found: Vec<&UserId> = self
            .named_so(&words)
            .filter(|(_, colleague)| words.iter().all(|word| colleague.contains(word)))
            .map(|(person, _)| person)
            .collect();
        found.into_iter()
    }

    fn named_so(&self, words: &[String]) -> impl Iterator<Item = (&UserId, &[String])> {
        let staff = self.staff.iter();
        let found = staff.filter(|(_, name)| name.iter().take(2).all(|word| words.contains(word)));
        found.map(|(person, name)| (person, name.as_slice()))
    }

    /// Everybody who is in a class with the person himself.
    pub fn own_classes(&self) -> BTreeSet<&UserId> {
        let Some(me) = &self.me else {
            return BTreeSet::new();
        };
        let classes = self.organisations.iter().flat_map(|o| &o.classes);
        classes
            .filter(|class| class.people.contains_key(me))
            .flat_map(|class| class.people.keys())
            .collect()
    }

    /// The classes the person teaches, and all of them where he is an administrator.
    pub fn taught(&self) -> Vec<ClassPeople> {
        let Some(me) = &self.me else { return vec![] };
        let mut taught = Vec::new();
        for organisation in &self.organisations {
            for class in &organisation.classes {
                let own = class.people.get(me);
                if organisation.administrator || matches!(own, Some(As::Homeroom | As::Teacher)) {
                    taught.push(organisation.class_people(class, me));
                }
            }
        }
        taught
    }

    /// Whether the person may make chats, as far as his organisations have a say in it.
    pub fn may_create_chats(&self) -> bool {
        let Some(me) = &self.me else { return true };
        let mut rules = self.badges(me).filter_map(|(organisation, badge)| {
            let roles = &organisation.policy.as_ref()?.create_chats;
            let named = roles.iter().any(|role| badge_role(role) == badge.role);
            (!roles.is_empty()).then_some(named || organisation.administrator)
        });
        match rules.next() {
            None => true,
            Some(first) => first || rules.any(|allowed| allowed),
        }
    }

    /// Whether a direct chat with somebody is end-to-end encrypted: an organisation of both decides, otherwise it is.
    pub fn encrypts(&self, person: &UserId) -> bool {
        let Some(me) = &self.me else { return true };
        let mut policies = self
            .badges(person)
            .filter(|(organisation, _)| {
                organisation.administrator || organisation.badges.contains_key(me)
            })
            .map(|(organisation, _)| organisation.policy.as_ref())
            .peekable();
        policies.peek().is_none() || policies.any(|policy| policy.is_none_or(|p| p.encrypt_direct))
    }
}

fn staff(organisations: &[Organisation]) -> Vec<(UserId, Vec<String>)> {
    let badges = organisations.iter().flat_map(|o| &o.badges);
    let staff = badges
        .filter(|(_, badge)| matches!(badge.role, BadgeRole::Teacher | BadgeRole::Staff))
        .map(|(person, badge)| (person.clone(), look(&badge.name)));
    staff.filter(|(_, name)| name.len() > 1).collect()
}

/// The words of a name as the eye takes them: letters of the two alphabets that look alike are one.
fn look(name: &str) -> Vec<String> {
    let seen: String = clean(name).chars().map(alike).collect();
    let folded = crate::find::folded(&seen);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

impl Organisation {
    pub fn badge(&self, person: &UserId) -> Option<&Badge> {
        self.badges.get(person)
    }

    /// Whether the person who looks runs it.
    pub fn is_administrator(&self) -> bool {
        self.administrator
    }

    fn class_people(&self, class: &Class, me: &UserId) -> ClassPeople {
        let of = |parts: &[As]| {
            let others = class
                .people
                .iter()
                .filter(|(id, part)| *id != me && parts.contains(part));
            by_name(others.filter_map(|(id, _)| Some((id, self.badges.get(id)?))))
        };
        ClassPeople {
            id: format!("{}/{}", self.id, class.id),
            label: class.label.clone(),
            organisation: self.name.clone(),
            students: of(&[As::Student]),
            parents: of(&[As::Parent]),
            teachers: of(&[As::Homeroom, As::Teacher]),
        }
    }
}

/// People as their badges call them, in the order of their names.
fn by_name<'a>(people: impl Iterator<Item = (&'a UserId, &'a Badge)>) -> Vec<Found> {
    let found = people.map(|(id, badge)| Found {
        person: Person {
            id: id.clone(),
            name: badge.name.clone(),
            avatar: None,
            mark: badge.role.into(),
        },
        badge: Some(badge.clone()),
    });
    let mut found: Vec<Found> = found.collect();
    found.sort_by_cached_key(|found| crate::find::folded(&found.person.name));
    found
}

impl From<BadgeRole> for PersonMark {
    fn from(role: BadgeRole) -> Self {
        match role {
            BadgeRole::Teacher | BadgeRole::Staff => Self::Staff,
            BadgeRole::Student | BadgeRole::Parent | BadgeRole::Other => Self::None,
        }
    }
}

pub(crate) fn badge_role(role: &Role) -> BadgeRole {
    role.into()
}

impl From<&Role> for BadgeRole {
    fn from(role: &Role) -> Self {
        match role {
            Role::Teacher => Self::Teacher,
            Role::Staff => Self::Staff,
            Role::Student => Self::Student,
            Role::Parent => Self::Parent,
            Role::Unknown(_) => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests;
