//! Sends the outbox. A round begins with the plan as the server has it at that moment: what was written before is looked
//! for in it, what waits is merged into it, and each target is written once however many edits it has. Rooms are written
//! side by side, one room's events one after the other.

use super::ServerPlans;
use super::settling::was_written;
use super::view::Stuck;
use crate::Client;
use crate::error::{Error, Result};
use crate::opening::Profile;
use futures_util::future::join_all;
use parta_matrix::{Account, Error as MatrixError, LinkState};
use parta_model::cabinet::OrgPlan;
use parta_model::edit::{Document, Edit, Outcome, Target, batches, send};
use parta_model::plan::{Class, Org, People, PlanContent};
use parta_model::{ChatId, Refusal};
use parta_store::{EditId, EditState, KeptEdit, Store};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

const POWER_LEVELS: &str = "m.room.power_levels";
/// Waits between tries while the server fails, in seconds.
const BACKOFF: [u64; 5] = [1, 3, 10, 30, 60];

pub(super) type Row = (EditId, KeptEdit);

impl Client {
    pub(crate) async fn send_outbox(self: Arc<Self>, profile: Arc<Profile>, account: Arc<Account>) {
        let (mut changed, mut server) = (
            self.cabinets.changed.subscribe(),
            self.cabinets.server.subscribe(),
        );
        let mut link = account.link();
        let mut failures = 0;
        loop {
            changed.mark_unchanged();
            server.mark_unchanged();
            let pause = match self.round(&profile, &account).await {
                Ok(Round::Again) => {
                    failures = 0;
                    continue;
                }
                Ok(Round::Idle) => {
                    failures = 0;
                    None
                }
                Err(error) => {
                    tracing::debug!(%error, "the outbox waits");
                    failures += 1;
                    let wait = match error {
                        Error::Matrix(MatrixError::TooManyTries { retry_after }) => retry_after,
                        _ => None,
                    };
                    let usual = BACKOFF[(failures - 1).min(BACKOFF.len() - 1)];
                    Some(wait.unwrap_or(Duration::from_secs(usual)))
                }
            };
            let pause = async {
                match pause {
                    Some(pause) => tokio::time::sleep(pause).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                () = pause => {}
                changed = changed.changed() => if changed.is_err() { return },
                changed = server.changed(), if failures == 0 => if changed.is_err() { return },
                changed = link.changed() => if changed.is_err() { return },
            }
        }
    }

    /// One round over all organisations.
    async fn round(&self, profile: &Arc<Profile>, account: &Arc<Account>) -> Result<Round> {
        let rows = profile.store(Store::whole_outbox).await?;
        let mut organisations: BTreeMap<ChatId, Vec<Row>> = BTreeMap::new();
        for row in rows {
            let organisation = row.1.act.organisation.clone();
            organisations.entry(organisation).or_default().push(row);
        }
        organisations.retain(|_, rows| has_to_go(rows) || rows.iter().any(was_written));
        if organisations.is_empty() {
            return Ok(Round::Idle);
        }
        let busy = organisations.values().any(|rows| has_to_go(rows));
        let server = if busy {
            match self.up_to_date(account).await {
                Some(server) => server,
                None => return Ok(Round::Idle),
            }
        } else {
            self.cabinets.server.borrow().clone()
        };
        let mut again = false;
        for (organisation, rows) in &mut organisations {
            let Some(plan) = server.plans.get(organisation) else {
                if busy {
                    self.refuse(profile, rows, Refusal::NotAllowed).await?;
                }
                continue;
            };
            self.settle(profile, account, plan, rows).await?;
            again |= self.send(profile, account, plan, rows).await?;
        }
        Ok(if again { Round::Again } else { Round::Idle })
    }

    /// The plans as the server has them now; nothing where there is no network.
    pub(crate) async fn up_to_date(&self, account: &Account) -> Option<Arc<ServerPlans>> {
        let wish = {
            self.cabinets.wish.send_modify(|wish| *wish += 1);
            *self.cabinets.wish.borrow()
        };
        let (mut server, mut link) = (self.cabinets.server.subscribe(), account.link());
        tokio::select! {
            answered = server.wait_for(|server| server.as_of.is_some_and(|as_of| as_of >= wish)) => {
                answered.ok().map(|server| server.clone())
            }
            // Back online, the round begins anew.
            _ = link.wait_for(|link| *link != LinkState::Online) => None,
        }
    }

    /// Writes what waits; tells whether something was written.
    async fn send(
        &self,
        profile: &Arc<Profile>,
        account: &Arc<Account>,
        plan: &OrgPlan,
        rows: &[Row],
    ) -> Result<bool> {
        let waiting = |row: &Row| row.1.state == EditState::Waiting;
        let open = rows
            .iter()
            .filter(|row| row.1.state != EditState::Done && row.1.state != EditState::Refused);
        let batches = batches(open.map(|row| (row, &row.1.edit, waiting(row))));
        let mut lanes: BTreeMap<&ChatId, Vec<(Target, Vec<Row>)>> = BTreeMap::new();
        for (target, batch) in batches {
            let room = match target {
                Target::People(_) => &plan.staff_room,
                _ => &plan.id,
            };
            let batch = batch.into_iter().map(|(row, _)| row.clone()).collect();
            lanes.entry(room).or_default().push((target, batch));
        }
        let any = !lanes.is_empty();
        let written = lanes.into_iter().map(|(room, lane)| async move {
            for (target, batch) in lane {
                self.write(profile, account, plan, room, &target, batch)
                    .await?;
            }
            Ok::<_, Error>(())
        });
        join_all(written)
            .await
            .into_iter()
            .collect::<Result<()>>()?;
        Ok(any)
    }

    async fn write(
        &self,
        profile: &Arc<Profile>,
        account: &Account,
        plan: &OrgPlan,
        room: &ChatId,
        target: &Target,
        mut batch: Vec<Row>,
    ) -> Result<()> {
        let (kind, document) = match target {
            Target::Organisation => (Org::TYPE, plan.document(target)),
            Target::Class(_) => (Class::TYPE, plan.document(target)),
            Target::People(_) => (People::TYPE, plan.document(target)),
            Target::Administrators => {
                let levels = account.state(room, POWER_LEVELS, "").await?;
                let levels = levels.map_or(Value::Null, |now| now.content);
                (POWER_LEVELS, Document::Levels(levels))
            }
        };
        let edits: Vec<&Edit> = batch.iter().map(|(_, row)| &row.edit).collect();
        let sending = send(&edits, &document);
        for ((_, row), outcome) in batch.iter_mut().zip(sending.outcomes) {
            row.state = match outcome {
                // Until the server has answered it may have it or not: it can no longer be dropped.
                Outcome::Written => EditState::Sent,
                Outcome::Done => EditState::Done,
                Outcome::Conflict(clashes) => {
                    row.theirs = Some(Stuck::Clashes(clashes).write());
                    EditState::Conflict
                }
                Outcome::Unreadable => {
                    row.theirs = Some(Stuck::Refused(Refusal::Unreadable).write());
                    EditState::Refused
                }
            };
        }
        self.keep(profile, batch.clone()).await?;
        for (part, mut content) in sending.write {
            let key = match target {
                Target::Class(id) => id.as_str(),
                _ => part.as_str(),
            };
            if *target != Target::Administrators
                && let (Some(fields), Some(base)) =
                    (content.as_object_mut(), plan.event(target, &part))
            {
                fields.insert("base".to_owned(), base.into());
            }
            let event = match account.set_state(room, kind, key, &content).await {
                Ok(event) => event,
                Err(error) => return self.failed(profile, batch, error).await,
            };
            for (_, row) in batch
                .iter_mut()
                .filter(|(_, row)| row.state == EditState::Sent)
            {
                row.event = Some(event.clone());
            }
        }
        batch.retain(|(_, row)| row.state == EditState::Sent);
        self.keep(profile, batch).await
    }

    async fn failed(
        &self,
        profile: &Arc<Profile>,
        mut batch: Vec<Row>,
        error: MatrixError,
    ) -> Result<()> {
        let refusal = match error {
            MatrixError::NotAllowed => Refusal::NotAllowed,
            MatrixError::TooLarge | MatrixError::TooLong => Refusal::TooLarge,
            MatrixError::ChatGone => Refusal::Gone,
            // Whether it has arrived shows when the plan is read again.
            error => return Err(error.into()),
        };
        batch.retain(|(_, row)| row.state == EditState::Sent);
        self.refuse(profile, &mut batch, refusal).await
    }

    async fn refuse(
        &self,
        profile: &Arc<Profile>,
        rows: &mut [Row],
        refusal: Refusal,
    ) -> Result<()> {
        let mut news = Vec::new();
        for row in rows {
            if matches!(
                row.1.state,
                EditState::Waiting | EditState::Sent | EditState::Conflict
            ) {
                row.1.state = EditState::Refused;
                row.1.theirs = Some(Stuck::Refused(refusal).write());
                news.push(row.clone());
            }
        }
        self.keep(profile, news).await
    }

    pub(super) async fn keep(&self, profile: &Arc<Profile>, rows: Vec<Row>) -> Result<()> {
        if rows.is_empty() {
            return Ok(());
        }
        profile
            .store(move |store| store.change_edits(&rows))
            .await?;
        self.cabinets.outbox_changed();
        Ok(())
    }
}

enum Round {
    Idle,
    /// Something was written, and is looked for at once.
    Again,
}

fn has_to_go(rows: &[Row]) -> bool {
    let open = rows
        .iter()
        .filter(|row| row.1.state != EditState::Done && row.1.state != EditState::Refused);
    let edits = open.map(|row| ((), &row.1.edit, row.1.state == EditState::Waiting));
    !batches(edits).is_empty() || rows.iter().any(|row| row.1.state == EditState::Sent)
}
