//! From the events of a plan to people. What breaks the rules is passed over and counted, never guessed.

use super::places::{Place, Places};
use super::{Class, Organisation, PlanSource, badge_role};
use crate::cabinet::{boards_of, list_of, part_of};
use crate::edit::STAFF;
use crate::plan::level::ADMINISTRATOR;
use crate::plan::{
    As, Board, Chat, ChatWish, Class as ClassPlan, ClassStatus, Member, MemberStatus, Name, Org,
    People, PlanContent, Policy, class_space_key, is_plan_key, room_type,
};
use crate::{Badge, ChatId, OrganisationKind, UserId};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// More of a name is a trick, not a name.
const LONGEST: usize = 120;

pub(super) fn organisations(sources: &[PlanSource]) -> (Vec<Organisation>, u32) {
    let mut reader = Reader { skipped: 0 };
    let places: HashMap<&str, &PlanSource> = sources
        .iter()
        .filter(|source| source.guarded)
        .map(|source| (source.id.as_str(), source))
        .collect();
    let found = sources
        .iter()
        .filter(|source| source.guarded && source.kind.as_deref() == Some(room_type::ORGANISATION))
        .filter_map(|source| reader.organisation(source, &places))
        .collect();
    (found, reader.skipped)
}

struct Reader {
    skipped: u32,
}

impl Reader {
    fn organisation(
        &mut self,
        source: &PlanSource,
        places: &HashMap<&str, &PlanSource>,
    ) -> Option<Organisation> {
        let org = self.all::<Org>(source).remove("")?;
        let chats = self.all::<Chat>(source);
        let plans = self.all::<ClassPlan>(source);
        let policy = self.all::<Policy>(source).remove("");
        let mut lists = Lists::default();
        let mut rooms = records(&chats, None);
        // The master copy comes first: where it is known, other copies add nothing.
        let staff_room = places.get(org.rooms.staff.as_str());
        if let Some(room) = staff_room.filter(|room| room.kind.as_deref() == Some(room_type::STAFF))
        {
            lists.take(self.people(room, |list| list == STAFF || plans.contains_key(list)));
        }
        lists.take(self.people(source, |list| list == STAFF));
        for id in plans.keys() {
            let space = chats
                .get(&class_space_key(id))
                .and_then(|chat| places.get(chat.room_id.as_str()));
            if let Some(space) = space.filter(|space| space.id != source.id) {
                lists.take(self.people(space, |list| list == id));
                rooms.extend(records(&self.all::<Chat>(space), Some(id)));
            }
        }
        let classes = plans
            .iter()
            .filter(|(_, plan)| plan.status == ClassStatus::Active)
            .map(|(id, plan)| lists.class(id, plan))
            .collect();
        let administrators = source.levels.iter();
        let places = Places {
            chats: rooms,
            boards: lists.boards(),
            administrators: administrators
                .filter(|(_, level)| **level >= ADMINISTRATOR)
                .map(|(person, _)| person.clone())
                .collect(),
            whole: staff_room.is_some(),
        };
        Some(self.assemble(source, &org, policy, classes, &lists, places))
    }

    fn assemble(
        &mut self,
        source: &PlanSource,
        org: &Org,
        policy: Option<Policy>,
        mut classes: Vec<Class>,
        lists: &Lists,
        places: Places,
    ) -> Organisation {
        classes.sort_by_cached_key(|class| natural(&class.label));
        let kind = (&org.kind).into();
        let mut badges = BTreeMap::new();
        for member in lists.of(STAFF).filter(|member| is_active(member)) {
            badges
                .entry(member.user_id())
                .or_insert_with(|| badge(member, kind));
        }
        for class in &mut classes {
            class.people.retain(|id, part| {
                !matches!(part, As::Homeroom | As::Teacher) || !lists.is_dismissed(id)
            });
            for member in lists.of(&class.id).filter(|member| is_active(member)) {
                let id = member.user_id();
                let Some(part) = class.people.get(&id) else {
                    continue;
                };
                let badge = badges.entry(id).or_insert_with(|| badge(member, kind));
                if part_suits(part, badge) && !badge.classes.contains(&class.label) {
                    badge.classes.push(class.label.clone());
                }
                if *part == As::Homeroom && !badge.homeroom.contains(&class.label) {
                    badge.homeroom.push(class.label.clone());
                }
            }
        }
        let former = lists.former(&badges, kind);
        Organisation {
            former,
            children: lists.children(),
            id: source.id.clone(),
            name: clean(&org.short_name),
            kind,
            policy,
            founder: source.founder.clone(),
            administrator: source.administrator,
            classes,
            badges,
            places,
        }
    }

    /// The readable events of one kind by their state keys.
    fn all<T: PlanContent>(&mut self, source: &PlanSource) -> BTreeMap<String, T> {
        let mut found = BTreeMap::new();
        for event in &source.events {
            if event.kind != T::TYPE || !is_plan_key(&event.key) {
                continue;
            }
            match T::read(&event.key, &event.content) {
                Ok(content) => drop(found.insert(event.key.clone(), content)),
                Err(_) => self.skipped += 1,
            }
        }
        found
    }

    /// The lists of people in one place that belong there.
    fn people(
        &mut self,
        source: &PlanSource,
        belongs: impl Fn(&str) -> bool,
    ) -> BTreeMap<String, Vec<Member>> {
        let mut lists: BTreeMap<String, Vec<Member>> = BTreeMap::new();
        for (key, part) in self.all::<People>(source) {
            let Some(list) = list_of(&key).filter(|list| belongs(list)) else {
                continue;
            };
            let list = lists.entry(list.to_owned()).or_default();
            for member in part.people {
                if is_account(&member.id) && !name(&member.name).is_empty() {
                    list.push(member);
                } else {
                    self.skipped += 1;
                }
            }
        }
        lists
    }
}

