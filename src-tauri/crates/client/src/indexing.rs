//! Fills the index of messages: with what is cached, with what comes, and, one chat after the other, with what lies
//! further back on the server.
//!
//! Two tasks share it. One looks at every chat that has news and takes in what is new in the cache; where the cache has a
//! hole it notes a gap. The other reads the gaps, newest chats first, while there is a network. What they know of their
//! progress is written together with what they have read, so a restart goes on where the last one was.

use crate::Client;
use crate::error::{Error, Result};
use crate::opening::Profile;
use parta_matrix::{
    Account, Belongs, CacheEnd, Error as MatrixError, HistoryNews, HistoryPage, LinkState,
};
use parta_model::{Change, ChatId};
use parta_store::{Batch, Gap, GapStep};
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, Notify, watch};

/// Changes of one transaction: drafts and settings are written between two of them.
const BATCH: usize = 200;
/// Sealed messages that are tried again at a start, and at once.
const SEALED: u32 = 500;
const OPENED: u32 = 20;
/// Between two pages, so that a server with a whole school on it has room for others.
const PAUSE: Duration = Duration::from_millis(50);
/// Waits after an error, one after the other, until a page comes again.
const BACKOFF: [u64; 5] = [2, 5, 15, 60, 300];

/// What the two tasks share.
pub(crate) struct Indexing {
    client: Arc<Client>,
    profile: Arc<Profile>,
    account: Arc<Account>,
    /// Reading an event and writing down that its key is missing happen together, and so do the arrival of a key and
    /// the look at what waits for it.
    turn: Mutex<()>,
    /// There may be something to read.
    work: Notify,
}

impl Client {
    /// Fills the index as long as the account is signed in.
    pub(crate) async fn fill_index(self: Arc<Self>, profile: Arc<Profile>, account: Arc<Account>) {
        let indexing = Indexing {
            client: self,
            profile,
            account,
            turn: Mutex::default(),
            work: Notify::new(),
        };
        tokio::join!(indexing.follow_news(), indexing.read_gaps());
    }
}

impl Indexing {
    async fn follow_news(&self) {
        use futures_util::StreamExt;
        // Listened to before the first look, so that nothing falls between the two.
        let mut news = self.account.history_news().await;
        if let Err(error) = self.client.note_indexed().await {
            tracing::warn!(%error, "the index of messages can't be read");
        }
        // What a person sees first comes first.
        let mut link = self.account.link();
        if link
            .wait_for(|link| *link != LinkState::Connecting)
            .await
            .is_err()
        {
            return;
        }
        self.note(self.retry_sealed().await);
        self.look_everywhere().await;
        loop {
            tokio::select! {
                news = news.next() => {
                    let Some(news) = news else { return };
                    match news {
                        HistoryNews::Chat(chat) => self.note(self.look(&chat).await),
                        HistoryNews::All => self.look_everywhere().await,
                        HistoryNews::Key { chat, session } => self.note(self.key_came(chat, session).await),
                        HistoryNews::Keys => self.note(self.retry_sealed().await),
                    }
                }
                changed = link.changed() => {
                    if changed.is_err() { return }
                    // A chat whose first news were missed is found here at the latest.
                    if *link.borrow_and_update() == LinkState::Online {
                        self.look_everywhere().await;
                    }
                }
            }
        }
    }

    fn note(&self, done: Result<()>) {
        if let Err(error) = done {
            tracing::warn!(%error, "a part of the history could not be indexed");
        }
    }

    async fn look_everywhere(&self) {
        for chat in self.account.chats_with_history() {
            self.note(self.look(&chat).await);
        }
        self.work.notify_one();
    }

    /// Takes in what is new in the cache of one chat.
    async fn look(&self, chat: &ChatId) -> Result<()> {
        match self.account.belongs(chat) {
            Belongs::Yes => {}
            Belongs::No => return Ok(()),
            Belongs::Left => {
                let left = chat.clone();
                self.profile
                    .store(move |store| store.forget_chat(&left))
                    .await?;
                return self.client.note_indexed().await;
            }
        }
        let _turn = self.turn.lock().await;
        let name = chat.clone();
        let known = self
            .profile
            .store(move |store| store.indexed_chat(&name))
            .await?;
        let (begun, seen) = known.map_or((false, None), |chat| (chat.begun, chat.seen));
        let cached = self.account.cached_history(chat, seen.as_deref()).await?;
        let gap = match cached.end {
            CacheEnd::Seen => None,
            CacheEnd::Gap(token) => Some(GapStep::Open {
                token: Some(token),
                whole: !begun,
            }),
            CacheEnd::Beginning => None,
            // A cache that has nothing new to show has nothing to say of the rest either.
            CacheEnd::Unknown if begun && cached.newest == seen => None,
            CacheEnd::Unknown => Some(GapStep::Open {
                token: None,
                whole: true,
            }),
        };
        if begun && gap.is_none() && cached.newest == seen {
            return Ok(());
        }
        let (opens, last) = (gap.is_some(), cached.newest);
        // The place that has been reached is written with the last part: a kill before it begins again.
        let mut rest = cached.changes;
        while rest.len() > BATCH {
            let changes: Vec<Change> = rest.split_off(rest.len() - BATCH);
            let part = Batch {
                changes,
                ..Batch::default()
            };
            self.take(chat, part).await?;
        }
        let batch = Batch {
            changes: rest,
            seen: last,
            gaps: gap.into_iter().collect(),
        };
        self.take(chat, batch).await?;
        if opens {
            self.work.notify_one();
        }
        Ok(())
    }

