//! Places as a server would keep them.

use crate::cabinet::OrgPlan;
use crate::cabinet::tests::user;
use crate::plan::level::{ADMINISTRATOR, OWNER, TEACHER};
use crate::reconcile::wanted::places;
use crate::reconcile::{Action, Membership, Observed, PictureNow, PlaceKey, PlaceNow, reconcile};
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
    /// The organisation as its founder leaves it: four places and himself.
    pub fn founded(plan: &OrgPlan) -> Self {
        let mut now = Observed::default();
        for (_, id) in plan.quiet_places() {
            let place = PlaceNow {
                members: BTreeMap::from([(user("steward"), Membership::Joined)]),
                levels: BTreeMap::from([(user("steward"), OWNER)]),
                ..Default::default()
            };
            now.places.insert(id, place);
        }
        let staff = plan.quiet_places()[1].1.clone();
        for list in plan.list_names() {
            let place = now.places.get_mut(&staff).unwrap();
            place.people.extend(plan.copies(list));
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
            Action::Remove { place, person } => drop(self.at(&place).members.remove(&person)),
            Action::SetLevels { place, levels } => self.at(&place).levels.extend(levels),
            Action::Copy { place, key, people } => drop(self.at(&place).people.insert(key, people)),
            Action::Record { parent, key, chat } => {
                drop(self.at(&parent).records.insert(key, chat))
            }
            Action::Link { parent, child } => drop(self.at(&parent).children.insert(child)),
            Action::Rename { place, name } => self.at(&place).name = name,
            Action::Draw { place, picture } => {
                self.at(&place).picture = PictureNow::Drawn(picture.mark());
            }
            Action::Invite { place, person } => {
                self.at(&place).members.insert(person, Membership::Invited);
            }
            Action::Create {
                key, name, levels, ..
            } => {
                self.made += 1;
                let mut place = PlaceNow {
                    made_for: Some(key),
                    name,
                    members: BTreeMap::from([(user("steward"), Membership::Joined)]),
                    levels,
                    ..Default::default()
                };
                place.levels.insert(user("steward"), OWNER);
                self.now
                    .places
                    .insert(ChatId::new(format!("!made{}", self.made)), place);
            }
        }
    }

    fn at(&mut self, id: &ChatId) -> &mut PlaceNow {
        self.now.places.get_mut(id).unwrap()
    }

    fn id(&self, key: &PlaceKey) -> ChatId {
        let quiet = match key {
            PlaceKey::Organisation => "!org",
            PlaceKey::Staff => "!staff",
            PlaceKey::Office => "!office",
            PlaceKey::Reception => "!reception",
            _ => "",
        };
        if !quiet.is_empty() {
            return ChatId::new(quiet);
        }
        let mut made = self
            .now
            .places
            .iter()
            .filter(|(_, place)| place.made_for.as_ref() == Some(key));
        made.next().unwrap().0.clone()
    }

    pub fn place(&self, key: &PlaceKey) -> &PlaceNow {
        &self.now.places[&self.id(key)]
    }

    /// The logins of who is in a place.
    pub fn people(&self, key: &PlaceKey) -> Vec<String> {
        let login = |id: &UserId| {
            id.as_str()[1..]
                .split(':')
                .next()
                .unwrap_or_default()
                .to_owned()
        };
        self.place(key).members.keys().map(login).collect()
    }

    pub fn add_by_hand(&mut self, key: &PlaceKey, login: &str) {
        let id = self.id(key);
        self.at(&id).members.insert(user(login), Membership::Joined);
    }

    pub fn leave(&mut self, key: &PlaceKey, login: &str) {
        let id = self.id(key);
        let place = self.at(&id);
        place.members.remove(&user(login));
        place.left.insert(user(login));
    }

    pub fn add_anywhere(&mut self, place: usize, login: &str) {
        let id = self
            .now
            .places
            .keys()
            .nth(place % self.now.places.len())
            .unwrap()
            .clone();
        self.at(&id)
            .members
            .entry(user(login))
            .or_insert(Membership::Joined);
        self.at(&id).levels.entry(user(login)).or_insert(TEACHER);
    }

    pub fn raise(&mut self, key: &PlaceKey, login: &str, level: i64) {
        let id = self.id(key);
        self.at(&id).levels.insert(user(login), level);
    }

    pub fn give_picture(&mut self, key: &PlaceKey) {
        let id = self.id(key);
        self.at(&id).picture = PictureNow::Own;
    }

    pub fn forget_record(&mut self, place: &PlaceKey, key: &str) {
        let id = self.id(place);
        self.at(&id).records.remove(key);
    }

    pub fn lose(&mut self, key: &PlaceKey) {
        let id = self.id(key);
        self.now.places.remove(&id);
    }

    /// The places by what they are, so that two worlds can be compared whose places were made in another order.
    pub fn by_key(&self) -> BTreeMap<String, PlaceNow> {
        let places = self.now.places.iter();
        places
            .map(|(id, place)| {
                let key = place
                    .made_for
                    .as_ref()
                    .map_or(id.to_string(), |key| format!("{key:?}"));
                let place = PlaceNow {
                    name: place.name.clone(),
                    picture: place.picture.clone(),
                    members: place.members.clone(),
                    levels: place.levels.clone(),
                    people: place.people.clone(),
                    ..Default::default()
                };
                (key, place)
            })
            .collect()
    }

    /// Nobody has come to be where the plan does not want him, or to stand higher than it says.
    pub fn gave_no_more(&self, plan: &OrgPlan, before: &Observed) -> Result<(), TestCaseError> {
        let wanted: BTreeMap<PlaceKey, BTreeMap<UserId, i64>> = places(plan)
            .into_iter()
            .map(|place| (place.key, place.members))
            .collect();
        let quiet: BTreeMap<ChatId, PlaceKey> = plan
            .quiet_places()
            .into_iter()
            .map(|(key, id)| (id, key))
            .collect();
        for (id, place) in &self.now.places {
            let old = before.places.get(id).cloned().unwrap_or_default();
            let key = quiet.get(id).or(place.made_for.as_ref()).unwrap();
            let wanted = wanted.get(key).cloned().unwrap_or_default();
            for person in place
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
            for (person, level) in place.levels.iter().filter(|(_, level)| **level < OWNER) {
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
