//! Events about a chat itself, as lines a person can read.

use crate::content::Shown;
use crate::names;
use matrix_sdk::ruma::events::StateEventContentChange::Original;
use matrix_sdk_ui::timeline::{
    AnyOtherStateEventContentChange as State, MemberProfileChange, MembershipChange as Change,
    RoomMembershipChange,
};
use parta_model::{Person, SystemEvent};

pub(crate) fn membership(change: &RoomMembershipChange, sender: &Person) -> Shown {
    let nameless = names::stranger(change.user_id());
    let whom = Person {
        name: change
            .display_name()
            .unwrap_or_else(|| nameless.name.clone()),
        ..nameless
    };
    let who = sender.clone();
    Shown::System(match change.change() {
        Some(Change::Joined | Change::InvitationAccepted | Change::KnockAccepted) => {
            SystemEvent::Joined { who: whom }
        }
        Some(Change::Left | Change::InvitationRejected | Change::KnockRetracted) => {
            SystemEvent::Left { who: whom }
        }
        Some(Change::Invited) => SystemEvent::Invited { who, whom },
        Some(Change::Kicked | Change::InvitationRevoked | Change::KnockDenied) => {
            SystemEvent::Removed { who, whom }
        }
        Some(Change::Banned | Change::KickedAndBanned) => SystemEvent::Banned { who, whom },
        Some(Change::Knocked) => SystemEvent::Knocked { who: whom },
        _ => return Shown::Nothing,
    })
}

pub(crate) fn profile(change: &MemberProfileChange, who: &Person) -> Shown {
    if let Some(names) = change.displayname_change() {
        let to = names
            .new
            .clone()
            .unwrap_or_else(|| change.user_id().localpart().to_owned());
        return Shown::System(SystemEvent::NameChanged {
            who: who.clone(),
            from: names.old.clone(),
            to,
        });
    }
    if change.avatar_url_change().is_some() {
        return Shown::System(SystemEvent::AvatarChanged { who: who.clone() });
    }
    Shown::Nothing
}

pub(crate) fn other(state: &State, who: &Person) -> Shown {
    let who = who.clone();
    Shown::System(match state {
        State::RoomCreate(_) => SystemEvent::Created { who },
        State::RoomName(Original { content, .. }) => SystemEvent::ChatRenamed {
            who,
            name: content.name.clone(),
        },
        State::RoomTopic(Original { content, .. }) => SystemEvent::TopicChanged {
            who,
            topic: content.topic.clone(),
        },
        State::RoomAvatar(_) => SystemEvent::ChatAvatarChanged { who },
        State::RoomEncryption(_) => SystemEvent::EncryptionOn { who },
        State::RoomPinnedEvents(_) => SystemEvent::PinsChanged { who },
        // Levels, join rules and the like are set by the organisation's plan: nobody reads lines about them.
        _ => return Shown::Nothing,
    })
}
