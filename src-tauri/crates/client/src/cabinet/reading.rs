//! From the events of the plans and the edits that wait to what is shown.

use super::view::acts;
use super::{Desk, Shown};
use parta_model::cabinet::{OrgPlan, Pending};
use parta_model::plan::{Chat, Org, PlanContent, room_type};
use parta_model::{
    ActState, CabinetLink, ChatId, Directory, MyOrganisation, PlanSource, Progress, UserId,
};
use parta_store::{EditId, EditState, KeptEdit};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Everything that follows from the plans.
pub(crate) struct Reading {
    /// Who is who, with the edits that wait.
    pub(crate) directory: Directory,
    /// The plans as the server has them.
    pub(crate) plans: BTreeMap<ChatId, OrgPlan>,
    pub(crate) desk: Desk,
}

pub(crate) fn read(
    sources: &[PlanSource],
    outbox: Vec<(EditId, KeptEdit)>,
    version: u64,
    me: &UserId,
) -> Reading {
    let mut rows: BTreeMap<ChatId, Vec<KeptEdit>> = BTreeMap::new();
    for (_, kept) in outbox {
        let organisation = kept.act.organisation.clone();
        rows.entry(organisation).or_default().push(kept);
    }
    let spaces = sources
        .iter()
        .filter(|source| source.kind.as_deref() == Some(room_type::ORGANISATION));
    let plans: BTreeMap<ChatId, OrgPlan> = spaces
        .filter_map(|space| Some((space.id.clone(), OrgPlan::read(sources, &space.id)?)))
        .collect();
    let mut organisations = BTreeMap::new();
    let mut laid = None;
    for (id, plan) in &plans {
        let rows = rows.remove(id).unwrap_or_default();
        let mut plan = plan.clone();
        let waiting = || {
            rows.iter()
                .filter(|row| !matches!(row.state, EditState::Done | EditState::Refused))
        };
        if waiting().next().is_some() {
            for row in waiting() {
                plan.lay(&row.edit);
            }
            plan.overlay(laid.get_or_insert_with(|| sources.to_vec()));
        }
        organisations.insert(id.clone(), Arc::new(shown(plan, &rows, me)));
    }
    for (id, rows) in rows {
        // What was done is history; what was not stays for the one who did it.
        if rows.iter().any(|row| row.state != EditState::Done) {
            organisations.insert(id.clone(), Arc::new(dismissed(id, &rows, sources)));
        }
    }
    let directory = Directory::read(laid.as_deref().unwrap_or(sources), me);
    let mine = mine(&directory, &plans, me);
    Reading {
        directory,
        plans,
        desk: Desk {
            organisations,
            mine,
            places: places(sources),
            version,
        },
    }
}

fn shown(plan: OrgPlan, rows: &[KeptEdit], me: &UserId) -> Shown {
    let marks = rows.iter().filter_map(|row| {
        let progress = match row.state {
            EditState::Waiting | EditState::Sent => Progress::Waiting,
            EditState::Conflict => Progress::Conflict,
            EditState::Done | EditState::Refused => return None,
        };
        Some(Pending {
            act: &row.act.id,
            edit: &row.edit,
            progress,
        })
    });
    let cabinet = plan.show(me, marks).map(Arc::new);
    let acts = acts(rows, cabinet.as_deref());
    let (waiting, stuck) = counts(&acts);
    let link = CabinetLink {
        id: plan.id.clone(),
        name: cabinet
            .as_ref()
            .map(|cabinet| cabinet.org.short_name.clone())
            .unwrap_or_default(),
        kind: cabinet.as_ref().map_or_else(Default::default, |c| c.kind),
        waiting,
        stuck,
        dismissed: false,
    };
    Shown {
        link,
        plan: Some(plan),
        cabinet,
        acts,
    }
}

/// An organisation that the person runs no longer, with what he had still done there.
fn dismissed(id: ChatId, rows: &[KeptEdit], sources: &[PlanSource]) -> Shown {
    let space = sources.iter().find(|source| source.id == id);
    let org = space.and_then(|space| {
        let event = space.events.iter().find(|event| event.kind == Org::TYPE)?;
        Org::read("", &event.content).ok()
    });
    let acts = acts(rows, None);
    let (waiting, stuck) = counts(&acts);
    let link = CabinetLink {
        id,
        name: org
            .as_ref()
            .map(|org| org.short_name.clone())
            .unwrap_or_default(),
        kind: org
            .as_ref()
            .map_or_else(Default::default, |org| (&org.kind).into()),
        waiting,
        stuck,
        dismissed: true,
    };
    Shown {
        link,
        plan: None,
        cabinet: None,
        acts,
    }
}

fn counts(acts: &[parta_model::OutboxAct]) -> (u32, u32) {
    let count = |states: &[ActState]| {
        let found = acts.iter().filter(|act| states.contains(&act.state));
        u32::try_from(found.count()).unwrap_or(u32::MAX)
    };
    (
        count(&[ActState::Waiting, ActState::Sent]),
        count(&[ActState::Conflict, ActState::Refused]),
    )
}

/// The rooms that an organisation names: what was made by hand is not among them.
fn places(sources: &[PlanSource]) -> BTreeMap<ChatId, Vec<ChatId>> {
    let recorded = |source: &PlanSource| {
        let records = source
            .events
            .iter()
            .filter(|event| event.kind == Chat::TYPE);
        let read = records.filter_map(|event| Chat::read(&event.key, &event.content).ok());
        read.map(|chat| chat.room_id).collect::<Vec<_>>()
    };
    let organisation = |source: &PlanSource| {
        let org = source.events.iter().find(|event| event.kind == Org::TYPE)?;
        let rooms = Org::read("", &org.content).ok()?.rooms;
        let own = recorded(source);
        let spaces = sources.iter().filter(|space| own.contains(&space.id));
        let mut places: Vec<ChatId> = spaces.flat_map(recorded).collect();
        places.extend(own);
        places.extend([
            rooms.staff,
            rooms.office,
            rooms.reception,
            source.id.clone(),
        ]);
        Some((source.id.clone(), places))
    };
    let guarded = sources.iter().filter(|source| source.guarded);
    guarded.filter_map(organisation).collect()
}

/// The organisations that the person belongs to, or runs.
fn mine(
    directory: &Directory,
    plans: &BTreeMap<ChatId, OrgPlan>,
    me: &UserId,
) -> Vec<MyOrganisation> {
    let organisations = directory.organisations().iter();
    organisations
        .filter_map(|organisation| {
            let badge = organisation.badge(me);
            let administrator = organisation.is_administrator();
            (badge.is_some() || administrator).then(|| MyOrganisation {
                id: organisation.id.clone(),
                name: organisation.name.clone(),
                kind: organisation.kind,
                role: badge.map(|badge| badge.role),
                position: badge.and_then(|badge| badge.position.clone()),
                classes: badge.map(|badge| badge.classes.clone()).unwrap_or_default(),
                administrator,
                last_owner: plans
                    .get(&organisation.id)
                    .is_some_and(|plan| plan.is_last_owner(me)),
            })
        })
        .collect()
}
