//! Carrying a plan out: one step at a time, each harmless when it was done before.

use super::place::{AVATAR, CHILD, DRAWN, NAME, POWER_LEVELS, creation};
use crate::account::Account;
use crate::error::{Error, Result};
use crate::making::{group_levels, request};
use crate::members::{is_refusal, patiently};
use crate::standing::number;
use crate::state::room_id;
use matrix_sdk::config::RequestConfig;
use matrix_sdk::ruma::api::client::membership::invite_user::v3::InvitationRecipient;
use matrix_sdk::ruma::api::client::membership::{invite_user, kick_user};
use matrix_sdk::ruma::api::client::state::{get_state_event_for_key, send_state_event};
use matrix_sdk::ruma::events::StateEventType;
use matrix_sdk::ruma::serde::Raw;
use matrix_sdk::ruma::{OwnedRoomId, OwnedUserId};
use parta_model::plan::level::{ADMINISTRATOR, OWNER};
use parta_model::plan::{Chat, ChatWish, Other, People, PlanContent};
use parta_model::reconcile::{Action, Picture, PlaceKey};
use parta_model::{ChatId, UserId};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;

/// A room takes the server a while where it is busy; who asks twice makes two.
const TIMEOUT: Duration = Duration::from_secs(60);
/// What a person reads who is no longer in a place.
const REASON: &str = "Состав определяет организация";

/// What new places stand on.
#[derive(Clone, Debug)]
pub struct Ground {
    pub organisation: ChatId,
    /// The organisation's service makes rooms that nobody can take over from it. What a person makes can be handed on.
    pub service: bool,
    /// How high this account stands in the organisation.
    pub level: i64,
    /// Draws a picture as a PNG, where it can be drawn.
    pub draw: fn(&Picture) -> Option<Vec<u8>>,
}

/// What has become of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Carried {
    Done,
    Made(ChatId),
    /// The server has understood and says no.
    Refused,
}

impl Account {
    /// Carries one step out. An error says that it may be done or not: the next look tells.
    pub async fn carry_out(&self, ground: &Ground, action: &Action) -> Result<Carried> {
        let done = match action {
            Action::Remove { place, person } => self.remove(place, person).await,
            Action::SetLevels { place, levels } => self.raise(place, levels).await,
            Action::Copy { place, key, people } => {
                self.write(place, People::TYPE, key, people.clone()).await
            }
            Action::Record { parent, key, chat } => self.record(parent, key, chat).await,
            Action::Link { parent, child } => {
                let via = json!({ "via": [self.server()?] });
                self.write(parent, CHILD, child.as_str(), via).await
            }
            Action::Rename { place, name } => {
                self.write(place, NAME, "", json!({ "name": name })).await
            }
            Action::Draw { place, picture } => match (ground.draw)(picture) {
                Some(png) => self.show_picture(place, &picture.mark(), png).await,
                // Letters that nobody can draw are left to the name.
                None => return Ok(Carried::Refused),
            },
            Action::Invite { place, person } => self.invite_to(place, person).await,
            Action::Create {
                key,
                name,
                parent,
                levels,
            } => {
                return match self.create(ground, key, name, parent, levels).await {
                    Ok(made) => Ok(Carried::Made(made)),
                    Err(error) => refused(error),
                };
            }
        };
        match done {
            Ok(()) => Ok(Carried::Done),
            Err(error) => refused(error),
        }
    }

    async fn remove(&self, place: &ChatId, person: &UserId) -> matrix_sdk::Result<()> {
        let (room, person) = (room_id(place).map_err(broken)?, user_id(person)?);
        let turn = self.writing_into(&room);
        let _turn = turn.lock().await;
        let mut asked = kick_user::v3::Request::new(room, person);
        asked.reason = Some(REASON.to_owned());
        ask_once!(self.client, asked).map(drop)
    }

    async fn invite_to(&self, place: &ChatId, person: &UserId) -> matrix_sdk::Result<()> {
        let (room, person) = (room_id(place).map_err(broken)?, user_id(person)?);
        let turn = self.writing_into(&room);
        let _turn = turn.lock().await;
        let recipient = InvitationRecipient::UserId(invite_user::v3::InviteUserId::new(person));
        let asked = invite_user::v3::Request::new(room, recipient);
        ask_once!(self.client, asked).map(drop)
    }

