//! State of a room as the plan uses it: one event read with its id, one event written.

use crate::account::Account;
use crate::error::{Error, Result};
use crate::members::patiently;
use matrix_sdk::ruma::api::client::room::get_room_event;
use matrix_sdk::ruma::api::client::state::{get_state_event_for_key, send_state_event};
use matrix_sdk::ruma::events::StateEventType;
use matrix_sdk::ruma::serde::Raw;
use matrix_sdk::ruma::{OwnedEventId, OwnedRoomId};
use parta_model::ChatId;
use parta_model::edit::Link;
use serde_json::Value;

/// A state event as it is now.
#[derive(Clone, Debug)]
pub struct StateNow {
    pub event: String,
    pub content: Value,
}

impl Account {
    /// A state event of a room as the server has it; nothing where there is none.
    pub async fn state(&self, room: &ChatId, kind: &str, key: &str) -> Result<Option<StateNow>> {
        let mut request = get_state_event_for_key::v3::Request::new(
            room_id(room)?,
            StateEventType::from(kind),
            key.to_owned(),
        );
        request.format = get_state_event_for_key::v3::StateEventFormat::Event;
        let answer = patiently(async || Ok(self.client.send(request.clone()).await?)).await;
        let answer = match answer.map_err(Error::from) {
            Ok(answer) => answer,
            // Of a room that is gone the server says that it is not allowed.
            Err(Error::ChatGone) => return Ok(None),
            Err(error) => return Err(error),
        };
        state_now(answer.event_or_content.get()).map(Some)
    }

    /// Writes a state event and gives its id. Whoever writes into one room waits for the one before: at once they would
    /// fork its history.
    pub async fn set_state(
        &self,
        room: &ChatId,
        kind: &str,
        key: &str,
        content: &Value,
    ) -> Result<String> {
        let room = room_id(room)?;
        let raw = Raw::from_json_string(content.to_string())
            .map_err(|_| Error::Internal("state is JSON"))?;
        let request = send_state_event::v3::Request::new_raw(
            room.clone(),
            StateEventType::from(kind),
            key.to_owned(),
            raw,
        );
        let turn = self.writing_into(&room);
        let _turn = turn.lock().await;
        let answer = patiently(async || Ok(self.client.send(request.clone()).await?)).await?;
        Ok(answer.event_id.to_string())
    }

    /// From which event another one of a plan was made.
    pub async fn link_of(&self, room: &ChatId, event: &str) -> Result<Link> {
        let id = OwnedEventId::try_from(event).map_err(|_| Error::NoSuchItem)?;
        let request = get_room_event::v3::Request::new(room_id(room)?, id);
        let answer = patiently(async || Ok(self.client.send(request.clone()).await?)).await?;
        let event_json: Value =
            serde_json::from_str(answer.event.json().get()).map_err(|_| Error::Server)?;
        Ok(Link {
            event: event.to_owned(),
            base: event_json["content"]["base"].as_str().map(str::to_owned),
        })
    }
}

fn state_now(json: &str) -> Result<StateNow> {
    let event: Value = serde_json::from_str(json).map_err(|_| Error::Server)?;
    Ok(StateNow {
        event: event["event_id"].as_str().ok_or(Error::Server)?.to_owned(),
        content: event["content"].clone(),
    })
}

pub(crate) fn room_id(chat: &ChatId) -> Result<OwnedRoomId> {
    OwnedRoomId::try_from(chat.as_str()).map_err(|_| Error::ChatGone)
}
