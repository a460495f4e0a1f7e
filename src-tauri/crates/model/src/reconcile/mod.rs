//! From the plan and what the organisation's places are like to what has to be done. Pure: it can be asked again after
//! every step, and goes on from wherever the last run was interrupted.
//!
//! What takes away comes before what gives, so that at no moment anybody sees or may do more than the plan wants or he
//! did before.

mod names;
mod wanted;

pub use names::{Picture, Tone, quiet_names};

use crate::cabinet::OrgPlan;
use crate::plan::level::{OWNER, TEACHER};
use crate::{ChatId, UserId};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
pub(crate) use wanted::level_in;
use wanted::{Stranger, Wanted};

/// A place that the organisation has, or is to have.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PlaceKey {
    Organisation,
    Staff,
    Office,
    Reception,
    /// The space of a class.
    Class(String),
    /// A chat of a class, by the name of its wish.
    ClassChat(String, String),
    /// A chat of the organisation, by the name of its wish.
    OrgChat(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Membership {
    Invited,
    Joined,
}

/// The picture of a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum PictureNow {
    #[default]
    None,
    /// One that was drawn for it, by [`Picture::mark`].
    Drawn(String),
    /// Somebody has given it this one.
    Own,
}

/// A place as it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlaceNow {
    /// What it was made for, where that is written in it: a place that was made and not yet recorded is found by this.
    pub made_for: Option<PlaceKey>,
    pub name: String,
    pub picture: PictureNow,
    pub members: BTreeMap<UserId, Membership>,
    /// Who went away by himself: he is not called back.
    pub left: BTreeSet<UserId>,
    /// Who stands above the others, and how high.
    pub levels: BTreeMap<UserId, i64>,
    /// Places that are listed in it.
    pub children: BTreeSet<ChatId>,
    /// Lists of people that lie in it, by their state keys, without `base`.
    pub people: BTreeMap<String, Value>,
    /// Places that fulfil wishes, by the names under which they are recorded here.
    pub records: BTreeMap<String, ChatId>,
}

/// The organisation's places as they are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Observed {
    pub places: BTreeMap<ChatId, PlaceNow>,
}

/// One step towards the plan. Each is harmless when it is done twice.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    Remove {
        place: ChatId,
        person: UserId,
    },
    /// Sets what these people may do; the others stay.
    SetLevels {
        place: ChatId,
        levels: BTreeMap<UserId, i64>,
    },
    /// Writes a list of people where its readers are.
    Copy {
        place: ChatId,
        key: String,
        people: Value,
    },
    Create {
        key: PlaceKey,
        name: String,
        parent: ChatId,
        levels: BTreeMap<UserId, i64>,
    },
    /// Writes down which place fulfils a wish.
    Record {
        parent: ChatId,
        key: String,
        chat: ChatId,
    },
    Link {
        parent: ChatId,
        child: ChatId,
    },
    Rename {
        place: ChatId,
        name: String,
    },
    /// Draws a picture and shows it.
    Draw {
        place: ChatId,
        picture: Picture,
    },
    Invite {
        place: ChatId,
        person: UserId,
    },
}

/// What has to be done, in the order in which it is safe. Nothing where all is as the plan wants it. The plan has to be
/// whole: whoever is not in it counts as gone.
pub fn reconcile(plan: &OrgPlan, observed: &Observed) -> Vec<Action> {
    let found = Found::new(plan, observed);
    let mut actions = Actions::default();
    for wanted in wanted::places(plan) {
        match found.place(&wanted.key) {
            Some((id, place)) => actions.align(&wanted, id, place),
            None => actions.make(&wanted, &found),
        }
        actions.list(&wanted, &found);
    }
    // Who can't be read is not gone: with a part of the plan broken, nothing is taken from anybody.
    if !plan.unreadable().is_empty() || plan.list_names().next().is_none() {
        actions.taking.clear();
        actions.levels.clear();
    }
    actions.in_order()
}

/// Which place is what.
struct Found<'a> {
    observed: &'a Observed,
    by_key: BTreeMap<PlaceKey, &'a ChatId>,
}

impl<'a> Found<'a> {
    fn new(plan: &'a OrgPlan, observed: &'a Observed) -> Self {
        let mut by_key = BTreeMap::new();
        // What was made and not recorded comes first, so that a record has the last word.
        for (id, place) in &observed.places {
            if let Some(key) = &place.made_for {
                by_key.entry(key.clone()).or_insert(id);
            }
        }
        let quiet = plan.quiet_places();
        for (key, id) in &quiet {
            if let Some((id, _)) = observed.places.get_key_value(id) {
                by_key.insert(key.clone(), id);
            }
        }
        let mut found = Self { observed, by_key };
        if let Some((_, organisation)) = found.place(&PlaceKey::Organisation) {
            for (name, id) in &organisation.records {
                found.record(wanted::in_organisation(name), id);
            }
        }
        let classes: Vec<(String, &PlaceNow)> = found
            .by_key
            .iter()
            .filter_map(|(key, id)| match key {
                PlaceKey::Class(class) => Some((class.clone(), observed.places.get(*id)?)),
                _ => None,
            })
            .collect();
        for (class, space) in classes {
            for (name, id) in &space.records {
                found.record(PlaceKey::ClassChat(class.clone(), name.clone()), id);
            }
        }
        found
    }

