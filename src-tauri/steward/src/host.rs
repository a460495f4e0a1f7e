//! The core as the steward hosts it: signed in once, and from then on opened again.

use crate::args::{Args, password};
use crate::status;
use anyhow::Context;
use parta_client::{
    Client, ClientOptions, Keychain, KeychainError, LockTask, SessionState, system_now,
};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// Written when everything is there that a run needs.
const MARK: &str = "steward.json";
/// How often it says that it is alive where nothing happens.
const HEARTBEAT: Duration = Duration::from_secs(30);
const FAREWELL: Duration = Duration::from_secs(10);

/// What an operator has to put right, by the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    NoStore,
    WrongSecret,
    SignedOut,
}

impl Failure {
    pub fn code(&self) -> u8 {
        match self {
            Self::NoStore => 3,
            Self::WrongSecret => 4,
            Self::SignedOut => 5,
        }
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::NoStore => "there is no store here: run «parta-steward setup» first",
            Self::WrongSecret => "the secret does not open the store",
            Self::SignedOut => "the server has ended the session: run «parta-steward setup» again",
        })
    }
}

impl std::error::Error for Failure {}

/// A server has no keychain: the store's key is wrapped with a secret that the operator keeps elsewhere.
struct NoKeychain;

impl Keychain for NoKeychain {
    fn get(&self, _: &str) -> Result<Option<Vec<u8>>, KeychainError> {
        Err(KeychainError::Unavailable("none".to_owned()))
    }

    fn set(&self, _: &str, _: &[u8]) -> Result<(), KeychainError> {
        Err(KeychainError::Unavailable("none".to_owned()))
    }

    fn delete(&self, _: &str) -> Result<(), KeychainError> {
        Ok(())
    }
}

fn start(store: &Path) -> Arc<Client> {
    Client::start(ClientOptions {
        profile: store.to_owned(),
        keychain: Arc::new(NoKeychain),
        downloads: store.join("downloads"),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        device: "Парта (распорядитель)".to_owned(),
        now: system_now,
        steward: true,
    })
}

/// Opens the store; a new one only where that is wanted.
async fn open(args: &Args, new: bool) -> anyhow::Result<Arc<Client>> {
    let secret = args.secret()?;
    let client = start(&args.store);
    let mut session = client.session();
    loop {
        let state = settled(&mut session).await?;
        match state {
            SessionState::Locked {
                task: LockTask::EnterPassword,
                ..
            } => client
                .enter_data_password(secret.clone())
                .await
                .map_err(|_| Failure::WrongSecret)?,
            SessionState::Locked {
                task: LockTask::ChoosePassword,
                ..
            } if new => client
                .choose_data_password(secret.clone())
                .await
                .context("the store can't be made")?,
            SessionState::Locked {
                task: LockTask::ChoosePassword,
                ..
            } => return Err(Failure::NoStore.into()),
            SessionState::Locked { .. } => anyhow::bail!("the store can't be opened"),
            _ => return Ok(client),
        }
    }
}

async fn settled(
    session: &mut tokio::sync::watch::Receiver<SessionState>,
) -> anyhow::Result<SessionState> {
    let state = session
        .wait_for(|state| *state != SessionState::Starting)
        .await;
    Ok(state.context("the core has ended")?.clone())
}

pub async fn setup(args: &Args, server: &str, user: &str) -> anyhow::Result<()> {
    std::fs::create_dir_all(&args.store)
        .with_context(|| format!("{} can't be made", args.store.display()))?;
    let client = open(args, true).await?;
    if !matches!(*client.session().borrow(), SessionState::SignedIn { .. }) {
        let password = password()?;
        client
            .sign_in(server, user, &password)
            .await
            .context("signing in failed")?;
    }
    let SessionState::SignedIn { me } = client.session().borrow().clone() else {
        return Err(Failure::SignedOut.into());
    };
    client.shutdown().await;
    let mark = serde_json::json!({"user": me.id, "server": me.server});
    std::fs::write(args.store.join(MARK), format!("{mark}\n"))?;
    println!("{} is set up", me.id);
    Ok(())
}

pub async fn run(args: &Args) -> anyhow::Result<()> {
    // A folder that was emptied by mistake must not begin a new life as another device.
    if !args.store.join(MARK).exists() {
        return Err(Failure::NoStore.into());
    }
    let client = open(args, false).await?;
    let mut session = client.session();
    if !matches!(*session.borrow(), SessionState::SignedIn { .. }) {
        return Err(Failure::SignedOut.into());
    }
    tracing::info!("running");
    let ended = tokio::select! {
        () = asked_to_end() => Ok(()),
        () = tell(&client, &args.store) => Ok(()),
        _ = session.wait_for(|state| !matches!(state, SessionState::SignedIn { .. })) => {
            Err(Failure::SignedOut.into())
        }
    };
    if tokio::time::timeout(FAREWELL, client.shutdown())
        .await
        .is_err()
    {
        tracing::warn!("the core did not come to rest in time");
    }
    status::forget(&args.store);
    tracing::info!("ended");
    ended
}

/// Writes down how far everything is, for `status`.
async fn tell(client: &Client, store: &Path) {
    let mut works = client.works();
    loop {
        let now = works.borrow_and_update().clone();
        if let Err(error) = status::write(store, &now, system_now()) {
            tracing::warn!(%error, "the status can't be written");
        }
        tokio::select! {
            changed = works.changed() => if changed.is_err() { return },
            () = tokio::time::sleep(HEARTBEAT) => {}
        }
    }
}

#[cfg(unix)]
async fn asked_to_end() {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate()).expect("the runtime handles signals");
    let mut interrupt = signal(SignalKind::interrupt()).expect("the runtime handles signals");
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}

#[cfg(not(unix))]
async fn asked_to_end() {
    // Without a console there is nobody to ask.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
