//! Carries the plans of the organisations out that the person runs: chats and memberships come in line with them.
//!
//! Looking is free and needs nobody's leave; acting needs the lease. An app of an administrator takes it only when there
//! is something to do, and gives it up when that is done, so that an idle app writes nothing. The steward keeps it for as
//! long as it runs: while somebody else holds it, an app does not even look.

mod accepting;
mod drawing;
mod lease;
mod round;

use crate::Client;
use crate::error::{Error, Result};
use lease::{Holder, RENEWAL};
use parta_matrix::{Account, Error as MatrixError, LinkState, Places};
use parta_model::cabinet::OrgPlan;
use parta_model::reconcile::PlaceKey;
use parta_model::{ActState, ChatId, Work, Worker};
use round::Step;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{RwLock, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};

/// Waits between tries while the server fails, in seconds.
const BACKOFF: [u64; 5] = [1, 3, 10, 30, 60];
/// One step of an administrator is several events: they are waited for, or who moves would be gone in between.
const CALM: Duration = Duration::from_secs(2);
/// Edits of this device that wait behind a conflict do not hold everything up.
const OWN_EDITS: Duration = Duration::from_secs(30);
/// What the server has refused is tried again after this, though nothing has changed.
const LONG: Duration = Duration::from_secs(3_600);
/// A server that does not answer keeps nobody from closing the app.
const FAREWELL: Duration = Duration::from_secs(3);

/// The offices in which this app holds a lease.
pub(crate) type Leases = Mutex<BTreeMap<ChatId, ChatId>>;

impl Client {
    /// Keeps every organisation in line that the person runs, each on its own.
    pub(crate) async fn carry_plans_out(self: Arc<Self>, account: Arc<Account>) {
        let mut server = self.cabinets.server.subscribe();
        let mut workers = JoinSet::new();
        let mut running = BTreeSet::new();
        loop {
            let plans = server.borrow_and_update().clone();
            for (organisation, plan) in &plans.plans {
                if running.insert(organisation.clone()) {
                    let keeper = Keeper::new(self.clone(), account.clone(), plan);
                    workers.spawn(keeper.run());
                }
            }
            tokio::select! {
                changed = server.changed() => if changed.is_err() { return },
                Some(ended) = workers.join_next() => match ended {
                    Ok(organisation) => drop(running.remove(&organisation)),
                    Err(error) => tracing::error!(%error, "a plan is no longer carried out"),
                },
            }
        }
    }

    /// How far each organisation is, and every change of it.
    pub fn works(&self) -> watch::Receiver<BTreeMap<ChatId, Work>> {
        self.cabinets.work.subscribe()
    }

    /// Lets others act at once, where this app could.
    pub(crate) async fn give_leases_up(&self, account: &Account) {
        let held = std::mem::take(&mut *self.leases());
        for office in held.into_values() {
            let holder = Holder::new(account, office, self.options.now);
            let given = timeout(FAREWELL, holder.give_up(account)).await;
            if !matches!(given, Ok(Ok(()))) {
                tracing::warn!("a lease is left to run out");
            }
        }
    }

    fn leases(&self) -> std::sync::MutexGuard<'_, BTreeMap<ChatId, ChatId>> {
        self.leases.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Keeps one organisation in line.
struct Keeper {
    client: Arc<Client>,
    account: Arc<Account>,
    organisation: ChatId,
    places: Places,
    holder: Holder,
    /// The plan that everything was last brought in line with.
    settled: Option<OrgPlan>,
    /// Steps that the server has refused, and how things stood then.
    refused: HashMap<String, Refused>,
    /// Places that were made and have not been looked at.
    made: Arc<Mutex<Vec<ChatId>>>,
    /// Held by each place that is being made: nobody looks before the server has answered.
    making: Arc<RwLock<()>>,
    work: Mutex<Work>,
}

struct Refused {
    at: Instant,
    /// Who may do what in the place decides most refusals.
    levels: u64,
}

impl Keeper {
    fn new(client: Arc<Client>, account: Arc<Account>, plan: &OrgPlan) -> Self {
        let quiet: BTreeMap<PlaceKey, ChatId> = plan.quiet_places().into_iter().collect();
        let office = quiet.get(&PlaceKey::Office).unwrap_or(&plan.id).clone();
        Self {
            places: account.places(&plan.id, quiet.into_values().collect()),
            holder: Holder::new(&account, office, client.options.now),
            organisation: plan.id.clone(),
            client,
            account,
            settled: None,
            refused: HashMap::new(),
            made: Arc::default(),
            making: Arc::default(),
            work: Mutex::default(),
        }
    }

