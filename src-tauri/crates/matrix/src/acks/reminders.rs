//! Whom the person has reminded of an acknowledgement: kept with the account, so that his other devices know.

use crate::account::Account;
use crate::error::{Error, Result};
use matrix_sdk::Room;
use matrix_sdk::ruma::api::client::config::get_room_account_data;
use matrix_sdk::ruma::api::error::ErrorKind;
use matrix_sdk::ruma::events::RoomAccountDataEventType;
use matrix_sdk::ruma::serde::Raw;
use parta_model::{ChatId, UserId};
use serde_json::Value;
use std::collections::BTreeMap;

/// Where the reminders of a chat lie, so that the person's other devices know of them.
const REMINDERS: &str = "school.parta.reminders";
/// Older reminders matter to nobody.
const KEPT_FOR: u64 = 30 * 24 * 3_600_000;
/// Whom the person has reminded of which message, and when (milliseconds since 1970).
pub type Reminders = BTreeMap<String, BTreeMap<String, u64>>;

impl Account {
    /// Whom the person has reminded of messages of a chat, as the server knows it, or without one as this device does.
    pub async fn reminders(&self, chat: &ChatId) -> Result<Reminders> {
        let room = self.room(chat)?;
        match self.fresh_reminders(&room).await {
            Ok(reminders) => Ok(reminders),
            Err(_) => {
                let stored = room.account_data(REMINDERS.into()).await?;
                let content =
                    stored.and_then(|raw| raw.get_field::<Value>("content").ok().flatten());
                Ok(content.as_ref().map(read_reminders).unwrap_or_default())
            }
        }
    }

    /// Writes down whom the person reminds now, and gives those who may be: nobody whose last reminder is younger than
    /// `pause`. Written before anything is sent, so that no crash and no other device reminds anybody twice.
    pub async fn claim_reminders(
        &self,
        chat: &ChatId,
        event: &str,
        people: &[UserId],
        now: u64,
        pause: u64,
    ) -> Result<Vec<UserId>> {
        let room = self.room(chat)?;
        let _turn = self.acks.turn.lock().await;
        let mut reminders = self.fresh_reminders(&room).await?;
        let before = reminders.get(event).cloned().unwrap_or_default();
        let due = |person: &&UserId| {
            before
                .get(person.as_str())
                .is_none_or(|at| at.saturating_add(pause) <= now)
        };
        let due: Vec<UserId> = people.iter().filter(due).cloned().collect();
        if !due.is_empty() {
            let of_event = reminders.entry(event.to_owned()).or_default();
            of_event.extend(due.iter().map(|person| (person.to_string(), now)));
            write_reminders(&room, reminders, now).await?;
        }
        Ok(due)
    }

    /// Takes back what was written down of people who could not be reminded.
    pub async fn release_reminders(
        &self,
        chat: &ChatId,
        event: &str,
        people: &[UserId],
        now: u64,
    ) -> Result<()> {
        let room = self.room(chat)?;
        let _turn = self.acks.turn.lock().await;
        let mut reminders = self.fresh_reminders(&room).await?;
        if let Some(of_event) = reminders.get_mut(event) {
            of_event.retain(|person, at| {
                *at != now || !people.iter().any(|released| released.as_str() == person)
            });
        }
        write_reminders(&room, reminders, now).await
    }

    /// The sync may lie behind what this device, or another one, has just written.
    async fn fresh_reminders(&self, room: &Room) -> Result<Reminders> {
        let request = get_room_account_data::v3::Request::new(
            room.own_user_id().to_owned(),
            room.room_id().to_owned(),
            RoomAccountDataEventType::from(REMINDERS),
        );
        match self.client.send(request).await {
            Ok(answer) => {
                let content = serde_json::from_str::<Value>(answer.account_data.json().get());
                Ok(content.as_ref().map(read_reminders).unwrap_or_default())
            }
            Err(error) if matches!(error.client_api_error_kind(), Some(ErrorKind::NotFound)) => {
                Ok(Reminders::new())
            }
            Err(error) => Err(error.into()),
        }
    }
}

async fn write_reminders(room: &Room, reminders: Reminders, now: u64) -> Result<()> {
    let content = serde_json::to_string(&young(reminders, now))
        .map_err(|_| Error::Internal("reminders are JSON"))?;
    let content =
        Raw::from_json_string(content).map_err(|_| Error::Internal("reminders are JSON"))?;
    room.set_account_data_raw(REMINDERS.into(), content).await?;
    Ok(())
}

/// What can't be read is nobody's reminder.
fn read_reminders(content: &Value) -> Reminders {
    let events = content.as_object().into_iter().flatten();
    events
        .filter_map(|(event, people)| {
            let people = people.as_object()?.iter();
            let people = people.filter_map(|(person, at)| Some((person.clone(), at.as_u64()?)));
            Some((event.clone(), people.collect()))
        })
        .collect()
}

fn young(mut reminders: Reminders, now: u64) -> Reminders {
    reminders.retain(|_, people| {
        people.retain(|_, at| at.saturating_add(KEPT_FOR) > now);
        !people.is_empty()
    });
    reminders
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn reminders_of_a_stranger_shape_are_passed_over_and_old_ones_dropped() {
        let now = 100 * 24 * 3_600_000;
        let content = json!({
            "$new": {"@a:x": now - 1, "@b:x": "yesterday", "@c:x": 5},
            "$old": {"@a:x": 5},
            "$odd": [1, 2],
        });
        let reminders = young(read_reminders(&content), now);
        let expected = BTreeMap::from([(
            "$new".to_owned(),
            BTreeMap::from([("@a:x".to_owned(), now - 1)]),
        )]);
        assert_eq!(reminders, expected);
        assert_eq!(read_reminders(&json!(null)), Reminders::new());
    }
}
