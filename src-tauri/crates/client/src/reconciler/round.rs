//! One round: look, say what has to be done, and do it while the lease is ours.

use super::drawing;
use super::lease::{RENEWAL, Whose};
use super::{Keeper, LONG, Refused, by};
use crate::error::Result;
use futures_util::stream::{self, TryStreamExt};
use parta_matrix::{Carried, Ground};
use parta_model::cabinet::OrgPlan;
use parta_model::plan::level::{ADMINISTRATOR, OWNER};
use parta_model::reconcile::{Action, Observed, PlaceKey, PlaceNow, reconcile};
use parta_model::{ChatId, UserId, Worker};
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// Rooms that are written at once: the server has others to serve.
const AT_ONCE: usize = 4;

/// What comes after a round.
pub(super) enum Step {
    /// There may be more to do.
    Again,
    /// All is as the plan wants it, or as far as the server lets.
    Settled,
    /// Somebody else acts, for so long if he does not renew his lease.
    Elsewhere(Duration),
    Pause(Duration),
    /// The person runs the organisation no longer.
    Gone,
}

/// What there is to do, with the places as they are.
struct Todo {
    observed: Observed,
    actions: Vec<Action>,
    refused: usize,
}

impl Keeper {
    pub(super) async fn round(&mut self) -> Result<Step> {
        // Whoever is not to act has nothing to ask for.
        let mut whose = self.holder.look(&self.account).await?;
        if let Whose::Anothers(until) = whose {
            return Ok(self.leave_to_another(until));
        }
        let plan = match self.plan().await {
            Some(Some(plan)) => plan,
            Some(None) => return Ok(Step::Gone),
            // Without a network there is no plan to go by.
            None => return Ok(Step::Pause(Duration::from_secs(1))),
        };
        if self.settled.as_ref() != Some(&plan) {
            // What the plan says now may be possible.
            self.refused.clear();
        }
        if self.client.options.steward || self.is_held() {
            whose = self.holder.take(&self.account).await?;
            if let Whose::Anothers(until) = whose {
                return Ok(self.leave_to_another(until));
            }
        }
        let mut todo = self.look(&plan).await?;
        if whose == Whose::Nobodys && !todo.actions.is_empty() {
            whose = self.holder.take(&self.account).await?;
            if let Whose::Anothers(until) = whose {
                return Ok(self.leave_to_another(until));
            }
            // Whoever held it before may have done some of it since.
            todo = self.look(&plan).await?;
        }
        self.hold(whose == Whose::Ours);
        if todo.actions.is_empty() {
            return self.settle(plan, todo).await;
        }
        let (left, refused) = (count(todo.actions.len()), count(todo.refused));
        self.show(|work| {
            work.by = Worker::Here;
            work.total = work.done.saturating_add(left);
            work.refused = refused;
        });
        tracing::info!(organisation = %self.organisation, steps = left, "carrying a plan out");
        let refusals = Mutex::new(Vec::new());
        let lost = tokio::select! {
            carried = self.carry(&plan, &todo, &refusals) => {
                carried?;
                false
            }
            lost = self.keep_lease() => {
                lost?;
                true
            }
        };
        self.hold(!lost);
        for action in refusals
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner)
        {
            let refused = Refused {
                at: Instant::now(),
                levels: levels(&todo.observed, &action),
            };
            self.refused.insert(name(&action), refused);
        }
        Ok(Step::Again)
    }

    fn leave_to_another(&mut self, until: Duration) -> Step {
        self.hold(false);
        self.settled = None;
        self.show(|work| {
            *work = Default::default();
            work.by = Worker::Elsewhere;
        });
        Step::Elsewhere(until)
    }

    async fn settle(&mut self, plan: OrgPlan, todo: Todo) -> Result<Step> {
        if !self.client.options.steward {
            self.give_up().await?;
        }
        self.settled = Some(plan);
        let (refused, by) = (count(todo.refused), by(self.is_held()));
        self.show(|work| {
            *work = Default::default();
            (work.by, work.refused, work.settled) = (by, refused, true);
        });
        Ok(Step::Settled)
    }

    /// What has to be done and can be.
    async fn look(&mut self, plan: &OrgPlan) -> Result<Todo> {
        drop(self.making.write().await);
        let made = std::mem::take(&mut *self.made.lock().unwrap_or_else(PoisonError::into_inner));
        made.into_iter().for_each(|made| self.places.expect(made));
        let sight = self.places.look().await?;
        let (plan, observed) = (plan.clone(), sight.observed);
        // A school of thousands takes its time, and others wait for this thread.
        let reckoned = tokio::task::spawn_blocking(move || {
            let actions = reconcile(&plan, &observed);
            (actions, observed)
        });
        let (mut actions, observed) = reckoned
            .await
            .map_err(|_| crate::Error::Internal("a plan could not be reckoned"))?;
        actions.retain(|action| !sight.beyond.contains(place_of(action)));
        let all = actions.len();
        actions.retain(|action| !self.is_refused(&observed, action));
        Ok(Todo {
            refused: all - actions.len() + sight.beyond.len(),
            observed,
            actions,
        })
    }

    /// Whether the server has refused this, and nothing says that it would not again.
    fn is_refused(&self, observed: &Observed, action: &Action) -> bool {
        self.refused.get(&name(action)).is_some_and(|refused| {
            refused.at.elapsed() < LONG && refused.levels == levels(observed, action)
        })
    }

    /// Carries everything out, what takes away before what gives.
    async fn carry(
        &self,
        plan: &OrgPlan,
        todo: &Todo,
        refusals: &Mutex<Vec<Action>>,
    ) -> Result<()> {
        let ground = self.ground(plan, &todo.observed);
        for phase in phases(&todo.actions) {
            let lanes = stream::iter(phase.into_values().map(Ok::<_, crate::Error>));
            let ground = &ground;
            lanes
                .try_for_each_concurrent(AT_ONCE, async |lane: Vec<&Action>| {
                    for action in lane {
                        self.carry_one(plan, ground, action, refusals).await?;
                    }
                    Ok(())
                })
                .await?;
        }
        Ok(())
    }

    async fn carry_one(
        &self,
        plan: &OrgPlan,
        ground: &Ground,
        action: &Action,
        refusals: &Mutex<Vec<Action>>,
    ) -> Result<()> {
        let carried = match action {
            Action::Create { key, parent, .. } => self.make(ground, action, key, parent).await?,
            action => self.account.carry_out(ground, action).await?,
        };
        match carried {
            Carried::Done => {}
            Carried::Refused => {
                let mut refusals = refusals.lock().unwrap_or_else(PoisonError::into_inner);
                refusals.push(action.clone());
                self.show(|work| work.refused += 1);
                return Ok(());
            }
            Carried::Made(made) => {
                if let Action::Create { key, .. } = action
                    && let PlaceKey::ClassChat(class, _) = key
                    && !plan.is_in_class(&self.holder.me, class)
                {
                    self.client.hush(&self.account, &made).await;
                }
            }
        }
        self.show(|work| work.done = work.done.saturating_add(1));
        Ok(())
    }

    /// Makes a place and records it at once, so that whoever takes over finds it although he is not in it yet. That is
    /// done to its end also where nobody waits for it any more: the server goes on with what it was asked for, and who
    /// looked before that would make another.
    async fn make(
        &self,
        ground: &Ground,
        create: &Action,
        key: &PlaceKey,
        parent: &ChatId,
    ) -> Result<Carried> {
        let turn = self.making.clone().read_owned().await;
        let (account, made) = (self.account.clone(), self.made.clone());
        let (ground, create) = (ground.clone(), create.clone());
        let record = key.record_key().map(|key| (parent.clone(), key));
        let making = tokio::spawn(async move {
            let _turn = turn;
            let carried = account.carry_out(&ground, &create).await?;
            if let Carried::Made(chat) = &carried {
                made.lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(chat.clone());
                if let Some((parent, key)) = record {
                    let chat = chat.clone();
                    let record = Action::Record { parent, key, chat };
                    account.carry_out(&ground, &record).await?;
                }
            }
            Ok(carried)
        });
        making
            .await
            .map_err(|_| crate::Error::Internal("a place could not be made"))?
    }

    fn ground(&self, plan: &OrgPlan, observed: &Observed) -> Ground {
        let organisation = observed.places.get(&plan.id);
        let level = organisation.and_then(|place| place.levels.get(&self.holder.me));
        Ground {
            organisation: plan.id.clone(),
            service: self.client.options.steward,
            level: level.copied().unwrap_or(ADMINISTRATOR).min(OWNER),
            draw: drawing::draw,
        }
    }

    /// Renews the lease for as long as there is work; ends when somebody else has it.
    async fn keep_lease(&self) -> Result<()> {
        loop {
            sleep(RENEWAL).await;
            if matches!(self.holder.take(&self.account).await?, Whose::Anothers(_)) {
                return Ok(());
            }
        }
    }
}