    /// Ends when the person runs the organisation no longer.
    async fn run(mut self) -> ChatId {
        let mut failures = 0;
        let mut link = self.account.link();
        while is_online(&mut link, true).await {
            let mut lost = link.clone();
            let step = tokio::select! {
                step = self.round() => step,
                // What was on its way may be done or not: the next look tells.
                true = is_online(&mut lost, false) => continue,
            };
            let next = match step {
                Ok(Step::Gone) => break,
                Ok(next) => {
                    failures = 0;
                    next
                }
                Err(error) => {
                    tracing::debug!(%error, "carrying a plan out waits");
                    failures += 1;
                    Step::Pause(pause(&error, failures))
                }
            };
            tokio::select! {
                () = self.wait(next) => {}
                true = is_online(&mut lost, false) => {}
            }
        }
        self.forget();
        self.organisation
    }

    /// Waits until there may be something to do.
    async fn wait(&mut self, step: Step) {
        let mut server = self.client.cabinets.server.subscribe();
        match step {
            Step::Again | Step::Gone => {}
            Step::Pause(pause) => sleep(pause).await,
            Step::Elsewhere(until) => tokio::select! {
                () = sleep(until) => {}
                () = self.places.lease_changed() => {}
            },
            Step::Settled => {
                let settled = &self.settled;
                let other = |server: &Arc<crate::cabinet::ServerPlans>| {
                    server.plans.get(&self.organisation) != settled.as_ref()
                };
                let (renewal, again) = (self.is_held(), !self.refused.is_empty());
                let planned = async { drop(server.wait_for(other).await) };
                let changed = async {
                    self.places.changed().await;
                    sleep(CALM).await;
                };
                tokio::select! {
                    () = planned => {}
                    () = changed => {}
                    () = sleep(RENEWAL), if renewal => {}
                    () = sleep(LONG), if again => {}
                }
            }
        }
    }

    /// The plan as the server has it now, when nobody is in the middle of changing it; nothing where there is none.
    async fn plan(&self) -> Option<Option<OrgPlan>> {
        self.own_edits_gone().await;
        loop {
            let server = self.client.up_to_date(&self.account).await?;
            let plan = server.plans.get(&self.organisation).cloned();
            if plan.is_none() || plan == self.settled {
                return Some(plan);
            }
            let mut news = self.client.cabinets.server.subscribe();
            let other = |server: &Arc<crate::cabinet::ServerPlans>| {
                server.plans.get(&self.organisation) != plan.as_ref()
            };
            if timeout(CALM, news.wait_for(other)).await.is_err() {
                return Some(plan);
            }
        }
    }

    async fn own_edits_gone(&self) {
        let mut desk = self.client.cabinets.desk.subscribe();
        let gone = desk.wait_for(|desk| {
            let shown = desk
                .as_ref()
                .and_then(|desk| desk.organisations.get(&self.organisation));
            shown.is_none_or(|shown| {
                let open = |state| matches!(state, ActState::Waiting | ActState::Sent);
                !shown.acts.iter().any(|act| open(act.state))
            })
        });
        // A desk that is gone has no edits either.
        let _ = timeout(OWN_EDITS, gone).await;
    }

    fn is_held(&self) -> bool {
        self.client.leases().contains_key(&self.organisation)
    }

    fn hold(&self, held: bool) {
        let mut leases = self.client.leases();
        if held {
            leases.insert(self.organisation.clone(), self.holder.office.clone());
        } else {
            leases.remove(&self.organisation);
        }
    }

    /// Shows how far it is.
    fn show(&self, change: impl FnOnce(&mut Work)) {
        let work = {
            let mut work = self.work.lock().unwrap_or_else(PoisonError::into_inner);
            change(&mut work);
            work.clone()
        };
        let shown = &self.client.cabinets.work;
        shown.send_if_modified(|all| {
            let before = all.insert(self.organisation.clone(), work.clone());
            before.as_ref() != Some(&work)
        });
    }

    fn forget(&self) {
        self.hold(false);
        let shown = &self.client.cabinets.work;
        shown.send_if_modified(|all| all.remove(&self.organisation).is_some());
    }

    async fn give_up(&self) -> Result<()> {
        if self.is_held() {
            self.holder.give_up(&self.account).await?;
            self.hold(false);
        }
        Ok(())
    }
}

fn pause(error: &Error, failures: usize) -> Duration {
    let asked = match error {
        Error::Matrix(MatrixError::TooManyTries { retry_after }) => *retry_after,
        _ => None,
    };
    asked.unwrap_or(Duration::from_secs(
        BACKOFF[(failures.max(1) - 1).min(BACKOFF.len() - 1)],
    ))
}

/// Waits until the link is online, or is not; `false` says that there is no link any more.
async fn is_online(link: &mut watch::Receiver<LinkState>, online: bool) -> bool {
    link.wait_for(|link| (*link == LinkState::Online) == online)
        .await
        .is_ok()
}

/// Nobody, this app, or another.
fn by(held: bool) -> Worker {
    if held { Worker::Here } else { Worker::Nobody }
}
