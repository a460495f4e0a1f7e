//! The people of the organisations as they are looked for, and what a person's card says of them.

use super::{Directory, Organisation, by_name};
use crate::contacts::{Class, Contact};
use crate::{Badge, BadgeRole, CardBadge, ChatId, Found, PersonStatus, UserId};
use std::collections::{BTreeSet, HashMap};

impl Directory {
    /// Everybody of the organisations, a record from each that vouches for him; `recent` are those one talked with, the
    /// last first. Who has left is known to those who work there.
    pub fn contacts(&self, recent: &[UserId]) -> Vec<Contact> {
        let own = self.own_classes();
        let place: HashMap<&UserId, u32> = recent.iter().zip(0..).collect();
        let mut contacts = Vec::new();
        for organisation in &self.organisations {
            let classes: HashMap<&str, &super::Class> = organisation
                .classes
                .iter()
                .rev()
                .map(|class| (class.label.as_str(), class))
                .collect();
            let former = self.former(organisation);
            let now = organisation.badges.iter();
            let all = now.map(|known| (known, PersonStatus::Active));
            for ((id, badge), status) in
                all.chain(former.map(|known| (known, PersonStatus::Removed)))
            {
                let labels = badge.classes.iter();
                let classes = labels.map(|label| match classes.get(label.as_str()) {
                    Some(class) => Class {
                        id: class.id.clone(),
                        label: label.clone(),
                        stage: class.stage,
                    },
                    None => Class::named(label),
                });
                contacts.push(Contact {
                    organisation: organisation.id.clone(),
                    classes: classes.collect(),
                    status,
                    own_class: own.contains(id),
                    recent: place.get(id).copied(),
                    ..Contact::of(id, badge)
                });
            }
        }
        contacts
    }

    /// What one organisation says of somebody, where it may say who somebody is, and whether he has left it.
    pub fn badge_of(&self, organisation: &ChatId, person: &UserId) -> Option<(&Badge, bool)> {
        let organisation = self.vouching().find(|one| one.id == *organisation)?;
        let now = organisation.badges.get(person).map(|badge| (badge, false));
        let former = || organisation.former.get(person).map(|badge| (badge, true));
        now.or_else(|| former().filter(|_| self.knows_former(organisation)))
    }

    /// What every organisation says of somebody.
    pub fn card_badges(&self, person: &UserId) -> Vec<CardBadge> {
        let known = self.organisations.iter().filter_map(|organisation| {
            let (badge, former) = self.badge_of(&organisation.id, person)?;
            Some(CardBadge {
                organisation: organisation.id.clone(),
                name: organisation.name.clone(),
                badge: badge.clone(),
                boards: organisation.places.boards_of(person),
                former,
            })
        });
        known.collect()
    }

    /// The children of a parent, as far as the account knows them.
    pub fn children(&self, person: &UserId) -> Vec<Found> {
        let of = self.organisations.iter();
        let ids: BTreeSet<&UserId> = of
            .filter_map(|organisation| organisation.children.get(person))
            .flatten()
            .collect();
        self.by_name(ids)
    }

    /// The parents of a pupil.
    pub fn parents(&self, person: &UserId) -> Vec<Found> {
        let of = self.organisations.iter().flat_map(|one| &one.children);
        let ids: BTreeSet<&UserId> = of
            .filter(|(_, children)| children.contains(person))
            .map(|(parent, _)| parent)
            .collect();
        self.by_name(ids)
    }

    /// The organisations that the account runs and that know somebody.
    pub fn cabinets_of(&self, person: &UserId) -> Vec<ChatId> {
        let runs = self.organisations.iter().filter(|one| one.administrator);
        let knows =
            runs.filter(|one| one.badges.contains_key(person) || one.former.contains_key(person));
        knows.map(|organisation| organisation.id.clone()).collect()
    }

    fn by_name(&self, ids: BTreeSet<&UserId>) -> Vec<Found> {
        let known = ids.into_iter().filter_map(|id| Some((id, self.badge(id)?)));
        by_name(known)
    }

    fn former<'a>(
        &self,
        organisation: &'a Organisation,
    ) -> impl Iterator<Item = (&'a UserId, &'a Badge)> + use<'a> {
        let may = self.knows_former(organisation);
        organisation.former.iter().filter(move |_| may)
    }

    /// Who has left an organisation is nobody's concern but of those who work there.
    fn knows_former(&self, organisation: &Organisation) -> bool {
        let me = self.me.as_ref().and_then(|me| organisation.badges.get(me));
        let works = |badge: &Badge| matches!(badge.role, BadgeRole::Teacher | BadgeRole::Staff);
        organisation.administrator || me.is_some_and(works)
    }
}
