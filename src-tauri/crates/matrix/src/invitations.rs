//! Invitations that wait for an answer.

use crate::account::Account;
use async_stream::stream;
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use matrix_sdk::Client;
use parta_model::{ChatId, UserId};
use tokio::sync::broadcast::error::RecvError;

/// Somebody asks the person into a chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    pub chat: ChatId,
    pub inviter: UserId,
}

impl Account {
    /// The invitations that wait, now and whenever there is a new one; ends with the account.
    pub fn invitations(&self) -> BoxStream<'static, Vec<Invitation>> {
        let client = self.client.clone();
        let mut updates = client.subscribe_to_all_room_updates();
        stream! {
            yield waiting(&client).await;
            loop {
                match updates.recv().await {
                    Ok(update) if update.invited.is_empty() => {}
                    Ok(_) | Err(RecvError::Lagged(_)) => yield waiting(&client).await,
                    Err(RecvError::Closed) => return,
                }
            }
        }
        .boxed()
    }
}

async fn waiting(client: &Client) -> Vec<Invitation> {
    let mut waiting = Vec::new();
    for room in client.invited_rooms() {
        let details = room.invite_details().await.ok();
        if let Some(inviter) = details.and_then(|details| details.inviter) {
            waiting.push(Invitation {
                chat: ChatId::new(room.room_id().as_str()),
                inviter: UserId::new(inviter.user_id().as_str()),
            });
        }
    }
    waiting
}