/// The steps in groups that follow one another, each by the room that they write into: nobody is let in anywhere before
/// everybody is out who has to be.
fn phases(actions: &[Action]) -> Vec<BTreeMap<String, Vec<&Action>>> {
    let mut phases: BTreeMap<u8, BTreeMap<String, Vec<&Action>>> = BTreeMap::new();
    for action in actions {
        let phase = match action {
            Action::Remove { .. } | Action::SetLevels { .. } => 0,
            Action::Copy { .. } => 1,
            Action::Create { .. } | Action::Record { .. } => 2,
            Action::Link { .. } | Action::Rename { .. } => 3,
            Action::Invite { .. } => 4,
            Action::Draw { .. } => 5,
        };
        let lane = match action {
            // What does not exist yet is nobody's room.
            Action::Create { key, .. } => format!("{key:?}"),
            action => place_of(action).to_string(),
        };
        let lanes = phases.entry(phase).or_default();
        lanes.entry(lane).or_default().push(action);
    }
    phases.into_values().collect()
}

/// The place that a step needs to be in.
fn place_of(action: &Action) -> &ChatId {
    match action {
        Action::Remove { place, .. }
        | Action::SetLevels { place, .. }
        | Action::Copy { place, .. }
        | Action::Rename { place, .. }
        | Action::Draw { place, .. }
        | Action::Invite { place, .. } => place,
        Action::Create { parent, .. }
        | Action::Record { parent, .. }
        | Action::Link { parent, .. } => parent,
    }
}

fn name(action: &Action) -> String {
    format!("{action:?}")
}

fn levels(observed: &Observed, action: &Action) -> u64 {
    let place: Option<&PlaceNow> = observed.places.get(place_of(action));
    let levels: Option<&BTreeMap<UserId, i64>> = place.map(|place| &place.levels);
    let mut hasher = DefaultHasher::new();
    levels.hash(&mut hasher);
    hasher.finish()
}

fn count(steps: usize) -> u32 {
    u32::try_from(steps).unwrap_or(u32::MAX)
}
