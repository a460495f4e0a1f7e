//! Names of people in one chat, as far as this device knows them.

use matrix_sdk::room::RoomMember;
use matrix_sdk::ruma::UserId;
use matrix_sdk::{Room, RoomHero};
use matrix_sdk_ui::timeline::{Profile, TimelineDetails};
use parta_model::{MediaKey, Person, UserId as PersonId};

/// A person whose name is not known yet is called by his login, never by a raw id.
pub(crate) fn person(id: &UserId, profile: &TimelineDetails<Profile>) -> Person {
    let profile = match profile {
        TimelineDetails::Ready(profile) => Some(profile),
        _ => None,
    };
    Person {
        id: PersonId::new(id.as_str()),
        name: profile
            .and_then(|p| p.display_name.clone())
            .filter(|name| !name.trim().is_empty())
            .unwrap_or_else(|| id.localpart().to_owned()),
        avatar: profile
            .and_then(|p| p.avatar_url.as_ref())
            .map(|mxc| MediaKey::new(mxc.as_str())),
        mark: Default::default(),
    }
}

/// Somebody as the local store knows him in one chat: a list must not wait for the network.
pub(crate) async fn person_in(room: &Room, id: &UserId) -> Person {
    match room.get_member_no_sync(id).await {
        Ok(Some(member)) => of_member(&member),
        _ => stranger(id),
    }
}

/// Somebody as his membership of a chat describes him.
pub(crate) fn of_member(member: &RoomMember) -> Person {
    let name = member.display_name().filter(|name| !name.trim().is_empty());
    let avatar = member.avatar_url().map(|mxc| MediaKey::new(mxc.as_str()));
    let nameless = stranger(member.user_id());
    Person {
        name: name.map_or(nameless.name, str::to_owned),
        avatar,
        ..nameless
    }
}

/// Somebody as the server names him who a chat is called after.
pub(crate) fn of_hero(hero: &RoomHero) -> Person {
    let name = hero.display_name.as_ref();
    let avatar = hero.avatar_url.as_ref();
    let nameless = stranger(&hero.user_id);
    Person {
        name: name
            .filter(|name| !name.trim().is_empty())
            .cloned()
            .unwrap_or(nameless.name),
        avatar: avatar.map(|mxc| MediaKey::new(mxc.as_str())),
        ..nameless
    }
}

/// Somebody of whom nothing but the id is known.
pub(crate) fn stranger(id: &UserId) -> Person {
    Person {
        id: PersonId::new(id.as_str()),
        name: id.localpart().to_owned(),
        avatar: None,
        mark: Default::default(),
    }
}
