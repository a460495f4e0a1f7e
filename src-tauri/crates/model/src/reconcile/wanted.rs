//! What the plan wants of each place.

use super::names::Words;
use super::{Picture, PlaceKey};
use crate::cabinet::{OrgPlan, boards_of, part_of};
use crate::edit::STAFF;
use crate::plan::level::{ADMINISTRATOR, OWNER, TEACHER};
use crate::plan::{As, Board, ChatWish, Class, ClassStatus, Member, MemberStatus, class_space_key};
use crate::{ChatId, UserId};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The chats of an organisation; those of its head as soon as somebody is called into them.
const ORG_CHATS: [ChatWish; 6] = [
    ChatWish::Staff,
    ChatWish::News,
    ChatWish::Heads,
    ChatWish::AllStaff,
    ChatWish::Committee,
    ChatWish::Council,
];

/// What becomes of people whom the plan does not want in a place.
pub(super) enum Stranger {
    /// Membership tells who may know what: nobody else may be here.
    Never,
    /// Of those whom the plan knows here, who no longer belongs goes; others have been added by hand.
    ByHand { known: BTreeSet<UserId> },
}

/// A place as it should be.
pub(super) struct Wanted {
    pub key: PlaceKey,
    /// Where it is listed and recorded.
    pub parent: Option<PlaceKey>,
    /// Only places whose name follows the plan have one.
    pub name: Option<String>,
    /// What is drawn on it, unless somebody has given it a picture of its own.
    pub picture: Option<Picture>,
    /// Everybody who should be in it, with what he may do.
    pub members: BTreeMap<UserId, i64>,
    pub strangers: Stranger,
    /// Lists of people that lie in it.
    pub copies: BTreeMap<String, Value>,
    /// Whether it is made where it is missing.
    pub make: bool,
}

/// A record in the organisation: of a class's space, or of a chat.
pub(super) fn in_organisation(name: &str) -> PlaceKey {
    match name.strip_prefix("class/") {
        Some(class) => PlaceKey::Class(class.to_owned()),
        None => PlaceKey::OrgChat(name.to_owned()),
    }
}

impl PlaceKey {
    /// The name under which the place is recorded where it is listed.
    pub fn record_key(&self) -> Option<String> {
        match self {
            Self::Class(class) => Some(class_space_key(class)),
            Self::ClassChat(_, wish) | Self::OrgChat(wish) => Some(wish.clone()),
            _ => None,
        }
    }
}

pub(super) fn places(plan: &OrgPlan) -> Vec<Wanted> {
    let people = People::new(plan);
    let mut places = people.quiet(plan);
    for wish in ORG_CHATS {
        places.push(people.org_chat(plan, &wish));
    }
    for (id, class) in plan.readable_classes() {
        match class.status {
            ClassStatus::Active => people.class(plan, id, &class, &mut places),
            ClassStatus::Deleted => people.deleted(id, &class, &mut places),
            // A class that has graduated keeps its chats as they are.
            ClassStatus::Graduated | ClassStatus::Unknown(_) => {}
        }
    }
    places
}

/// Who is who in the plan.
struct People {
    words: Words,
    /// With the owners: whoever runs the organisation runs what is made for it.
    administrators: BTreeMap<UserId, i64>,
    staff: BTreeSet<UserId>,
    /// Everybody who belongs to the organisation.
    active: BTreeSet<UserId>,
    /// Everybody who is, or was, anywhere in it.
    known: BTreeSet<UserId>,
    /// Who is in which body of the organisation.
    boards: BTreeMap<Board, BTreeSet<UserId>>,
    /// Who is, or was.
    called: BTreeSet<(UserId, Board)>,
}

