//! The cabinet: the organisations that the person runs, as they are with what waits to be sent, and what he does to
//! them. A step is on the disk before it is shown; the outbox sends it when there is a network.

mod acting;
mod founding;
mod journal;
mod reading;
mod sending;
mod settling;
mod streams;
mod view;

pub use acting::CabinetAct;
pub(crate) use reading::{Reading, read};

use parta_model::cabinet::OrgPlan;
use parta_model::{Cabinet, CabinetLink, ChatId, Founding, MyOrganisation, OutboxAct, Work};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::{Mutex as AsyncMutex, watch};

/// The plans as the server has them.
#[derive(Default)]
pub(crate) struct ServerPlans {
    pub(crate) plans: BTreeMap<ChatId, OrgPlan>,
    /// The wish to be up to date that this answers.
    pub(crate) as_of: Option<u64>,
}

/// One organisation with the edits that wait.
pub(crate) struct Shown {
    pub(crate) link: CabinetLink,
    /// The plan with the edits; nothing where the person runs it no longer.
    pub(crate) plan: Option<OrgPlan>,
    pub(crate) cabinet: Option<Arc<Cabinet>>,
    pub(crate) acts: Vec<OutboxAct>,
}

/// What all streams of the cabinet are drawn from.
#[derive(Default)]
pub(crate) struct Desk {
    pub(crate) organisations: BTreeMap<ChatId, Arc<Shown>>,
    pub(crate) mine: Vec<MyOrganisation>,
    /// What each organisation consists of, as far as the account knows: chats first, the organisation itself last.
    pub(crate) places: BTreeMap<ChatId, Vec<ChatId>>,
    /// The state of the outbox that is in it.
    pub(crate) version: u64,
}

pub(crate) struct Cabinets {
    /// Counts wishes to be up to date with the server.
    pub(crate) wish: watch::Sender<u64>,
    pub(crate) server: watch::Sender<Arc<ServerPlans>>,
    /// Counts changes of the outbox.
    pub(crate) changed: watch::Sender<u64>,
    pub(crate) desk: watch::Sender<Option<Arc<Desk>>>,
    pub(crate) work: watch::Sender<BTreeMap<ChatId, Work>>,
    pub(crate) founding: watch::Sender<Option<Founding>>,
    /// The organisation that is to be made: the account's own copy comes back with the next sync.
    pub(crate) wished: watch::Sender<Option<Value>>,
    /// One step at a time: the next one is made from what this one leaves.
    acting: AsyncMutex<()>,
}

impl Default for Cabinets {
    fn default() -> Self {
        Self {
            wish: watch::channel(0).0,
            server: watch::channel(Arc::default()).0,
            changed: watch::channel(0).0,
            desk: watch::channel(None).0,
            work: watch::channel(BTreeMap::new()).0,
            founding: watch::channel(None).0,
            wished: watch::channel(None).0,
            acting: AsyncMutex::default(),
        }
    }
}

impl Cabinets {
    /// Forgets everything, before another account.
    pub(crate) fn clear(&self) {
        self.server.send_replace(Arc::default());
        self.desk.send_replace(None);
        self.work.send_replace(BTreeMap::new());
        self.founding.send_replace(None);
        self.wished.send_replace(None);
    }

    /// The outbox has changed on the disk; gives the number of the change.
    pub(crate) fn outbox_changed(&self) -> u64 {
        self.changed.send_modify(|changes| *changes += 1);
        *self.changed.borrow()
    }
}