/// Who is listed where, as the best copy says.
#[derive(Default)]
struct Lists(BTreeMap<String, Vec<Member>>);

impl Lists {
    /// Copies of a list that is known already are left aside.
    fn take(&mut self, more: BTreeMap<String, Vec<Member>>) {
        for (list, people) in more {
            self.0.entry(list).or_insert(people);
        }
    }

    fn of(&self, list: &str) -> impl Iterator<Item = &Member> {
        self.0.get(list).into_iter().flatten()
    }

    /// Who is in which body of the organisation.
    fn boards(&self) -> BTreeMap<Board, BTreeSet<UserId>> {
        let mut boards: BTreeMap<Board, BTreeSet<UserId>> = BTreeMap::new();
        for member in self.0.values().flatten().filter(|member| is_active(member)) {
            for board in boards_of(member) {
                let people = boards.entry(board.clone()).or_default();
                people.insert(member.user_id());
            }
        }
        boards
    }

    /// Who belongs nowhere any longer, with what he was.
    fn former(
        &self,
        now: &BTreeMap<UserId, Badge>,
        kind: OrganisationKind,
    ) -> BTreeMap<UserId, Badge> {
        let mut former = BTreeMap::new();
        for member in self.0.values().flatten() {
            let id = member.user_id();
            if member.status == MemberStatus::Removed && !now.contains_key(&id) {
                former.entry(id).or_insert_with(|| badge(member, kind));
            }
        }
        former
    }

    fn children(&self) -> BTreeMap<UserId, BTreeSet<UserId>> {
        let mut children: BTreeMap<UserId, BTreeSet<UserId>> = BTreeMap::new();
        let parents = self.0.values().flatten();
        for parent in parents.filter(|member| is_active(member) && !member.children.is_empty()) {
            let ids = parent.children.iter().filter(|child| is_account(child));
            let of = children.entry(parent.user_id()).or_default();
            of.extend(ids.map(|child| UserId::new(format!("@{child}"))));
        }
        children
    }

    /// The staff's own list says that somebody no longer works there.
    fn is_dismissed(&self, person: &UserId) -> bool {
        let mut entries = self
            .of(STAFF)
            .filter(|member| member.user_id() == *person)
            .peekable();
        entries.peek().is_some() && !entries.any(is_active)
    }

    fn class(&self, id: &str, plan: &ClassPlan) -> Class {
        let mut people = BTreeMap::new();
        for member in self.of(id).filter(|member| is_active(member)) {
            let part = member.part.clone().unwrap_or_else(|| part_of(&member.role));
            people.entry(member.user_id()).or_insert(part);
        }
        Class {
            id: id.to_owned(),
            label: clean(&plan.label()),
            stage: plan.stage,
            people,
        }
    }
}

/// The chats that are recorded in one place; the spaces of classes are none.
fn records(chats: &BTreeMap<String, Chat>, class: Option<&String>) -> BTreeMap<ChatId, Place> {
    let chats = chats.iter().filter(|(key, _)| !key.contains('/'));
    let place = |(key, chat): (&String, &Chat)| {
        let class = class.cloned();
        let wish = ChatWish::from(key.as_str());
        (chat.room_id.clone(), Place { class, wish })
    };
    chats.map(place).collect()
}

fn badge(member: &Member, organisation: OrganisationKind) -> Badge {
    Badge {
        role: badge_role(&member.role),
        name: name(&member.name),
        position: member
            .position
            .as_deref()
            .map(clean)
            .filter(|position| !position.is_empty()),
        subjects: member.subjects.iter().map(|s| clean(s)).collect(),
        classes: vec![],
        homeroom: vec![],
        organisation,
    }
}

/// A teacher whose own child is in a class does not teach it.
fn part_suits(part: &As, badge: &Badge) -> bool {
    use crate::BadgeRole::{Other, Parent, Staff, Student, Teacher};
    match badge.role {
        Teacher | Staff => matches!(part, As::Homeroom | As::Teacher),
        Student => *part == As::Student,
        Parent => *part == As::Parent,
        Other => true,
    }
}

fn is_active(member: &Member) -> bool {
    member.status == MemberStatus::Active
}

pub(crate) fn is_account(id: &str) -> bool {
    id.len() <= 254
        && id
            .split_once(':')
            .is_some_and(|(login, server)| !login.is_empty() && !server.is_empty())
        && !id.starts_with('@')
        && !id.contains(|c: char| c.is_whitespace() || c.is_control())
}

fn name(name: &Name) -> String {
    clean(&name.full())
}

/// Marks that nobody sees, and that turn what is seen.
pub(crate) fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// One line without marks that hide or turn letters.
pub(crate) fn clean(text: &str) -> String {
    let shown: String = text.chars().filter(|c| !is_hidden(*c)).collect();
    let words: Vec<&str> = shown
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ").chars().take(LONGEST).collect()
}

/// «5А» before «5Б» before «10А», and names without a number last.
pub(crate) fn natural(label: &str) -> (u64, String) {
    let digits = label.len() - label.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, rest) = label.split_at(digits);
    (
        number.parse().unwrap_or(u64::MAX),
        crate::find::folded(rest),
    )
}
