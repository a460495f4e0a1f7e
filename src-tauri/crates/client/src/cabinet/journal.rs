//! Who did what and when, from the history of the plan's events: two rooms told as one.

use super::view::Names;
use crate::Client;
use crate::error::{Error, Result};
use parta_matrix::{Account, Error as MatrixError, PastPage, PastState};
use parta_model::cabinet::what_changed;
use parta_model::plan::{Class, Org, People, PlanContent};
use parta_model::{ChatId, Directory, JournalEntry, JournalPage};
use serde::{Deserialize, Serialize};

const ORGANISATION: [&str; 3] = [Org::TYPE, Class::TYPE, "m.room.power_levels"];
const STAFF: [&str; 1] = [People::TYPE];

/// Where the journal goes on in each of the rooms.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Place {
    organisation: Track,
    staff: Track,
}

/// Where it goes on in one room: at a page of the server, with what of it was told left out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Track {
    from: Option<String>,
    /// Only what is older than this.
    until: Option<u64>,
    ended: bool,
}

impl Client {
    /// A part of the journal, the newest first; `before` is where the part before ended.
    pub async fn journal(
        &self,
        organisation: &ChatId,
        before: Option<&str>,
    ) -> Result<JournalPage> {
        let shown = self.shown(organisation).await?;
        let not_allowed = || Error::Matrix(MatrixError::NotAllowed);
        let plan = shown.plan.as_ref().ok_or_else(not_allowed)?;
        let (account, directory) = (self.account()?, self.directory().await?);
        let mut place = match before {
            Some(before) => serde_json::from_str(before)
                .map_err(|_| Error::Internal("no place in the journal"))?,
            None => Place::default(),
        };
        let names = Names::new(shown.cabinet.as_deref());
        loop {
            let (of_org, of_staff) = tokio::try_join!(
                page(&account, &plan.id, &ORGANISATION, &place.organisation),
                page(&account, &plan.staff_room, &STAFF, &place.staff),
            )?;
            let (events, next) = merged(&place, of_org, of_staff);
            let entries: Vec<JournalEntry> = events
                .iter()
                .filter_map(|event| entry(event, &names, &directory))
                .collect();
            let ended = next.organisation.ended && next.staff.ended;
            // A page may hold nothing that is told.
            if !entries.is_empty() || ended {
                let next = (!ended).then(|| serde_json::to_string(&next));
                let next = next
                    .transpose()
                    .map_err(|_| Error::Internal("a place is JSON"))?;
                return Ok(JournalPage { entries, next });
            }
            place = next;
        }
    }
}

async fn page(
    account: &Account,
    room: &ChatId,
    kinds: &[&str],
    track: &Track,
) -> Result<PastPage, MatrixError> {
    if track.ended {
        return Ok(PastPage::default());
    }
    let mut page = account
        .past_state(room, kinds, track.from.as_deref())
        .await?;
    page.events
        .retain(|event| track.until.is_none_or(|until| event.at < until));
    Ok(page)
}

/// Two pages as one, as far back as both reach.
fn merged(place: &Place, org: PastPage, staff: PastPage) -> (Vec<PastState>, Place) {
    let reach = |page: &PastPage, track: &Track| {
        let goes_on = page.next.is_some() && !track.ended;
        goes_on.then(|| page.events.last().map_or(u64::MAX, |event| event.at))
    };
    let edge = reach(&org, &place.organisation).max(reach(&staff, &place.staff));
    let edge = edge.unwrap_or(0);
    let on = |page: &PastPage, track: &Track| {
        let whole = page.events.iter().all(|event| event.at >= edge);
        if track.ended || (whole && page.next.is_none()) {
            Track {
                ended: true,
                ..Track::default()
            }
        } else if whole {
            Track {
                from: page.next.clone(),
                ..Track::default()
            }
        } else {
            Track {
                until: Some(edge),
                ..track.clone()
            }
        }
    };
    let next = Place {
        organisation: on(&org, &place.organisation),
        staff: on(&staff, &place.staff),
    };
    let mut events: Vec<PastState> = org.events.into_iter().chain(staff.events).collect();
    events.retain(|event| event.at >= edge);
    events.sort_by_key(|event| std::cmp::Reverse(event.at));
    (events, next)
}

fn entry(event: &PastState, names: &Names, directory: &Directory) -> Option<JournalEntry> {
    let edit = what_changed(&event.kind, &event.key, &event.before, &event.content)?;
    if edit.changes.is_empty() {
        return None;
    }
    Some(JournalEntry {
        event: event.event.clone(),
        at: event.at,
        name: directory.badge(&event.by).map(|badge| badge.name.clone()),
        by_itself: directory.is_service(&event.by),
        by: event.by.clone(),
        changes: edit
            .changes
            .iter()
            .map(|change| names.field(&edit.target, change))
            .collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use parta_model::UserId;
    use proptest::prelude::*;
    use serde_json::Value;

    /// A room's history cut into pages of `size`, the newest first.
    fn page_of(times: &[u64], size: usize, track: &Track) -> PastPage {
        if track.ended {
            return PastPage::default();
        }
        let from: usize = track
            .from
            .as_deref()
            .map_or(0, |from| from.parse().unwrap());
        let to = (from + size).min(times.len());
        let events = times[from..to]
            .iter()
            .enumerate()
            .map(|(at, time)| PastState {
                event: format!("${}", from + at),
                kind: String::new(),
                key: String::new(),
                by: UserId::new("@x"),
                at: *time,
                content: Value::Null,
                before: Value::Null,
            });
        PastPage {
            events: events
                .filter(|event| track.until.is_none_or(|until| event.at < until))
                .collect(),
            next: (to < times.len()).then(|| to.to_string()),
        }
    }

    proptest! {
        #[test]
        fn both_histories_are_told_whole_once_and_in_order(
            mut org in proptest::collection::vec(0u64..60, 0..40),
            mut staff in proptest::collection::vec(0u64..60, 0..40),
            size in 1usize..8,
        ) {
            org.sort_by_key(|at| std::cmp::Reverse(*at));
            staff.sort_by_key(|at| std::cmp::Reverse(*at));
            let mut place = Place::default();
            let mut told = Vec::new();
            for _ in 0..200 {
                let pages = (page_of(&org, size, &place.organisation), page_of(&staff, size, &place.staff));
                let (events, next) = merged(&place, pages.0, pages.1);
                told.extend(events.iter().map(|event| event.at));
                place = next;
                if place.organisation.ended && place.staff.ended {
                    break;
                }
            }
            let mut all = [org, staff].concat();
            all.sort_by_key(|at| std::cmp::Reverse(*at));
            prop_assert_eq!(told, all);
        }
    }
}
