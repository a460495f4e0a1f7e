//! Who is in a chat, and letting others in.

use crate::account::Account;
use crate::error::{Error, Result};
use crate::sync::LinkState;
use crate::{names, rooms};
use matrix_sdk::ruma::events::room::member::MembershipState;
use matrix_sdk::ruma::events::room::power_levels::UserPowerLevel;
use matrix_sdk::ruma::{OwnedUserId, UserId as MatrixUserId};
use matrix_sdk::{Room, RoomMemberships};
use parta_model::{ChatId, ChatName, Member, Person, Standing, UserId};
use std::time::Duration;

/// A server that asks for more patience than this is asked again by the person, not by us.
const PATIENCE: Duration = Duration::from_secs(60);
/// A server that is busy and does not say for how long.
const PAUSE: Duration = Duration::from_secs(3);

impl Account {
    /// The people who are in a chat and those who are invited, in no order. Asks the server once for each chat; without
    /// one it gives those it knows.
    pub async fn members(&self, chat: &ChatId) -> Result<Vec<Member>> {
        let room = self.room(chat)?;
        if *self.link().borrow() == LinkState::Online && room.sync_members().await.is_err() {
            tracing::debug!("the members of a chat could not be asked for");
        }
        let me = room.own_user_id();
        let levels = room.power_levels_or_default().await;
        let members = room.members_no_sync(RoomMemberships::ACTIVE).await?;
        let seen = members.iter().map(|member| {
            let id = member.user_id();
            Member {
                person: names::of_member(member),
                badge: None,
                standing: standing(levels.for_user(id)),
                invited: *member.membership() == MembershipState::Invite,
                by_hand: false,
                can_remove: id != me && levels.user_can_kick_user(me, id),
                me: id == me,
            }
        });
        Ok(seen.collect())
    }

    /// Those of some people who are in a chat, as far as this device knows.
    pub async fn who_is_in(&self, chat: &ChatId, people: Vec<UserId>) -> Vec<UserId> {
        let Ok(room) = self.room(chat) else {
            return vec![];
        };
        let mut found = Vec::new();
        for person in people {
            let id = <&MatrixUserId>::try_from(person.as_str());
            let member = match id {
                Ok(id) => room.get_member_no_sync(id).await.ok().flatten(),
                Err(_) => None,
            };
            if member.is_some_and(|member| *member.membership() == MembershipState::Join) {
                found.push(person);
            }
        }
        found
    }

    /// What a chat is called.
    pub async fn chat_name(&self, chat: &ChatId) -> Result<ChatName> {
        Ok(rooms::called(&self.room(chat)?).await)
    }

    /// Whether only some may write in a chat.
    pub async fn is_channel(&self, chat: &ChatId) -> Result<bool> {
        Ok(is_announcing(&self.room(chat)?).await)
    }

    /// Invites people one after the other, as fast as the server lets; gives those who could not be invited.
    pub async fn invite_people(&self, chat: &ChatId, people: &[UserId]) -> Result<Vec<Person>> {
        let room = self.room(chat)?;
        let levels = room.power_levels_or_default().await;
        if !levels.user_can_invite(room.own_user_id()) {
            return Err(Error::NotAllowed);
        }
        let mut refused = Vec::new();
        let mut answered = false;
        for (index, id) in people.iter().enumerate() {
            if let Ok(id) = <&MatrixUserId>::try_from(id.as_str())
                && is_in(&room, id).await
            {
                continue;
            }
            match invite(&room, id).await {
                Ok(true) => {}
                Ok(false) => refused.push(stranger(id)),
                // Without a server nobody was invited, and all can be tried again.
                Err(error) if !answered => return Err(error),
                Err(_) => {
                    refused.extend(people[index..].iter().map(stranger));
                    break;
                }
            }
            answered = true;
        }
        Ok(refused)
    }
}

/// Somebody who could not be asked in.
pub(crate) fn stranger(id: &UserId) -> Person {
    match <&MatrixUserId>::try_from(id.as_str()) {
        Ok(id) => names::stranger(id),
        Err(_) => Person {
            id: id.clone(),
            name: id.to_string(),
            avatar: None,
            mark: Default::default(),
        },
    }
}

fn standing(level: UserPowerLevel) -> Standing {
    let UserPowerLevel::Int(level) = level else {
        return Standing::Owner;
    };
    match i64::from(level) {
        100.. => Standing::Owner,
        90.. => Standing::Administrator,
        50.. => Standing::Moderator,
        _ => Standing::Member,
    }
}

/// Whether only some may write in a chat.
pub(crate) async fn is_announcing(room: &Room) -> bool {
    i64::from(room.power_levels_or_default().await.events_default) > 0
}

/// Whether somebody is in a chat or invited to it, as far as this device knows.
pub(crate) async fn is_in(room: &Room, id: &MatrixUserId) -> bool {
    let member = room.get_member_no_sync(id).await.ok().flatten();
    member.is_some_and(|member| {
        matches!(
            member.membership(),
            MembershipState::Join | MembershipState::Invite
        )
    })
}

/// Invites one person; `false` says that he, or the server for him, refuses.
pub(crate) async fn invite(room: &Room, id: &UserId) -> Result<bool> {
    let Ok(id) = OwnedUserId::try_from(id.as_str()) else {
        return Ok(false);
    };
    match patiently(|| room.invite_user_by_id(&id)).await {
        Ok(()) => Ok(true),
        Err(error) if is_refusal(&error) => Ok(false),
        Err(error) => match Error::from(error) {
            Error::TooManyTries { .. } => Ok(false),
            error => Err(error),
        },
    }
}

/// Tries again for as long as the server only wants patience.
pub(crate) async fn patiently<T, F>(work: impl Fn() -> F) -> matrix_sdk::Result<T>
where
    F: Future<Output = matrix_sdk::Result<T>>,
{
    loop {
        let error = match work().await {
            Ok(done) => return Ok(done),
            Err(error) => error,
        };
        let Error::TooManyTries { retry_after } = Error::from(&error) else {
            return Err(error);
        };
        let pause = retry_after.unwrap_or(PAUSE);
        if pause > PATIENCE {
            return Err(error);
        }
        tokio::time::sleep(pause).await;
    }
}

/// The server has understood and says no; trying again would change nothing.
pub(crate) fn is_refusal(error: &matrix_sdk::Error) -> bool {
    let matrix_sdk::Error::Http(http) = error else {
        return false;
    };
    let status = http
        .as_client_api_error()
        .map(|error| error.status_code.as_u16());
    status.is_some_and(|status| (400..500).contains(&status) && ![401, 429].contains(&status))
}

#[cfg(test)]
mod tests {
    use super::*;
    use matrix_sdk::ruma::int;

    #[test]
    fn a_power_level_is_said_in_words() {
        let of = |level| standing(UserPowerLevel::Int(level));
        assert_eq!(standing(UserPowerLevel::Infinite), Standing::Owner);
        assert_eq!(of(int!(100)), Standing::Owner);
        assert_eq!(of(int!(99)), Standing::Administrator);
        assert_eq!(of(int!(89)), Standing::Moderator);
        assert_eq!(of(int!(49)), Standing::Member);
        assert_eq!(of(int!(-1)), Standing::Member);
    }
}
