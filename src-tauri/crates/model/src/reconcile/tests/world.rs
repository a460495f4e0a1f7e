//! Rooms as a server would keep them.

use crate::cabinet::OrgPlan;
use crate::cabinet::tests::user;
use crate::reconcile::wanted::rooms;
use crate::reconcile::{
    ADMINISTRATOR, Action, Membership, OWNER, Observed, RoomKey, RoomNow, TEACHER, reconcile,
};
use crate::{ChatId, UserId};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use std::collections::BTreeMap;

/// More rounds than any plan needs.
const ROUNDS: usize = 12;

#[derive(Clone, Debug)]
pub struct World {
    pub now: Observed,
    made: usize,
}

impl World {
    /// The organisation as its founder leaves it: four rooms and himself.
    pub fn founded(plan: &OrgPlan) -> Self {
        let mut now = Observed::default();
        for (_, id) in plan.quiet_rooms() {
            let room = RoomNow {
                members: BTreeMap::from([(user("steward"), Membership::Joined)]),
                levels: BTreeMap::from([(user("steward"), OWNER)]),
                ..Default::default()
            };
            now.rooms.insert(id, room);
        }
        let staff = plan.quiet_rooms()[1].1.clone();
        for list in plan.list_names() {
            let room = now.rooms.get_mut(&staff).unwrap();
            room.people.extend(plan.copies(list));
        }
        Self { now, made: 0 }
    }

    /// Carries out what has to be done until there is nothing more.
    pub fn settle(&mut self, plan: &OrgPlan) {
        for _ in 0..ROUNDS {
            let actions = reconcile(plan, &self.now);
            if actions.is_empty() {
                return;
            }
            actions.iter().for_each(|action| self.carry_out(action));
        }
        panic!(
            "there is always more to do: {:?}",
            reconcile(plan, &self.now)
        );
    }

    pub fn carry_out(&mut self, action: &Action) {
        match action.clone() {
            Action::Remove { room, person } => drop(self.at(&room).members.remove(&person)),
            Action::SetLevels { room, levels } => self.at(&room).levels.extend(levels),
            Action::Copy { room, key, people } => drop(self.at(&room).people.insert(key, people)),
            Action::Record { place, key, room } => drop(self.at(&place).records.insert(key, room)),
            Action::Link { parent, child } => drop(self.at(&parent).children.insert(child)),
            Action::Rename { room, name } => self.at(&room).name = name,
            Action::Invite { room, person } => {
                self.at(&room).members.insert(person, Membership::Invited);
            }
            Action::Create {
                key, name, levels, ..
            } => {
                self.made += 1;
                let mut room = RoomNow {
                    made_for: Some(key),
                    name,
                    members: BTreeMap::from([(user("steward"), Membership::Joined)]),
                    levels,
                    ..Default::default()
                };
                room.levels.insert(user("steward"), OWNER);
                self.now
                    .rooms
                    .insert(ChatId::new(format!("!made{}", self.made)), room);
            }
        }
    }

    fn at(&mut self, id: &ChatId) -> &mut RoomNow {
        self.now.rooms.get_mut(id).unwrap()
    }

    fn id(&self, key: &RoomKey) -> ChatId {
        let quiet = match key {
            RoomKey::Organisation => "!org",
            RoomKey::Staff => "!staff",
            RoomKey::Office => "!office",
            RoomKey::Reception => "!reception",
            _ => "",
        };
        if !quiet.is_empty() {
            return ChatId::new(quiet);
        }
        let mut made = self
            .now
            .rooms
            .iter()
            .filter(|(_, room)| room.made_for.as_ref() == Some(key));
        made.next().unwrap().0.clone()
    }

    pub fn room(&self, key: &RoomKey) -> &RoomNow {
        &self.now.rooms[&self.id(key)]
    }

    /// The logins of who is in a room.
    pub fn people(&self, key: &RoomKey) -> Vec<String> {
        let login = |id: &UserId| {
            id.as_str()[1..]
                .split(':')
                .next()
                .unwrap_or_default()
                .to_owned()
        };
        self.room(key).members.keys().map(login).collect()
    }

    pub fn add_by_hand(&mut self, key: &RoomKey, login: &str) {
        let id = self.id(key);
        self.at(&id).members.insert(user(login), Membership::Joined);
    }

    pub fn add_anywhere(&mut self, room: usize, login: &str) {
        let id = self
            .now
            .rooms
            .keys()
            .nth(room % self.now.rooms.len())
            .unwrap()
            .clone();
        self.at(&id)
            .members
            .entry(user(login))
            .or_insert(Membership::Joined);
        self.at(&id).levels.entry(user(login)).or_insert(TEACHER);
    }

    pub fn raise(&mut self, key: &RoomKey, login: &str, level: i64) {
        let id = self.id(key);
        self.at(&id).levels.insert(user(login), level);
    }

    pub fn forget_record(&mut self, place: &RoomKey, key: &str) {
        let id = self.id(place);
        self.at(&id).records.remove(key);
    }

    pub fn lose(&mut self, key: &RoomKey) {
        let id = self.id(key);
        self.now.rooms.remove(&id);
    }

    /// The rooms by what they are, so that two worlds can be compared whose rooms were made in another order.
    pub fn by_key(&self) -> BTreeMap<String, RoomNow> {
        let rooms = self.now.rooms.iter();
        rooms
            .map(|(id, room)| {
                let key = room
                    .made_for
                    .as_ref()
                    .map_or(id.to_string(), |key| format!("{key:?}"));
                let room = RoomNow {
                    name: room.name.clone(),
                    members: room.members.clone(),
                    levels: room.levels.clone(),
                    people: room.people.clone(),
                    ..Default::default()
                };
                (key, room)
            })
            .collect()
    }

    /// Nobody has come to be where the plan does not want him, or to stand higher than it says.
    pub fn gave_no_more(&self, plan: &OrgPlan, before: &Observed) -> Result<(), TestCaseError> {
        let wanted: BTreeMap<RoomKey, BTreeMap<UserId, i64>> = rooms(plan)
            .into_iter()
            .map(|room| (room.key, room.members))
            .collect();
        let quiet: BTreeMap<ChatId, RoomKey> = plan
            .quiet_rooms()
            .into_iter()
            .map(|(key, id)| (id, key))
            .collect();
        for (id, room) in &self.now.rooms {
            let old = before.rooms.get(id).cloned().unwrap_or_default();
            let key = quiet.get(id).or(room.made_for.as_ref()).unwrap();
            let wanted = wanted.get(key).cloned().unwrap_or_default();
            for person in room
                .members
                .keys()
                .filter(|person| **person != user("steward"))
            {
                prop_assert!(
                    old.members.contains_key(person) || wanted.contains_key(person),
                    "{} came into {:?}",
                    person,
                    key
                );
            }
            for (person, level) in room.levels.iter().filter(|(_, level)| **level < OWNER) {
                let most = old
                    .levels
                    .get(person)
                    .max(wanted.get(person))
                    .copied()
                    .unwrap_or(0);
                prop_assert!(
                    *level <= most,
                    "{} stands at {} in {:?}",
                    person,
                    level,
                    key
                );
                prop_assert!(*level <= ADMINISTRATOR);
            }
        }
        Ok(())
    }
}
