//! How the demo's people stand with their chats: what is unread, what is muted.

use super::School;
use super::chats::{Chat, Place};
use parta_model::plan::ChatWish;

/// How a chat stands with one person.
#[derive(Clone, Debug)]
pub struct Mark {
    pub person: usize,
    pub chat: usize,
    /// So many of the last messages are not read.
    pub unread: usize,
    pub muted: bool,
}

/// What the demo's people have not read: some of the teacher's and the parent's chats, a muted one each. Who runs the
/// school has the chats of the classes muted.
pub(super) fn marks(school: &School, chats: &[Chat]) -> Vec<Mark> {
    let class_chat = |class: usize, wish: &ChatWish| {
        chats.iter().position(|chat| {
            chat.place
                == Place::Class {
                    class,
                    wish: wish.clone(),
                }
        })
    };
    let org_chat = |wish: ChatWish| {
        chats
            .iter()
            .position(|chat| chat.place == Place::Organisation(wish.clone()))
    };
    let direct = |person: usize, nth: usize| {
        let theirs = |chat: &Chat| chat.members.contains(&person) && chat.messages() > 0;
        let direct = |chat: &Chat| matches!(chat.place, Place::Direct { .. });
        (0..chats.len())
            .filter(|index| direct(&chats[*index]) && theirs(&chats[*index]))
            .nth(nth)
    };
    let (teacher, parent, pupil, deputy) = (
        school.teacher(),
        school.parent(),
        school.pupil(),
        school.deputy(),
    );
    let wanted = [
        (teacher, class_chat(0, &ChatWish::Parents), 14, false),
        (teacher, org_chat(ChatWish::Staff), 5, false),
        (teacher, class_chat(0, &ChatWish::Teachers), 3, true),
        (teacher, direct(teacher, 0), 2, false),
        (parent, class_chat(0, &ChatWish::Parents), 27, false),
        (parent, class_chat(1, &ChatWish::Parents), 6, true),
        (parent, org_chat(ChatWish::News), 2, false),
        (pupil, class_chat(0, &ChatWish::Students), 8, false),
        (deputy, org_chat(ChatWish::Staff), 4, false),
        (deputy, direct(deputy, 0), 1, false),
    ];
    let mark = |(person, chat, unread, muted): (usize, Option<usize>, usize, bool)| {
        let chat = chat.filter(|chat| chats[*chat].members.contains(&person))?;
        Some(Mark {
            person,
            chat,
            unread: unread.min(chats[chat].messages() / 2),
            muted,
        })
    };
    let quiet = school.administrators().into_iter().flat_map(|person| {
        let by_office = move |chat: &Chat| match &chat.place {
            Place::Class { class, wish } => !school.class_members(*class, wish).contains(&person),
            _ => false,
        };
        (0..chats.len())
            .filter(move |index| by_office(&chats[*index]))
            .map(move |chat| (person, Some(chat), 0, true))
    });
    let wanted: Vec<_> = wanted.into_iter().chain(quiet).collect();
    wanted.into_iter().filter_map(mark).collect()
}

impl Mark {
    /// The last post the person has read.
    pub fn read_until(&self, chat: &Chat) -> Option<usize> {
        let messages: Vec<usize> = (0..chat.posts.len())
            .filter(|index| chat.posts[*index].what.is_message())
            .collect();
        messages
            .len()
            .checked_sub(self.unread + 1)
            .map(|last| messages[last])
    }
}