impl People {
    fn new(plan: &OrgPlan) -> Self {
        let all = || plan.list_names().flat_map(|list| plan.members(list));
        let mut boards: BTreeMap<Board, BTreeSet<UserId>> = BTreeMap::new();
        let mut called = BTreeSet::new();
        for member in all().filter(|member| !member.boards.is_empty()) {
            let person = member.user_id();
            let ever = member.boards.keys().cloned();
            called.extend(ever.map(|board| (person.clone(), board)));
            for board in boards_of(&member).filter(|_| is_active(&member)) {
                let people = boards.entry(board.clone()).or_default();
                people.insert(person.clone());
            }
        }
        Self {
            words: Words::new(plan),
            boards,
            called,
            administrators: plan
                .levels()
                .iter()
                .filter(|(_, level)| **level >= ADMINISTRATOR)
                .map(|(person, level)| {
                    let owns = *level >= OWNER;
                    (person.clone(), if owns { OWNER } else { ADMINISTRATOR })
                })
                .collect(),
            staff: plan
                .members(STAFF)
                .filter(is_active)
                .map(|member| member.user_id())
                .collect(),
            active: all()
                .filter(is_active)
                .map(|member| member.user_id())
                .collect(),
            known: all().map(|member| member.user_id()).collect(),
        }
    }

    /// Those who have left the organisation belong nowhere in it.
    fn gone(&self) -> impl Iterator<Item = UserId> {
        self.known.difference(&self.active).cloned()
    }

    fn with_administrators(
        &self,
        people: impl IntoIterator<Item = UserId>,
    ) -> BTreeMap<UserId, i64> {
        let mut members: BTreeMap<UserId, i64> =
            people.into_iter().map(|person| (person, 0)).collect();
        members.extend(self.administrators.clone());
        members
    }

    /// The organisation itself and the places without talk.
    fn quiet(&self, plan: &OrgPlan) -> Vec<Wanted> {
        let place = |key, parent, members, copies| Wanted {
            key,
            parent,
            name: None,
            picture: None,
            members,
            strangers: Stranger::Never,
            copies,
            make: false,
        };
        let nobody = BTreeMap::new;
        vec![
            place(
                PlaceKey::Organisation,
                None,
                self.with_administrators(self.active.clone()),
                for_readers(plan, STAFF),
            ),
            place(
                PlaceKey::Staff,
                None,
                self.with_administrators(self.staff.clone()),
                nobody(),
            ),
            place(
                PlaceKey::Office,
                None,
                self.with_administrators([]),
                nobody(),
            ),
            place(
                PlaceKey::Reception,
                None,
                self.with_administrators([]),
                nobody(),
            ),
        ]
    }

    fn org_chat(&self, plan: &OrgPlan, wish: &ChatWish) -> Wanted {
        let nobody = BTreeSet::new();
        let board = |board: &Board| self.boards.get(board).unwrap_or(&nobody);
        let people = match wish {
            ChatWish::Staff | ChatWish::AllStaff => &self.staff,
            ChatWish::Heads => board(&Board::Heads),
            ChatWish::Committee => board(&Board::Committee),
            ChatWish::Council => board(&Board::Council),
            _ => &self.active,
        };
        let mut members = self.with_administrators(people.clone());
        if matches!(wish, ChatWish::Heads | ChatWish::AllStaff) {
            // The head's deputies speak to the staff, and bring in whom they need.
            for head in board(&Board::Heads) {
                let level = members.entry(head.clone()).or_insert(TEACHER);
                *level = (*level).max(TEACHER);
            }
        }
        let mut known: BTreeSet<UserId> = self.gone().collect();
        match wish {
            ChatWish::Staff | ChatWish::AllStaff => {
                known.extend(plan.members(STAFF).map(|member| member.user_id()));
            }
            ChatWish::Heads | ChatWish::Committee | ChatWish::Council => {
                known.extend(
                    self.called
                        .iter()
                        .filter(|(_, of)| of.as_str() == wish.as_str())
                        .map(|(person, _)| person.clone()),
                );
            }
            _ => {}
        }
        // The head has no chats with nobody.
        let make = match wish {
            ChatWish::AllStaff => !board(&Board::Heads).is_empty(),
            _ => !people.is_empty(),
        };
        Wanted {
            key: PlaceKey::OrgChat(wish.as_str().to_owned()),
            parent: Some(PlaceKey::Organisation),
            name: Some(self.words.chat_name(wish, None)),
            picture: self.words.picture(Some(wish), None),
            members,
            strangers: Stranger::ByHand { known },
            copies: BTreeMap::new(),
            make,
        }
    }

