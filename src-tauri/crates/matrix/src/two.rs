//! Chats of two: whose they are, and whose they are not, whatever somebody else has made of them.

use crate::account::Account;
use crate::error::Result;
use matrix_sdk::ruma::events::direct::{DirectEventContent, OwnedDirectUserIdentifier};
use matrix_sdk::ruma::events::room::join_rules::JoinRule;
use matrix_sdk::ruma::events::room::member::MembershipState;
use matrix_sdk::ruma::{OwnedUserId, RoomId};
use matrix_sdk::{Room, RoomState};
use parta_model::ChatId;

/// The other person of a chat of two. Whoever invites decides whom else he invites, and who is invited may let a third
/// one in and go: a person speaks for a chat only while he is in it with the reader alone, and nobody can just walk in.
pub(crate) async fn peer(room: &Room) -> Option<OwnedUserId> {
    if room.direct_targets_length() != 1 || !is_of_two(room) {
        return None;
    }
    let target = room.direct_targets().into_iter().next()?.into_user_id()?;
    if room.active_members_count() < 2 {
        return Some(target);
    }
    let there = match room.get_member_no_sync(&target).await {
        Ok(Some(member)) => matches!(
            member.membership(),
            MembershipState::Join | MembershipState::Invite
        ),
        // A list tells of members by those that a chat is named after.
        _ => room.heroes().iter().any(|hero| hero.user_id == target),
    };
    there.then_some(target)
}

/// Whether nobody reads along with two people.
pub(crate) fn is_of_two(room: &Room) -> bool {
    room.active_members_count() <= 2 && room.join_rule() != Some(JoinRule::Public)
}

impl Account {
    /// Goes into a chat. That of two is with whoever has invited, also where he has gone by the time one is in it.
    pub async fn accept_invitation(&self, chat: &ChatId) -> Result<()> {
        let room = self.room(chat)?;
        let invited = room.state() == RoomState::Invited;
        let directly = invited && room.is_direct().await.unwrap_or(false);
        let invite = room.invite_details().await;
        room.join().await?;
        let Some(invite) = invite.ok().filter(|_| directly) else {
            return Ok(());
        };
        // The SDK has taken everybody who was there.
        let account = self.client.account();
        let marked = account
            .fetch_account_data_static::<DirectEventContent>()
            .await?;
        let mut direct = marked
            .and_then(|marked| marked.deserialize().ok())
            .unwrap_or_default();
        if say_with(&mut direct, room.room_id(), invite.inviter_id) {
            account.set_account_data(direct).await?;
        }
        Ok(())
    }
}

/// Says that a chat of two is with one person alone; whether that was not said before.
fn say_with(direct: &mut DirectEventContent, room: &RoomId, person: OwnedUserId) -> bool {
    let person = OwnedDirectUserIdentifier::from(person);
    let mut changed = false;
    for (_, rooms) in direct.iter_mut().filter(|(other, _)| **other != person) {
        let before = rooms.len();
        rooms.retain(|one| one != room);
        changed |= rooms.len() < before;
    }
    direct.retain(|_, rooms| !rooms.is_empty());
    let rooms = direct.entry(person).or_default();
    if !rooms.iter().any(|one| one == room) {
        rooms.push(room.to_owned());
        changed = true;
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{from_value, json, to_value};

    #[test]
    fn a_chat_of_two_is_with_who_invited_and_nobody_else() {
        let mut direct: DirectEventContent = from_value(json!({
            "@head:s": ["!chat:s", "!own:s"],
            "@olga:s": ["!chat:s"],
        }))
        .unwrap();
        let (room, vasya) = (
            RoomId::parse("!chat:s").unwrap(),
            OwnedUserId::try_from("@vasya:s").unwrap(),
        );
        assert!(say_with(&mut direct, &room, vasya.clone()));
        let told = json!({"@head:s": ["!own:s"], "@vasya:s": ["!chat:s"]});
        assert_eq!(to_value(&direct).unwrap(), told);
        assert!(!say_with(&mut direct, &room, vasya));
        assert_eq!(to_value(&direct).unwrap(), told);
    }
}
