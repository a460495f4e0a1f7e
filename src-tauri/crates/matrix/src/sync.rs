//! Keeps the account in step with its server and says how that goes.

use crate::error::{Error, Result};
use matrix_sdk::ruma::api::error::ErrorKind;
use matrix_sdk::send_queue::SendQueueRoomError;
use matrix_sdk::{Client, SessionChange};
use matrix_sdk_ui::room_list_service::State as ListState;
use matrix_sdk_ui::sync_service::{State, SyncService};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;
use tokio::task::JoinHandle;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkState {
    Connecting,
    Online,
    Offline,
    /// The server no longer knows this session.
    Ended,
}

/// Waits between tries after an error that is not a missing network (for that the SDK looks for the server itself).
const BACKOFF: [u64; 5] = [1, 3, 10, 30, 60];

pub(crate) struct Sync {
    pub(crate) service: Arc<SyncService>,
    link: watch::Sender<LinkState>,
    driver: Mutex<Option<JoinHandle<()>>>,
}

impl Sync {
    pub(crate) async fn new(client: &Client) -> Result<Self> {
        let service = SyncService::builder(client.clone())
            .with_offline_mode()
            .build()
            .await
            .map_err(|error| Error::stored(&error))?;
        Ok(Self {
            service: Arc::new(service),
            link: watch::channel(LinkState::Connecting).0,
            driver: Mutex::default(),
        })
    }

    pub(crate) fn watch(&self) -> watch::Receiver<LinkState> {
        self.link.subscribe()
    }

    pub(crate) fn start(&self, client: Client) {
        let task = tokio::spawn(drive(client, self.service.clone(), self.link.clone()));
        if let Some(old) = self
            .driver
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .replace(task)
        {
            old.abort();
        }
    }

    pub(crate) async fn stop(&self) {
        let driver = self
            .driver
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(driver) = driver {
            driver.abort();
        }
        self.service.stop().await;
    }
}

impl Drop for Sync {
    fn drop(&mut self) {
        if let Some(driver) = self
            .driver
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
        {
            driver.abort();
        }
    }
}

async fn drive(client: Client, service: Arc<SyncService>, link: watch::Sender<LinkState>) {
    let mut session = client.subscribe_to_session_changes();
    let mut queue_errors = client.send_queue().subscribe_errors();
    let mut states = service.state();
    let mut lists = service.room_list_service().state();
    let mut failures = 0;
    let mut restart: Option<tokio::time::Instant> = None;
    let mut resume: Option<tokio::time::Instant> = None;
    let mut queue_failures = 0;
    service.start().await;
    client.send_queue().set_enabled(true).await;
    loop {
        tokio::select! {
            change = session.recv() => {
                if matches!(change, Ok(SessionChange::UnknownToken(_))) {
                    service.stop().await;
                    link.send_replace(LinkState::Ended);
                    return;
                }
            }
            error = queue_errors.recv() => {
                match error {
                    // Any error switches the queue of its chat off. What was refused is the person's now; what was
                    // written after it is not to wait for him.
                    Ok(error) if !error.is_recoverable => go_on(&client, &error),
                    Err(RecvError::Closed) => return,
                    // It may pass: the queue goes on after a while, or at once when back online.
                    _ => {
                        resume = Some(later(queue_failures));
                        queue_failures += 1;
                    }
                }
            }
            () = at(resume), if resume.is_some() => {
                resume = None;
                if *link.borrow() == LinkState::Online {
                    client.send_queue().set_enabled(true).await;
                }
            }
            () = at(restart), if restart.is_some() => {
                restart = None;
                service.start().await;
            }
            state = states.next() => {
                let Some(state) = state else { return };
                if let State::Error(_) = state {
                    restart = Some(later(failures));
                    failures += 1;
                }
                settle(&service, &link, &client, &mut failures, &mut queue_failures).await;
            }
            list = lists.next() => {
                if list.is_none() { return }
                settle(&service, &link, &client, &mut failures, &mut queue_failures).await;
            }
        }
    }
}

/// Lets a chat send what was written after a message that the server has refused.
fn go_on(client: &Client, error: &SendQueueRoomError) {
    // Without a session everything would be refused, one after the other; the next one carries it over.
    let ended = matches!(
        error.error.client_api_error_kind(),
        Some(ErrorKind::UnknownToken(_))
    );
    if let Some(room) = client.get_room(&error.room_id).filter(|_| !ended) {
        room.send_queue().set_enabled(true);
    }
}

fn later(failures: usize) -> tokio::time::Instant {
    tokio::time::Instant::now() + Duration::from_secs(BACKOFF[failures.min(BACKOFF.len() - 1)])
}

async fn at(instant: Option<tokio::time::Instant>) {
    match instant {
        Some(instant) => tokio::time::sleep_until(instant).await,
        None => std::future::pending().await,
    }
}

/// Online is said only after a first answer: «running» alone means that a request is on its way.
async fn settle(
    service: &SyncService,
    link: &watch::Sender<LinkState>,
    client: &Client,
    failures: &mut usize,
    queue_failures: &mut usize,
) {
    let answered = matches!(
        service.room_list_service().state().get(),
        ListState::SettingUp | ListState::Recovering | ListState::Running
    );
    let before = *link.borrow();
    let now = match service.state().get() {
        State::Running if answered => LinkState::Online,
        State::Running | State::Idle | State::Terminated if before != LinkState::Offline => {
            LinkState::Connecting
        }
        State::Running | State::Idle | State::Terminated => LinkState::Offline,
        State::Error(_) | State::Offline => LinkState::Offline,
    };
    if now == before {
        return;
    }
    link.send_replace(now);
    if now == LinkState::Online {
        (*failures, *queue_failures) = (0, 0);
        client.send_queue().set_enabled(true).await;
    }
}
