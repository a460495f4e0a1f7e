//! The people of the account's organisations, in memory: read from the plans, kept for a start without a network.

use crate::Client;
use crate::cabinet::{self, Reading, ServerPlans};
use crate::error::{Error, Result};
use crate::opening::Profile;
use futures_util::StreamExt;
use parta_matrix::{Account, PlanMemory, PlanNews};
use parta_model::{ChatId, Directory, Member, Person, PlanSource, Standing, UserId};
use parta_store::{PlanChange, Store};
use std::sync::Arc;
use tokio::sync::watch;

/// The people as they are known now; nothing until the copy of an earlier run has been read.
pub(crate) type People = watch::Sender<Option<Arc<Directory>>>;

impl Client {
    /// Follows the plans, and the edits of them that wait, for as long as the account is signed in.
    pub(crate) async fn follow_plan(self: Arc<Self>, profile: Arc<Profile>, account: Arc<Account>) {
        let kept = profile.store(Store::plan).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "the copy of the plans can't be read");
            Default::default()
        });
        let me = UserId::new(account.saved().user.clone());
        let memory = PlanMemory {
            position: kept.position,
            places: kept.places,
        };
        let mut plan = account.plan(memory, self.cabinets.wish.subscribe());
        let mut outbox = self.cabinets.changed.subscribe();
        let mut known: Option<Arc<Vec<PlanSource>>> = None;
        let mut as_of = None;
        drop(account);
        loop {
            tokio::select! {
                news = plan.next() => {
                    let Some(mut news) = news else { return };
                    as_of = news.as_of.or(as_of);
                    let sources = Arc::new(std::mem::take(&mut news.sources));
                    self.sources.send_replace(sources.clone());
                    known = Some(sources);
                    keep(&profile, news).await;
                }
                changed = outbox.changed(), if known.is_some() => if changed.is_err() { return },
            }
            let Some(sources) = known.clone() else {
                continue;
            };
            let version = *outbox.borrow_and_update();
            let rows = profile
                .store(Store::whole_outbox)
                .await
                .unwrap_or_else(|error| {
                    tracing::warn!(%error, "the outbox can't be read");
                    Default::default()
                });
            let me = me.clone();
            let reading =
                tokio::task::spawn_blocking(move || cabinet::read(&sources, rows, version, &me));
            if let Ok(reading) = reading.await {
                self.take_reading(reading, as_of);
            }
        }
    }

    fn take_reading(&self, reading: Reading, as_of: Option<u64>) {
        let Reading {
            directory,
            plans,
            desk,
        } = reading;
        if directory.skipped > 0 {
            tracing::warn!(skipped = directory.skipped, "parts of a plan can't be read");
        }
        self.people.send_if_modified(|people| {
            let changed = people.as_deref() != Some(&directory);
            if changed {
                *people = Some(Arc::new(directory));
            }
            changed
        });
        self.cabinets.desk.send_replace(Some(Arc::new(desk)));
        self.cabinets
            .server
            .send_replace(Arc::new(ServerPlans { plans, as_of }));
    }

    /// The people, as soon as what an earlier run knew has been read.
    pub(crate) async fn directory(&self) -> Result<Arc<Directory>> {
        self.account()?;
        let mut people = self.people.subscribe();
        let mut account = self.account.subscribe();
        tokio::select! {
            known = people.wait_for(Option::is_some) => match known.as_deref() {
                Ok(Some(directory)) => Ok(directory.clone()),
                _ => Err(Error::Internal("the people are gone")),
            },
            _ = account.wait_for(Option::is_none) => Err(Error::NotSignedIn),
        }
    }

    /// The people of a chat by their true names: those who run it first, then by name. Readers of a channel don't see
    /// one another, unless an organisation has told them of each other.
    pub(crate) async fn members_of(&self, chat: &ChatId) -> Result<Vec<Member>> {
        let (account, directory) = (self.account()?, self.directory().await?);
        let mut members = account.members(chat).await?;
        let runs = |member: &Member| member.standing != Standing::Member;
        let hidden = account.is_channel(chat).await? && !members.iter().any(|m| m.me && runs(m));
        for member in &mut members {
            member.by_hand = directory.is_added_by_hand(chat, &member.person.id);
            (member.person, member.badge) = directory.in_chat(member.person.clone());
        }
        if hidden {
            members.retain(|member| member.me || member.badge.is_some() || runs(member));
        }
        members.sort_by_cached_key(|member| (member.standing, member.person.name.to_lowercase()));
        Ok(members)
    }

    /// Lets people in; gives those who could not be invited, by their true names.
    pub(crate) async fn let_in(&self, chat: &ChatId, people: &[UserId]) -> Result<Vec<Person>> {
        let directory = self.directory().await?;
        let refused = self.account()?.invite_people(chat, people).await?;
        let named = refused.into_iter().map(|person| directory.named(person).0);
        Ok(named.collect())
    }
}

async fn keep(profile: &Arc<Profile>, news: PlanNews) {
    if !news.whole && news.places.is_empty() {
        return;
    }
    let change = PlanChange {
        whole: news.whole,
        position: news.position,
        places: news.places,
    };
    let keeping = profile.store(move |store| store.change_plan(&change));
    if let Err(error) = keeping.await {
        tracing::warn!(%error, "the plans can't be kept for a start without a network");
    }
}
