//! Everybody by the name that his organisation vouches for, wherever he appears; what people call themselves only where
//! there is none, and marked.

use crate::Client;
use crate::error::Result;
use async_stream::stream;
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use parta_matrix::with_names;
use parta_model::{
    Badge, BadgeRole, ChatKind, ChatName, ChatRow, Directory, Item, ItemKind, LastMessage,
    ListDiff, Person, PersonMark, SystemEvent, TimelineUpdate, UserId, changes,
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
        // What becomes known between the two is heard all the same.
        let mut known = self.people.subscribe();
        let mut directory = self.directory().await?;
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
        for person in message.people_mut() {
            *person = directory.named(person.clone()).0;
        }
        if let Some(text) = message.body.text_mut()
            && let Some(html) = with_names(&text.html, |id| pill(directory, id))
        {
            text.html = html;
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

/// What stands on a link to somebody: who writes it may call him anything.
fn pill(directory: &Directory, id: &str) -> Option<String> {
    let id = UserId::new(id);
    match directory.badge(&id) {
        Some(badge) => Some(short(badge)),
        // To whom no organisation belongs, everybody is what he is called by others.
        None if directory.is_stranger(&id) => {
            let login = id.as_str().trim_start_matches('@').split(':').next()?;
            Some(login.to_owned())
        }
        None => None,
    }
}

pub(crate) fn people(directory: &Directory, people: Vec<Person>) -> Vec<Person> {
    people
        .into_iter()
        .map(|person| directory.named(person).0)
        .collect()
}

/// What a chat is called, after its people where nobody gave it a name.
pub(crate) fn chat(directory: &Directory, name: ChatName) -> String {
    let after = people(directory, name.after);
    name.own.unwrap_or_else(|| names(&after))
}

fn names(people: &[Person]) -> String {
    let names: Vec<&str> = people.iter().map(|person| person.name.as_str()).collect();
    names.join(", ")
}

/// A row of the chat list: the other person of a chat of two, and who spoke last.
pub(crate) fn row(directory: &Directory, mut row: ChatRow) -> ChatRow {
    let after = people(directory, std::mem::take(&mut row.after));
    row.mark = match after.as_slice() {
        [] => of_name(directory, &row),
        [one] if matches!(row.kind, ChatKind::Direct | ChatKind::Invitation) => one.mark,
        // Whom one of several is taken for the name does not say; whom it must not be taken for is warned of.
        several => several
            .iter()
            .map(|one| warning(one.mark))
            .max()
            .unwrap_or_default(),
    };
    if !after.is_empty() {
        row.name = names(&after);
    }
    row.last = row.last.map(|last| LastMessage {
        sender: last.sender.map(|sender| spoken(directory, sender)),
        ..last
    });
    row
}

/// Whom a chat poses as that bears the name of one of the staff and nothing else. He may call it so himself.
fn of_name(directory: &Directory, row: &ChatRow) -> PersonMark {
    let own = row.last.iter().filter(|_| row.kind == ChatKind::Invitation);
    let inviter = own.filter_map(|last| last.sender.as_ref()).next();
    let mut posed = directory.called_after(&row.name).peekable();
    if posed.peek().is_none() || posed.any(|one| inviter.is_some_and(|by| by.id == *one)) {
        return PersonMark::None;
    }
    PersonMark::Imitates
}

fn warning(mark: PersonMark) -> PersonMark {
    match mark {
        PersonMark::Staff => PersonMark::None,
        mark => mark,
    }
}

fn spoken(directory: &Directory, sender: Person) -> Person {
    match directory.named(sender) {
        (person, Some(badge)) => Person {
            name: short(&badge),
            ..person
        },
        (person, None) => person,
    }
}

/// As one speaks of somebody: «Мария Петровна» of a teacher, «Даша Ёлкина» of a pupil.
fn short(badge: &Badge) -> String {
    let words: Vec<&str> = badge.name.split(' ').collect();
    match (badge.role, words.as_slice()) {
        (BadgeRole::Teacher | BadgeRole::Staff, [_, given, patronymic]) => {
            format!("{given} {patronymic}")
        }
        (_, [family, given, ..]) => format!("{given} {family}"),
        _ => badge.name.clone(),
    }
}
