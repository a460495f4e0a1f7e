//! «Контакты»: everybody whom the organisations, the common chats and the person's own address book tell of.

mod book;
mod card;
mod people;

pub(crate) use book::AddressBook;
pub(crate) use people::{IN_BOOK, People, Sources};

use crate::Client;
use crate::error::{Error, Result};
use async_stream::stream;
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use parta_matrix::Account;
use parta_model::contacts::{self, CHATS, Contacts, OWN, Query};
use parta_model::{
    Cabinet, ChatId, ClassCount, ContactCounts, ContactPage, Directory, PersonStatus, RoleCount,
    SourceCount, StageCount, StatusCount, SubjectCount, UserId,
};
use std::sync::Arc;
use tokio::sync::Mutex;

/// Longer texts are pasted by mistake; nobody is called so.
const LONGEST: usize = 300;
/// More than a window asks for at once.
const MOST: usize = 500;

/// Those who can be found, ready to be searched.
#[derive(Default)]
pub(crate) struct Finder {
    people: Mutex<Option<Arc<People>>>,
    /// Those of a cabinet, with the edits that wait.
    cabinet: Mutex<Option<(Arc<Cabinet>, Arc<Contacts>)>>,
}

impl Finder {
    /// Forgets everybody, before another account.
    pub(crate) async fn forget(&self) {
        *self.people.lock().await = None;
        *self.cabinet.lock().await = None;
    }
}

impl Client {
    /// A page of those who answer the query, the best first, and what each further filter would leave.
    pub async fn find_contacts(&self, mut query: Query) -> Result<ContactPage> {
        let (account, directory) = (self.account()?, self.directory().await?);
        let people = self.everybody(&account, &directory).await?;
        query.text = typed(&query.text);
        query.most = query.most.min(MOST);
        if query.filters.statuses.is_empty() {
            query.filters.statuses.insert(PersonStatus::Active);
        }
        let page = people.contacts.find(&query);
        Ok(ContactPage {
            hits: page.hits.iter().map(|hit| people.hit(hit)).collect(),
            total: count(page.total),
            counts: counts(page.counts, &directory),
        })
    }

    /// Those of an organisation who answer what was typed, the best first; former ones as well.
    pub async fn find_in_cabinet(&self, organisation: &ChatId, text: &str) -> Result<Vec<UserId>> {
        let shown = self.shown(organisation).await?;
        let not_allowed = || Error::Matrix(parta_matrix::Error::NotAllowed);
        let cabinet = shown.cabinet.clone().ok_or_else(not_allowed)?;
        let mut kept = self.finder.cabinet.lock().await;
        let contacts = match kept.as_ref().filter(|(of, _)| Arc::ptr_eq(of, &cabinet)) {
            Some((_, contacts)) => contacts.clone(),
            None => {
                let of = cabinet.clone();
                let made = in_background(move || Arc::new(Contacts::of_cabinet(&of))).await?;
                kept.insert((cabinet, made)).1.clone()
            }
        };
        let query = Query {
            text: typed(text),
            ..Query::default()
        };
        let ids = contacts.order_of(&query).map(|contact| contact.id.clone());
        Ok(ids.collect())
    }

    /// Another number whenever those who can be found may be others.
    pub async fn contacts_changed(&self) -> Result<BoxStream<'static, u32>> {
        self.account()?;
        let (mut people, mut book) = (self.people.subscribe(), self.book.watch());
        Ok(stream! {
            let mut changes = 0;
            loop {
                yield changes;
                tokio::select! {
                    changed = people.changed() => if changed.is_err() { return },
                    changed = book.changed() => if changed.is_err() { return },
                }
                changes += 1;
            }
        }
        .boxed())
    }

    /// Everybody whom the organisations, common chats and the address book tell of.
    pub(crate) async fn everybody(
        &self,
        account: &Account,
        directory: &Arc<Directory>,
    ) -> Result<Arc<People>> {
        let sources = Sources {
            directory: directory.clone(),
            known: account.known_people().await,
            book: self.book.now(),
            recent: account.recent_people().await,
            me: UserId::new(account.saved().user.clone()),
        };
        let mut kept = self.finder.people.lock().await;
        if let Some(people) = kept.as_ref().filter(|kept| kept.sources.are(&sources)) {
            return Ok(people.clone());
        }
        let made = in_background(move || Arc::new(People::new(sources))).await?;
        Ok(kept.insert(made).clone())
    }
}

/// A school of thousands takes its time, and others wait for this thread.
async fn in_background<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|_| Error::Internal("people could not be put in order"))
}

/// What of a text is looked for.
pub(crate) fn typed(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

fn counts(counts: contacts::Counts, directory: &Directory) -> ContactCounts {
    let name = |source: &ChatId| {
        let mut organisations = directory.organisations().iter();
        let of = organisations.find(|organisation| organisation.id == *source)?;
        Some(of.name.clone())
    };
    let rank = |source: &ChatId| match source.as_str() {
        OWN => 1,
        CHATS => 2,
        _ => 0,
    };
    let mut sources = each(counts.organisations, |source, count| SourceCount {
        name: name(&source),
        source,
        count,
    });
    sources.sort_by_cached_key(|of| (rank(&of.source), of.name.clone(), of.source.clone()));
    ContactCounts {
        roles: each(counts.roles, |role, count| RoleCount { role, count }),
        classes: counts
            .classes
            .into_iter()
            .map(|of| ClassCount {
                organisation: of.organisation,
                id: of.id,
                label: of.label,
                count: count(of.count),
            })
            .collect(),
        stages: each(counts.stages, |stage, count| StageCount { stage, count }),
        subjects: each(counts.subjects, |subject, count| SubjectCount {
            subject,
            count,
        }),
        statuses: each(counts.statuses, |status, count| StatusCount {
            status,
            count,
        }),
        sources,
    }
}

fn each<T, U>(counts: Vec<contacts::Count<T>>, to: impl Fn(T, u32) -> U) -> Vec<U> {
    let counts = counts.into_iter();
    counts.map(|of| to(of.value, count(of.count))).collect()
}

fn count(people: usize) -> u32 {
    u32::try_from(people).unwrap_or(u32::MAX)
}
