//! Carries unsent messages from a session that ended into the next one of the same person.

use crate::Client;
use crate::error::Result;
use crate::opening::Profile;
use parta_matrix::{Account, LinkState, Queued};
use parta_store::{Store, Unsent};
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

/// A chat that is not known yet comes with one of the next syncs.
const AGAIN: Duration = Duration::from_secs(5);

/// Copies the account's queue into our own store. Doing it twice keeps each message once.
pub(crate) async fn keep(profile: &Arc<Profile>, account: &Account) -> Result<()> {
    let queued = account.queued().await?;
    let rows: Vec<Unsent> = queued
        .into_iter()
        .enumerate()
        .map(|(position, message)| Unsent {
            chat: message.chat,
            position: u32::try_from(position).unwrap_or(u32::MAX),
            content: message.content,
            event_type: message.event_type,
            txn: message.txn,
        })
        .collect();
    profile.store(move |store| store.keep_unsent(&rows)).await
}

impl Client {
    /// Puts kept messages into the new account's queue, each chat in its order, as soon as the chat is known.
    pub(crate) async fn resume_unsent(
        self: Arc<Self>,
        profile: Arc<Profile>,
        account: Arc<Account>,
    ) {
        let mut link = account.link();
        loop {
            let Ok(rows) = profile.store(Store::unsent).await else {
                return;
            };
            if rows.is_empty() {
                return;
            }
            if *link.borrow_and_update() != LinkState::Online {
                if link.changed().await.is_err() {
                    return;
                }
                continue;
            }
            let mut held = HashSet::new();
            for (id, row) in rows {
                if held.contains(&row.chat) {
                    continue;
                }
                let message = Queued {
                    chat: row.chat.clone(),
                    event_type: row.event_type,
                    content: row.content,
                    txn: row.txn,
                };
                if account.requeue(&message).await.is_err() {
                    held.insert(row.chat);
                    continue;
                }
                if profile
                    .store(move |store| store.drop_unsent(id))
                    .await
                    .is_err()
                {
                    return;
                }
            }
            if held.is_empty() {
                return;
            }
            tokio::time::sleep(AGAIN).await;
        }
    }
}