    fn class(&self, plan: &OrgPlan, id: &str, class: &Class, places: &mut Vec<Wanted>) {
        let members: Vec<Member> = plan.members(id).collect();
        let active = || members.iter().filter(|member| is_active(member));
        places.push(Wanted {
            key: PlaceKey::Class(id.to_owned()),
            parent: Some(PlaceKey::Organisation),
            name: Some(class.label()),
            picture: self.words.picture(None, Some(class)),
            members: self.with_administrators(active().map(Member::user_id)),
            strangers: Stranger::Never,
            copies: for_readers(plan, id),
            make: true,
        });
        for wish in &class.chats {
            let mut wanted = BTreeMap::new();
            for member in active() {
                let part = member.part.clone();
                let part = part.unwrap_or_else(|| part_of(&member.role));
                if let Some(level) = level_in(wish, &part) {
                    let now = wanted.entry(member.user_id()).or_insert(level);
                    *now = (*now).max(level);
                }
            }
            wanted.extend(self.administrators.clone());
            let known = members
                .iter()
                .map(Member::user_id)
                .chain(self.gone())
                .collect();
            places.push(Wanted {
                key: PlaceKey::ClassChat(id.to_owned(), wish.as_str().to_owned()),
                parent: Some(PlaceKey::Class(id.to_owned())),
                name: Some(self.words.chat_name(wish, Some(class))),
                picture: self.words.picture(Some(wish), Some(class)),
                members: wanted,
                strangers: Stranger::ByHand { known },
                copies: BTreeMap::new(),
                make: !matches!(wish, ChatWish::Unknown(_)),
            });
        }
    }

    /// A class that was deleted: nobody but administrators stays in what it had.
    fn deleted(&self, id: &str, class: &Class, places: &mut Vec<Wanted>) {
        let keys = class.chats.iter().map(|wish| {
            let parent = Some(PlaceKey::Class(id.to_owned()));
            (
                PlaceKey::ClassChat(id.to_owned(), wish.as_str().to_owned()),
                parent,
            )
        });
        let space = (PlaceKey::Class(id.to_owned()), Some(PlaceKey::Organisation));
        for (key, parent) in std::iter::once(space).chain(keys) {
            places.push(Wanted {
                key,
                parent,
                name: None,
                picture: None,
                members: self.with_administrators([]),
                strangers: Stranger::Never,
                copies: BTreeMap::new(),
                make: false,
            });
        }
    }
}

/// A list as its readers may have it: what children somebody has in other classes, only the master copy tells.
fn for_readers(plan: &OrgPlan, list: &str) -> BTreeMap<String, Value> {
    let here: BTreeSet<String> = plan.members(list).map(|member| member.id).collect();
    let mut copies = plan.copies(list);
    let people = copies
        .values_mut()
        .filter_map(|part| part.get_mut("people")?.as_array_mut())
        .flatten();
    for person in people.filter_map(Value::as_object_mut) {
        let Some(children) = person.get_mut("children").and_then(Value::as_array_mut) else {
            continue;
        };
        children.retain(|child| child.as_str().is_some_and(|child| here.contains(child)));
        if children.is_empty() {
            person.remove("children");
        }
    }
    copies
}

/// What somebody may do in a chat of his class; nothing where he does not belong there.
pub(crate) fn level_in(wish: &ChatWish, part: &As) -> Option<i64> {
    match (wish, part) {
        (ChatWish::Students, As::Student) | (ChatWish::Parents, As::Parent) => Some(0),
        (ChatWish::Students | ChatWish::Teachers, As::Homeroom | As::Teacher) => Some(TEACHER),
        (ChatWish::Parents, As::Homeroom) => Some(TEACHER),
        _ => None,
    }
}

fn is_active(member: &Member) -> bool {
    member.status == MemberStatus::Active && crate::directory::is_account(&member.id)
}

impl OrgPlan {
    /// The places that the organisation names itself.
    pub fn quiet_places(&self) -> Vec<(PlaceKey, ChatId)> {
        let mut places = vec![(PlaceKey::Organisation, self.id.clone())];
        if let Some(org) = self.org() {
            places.push((PlaceKey::Staff, org.rooms.staff));
            places.push((PlaceKey::Office, org.rooms.office));
            places.push((PlaceKey::Reception, org.rooms.reception));
        }
        places
    }
}