    fn record(&mut self, key: PlaceKey, id: &ChatId) {
        // A record of a place that is gone counts as none.
        if let Some((id, _)) = self.observed.places.get_key_value(id) {
            self.by_key.insert(key, id);
        }
    }

    fn place(&self, key: &PlaceKey) -> Option<(&'a ChatId, &'a PlaceNow)> {
        let id = self.by_key.get(key)?;
        Some((id, self.observed.places.get(*id)?))
    }
}

#[derive(Default)]
struct Actions {
    taking: Vec<Action>,
    levels: Vec<Action>,
    copying: Vec<Action>,
    making: Vec<Action>,
    listing: Vec<Action>,
    inviting: Vec<Action>,
    drawing: Vec<Action>,
}

impl Actions {
    fn in_order(self) -> Vec<Action> {
        [
            self.taking,
            self.levels,
            self.copying,
            self.making,
            self.listing,
            self.inviting,
            self.drawing,
        ]
        .concat()
    }

    /// Brings a place that is there in line.
    fn align(&mut self, wanted: &Wanted, id: &ChatId, place: &PlaceNow) {
        for person in place.members.keys() {
            let owner = place
                .levels
                .get(person)
                .is_some_and(|level| *level >= OWNER);
            if !owner && !wanted.members.contains_key(person) && wanted.removes(person) {
                self.taking.push(Action::Remove {
                    place: id.clone(),
                    person: person.clone(),
                });
            }
        }
        let levels = wanted.levels(place);
        if !levels.is_empty() {
            self.levels.push(Action::SetLevels {
                place: id.clone(),
                levels,
            });
        }
        for (key, people) in &wanted.copies {
            if place.people.get(key) != Some(people) {
                let (key, people) = (key.clone(), people.clone());
                self.copying.push(Action::Copy {
                    place: id.clone(),
                    key,
                    people,
                });
            }
        }
        if let Some(name) = &wanted.name
            && place.name != *name
        {
            self.listing.push(Action::Rename {
                place: id.clone(),
                name: name.clone(),
            });
        }
        if let Some(picture) = &wanted.picture
            && place.picture != PictureNow::Own
            && place.picture != PictureNow::Drawn(picture.mark())
        {
            self.drawing.push(Action::Draw {
                place: id.clone(),
                picture: picture.clone(),
            });
        }
        for person in wanted.members.keys() {
            if !place.members.contains_key(person) && !place.left.contains(person) {
                self.inviting.push(Action::Invite {
                    place: id.clone(),
                    person: person.clone(),
                });
            }
        }
    }

    fn make(&mut self, wanted: &Wanted, found: &Found<'_>) {
        let (Some(name), Some(parent)) = (&wanted.name, wanted.parent.as_ref()) else {
            return;
        };
        let Some((parent, _)) = found.place(parent).filter(|_| wanted.make) else {
            return;
        };
        self.making.push(Action::Create {
            key: wanted.key.clone(),
            name: name.clone(),
            parent: parent.clone(),
            levels: wanted
                .members
                .iter()
                .filter(|(_, level)| **level > 0)
                .map(|(id, level)| (id.clone(), *level))
                .collect(),
        });
    }

    /// Records a place and links it where it belongs.
    fn list(&mut self, wanted: &Wanted, found: &Found<'_>) {
        let (Some(parent), Some((id, _))) = (&wanted.parent, found.place(&wanted.key)) else {
            return;
        };
        let Some((parent, listing)) = found.place(parent) else {
            return;
        };
        if let Some(key) = wanted.key.record_key()
            && listing.records.get(&key) != Some(id)
        {
            self.making.push(Action::Record {
                parent: parent.clone(),
                key,
                chat: id.clone(),
            });
        }
        if !listing.children.contains(id) {
            self.listing.push(Action::Link {
                parent: parent.clone(),
                child: id.clone(),
            });
        }
    }
}

impl Wanted {
    /// Whether somebody whom the plan does not want here has to go.
    fn removes(&self, person: &UserId) -> bool {
        match &self.strangers {
            Stranger::Never => true,
            // Somebody who may has added him by hand: he stays, and is shown as such.
            Stranger::ByHand { known } => known.contains(person),
        }
    }

    /// What has to change in who may do what.
    fn levels(&self, place: &PlaceNow) -> BTreeMap<UserId, i64> {
        let mut levels = BTreeMap::new();
        for (person, now) in place.levels.iter().filter(|(_, now)| **now < OWNER) {
            let wanted = self.members.get(person).copied();
            let wanted = match wanted {
                Some(wanted) => wanted,
                None if self.removes(person) => 0,
                // By hand, and never an administrator by hand.
                None => (*now).min(TEACHER),
            };
            if wanted != *now {
                levels.insert(person.clone(), wanted);
            }
        }
        for (person, wanted) in self.members.iter().filter(|(_, wanted)| **wanted > 0) {
            if !place.levels.contains_key(person) {
                levels.insert(person.clone(), *wanted);
            }
        }
        levels
    }
}

#[cfg(test)]
mod tests;
