//! Making an organisation: a step can be asked for again after any interruption and finds what is there. Each room has
//! an address made of a secret of the founding; the server gives it once, so no room is made twice.

use crate::account::Account;
use crate::error::{Error, Result};
use crate::making::request;
use crate::members::patiently;
use crate::places::{ask_once, levels_of, raw};
use matrix_sdk::ruma::api::client::alias::get_alias;
use matrix_sdk::ruma::{OwnedRoomAliasId, RoomAliasId};
use parta_model::ChatId;
use parta_model::plan::level::OWNER;
use parta_model::plan::room_type;
use parta_model::reconcile::PlaceKey;
use serde_json::{Value, json};

/// Where an organisation that is being made is written down, until it is.
const FOUNDING: &str = "school.parta.founding";

impl Account {
    /// What was written down of an organisation that is being made, if one is. Needs no network.
    pub async fn founding(&self) -> Result<Option<Value>> {
        let content = self.kept_own_data(FOUNDING).await?;
        Ok(content.filter(|content| content["id"].is_string()))
    }

    /// Writes it down, or that it is done.
    pub async fn set_founding(&self, founding: Option<&Value>) -> Result<()> {
        self.set_own_data(FOUNDING, founding.unwrap_or(&json!({})))
            .await
    }

    /// One of the rooms of an organisation that is being made: the one there is, or a new one.
    pub async fn founded_room(&self, secret: &str, key: &PlaceKey, name: &str) -> Result<ChatId> {
        let me = self.client.user_id().ok_or(Error::SessionEnded)?;
        let (word, kind, rule) = match key {
            PlaceKey::Organisation => ("organisation", room_type::ORGANISATION, "invite"),
            PlaceKey::Staff => ("staff", room_type::STAFF, "invite"),
            PlaceKey::Office => ("office", room_type::OFFICE, "invite"),
            PlaceKey::Reception => ("reception", room_type::RECEPTION, "knock"),
            _ => return Err(Error::Internal("no room of a founding")),
        };
        let alias = format!("parta-{}-{word}", secret.to_lowercase());
        let address = format!("#{alias}:{}", me.server_name());
        let address = RoomAliasId::parse(address).map_err(|_| Error::Internal("an address"))?;
        if let Some(there) = self.at_address(&address).await? {
            return Ok(there);
        }
        let mut asked = request(false, levels_of(key, &json!({ me.as_str(): OWNER })))?;
        asked.name = Some(name.to_owned());
        asked.room_alias_name = Some(alias);
        asked.creation_content = Some(raw(&json!({ "type": kind }))?);
        let join_rules =
            json!({"type": "m.room.join_rules", "state_key": "", "content": {"join_rule": rule}});
        asked.initial_state.push(raw(&join_rules)?);
        let made = ask_once!(self.client, asked)?;
        Ok(ChatId::new(made.room_id.as_str()))
    }

    async fn at_address(&self, address: &OwnedRoomAliasId) -> Result<Option<ChatId>> {
        let request = get_alias::v3::Request::new(address.clone());
        let answer = patiently(async || Ok(self.client.send(request.clone()).await?)).await;
        match answer.map_err(Error::from) {
            Ok(answer) => Ok(Some(ChatId::new(answer.room_id.as_str()))),
            Err(Error::ChatGone) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Lists a room in the organisation.
    pub async fn list_in(&self, organisation: &ChatId, room: &ChatId) -> Result<()> {
        let server = self
            .client
            .user_id()
            .ok_or(Error::SessionEnded)?
            .server_name();
        let via = json!({ "via": [server] });
        self.set_state(organisation, "m.space.child", room.as_str(), &via)
            .await?;
        Ok(())
    }

    /// Gives up what this account may do in an organisation beyond the others.
    pub async fn step_down(&self, organisation: &ChatId) -> Result<()> {
        let me = self.client.user_id().ok_or(Error::SessionEnded)?;
        let levels = self.state(organisation, "m.room.power_levels", "").await?;
        let Some(mut levels) = levels.map(|now| now.content) else {
            return Ok(());
        };
        let listed = levels["users"].as_object_mut();
        // Who made a room of a late version stands above all levels and can't step down.
        if listed.is_some_and(|users| users.remove(me.as_str()).is_some()) {
            self.set_state(organisation, "m.room.power_levels", "", &levels)
                .await?;
        }
        Ok(())
    }
}
