//! The application without a window: one module per part, put together here.
//!
//! A [`Client`] opens a profile, signs in and out, and gives the parts' lists and actions. Hosts (the desktop shell,
//! the bridge) reach it through the `api` crate alone.

#![recursion_limit = "256"]

mod acks;
mod acts;
mod cabinet;
mod chats;
mod connection;
mod contacts;
#[cfg(debug_assertions)]
mod demo;
mod details;
mod error;
mod files;
mod find;
mod indexing;
mod making;
mod media;
mod naming;
mod opening;
mod outgoing;
mod people;
mod reconciler;
mod saving;
mod search;
mod session;
mod settings;
mod table;
mod timeline;
mod unsent;

pub use acks::AckSheet;
pub use cabinet::CabinetAct;
pub use error::{Error, Result};
pub use files::{SavedFile, safe_name};
pub use parta_matrix::{Error as MatrixError, MediaBytes};
pub use parta_store::{KeyError, Keychain, KeychainError, MemoryKeychain, OsKeychain, StoreError};
pub use settings::Boot;

use chats::DraftNews;
use opening::Profile;
use parta_matrix::Account;
use parta_model::{Connection, Link, PlanSource};
pub use parta_model::{LockTask, SessionState, Work, Worker};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{Mutex as AsyncMutex, broadcast, watch};
use tokio::task::JoinHandle;

/// What a host decides.
#[derive(Clone)]
pub struct ClientOptions {
    /// The folder of this profile; made where it is missing.
    pub profile: PathBuf,
    /// Where the data key lies.
    pub keychain: Arc<dyn Keychain>,
    /// Where files are saved for the person.
    pub downloads: PathBuf,
    /// The version people see.
    pub version: String,
    /// How this device is called in the account's list of devices.
    pub device: String,
    /// Milliseconds since 1970, UTC.
    pub now: fn() -> u64,
    /// Whether this is the host that keeps organisations in line for good, and not somebody's app.
    pub steward: bool,
}

/// The clock of a real host.
pub fn system_now() -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |since| {
        u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
    })
}

/// The application.
pub struct Client {
    pub(crate) options: ClientOptions,
    pub(crate) session: watch::Sender<SessionState>,
    pub(crate) connection: watch::Sender<Connection>,
    /// The open profile; nothing while it is locked.
    pub(crate) profile: watch::Sender<Option<Arc<Profile>>>,
    /// The account; nothing while nobody is signed in.
    pub(crate) account: watch::Sender<Option<Arc<Account>>>,
    pub(crate) drafts: broadcast::Sender<DraftNews>,
    pub(crate) people: people::People,
    pub(crate) finder: contacts::Finder,
    pub(crate) book: contacts::AddressBook,
    /// The plans as they came.
    pub(crate) sources: watch::Sender<Arc<Vec<PlanSource>>>,
    pub(crate) cabinets: cabinet::Cabinets,
    pub(crate) leases: reconciler::Leases,
    pub(crate) indexed: watch::Sender<search::Indexed>,
    pub(crate) staging: outgoing::Staging,
    pub(crate) savings: saving::Savings,
    /// Opening, signing in and signing out happen one at a time.
    pub(crate) turn: AsyncMutex<()>,
    /// What runs for the account that is signed in.
    pub(crate) tasks: Mutex<Vec<JoinHandle<()>>>,
    pub(crate) sso: Mutex<Option<JoinHandle<()>>>,
}

impl Client {
    /// Begins to open the profile and returns at once; [`Client::session`] tells how it goes.
    ///
    /// Must be called inside a Tokio runtime.
    pub fn start(options: ClientOptions) -> Arc<Self> {
        let client = Arc::new(Self {
            options,
            session: watch::channel(SessionState::Starting).0,
            connection: watch::channel(Connection {
                link: Link::Connecting,
                since: None,
                waiting: 0,
                failed: 0,
                book_waits: false,
            })
            .0,
            profile: watch::channel(None).0,
            account: watch::channel(None).0,
            drafts: broadcast::channel(64).0,
            people: watch::channel(None).0,
            finder: contacts::Finder::default(),
            book: contacts::AddressBook::default(),
            sources: watch::channel(Arc::default()).0,
            cabinets: cabinet::Cabinets::default(),
            leases: reconciler::Leases::default(),
            indexed: watch::channel(search::Indexed::default()).0,
            staging: outgoing::Staging::default(),
            savings: saving::Savings::default(),
            turn: AsyncMutex::default(),
            tasks: Mutex::default(),
            sso: Mutex::default(),
        });
        let opening = client.clone();
        tokio::spawn(async move { opening.open().await });
        client
    }

    /// Whether the data can't be reached yet: nothing but unlocking is answered then.
    pub fn is_locked(&self) -> bool {
        matches!(*self.session.borrow(), SessionState::Locked { .. })
    }

    /// The state of the session, and every change of it.
    pub fn session(&self) -> watch::Receiver<SessionState> {
        self.session.subscribe()
    }

    /// The state of the connection, and every change of it.
    pub fn connection(&self) -> watch::Receiver<Connection> {
        self.connection.subscribe()
    }

    /// Lets go of the server; what has been written is on disk already.
    pub async fn shutdown(&self) {
        self.end_tasks();
        let account = self.account.borrow().clone();
        if let Some(account) = account {
            self.give_leases_up(&account).await;
            account.stop().await;
        }
    }

    pub(crate) fn profile(&self) -> Result<Arc<Profile>> {
        self.profile.borrow().clone().ok_or(Error::Locked)
    }

    pub(crate) fn account(&self) -> Result<Arc<Account>> {
        self.account.borrow().clone().ok_or(Error::NotSignedIn)
    }

    pub(crate) fn task(&self, task: JoinHandle<()>) {
        self.tasks
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(task);
    }

    pub(crate) fn end_tasks(&self) {
        self.staging.clear();
        for task in self
            .tasks
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .drain(..)
        {
            task.abort();
        }
    }
}
