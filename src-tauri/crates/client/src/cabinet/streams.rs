//! What a window watches of the cabinet: first the whole, then what changes.

use super::{Desk, Shown};
use crate::Client;
use crate::error::Result;
use async_stream::stream;
use futures_util::stream::BoxStream;
use futures_util::{Stream, StreamExt};
use parta_model::{
    Cabinet, CabinetLink, CabinetPerson, ChatId, Founding, ListDiff, MyOrganisation, OutboxAct,
    changes,
};
use std::sync::Arc;
use tokio::sync::watch;

impl Client {
    /// The organisations that the person runs, or has still something to send to.
    pub async fn cabinets(&self) -> Result<BoxStream<'static, Vec<CabinetLink>>> {
        self.account()?;
        let links = desks(self.cabinets.desk.subscribe()).map(|desk| {
            let shown = desk.organisations.values();
            shown.map(|shown| shown.link.clone()).collect::<Vec<_>>()
        });
        Ok(distinct(links).boxed())
    }

    pub async fn organisations(&self) -> Result<BoxStream<'static, Vec<MyOrganisation>>> {
        self.account()?;
        let mine = desks(self.cabinets.desk.subscribe()).map(|desk| desk.mine.clone());
        Ok(distinct(mine).boxed())
    }

    pub async fn cabinet(&self, organisation: &ChatId) -> Result<BoxStream<'static, Cabinet>> {
        let organisation = organisation.clone();
        let mut work = self.cabinets.work.subscribe();
        let mut shown = Box::pin(self.each(&organisation)?);
        let cabinets = stream! {
            let mut last: Option<Arc<Shown>> = None;
            loop {
                tokio::select! {
                    next = shown.next() => match next {
                        Some(next) => last = Some(next),
                        None => return,
                    },
                    changed = work.changed() => if changed.is_err() { return },
                }
                let work = work.borrow().get(&organisation).cloned().unwrap_or_default();
                let cabinet = last.as_ref().and_then(|shown| shown.cabinet.as_deref());
                if let Some(cabinet) = cabinet {
                    // The people come as a list of their own.
                    yield Cabinet { work, ..cabinet.without_people() };
                }
            }
        };
        Ok(distinct(cabinets).boxed())
    }

    pub async fn cabinet_people(
        &self,
        organisation: &ChatId,
    ) -> Result<BoxStream<'static, Vec<ListDiff<CabinetPerson>>>> {
        let mut shown = Box::pin(self.each(organisation)?);
        Ok(stream! {
            let mut known: Option<Arc<Cabinet>> = None;
            while let Some(next) = shown.next().await {
                let Some(cabinet) = next.cabinet.clone() else { continue };
                let diffs = match &known {
                    None => vec![ListDiff::Reset { items: cabinet.people.clone() }],
                    Some(known) => changes(&known.people, &cabinet.people, |person| person.id.clone()),
                };
                known = Some(cabinet);
                if !diffs.is_empty() {
                    yield diffs;
                }
            }
        }
        .boxed())
    }

    pub async fn outbox(
        &self,
        organisation: &ChatId,
    ) -> Result<BoxStream<'static, Vec<OutboxAct>>> {
        let acts = self.each(organisation)?.map(|shown| shown.acts.clone());
        Ok(distinct(acts).boxed())
    }

    pub async fn founding(&self) -> Result<BoxStream<'static, Option<Founding>>> {
        self.account()?;
        let mut founding = self.cabinets.founding.subscribe();
        founding.mark_changed();
        Ok(stream! {
            while founding.changed().await.is_ok() {
                let now = founding.borrow_and_update().clone();
                yield now;
            }
        }
        .boxed())
    }

    fn each(&self, organisation: &ChatId) -> Result<impl Stream<Item = Arc<Shown>> + Send + use<>> {
        self.account()?;
        let organisation = organisation.clone();
        Ok(
            desks(self.cabinets.desk.subscribe()).filter_map(move |desk| {
                let shown = desk.organisations.get(&organisation).cloned();
                std::future::ready(shown)
            }),
        )
    }
}

fn desks(mut desk: watch::Receiver<Option<Arc<Desk>>>) -> impl Stream<Item = Arc<Desk>> + Send {
    desk.mark_changed();
    stream! {
        while desk.changed().await.is_ok() {
            let now = desk.borrow_and_update().clone();
            if let Some(now) = now {
                yield now;
            }
        }
    }
}

/// Leaves out what says the same as before.
fn distinct<T: Clone + PartialEq + Send>(
    items: impl Stream<Item = T> + Send,
) -> impl Stream<Item = T> + Send {
    let mut last: Option<T> = None;
    items.filter_map(move |item| {
        let new = last.as_ref() != Some(&item);
        if new {
            last = Some(item.clone());
        }
        std::future::ready(new.then_some(item))
    })
}
