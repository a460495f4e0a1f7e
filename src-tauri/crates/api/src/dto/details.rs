//! What is known of a whole chat besides its messages.

use super::{Badge, ChatKind, Num, Person};
use crate::mirror::mirror;
use parta_model as model;
use serde::Deserialize;
use ts_rs::TS;

mirror! {
    /// What the person may do: what he may not is not offered.
    struct ChatRights {
        send: bool,
        react: bool,
        vote: bool,
        pin: bool,
        mention_all: bool,
        delete_others: bool,
        invite: bool,
        remove: bool,
        rename: bool,
        set_topic: bool,
        set_avatar: bool,
        set_writers: bool,
        acknowledge: bool,
    }

    enum History { World, All, SinceInvited, SinceJoined }

    enum Notify { All, Mentions, Mute }

    struct ChatDetails {
        id: String,
        topic: Option<String>,
        avatar: Option<String>,
        kind: ChatKind,
        peer: Option<String>,
        encrypted: bool,
        /// People who are in it.
        members: u32,
        invited: u32,
        /// Events, the newest pin last.
        pinned: Vec<String>,
        history: History,
        notify: Notify,
        /// Whether only some may write.
        announcements: bool,
        rights: ChatRights,
        /// Those in it whom nobody asks to read it: they are there to run it.
        unasked: Vec<String>,
        /// The last event the person has read in an earlier visit.
        read_up_to: Option<String>,
        /// What the server takes in one file, in bytes, where it says so.
        largest_file: Option<Num>,
    }

    enum Standing { Owner, Administrator, Moderator, Member }

    struct Member {
        person: Person,
        badge: Option<Badge>,
        standing: Standing,
        /// Invited and not yet in.
        invited: bool,
        /// Another has added him to a chat that the organisation makes by its plan, which does not want him there.
        by_hand: bool,
        can_remove: bool,
        me: bool,
    }

    struct Found { person: Person, badge: Option<Badge> }

    /// Who of a class: what a learning chat may be made of.
    struct ClassPeople {
        id: String,
        label: String,
        organisation: String,
        students: Vec<Found>,
        parents: Vec<Found>,
        teachers: Vec<Found>,
    }

    /// A chat was made; some people could not be invited.
    struct MadeChat { chat: String, refused: Vec<Person> }
}

#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NewChat {
    pub name: String,
    pub topic: Option<String>,
    pub people: Vec<String>,
    /// Only the founder and those he names may write.
    pub announcements: bool,
}

impl From<NewChat> for model::NewChat {
    fn from(chat: NewChat) -> Self {
        Self {
            name: chat.name,
            topic: chat.topic,
            people: chat.people.into_iter().map(model::UserId::new).collect(),
            announcements: chat.announcements,
        }
    }
}
