//! Making an organisation, and leaving one. What is being made is written down in the account before the first room is:
//! it goes on after any interruption, and on another device too.

use crate::Client;
use crate::error::{Error, Result};
use crate::opening::Profile;
use parta_matrix::{Account, Error as MatrixError, LinkState};
use parta_model::cabinet::{ActError, first_policy, first_staff, school_year};
use parta_model::edit::STAFF;
use parta_model::plan::{Org, OrgRooms, Other, People, PlanContent, Policy, people_key};
use parta_model::reconcile::{PlaceKey, quiet_names};
use parta_model::{ChatId, Founding, OrgFields, OrganisationKind, UserId};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::time::Duration;
use ulid::Ulid;

/// Four rooms, three of them listed, and three events of the plan.
const STEPS: u32 = 10;
const PAUSE: Duration = Duration::from_secs(10);

/// An organisation that is being made, as it is written down.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Wish {
    id: String,
    kind: OrganisationKind,
    info: OrgFields,
    /// Milliseconds since 1970.
    at: u64,
}

impl Client {
    /// Begins to make an organisation; [`Client::founding`] tells how far it is.
    pub async fn found_organisation(&self, kind: OrganisationKind, info: OrgFields) -> Result<()> {
        info.check().map_err(Error::Cabinet)?;
        let account = self.account()?;
        // A second click while the first one is being carried out.
        if self.cabinets.founding.borrow().is_some() {
            return Ok(());
        }
        let wish = Wish {
            id: Ulid::new().to_string(),
            kind,
            info,
            at: (self.options.now)(),
        };
        let json = serde_json::to_value(&wish).map_err(|_| Error::Internal("a wish is JSON"))?;
        account.set_founding(Some(&json)).await?;
        self.tell_founding(&wish, 0, false);
        self.cabinets.wished.send_replace(Some(json));
        Ok(())
    }

    fn tell_founding(&self, wish: &Wish, done: u32, paused: bool) {
        self.cabinets.founding.send_replace(Some(Founding {
            name: wish.info.short_name.clone(),
            done,
            total: STEPS,
            paused,
        }));
    }

    /// Goes on with what was begun, also in an earlier run.
    pub(crate) async fn follow_founding(
        self: Arc<Self>,
        profile: Arc<Profile>,
        account: Arc<Account>,
    ) {
        let mut link = account.link();
        let mut wished = self.cabinets.wished.subscribe();
        let mut kept = true;
        loop {
            if link
                .wait_for(|link| *link == LinkState::Online)
                .await
                .is_err()
            {
                return;
            }
            let mut wish = wished.borrow_and_update().clone();
            if wish.is_none() && kept {
                wish = account.founding().await.ok().flatten();
            }
            let wish = wish.and_then(|json| serde_json::from_value::<Wish>(json).ok());
            let Some(wish) = wish else {
                if wished.changed().await.is_err() {
                    return;
                }
                continue;
            };
            match self.found(&profile, &account, &wish).await {
                Ok(()) => {
                    self.cabinets.wished.send_replace(None);
                    self.cabinets.founding.send_replace(None);
                    // What the account kept of an earlier run is done with; its own news may take a moment to say so.
                    kept = false;
                }
                Err(error) => {
                    tracing::warn!(%error, "an organisation could not be made to its end");
                    let done = self
                        .cabinets
                        .founding
                        .borrow()
                        .as_ref()
                        .map_or(0, |f| f.done);
                    self.tell_founding(&wish, done, true);
                    tokio::select! {
                        () = tokio::time::sleep(PAUSE) => {}
                        _ = link.changed() => {}
                    }
                }
            }
        }
    }

    async fn found(&self, profile: &Arc<Profile>, account: &Account, wish: &Wish) -> Result<()> {
        let mut done = 0;
        let mut step = || {
            done += 1;
            self.tell_founding(wish, done, false);
        };
        self.tell_founding(wish, 0, false);
        let name = &wish.info.short_name;
        let organisation = account
            .founded_room(&wish.id, &PlaceKey::Organisation, name)
            .await?;
        step();
        let mut rooms = Vec::new();
        let keys = [PlaceKey::Staff, PlaceKey::Office, PlaceKey::Reception];
        for (key, name) in keys.into_iter().zip(quiet_names(wish.kind)) {
            let room = account.founded_room(&wish.id, &key, name).await?;
            step();
            account.list_in(&organisation, &room).await?;
            step();
            rooms.push(room);
        }
        let [staff, office, reception] =
            <[ChatId; 3]>::try_from(rooms).map_err(|_| Error::Internal("three rooms were made"))?;
        let me = account.me().await;
        let people = first_staff(&me.id, &me.name, wish.at);
        let key = people_key(STAFF, 0);
        self.write_first(account, &staff, People::TYPE, &key, &people)
            .await?;
        step();
        self.write_first(account, &organisation, Policy::TYPE, "", &first_policy())
            .await?;
        step();
        // The last of all: only now it is an organisation.
        let rooms = OrgRooms {
            staff,
            office,
            reception,
            other: Other::new(),
        };
        let year = self.year(profile, wish.at).await?;
        let org = wish.info.founded(wish.kind, year, rooms);
        self.write_first(account, &organisation, Org::TYPE, "", &org)
            .await?;
        step();
        account.set_founding(None).await?;
        Ok(())
    }

    /// Writes an event that is not there yet: what somebody has changed since is not set back.
    async fn write_first(
        &self,
        account: &Account,
        room: &ChatId,
        kind: &str,
        key: &str,
        content: &impl PlanContent,
    ) -> Result<()> {
        if account.state(room, kind, key).await?.is_none() {
            account.set_state(room, kind, key, &content.write()).await?;
        }
        Ok(())
    }

    async fn year(&self, profile: &Arc<Profile>, at: u64) -> Result<i64> {
        let local = profile.store(move |store| store.local_times(&[at])).await?;
        let date = local.first().map(String::as_str).unwrap_or_default();
        let mut parts = date.split('-').map(|part| part.parse::<i64>().ok());
        let (year, month) = (parts.next().flatten(), parts.next().flatten());
        let (Some(year), Some(month)) = (year, month) else {
            return Err(Error::Internal("the clock tells no date"));
        };
        Ok(school_year(year, u32::try_from(month).unwrap_or(1)))
    }

    /// Leaves an organisation with everything that belongs to it. The account and what was written stay.
    pub async fn leave_organisation(&self, organisation: &ChatId) -> Result<()> {
        let account = self.account()?;
        let me = UserId::new(account.saved().user.clone());
        let server = self.cabinets.server.borrow().clone();
        if let Some(plan) = server.plans.get(organisation) {
            if plan.is_last_owner(&me) {
                return Err(Error::Cabinet(ActError::LastOwner));
            }
            // Who comes back one day does not come back as an administrator.
            account.step_down(organisation).await?;
        }
        let desk = self.cabinets.desk.borrow().clone();
        let places = desk.and_then(|desk| desk.places.get(organisation).cloned());
        for place in places.ok_or(Error::Matrix(MatrixError::ChatGone))? {
            match account.leave_chat(&place).await {
                // Not every place of it is known to everybody.
                Ok(()) | Err(MatrixError::ChatGone | MatrixError::NotAllowed) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }
}
