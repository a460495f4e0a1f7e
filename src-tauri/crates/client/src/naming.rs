//! Everybody by the name that his organisation vouches for, wherever he appears; what people call themselves only where
//! there is none, and marked.

use crate::Client;
use crate::error::Result;
use async_stream::stream;
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use parta_model::{
    BadgeRole, ChatRow, Directory, Item, ItemKind, LastMessage, ListDiff, Person, SystemEvent,
    TimelineUpdate, changes,
};
use std::sync::Arc;
use tokio::sync::watch;

pub(crate) type Known = watch::Receiver<Option<Arc<Directory>>>;

impl Client {
    /// A conversation with its people called by their true names, also when those become known later.
    pub(crate) async fn with_names(
        &self,
        mut timeline: BoxStream<'static, TimelineUpdate>,
    ) -> Result<BoxStream<'static, TimelineUpdate>> {
        let mut directory = self.directory().await?;
        let mut known = self.people.subscribe();
        Ok(stream! {
            let mut raw: Vec<Item> = Vec::new();
            loop {
                tokio::select! {
                    biased;
                    update = timeline.next() => match update {
                        None => return,
                        Some(TimelineUpdate::Diffs { diffs }) => {
                            for diff in &diffs {
                                diff.clone().apply(&mut raw);
                            }
                            let diffs = diffs.into_iter().map(|diff| diff.map(|one| item(&directory, one))).collect();
                            yield TimelineUpdate::Diffs { diffs };
                        }
                        Some(update) => yield update,
                    },
                    Some(next) = later(&mut known) => {
                        let diffs = renamed(&raw, |one| item(&directory, one), |one| item(&next, one));
                        directory = next;
                        if !diffs.is_empty() {
                            yield TimelineUpdate::Diffs { diffs };
                        }
                    }
                }
            }
        }
        .boxed())
    }
}

/// The next state of the directory.
pub(crate) async fn later(known: &mut Known) -> Option<Arc<Directory>> {
    if known.changed().await.is_err() {
        return std::future::pending().await;
    }
    known.borrow_and_update().clone()
}

/// What differs in a list that is shown in another way now.
pub(crate) fn renamed<T: Clone + PartialEq>(
    raw: &[T],
    before: impl Fn(T) -> T,
    after: impl Fn(T) -> T,
) -> Vec<ListDiff<T>> {
    let shown = |by: &dyn Fn(T) -> T| {
        let items = raw.iter().cloned().map(by).enumerate();
        items.collect::<Vec<(usize, T)>>()
    };
    changes(&shown(&before), &shown(&after), |(place, _)| *place)
        .into_iter()
        .map(|diff| diff.map(|(_, item)| item))
        .collect()
}

fn item(directory: &Directory, mut item: Item) -> Item {
    if let ItemKind::Message { message } = &mut item.kind {
        message.sender = directory.named(message.sender.clone()).0;
        if let Some(sender) = message
            .reply
            .as_mut()
            .and_then(|quote| quote.sender.as_mut())
        {
            *sender = directory.named(sender.clone()).0;
        }
    }
    if let ItemKind::System { event, .. } = &mut item.kind {
        let mut known = false;
        for person in event.people_mut() {
            let (named, badge) = directory.named(person.clone());
            (*person, known) = (named, badge.is_some());
        }
        // Whoever the organisation knows is called what it calls him, whatever he calls himself.
        if known && matches!(event, SystemEvent::NameChanged { .. }) {
            item.kind = ItemKind::Hidden;
        }
    }
    item
}

pub(crate) fn people(directory: &Directory, people: Vec<Person>) -> Vec<Person> {
    people
        .into_iter()
        .map(|person| directory.named(person).0)
        .collect()
}

/// A row of the chat list: the other person of a chat of two, and who spoke last.
pub(crate) fn row(directory: &Directory, mut row: ChatRow) -> ChatRow {
    if let Some(badge) = row.peer.as_ref().and_then(|peer| directory.badge(peer)) {
        row.name.clone_from(&badge.name);
    }
    row.last = row.last.map(|last| LastMessage {
        sender: last.sender.map(|sender| spoken(directory, sender)),
        ..last
    });
    row
}

/// As one speaks of somebody: «Мария Петровна» of a teacher, «Даша Ёлкина» of a pupil.
fn spoken(directory: &Directory, sender: Person) -> Person {
    let (person, badge) = directory.named(sender);
    let Some(badge) = badge else { return person };
    let words: Vec<&str> = badge.name.split(' ').collect();
    let name = match (badge.role, words.as_slice()) {
        (BadgeRole::Teacher | BadgeRole::Staff, [_, given, patronymic]) => {
            format!("{given} {patronymic}")
        }
        (_, [family, given, ..]) => format!("{given} {family}"),
        _ => badge.name,
    };
    Person { name, ..person }
}