    async fn show_picture(
        &self,
        place: &ChatId,
        mark: &str,
        png: Vec<u8>,
    ) -> matrix_sdk::Result<()> {
        let size = png.len();
        let upload = async || {
            let media = self.client.media();
            media.upload(&mime::IMAGE_PNG, png.clone(), None).await
        };
        let uploaded = patiently(upload).await?;
        let info = json!({"mimetype": "image/png", "size": size});
        let content = json!({"url": uploaded.content_uri, "info": info, DRAWN: mark});
        self.write(place, AVATAR, "", content).await
    }

    async fn record(&self, parent: &ChatId, key: &str, chat: &ChatId) -> matrix_sdk::Result<()> {
        let record = Chat {
            room_id: chat.clone(),
            base: None,
            other: Other::new(),
        };
        self.write(parent, Chat::TYPE, key, record.write()).await
    }

    /// Copies and records are made from the plan alone, so they name no `base`: whatever is lost is written again.
    async fn write(
        &self,
        room: &ChatId,
        kind: &str,
        key: &str,
        content: Value,
    ) -> matrix_sdk::Result<()> {
        let room = room_id(room).map_err(broken)?;
        let turn = self.writing_into(&room);
        let _turn = turn.lock().await;
        self.put(&room, kind, key, &content).await
    }

    /// The caller holds the room's turn.
    async fn put(
        &self,
        room: &OwnedRoomId,
        kind: &str,
        key: &str,
        content: &Value,
    ) -> matrix_sdk::Result<()> {
        let asked = send_state_event::v3::Request::new_raw(
            room.clone(),
            StateEventType::from(kind),
            key.to_owned(),
            raw(content)?,
        );
        ask_once!(self.client, asked).map(drop)
    }

    /// Sets what these people may do and keeps all else. Nobody else writes between the reading and the writing.
    async fn raise(
        &self,
        place: &ChatId,
        levels: &BTreeMap<UserId, i64>,
    ) -> matrix_sdk::Result<()> {
        let room = room_id(place).map_err(broken)?;
        let turn = self.writing_into(&room);
        let _turn = turn.lock().await;
        let asked = get_state_event_for_key::v3::Request::new(
            room.clone(),
            StateEventType::from(POWER_LEVELS),
            String::new(),
        );
        let now: Option<Value> = match ask_once!(self.client, asked) {
            Ok(answer) => serde_json::from_str(answer.event_or_content.get()).ok(),
            // A room whose making was cut short has none yet.
            Err(error) if matches!(Error::from(&error), Error::ChatGone) => None,
            Err(error) => return Err(error),
        };
        let me = self.client.user_id().map(ToString::to_string);
        let mut content =
            now.unwrap_or_else(|| group_levels(json!({ me.unwrap_or_default(): OWNER }), false));
        let usual = number(&content["users_default"]).unwrap_or(0);
        if !content["users"].is_object() {
            content["users"] = json!({});
        }
        if let Some(users) = content["users"].as_object_mut() {
            for (person, level) in levels {
                // What everybody has who is not named need not be named.
                if *level == usual {
                    users.remove(person.as_str());
                } else {
                    users.insert(person.to_string(), (*level).into());
                }
            }
        }
        self.put(&room, POWER_LEVELS, "", &content).await
    }

    async fn create(
        &self,
        ground: &Ground,
        key: &PlaceKey,
        name: &str,
        parent: &ChatId,
        levels: &BTreeMap<UserId, i64>,
    ) -> matrix_sdk::Result<ChatId> {
        let me = self
            .client
            .user_id()
            .ok_or_else(|| broken(Error::SessionEnded))?;
        let creation =
            creation(&ground.organisation, key).ok_or_else(|| broken(Error::NotAllowed))?;
        let mut users: BTreeMap<&str, i64> = levels
            .iter()
            .map(|(person, level)| (person.as_str(), *level))
            .collect();
        if ground.service {
            // Its own rooms have no need to name it, and since version 12 may not.
            users.remove(me.as_str());
        } else {
            users.insert(me.as_str(), ground.level.clamp(ADMINISTRATOR, OWNER));
        }
        let mut asked = request(false, levels_of(key, &json!(users))).map_err(broken)?;
        asked.name = Some(name.to_owned());
        asked.creation_content = Some(raw(&creation)?);
        if ground.service {
            asked.room_version = None;
        }
        let parents = json!({"canonical": true, "via": [self.server().map_err(broken)?]});
        for state in [
            json!({"type": "m.room.join_rules", "state_key": "", "content": {"join_rule": "invite"}}),
            json!({"type": "m.space.parent", "state_key": parent.as_str(), "content": parents}),
        ] {
            asked.initial_state.push(raw(&state)?);
        }
        // Who asks twice has two: what is not answered is looked for.
        let made = ask_once!(self.client, asked)?;
        Ok(ChatId::new(made.room_id.as_str()))
    }

