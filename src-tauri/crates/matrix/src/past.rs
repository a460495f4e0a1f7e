//! The history of a room's state: what each event replaced.

use crate::account::Account;
use crate::error::{Error, Result};
use crate::members::patiently;
use crate::state::room_id;
use matrix_sdk::ruma::api::Direction;
use matrix_sdk::ruma::api::client::filter::RoomEventFilter;
use matrix_sdk::ruma::api::client::message::get_message_events;
use matrix_sdk::ruma::uint;
use parta_model::{ChatId, UserId};
use serde::Deserialize;
use serde_json::Value;

/// A state event that was written once.
#[derive(Clone, Debug)]
pub struct PastState {
    pub event: String,
    pub kind: String,
    pub key: String,
    pub by: UserId,
    /// Milliseconds since 1970, by the server's clock.
    pub at: u64,
    pub content: Value,
    /// What it replaced; `null` where it was the first.
    pub before: Value,
}

/// Some of them, the newest first.
#[derive(Clone, Debug, Default)]
pub struct PastPage {
    pub events: Vec<PastState>,
    /// Where it goes on; nothing at the beginning of the room.
    pub next: Option<String>,
}

#[derive(Deserialize)]
struct Event {
    event_id: String,
    #[serde(rename = "type")]
    kind: String,
    state_key: String,
    sender: String,
    origin_server_ts: u64,
    #[serde(default)]
    content: Value,
    #[serde(default)]
    unsigned: Unsigned,
}

#[derive(Default, Deserialize)]
struct Unsigned {
    #[serde(default)]
    prev_content: Value,
}

impl Account {
    /// The state events of these kinds that were written into a room, from a token of the page before or from now.
    pub async fn past_state(
        &self,
        room: &ChatId,
        kinds: &[&str],
        from: Option<&str>,
    ) -> Result<PastPage> {
        let mut request = get_message_events::v3::Request::new(room_id(room)?, Direction::Backward);
        request.from = from.map(str::to_owned);
        request.limit = uint!(50);
        let mut filter = RoomEventFilter::default();
        filter.types = Some(kinds.iter().map(|kind| (*kind).to_owned()).collect());
        request.filter = filter;
        let answer = patiently(async || Ok(self.client.send(request.clone()).await?)).await;
        let answer = answer.map_err(Error::from)?;
        let read = |event: &Event| PastState {
            event: event.event_id.clone(),
            kind: event.kind.clone(),
            key: event.state_key.clone(),
            by: UserId::new(event.sender.clone()),
            at: event.origin_server_ts,
            content: event.content.clone(),
            before: event.unsigned.prev_content.clone(),
        };
        let events = answer
            .chunk
            .iter()
            // What is no state event can't be of a plan.
            .filter_map(|raw| serde_json::from_str::<Event>(raw.json().get()).ok())
            .map(|event| read(&event))
            .collect();
        Ok(PastPage {
            events,
            next: answer.end,
        })
    }
}