    async fn take(&self, chat: &ChatId, batch: Batch) -> Result<()> {
        let chat = chat.clone();
        self.profile
            .store(move |store| store.index_batch(&chat, &batch))
            .await?;
        self.client.note_indexed().await
    }

    async fn key_came(&self, chat: ChatId, session: String) -> Result<()> {
        let _turn = self.turn.lock().await;
        self.profile
            .store(move |store| store.key_came(&chat, &session))
            .await?;
        self.work.notify_one();
        Ok(())
    }

    /// A key that came while nobody listened has opened its messages in the cache already.
    async fn retry_sealed(&self) -> Result<()> {
        let _turn = self.turn.lock().await;
        self.profile
            .store(|store| store.try_sealed_again(SEALED))
            .await?;
        let sealed = self.profile.store(|store| store.opened_messages(SEALED));
        for (chat, event) in sealed.await? {
            self.open(&chat, &event, false).await?;
        }
        Ok(())
    }

    /// Takes in a message whose key may have come, or lets it wait on.
    async fn open(&self, chat: &ChatId, event: &str, fetch: bool) -> Result<()> {
        let read = self.account.history_event(chat, event, fetch).await;
        match read {
            Ok(Some(change)) if !matches!(change, Change::Sealed { .. }) => {
                let batch = Batch {
                    changes: vec![change],
                    ..Batch::default()
                };
                self.take(chat, batch).await
            }
            // Without a network it is only put off.
            Err(error @ (MatrixError::Network | MatrixError::TooManyTries { .. })) => {
                Err(error.into())
            }
            _ => {
                let (chat, event) = (chat.clone(), event.to_owned());
                self.profile
                    .store(move |store| store.still_sealed(&chat, &event))
                    .await
            }
        }
    }

    async fn read_gaps(&self) {
        let mut link = self.account.link();
        // A chat that the server refuses is left alone until the next start.
        let mut refused = HashSet::new();
        let mut failures = 0;
        loop {
            let online = link.wait_for(|link| *link == LinkState::Online).await;
            if online.map(|_| ()).is_err() {
                return;
            }
            let step = self.read_on(&mut refused).await;
            if *link.borrow() != LinkState::Online {
                self.filling(false);
                continue;
            }
            match step {
                Ok(true) => {
                    failures = 0;
                    tokio::time::sleep(PAUSE).await;
                }
                Ok(false) => {
                    self.filling(false);
                    tokio::select! {
                        () = self.work.notified() => {}
                        changed = link.changed() => if changed.is_err() { return },
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, "a page of history could not be indexed");
                    let wait = match error {
                        Error::Matrix(MatrixError::TooManyTries {
                            retry_after: Some(wait),
                        }) => wait,
                        _ => Duration::from_secs(BACKOFF[failures.min(BACKOFF.len() - 1)]),
                    };
                    failures += 1;
                    self.wait(wait, &mut link).await;
                }
            }
        }
    }

    /// Waits, but not past the end of a missing connection: what comes after it is a new beginning.
    async fn wait(&self, wait: Duration, link: &mut watch::Receiver<LinkState>) {
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            _ = link.wait_for(|link| *link != LinkState::Online) => {}
        }
    }

    fn filling(&self, filling: bool) {
        self.client.indexed.send_if_modified(|indexed| {
            let changed = indexed.filling != filling;
            indexed.filling = filling;
            changed
        });
    }

    /// Reads one more piece of what is missing; `false` where nothing is.
    async fn read_on(&self, refused: &mut HashSet<ChatId>) -> Result<bool> {
        let opened = self
            .profile
            .store(|store| store.opened_messages(OPENED))
            .await?;
        for (chat, event) in &opened {
            let _turn = self.turn.lock().await;
            self.open(chat, event, true).await?;
        }
        if !opened.is_empty() {
            return Ok(true);
        }
        let Some((chat, gap)) = self.next_gap(refused).await? else {
            return Ok(false);
        };
        self.filling(true);
        let page = match self.account.history_page(&chat, gap.token.as_deref()).await {
            Ok(page) => page,
            Err(MatrixError::NotAllowed | MatrixError::ChatGone) => {
                refused.insert(chat);
                return Ok(true);
            }
            Err(error) => return Err(error.into()),
        };
        let batch = match page {
            HistoryPage::Read { changes, next } => Batch {
                changes,
                gaps: vec![GapStep::Read { gap: gap.id, next }],
                seen: None,
            },
            HistoryPage::Lost => Batch {
                gaps: vec![GapStep::Lost(gap.id)],
                ..Batch::default()
            },
        };
        self.take(&chat, batch).await?;
        Ok(true)
    }

    async fn next_gap(&self, refused: &HashSet<ChatId>) -> Result<Option<(ChatId, Gap)>> {
        for chat in self.account.chats_with_history() {
            let progress = self.client.indexed.borrow().chats.get(&chat).copied();
            // What has not been looked at yet has no gaps to read.
            if progress.is_none_or(|chat| chat.complete) || refused.contains(&chat) {
                continue;
            }
            let name = chat.clone();
            let gap = self
                .profile
                .store(move |store| store.index_gap(&name))
                .await?;
            if let Some(gap) = gap {
                return Ok(Some((chat, gap)));
            }
        }
        Ok(None)
    }
}