    fn server(&self) -> Result<String> {
        let me = self.client.user_id().ok_or(Error::SessionEnded)?;
        Ok(me.server_name().to_string())
    }
}

/// Asks the server, as often as it says to come later; what is not answered is not asked again by itself.
macro_rules! ask_once {
    ($client:expr, $asked:expr) => {
        $crate::members::patiently(async || {
            let asked = $client.send($asked.clone());
            Ok(asked.with_request_config($crate::places::once()).await?)
        })
        .await
    };
}
pub(crate) use ask_once;

/// What has not been answered may have been done: trying again is for whoever has looked first.
pub(crate) fn once() -> RequestConfig {
    RequestConfig::new().timeout(TIMEOUT).disable_retry()
}

/// What everybody may do in a place: in those that hold the plan administrators alone do anything.
pub(crate) fn levels_of(key: &PlaceKey, users: &Value) -> Value {
    let channel = [ChatWish::News, ChatWish::AllStaff]
        .iter()
        .any(|wish| *key == PlaceKey::OrgChat(wish.as_str().to_owned()));
    let mut levels = group_levels(users.clone(), channel);
    if !matches!(key, PlaceKey::ClassChat(..) | PlaceKey::OrgChat(_)) {
        for field in [
            "events_default",
            "state_default",
            "redact",
            "kick",
            "ban",
            "invite",
        ] {
            levels[field] = ADMINISTRATOR.into();
        }
    }
    levels
}

pub(crate) fn raw<T>(value: &Value) -> matrix_sdk::Result<Raw<T>> {
    Ok(Raw::from_json_string(value.to_string())?)
}

fn user_id(person: &UserId) -> matrix_sdk::Result<OwnedUserId> {
    Ok(OwnedUserId::try_from(person.as_str())?)
}

/// Our own errors on the way through those of the SDK.
pub(crate) fn broken(error: Error) -> matrix_sdk::Error {
    matrix_sdk::Error::UnknownError(Box::new(error))
}

fn refused(error: matrix_sdk::Error) -> Result<Carried> {
    // What can't even be asked is as good as refused: the server would say no.
    let malformed = matches!(
        error,
        matrix_sdk::Error::Identifier(_)
            | matrix_sdk::Error::SerdeJson(_)
            | matrix_sdk::Error::UnknownError(_)
    );
    if malformed || is_refusal(&error) {
        tracing::debug!(%error, "a step is refused");
        return Ok(Carried::Refused);
    }
    Err(error.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_a_class_space_administrators_alone_do_anything_and_channels_are_read() {
        let users = json!({"@head:s": 90});
        let quiet = levels_of(&PlaceKey::Class("5a".into()), &users);
        for field in [
            "events_default",
            "state_default",
            "redact",
            "invite",
            "kick",
        ] {
            assert_eq!(quiet[field], 90, "{field}");
        }
        let chat = levels_of(&PlaceKey::ClassChat("5a".into(), "parents".into()), &users);
        assert_eq!(
            (&chat["events_default"], &chat["invite"]),
            (&json!(0), &json!(50))
        );
        assert_eq!(chat["users"], users);
        for channel in ["news", "all_staff"] {
            let levels = levels_of(&PlaceKey::OrgChat(channel.into()), &users);
            let reactions = &levels["events"]["m.reaction"];
            assert_eq!(
                (&levels["events_default"], reactions),
                (&json!(50), &json!(0))
            );
        }
    }
}
