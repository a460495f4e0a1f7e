//! What has become of what was sent: it is in the plan, others have gone on from it, or it was overwritten by somebody who
//! had not seen it and has to be written again.

use super::sending::Row;
use crate::Client;
use crate::error::Result;
use crate::opening::Profile;
use parta_matrix::{Account, Error as MatrixError};
use parta_model::cabinet::OrgPlan;
use parta_model::edit::{Edit, FieldChange, Link, Seen, Target, lasting, seen, written_again};
use parta_store::{EditState, KeptEdit};
use std::collections::BTreeMap;
use std::sync::Arc;

impl Client {
    /// Looks what has become of what was written.
    pub(super) async fn settle(
        &self,
        profile: &Arc<Profile>,
        account: &Account,
        plan: &OrgPlan,
        rows: &mut [Row],
    ) -> Result<()> {
        let mut targets: BTreeMap<Target, Vec<usize>> = BTreeMap::new();
        for (place, row) in rows.iter().enumerate().filter(|(_, row)| was_written(row)) {
            let target = row.1.edit.target.clone();
            targets.entry(target).or_default().push(place);
        }
        let mut news = Vec::new();
        for (target, places) in &targets {
            let open = places.iter().map(|place| {
                let later = rows[place + 1..].iter().map(|(_, kept)| kept);
                still_open(&rows[*place].1.edit, later)
            });
            let open: Vec<Edit> = open.collect();
            let edits: Vec<&Edit> = open.iter().collect();
            let mut verdicts = Vec::new();
            for (at, left) in lasting(&edits).iter().enumerate() {
                let event = rows[places[at]].1.event.as_deref();
                verdicts.push(match edits[at].changes.is_empty() {
                    true => Became::Followed,
                    false => became(account, plan, left, event).await?,
                });
            }
            let lost: Vec<bool> = verdicts.iter().map(|one| *one == Became::Lost).collect();
            let again = match lost.contains(&true) {
                true => written_again(&edits, &lost, &plan.document(target)),
                false => vec![None; edits.len()],
            };
            for ((place, verdict), again) in places.iter().zip(verdicts).zip(again) {
                let kept = &mut rows[*place].1;
                let before = kept.clone();
                match verdict {
                    Became::InPlan => kept.state = EditState::Done,
                    Became::Followed => (kept.state, kept.event) = (EditState::Done, None),
                    Became::Lost => {
                        (kept.state, kept.event) = (EditState::Waiting, None);
                        kept.edit = again.unwrap_or_else(|| kept.edit.clone());
                    }
                }
                if *kept != before {
                    news.push(rows[*place].clone());
                }
            }
        }
        self.keep(profile, news).await
    }
}

/// Whether the server may have it, and another may still have overwritten it without having seen it.
pub(super) fn was_written(row: &Row) -> bool {
    match row.1.state {
        EditState::Sent => true,
        EditState::Done => row.1.event.is_some(),
        _ => false,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Became {
    InPlan,
    /// Somebody has gone on from it.
    Followed,
    /// Somebody who had not seen it has overwritten it, or it never arrived.
    Lost,
}

/// What of an edit can still be lost: a field of which a later edit is known to have been in the plan is history.
fn still_open<'a>(edit: &Edit, later: impl Iterator<Item = &'a KeptEdit>) -> Edit {
    let mut edit = edit.clone();
    let settled = later.filter(|kept| kept.state == EditState::Done && kept.event.is_none());
    for other in settled.filter(|kept| kept.edit.target == edit.target) {
        let over = |change: &FieldChange| other.edit.changes.iter().any(|one| one.overlaps(change));
        edit.changes.retain(|change| !over(change));
    }
    edit
}

async fn became(
    account: &Account,
    plan: &OrgPlan,
    edit: &Edit,
    written: Option<&str>,
) -> Result<Became> {
    let document = plan.document(&edit.target);
    let has = document.has(edit);
    let now = plan.links(&edit.target);
    let follows = |link: &Link| written.is_some() && link.base.as_deref() == written;
    if !now.iter().any(follows) && has {
        return Ok(Became::InPlan);
    }
    let Some(written) = written else {
        return Ok(if has { Became::InPlan } else { Became::Lost });
    };
    // Power levels name no base: whoever set them later meant it. And who has gone on from ours has seen it.
    let last = now.iter().any(|link| link.event == written);
    if edit.target == Target::Administrators || last || now.iter().any(follows) {
        return Ok(Became::Followed);
    }
    let room = match edit.target {
        Target::People(_) => &plan.staff_room,
        _ => &plan.id,
    };
    let ours = account.link_of(room, written).await?;
    for link in now {
        let mut chain: Vec<Link> = vec![link];
        loop {
            match seen(edit, &ours, &document, &chain) {
                Seen::Done => return Ok(Became::Followed),
                Seen::Lost => break,
                Seen::Ask(event) => match account.link_of(room, &event).await {
                    Ok(link) => chain.push(link),
                    // What can't be read any more can't have been made from ours.
                    Err(MatrixError::ChatGone | MatrixError::NotAllowed) => break,
                    Err(error) => return Err(error.into()),
                },
            }
        }
    }
    Ok(Became::Lost)
}

#[cfg(test)]
mod tests {
    use super::*;
    use parta_model::ChatId;
    use parta_store::Act;
    use serde_json::json;

    fn title(from: &str, to: &str) -> Edit {
        field("title", from, to)
    }

    fn field(name: &str, from: &str, to: &str) -> Edit {
        Edit {
            target: Target::Organisation,
            changes: vec![FieldChange {
                person: None,
                field: Some(name.to_owned()),
                from: json!(from),
                to: json!(to),
            }],
        }
    }

    fn kept(edit: Edit, state: EditState, event: Option<&str>) -> KeptEdit {
        KeptEdit {
            act: Act {
                id: String::new(),
                organisation: ChatId::new("!o:s"),
                about: String::new(),
                made_at: 0,
                undoes: None,
            },
            edit,
            state,
            event: event.map(str::to_owned),
            theirs: None,
        }
    }

    #[test]
    fn a_field_that_a_later_edit_has_settled_is_not_looked_for_any_more() {
        let both = Edit {
            changes: [title("a", "b"), field("phone", "1", "2")]
                .into_iter()
                .flat_map(|edit| edit.changes)
                .collect(),
            ..title("a", "b")
        };
        let settled = kept(title("b", "c"), EditState::Done, None);
        let sent = kept(title("b", "c"), EditState::Done, Some("$later"));
        let left = still_open(&both, [&sent].into_iter());
        assert_eq!(left, both, "what may still be lost is looked for together");
        let left = still_open(&both, [&sent, &settled].into_iter());
        assert_eq!(left, field("phone", "1", "2"));
    }
}
