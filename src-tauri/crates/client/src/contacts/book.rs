//! The person's own address book and his notes of people: kept on this device, and with the account, so that his other
//! devices have them. Each entry is for itself: of two devices that change different ones, both keep theirs.

use crate::Client;
use crate::error::{Error, Result};
use crate::opening::Profile;
use async_stream::stream;
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use parta_matrix::{Account, LinkState};
use parta_model::contacts::{Book, BookFull, OwnContact, vcard};
use parta_model::{ListDiff, UserId, VcardPreview, changes};
use serde_json::Value;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{Mutex as AsyncMutex, watch};

/// Where the parts of the book lie in the account's data.
const PART: &str = "school.parta.contacts.";
/// A server that did not take a part is asked again after this.
const AGAIN: Duration = Duration::from_secs(30);

/// The news of the account's data that a book is followed by.
pub(crate) type BookNews = BoxStream<'static, (String, Value)>;

#[derive(Default)]
pub(crate) struct AddressBook {
    /// Nothing before the copy of an earlier run has been read.
    book: watch::Sender<Option<Arc<Book>>>,
    /// What the server is known to have.
    server: Mutex<Book>,
    /// One change at a time: the next one is made from what this one leaves.
    turn: AsyncMutex<()>,
}

impl AddressBook {
    pub(super) fn now(&self) -> Arc<Book> {
        self.book.borrow().clone().unwrap_or_default()
    }

    pub(super) fn watch(&self) -> watch::Receiver<Option<Arc<Book>>> {
        self.book.subscribe()
    }

    /// Forgets everything, before another account.
    pub(crate) fn clear(&self) {
        self.book.send_replace(None);
        *self.server() = Book::default();
    }

    fn server(&self) -> std::sync::MutexGuard<'_, Book> {
        self.server.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Client {
    pub(crate) fn book_news(account: &Account) -> BookNews {
        account.own_data_news(PART)
    }

    /// Brings this device and the server together, for as long as the account is signed in.
    pub(crate) async fn follow_book(
        self: Arc<Self>,
        profile: Arc<Profile>,
        account: Arc<Account>,
        mut news: BookNews,
    ) {
        // Without what is kept nothing can be said: a book that begins empty would overwrite it.
        let kept = loop {
            match profile.store(parta_store::Store::address_book).await {
                Ok(kept) => break kept,
                Err(error) => tracing::warn!(%error, "the address book can't be read"),
            }
            tokio::time::sleep(AGAIN).await;
        };
        let now = (self.options.now)();
        let mut book = Book::default();
        for (_, json) in kept {
            match serde_json::from_str(&json) {
                Ok(part) => drop(book.merge(&Book::read_shard(&part))),
                Err(_) => tracing::warn!("a part of the address book can't be understood"),
            }
        }
        book.prune(now);
        self.book.book.send_replace(Some(Arc::new(book)));
        for part in 0..Book::SHARDS {
            if let Ok(Some(content)) = account.kept_own_data(&kind(part)).await {
                self.hear_part(&profile, &account, part, &content).await;
            }
        }
        let (mut changed, mut link) = (self.book.watch(), account.link());
        loop {
            let online = *link.borrow_and_update() == LinkState::Online;
            changed.mark_unchanged();
            let failed = online && self.send_book(&profile, &account).await.is_err();
            let unsent = !self.book.now().dirty_shards(&self.book.server()).is_empty();
            self.connection.send_if_modified(|connection| {
                let before = std::mem::replace(&mut connection.book_waits, unsent);
                before != unsent
            });
            tokio::select! {
                part = news.next() => match part {
                    Some((kind, content)) => if let Some(part) = part_of(&kind) {
                        self.hear_part(&profile, &account, part, &content).await;
                    },
                    None => return,
                },
                changed = changed.changed() => if changed.is_err() { return },
                changed = link.changed() => if changed.is_err() { return },
                () = tokio::time::sleep(AGAIN), if failed => {}
            }
        }
    }

    /// What the server has of a part comes to what is here; the newest word on each entry stays.
    async fn take_part(
        &self,
        profile: &Arc<Profile>,
        account: &Arc<Account>,
        part: u8,
        content: &Value,
    ) -> Result<()> {
        let mut theirs = Book::read_shard(content);
        theirs.prune((self.options.now)());
        self.change_book(profile, account, |book| {
            book.merge(&theirs);
            Ok(())
        })
        .await?;
        // As it is there, without what was there before: another device may have written over it.
        self.book.server().replace_shard(part, theirs);
        Ok(())
    }

    async fn hear_part(
        &self,
        profile: &Arc<Profile>,
        account: &Arc<Account>,
        part: u8,
        content: &Value,
    ) {
        if let Err(error) = self.take_part(profile, account, part, content).await {
            tracing::warn!(%error, "the address book can't be kept");
        }
    }

    /// Writes what the server does not have. What another device has written meanwhile is read first, and stays.
    pub(crate) async fn send_book(
        &self,
        profile: &Arc<Profile>,
        account: &Arc<Account>,
    ) -> Result<()> {
        let dirty = self.book.now().dirty_shards(&self.book.server());
        for part in dirty {
            let kind = kind(part);
            if let Some(fresh) = account.own_data(&kind).await? {
                // What can't be kept here must not be written over there.
                self.take_part(profile, account, part, &fresh).await?;
            }
            let book = self.book.now();
            if book.dirty_shards(&self.book.server()).contains(&part) {
                let content = book.shard_content(part);
                account.set_own_data(&kind, &content).await?;
                let written = Book::read_shard(&content);
                self.book.server().replace_shard(part, written);
            }
        }
        Ok(())
    }

    /// Changes the book: it is on the disk before it is shown.
    async fn change_book<T>(
        &self,
        profile: &Arc<Profile>,
        account: &Arc<Account>,
        change: impl FnOnce(&mut Book) -> Result<T>,
    ) -> Result<T> {
        let _turn = self.book.turn.lock().await;
        let before = self.loaded_book().await?;
        if !Arc::ptr_eq(account, &self.account()?) {
            // Somebody else has signed in meanwhile: this is not his.
            return Err(Error::NotSignedIn);
        }
        let mut book = Book::clone(&before);
        let done = change(&mut book)?;
        let changed = book.dirty_shards(&before).into_iter();
        let rows: Vec<(String, String)> = changed
            .map(|part| (kind(part), book.shard_content(part).to_string()))
            .collect();
        if !rows.is_empty() {
            profile
                .store(move |store| store.keep_in_address_book(&rows))
                .await?;
            self.book.book.send_replace(Some(Arc::new(book)));
        }
        Ok(done)
    }

    /// The book, as soon as what an earlier run knew has been read.
    async fn loaded_book(&self) -> Result<Arc<Book>> {
        self.account()?;
        let mut book = self.book.watch();
        let mut account = self.account.subscribe();
        tokio::select! {
            loaded = book.wait_for(Option::is_some) => {
                let loaded = loaded.map_err(|_| Error::NotSignedIn)?;
                Ok(loaded.clone().unwrap_or_default())
            }
            _ = account.wait_for(Option::is_none) => Err(Error::NotSignedIn),
        }
    }

    /// Notes something of a person; nothing removes the note.
    pub async fn set_note(&self, person: &UserId, text: &str) -> Result<()> {
        let (account, now, device) = self.hand()?;
        self.change_book(&self.profile()?, &account, |book| {
            book.set_note(person, text, now, &device);
            Ok(())
        })
        .await
    }

    /// Keeps own contacts, new ones and changed ones; gives their ids.
    pub async fn save_contacts(&self, contacts: Vec<OwnContact>) -> Result<Vec<String>> {
        let (account, now, device) = self.hand()?;
        self.change_book(&self.profile()?, &account, |book| {
            let kept = contacts.into_iter().map(OwnContact::cut);
            let kept = kept.map(|contact| book.set_contact(contact, now, &device));
            kept.map(|kept| kept.map_err(|BookFull| Error::BookFull))
                .collect()
        })
        .await
    }

    pub async fn remove_contacts(&self, ids: &[String]) -> Result<()> {
        let (account, now, device) = self.hand()?;
        self.change_book(&self.profile()?, &account, |book| {
            for id in ids {
                book.remove_contact(id, now, &device);
            }
            Ok(())
        })
        .await
    }

    /// Who changes the book now.
    fn hand(&self) -> Result<(Arc<Account>, u64, String)> {
        let account = self.account()?;
        let device = account.saved().device().to_owned();
        Ok((account, (self.options.now)(), device))
    }

    /// The own contacts by name, and every change of them.
    pub async fn own_contacts(&self) -> Result<BoxStream<'static, Vec<ListDiff<OwnContact>>>> {
        self.account()?;
        let mut book = self.book.watch();
        Ok(stream! {
            let mut known: Option<Vec<OwnContact>> = None;
            loop {
                let now = book.borrow_and_update().clone();
                if let Some(now) = now {
                    let contacts = now.contacts();
                    let diffs = match &known {
                        None => vec![ListDiff::Reset { items: contacts.clone() }],
                        Some(known) => changes(known, &contacts, |contact| contact.id.clone()),
                    };
                    known = Some(contacts);
                    if !diffs.is_empty() {
                        yield diffs;
                    }
                }
                if book.changed().await.is_err() {
                    return;
                }
            }
        }
        .boxed())
    }

    /// What a staged file of contacts holds that the book does not have.
    pub async fn read_vcards(&self, staged: &str) -> Result<VcardPreview> {
        let bytes = self.staging.take_bytes(staged)?;
        let book = self.loaded_book().await?;
        super::in_background(move || preview(&bytes, &book)).await
    }
}

fn kind(part: u8) -> String {
    format!("{PART}{part:x}")
}

fn part_of(kind: &str) -> Option<u8> {
    (0..Book::SHARDS).find(|part| self::kind(*part) == kind)
}

fn preview(bytes: &[u8], book: &Book) -> VcardPreview {
    let (read, unreadable) = vcard::read(bytes);
    let mut seen = Seen::default();
    book.contacts().into_iter().for_each(|known| {
        seen.is_new(&known);
    });
    let all = read.len();
    let contacts: Vec<OwnContact> = read
        .into_iter()
        .filter(|contact| seen.is_new(contact))
        .collect();
    VcardPreview {
        known: super::count(all - contacts.len()),
        contacts,
        unreadable,
    }
}

/// Contacts by what two of one person have in common: the account or the name.
#[derive(Default)]
struct Seen(HashMap<String, Vec<OwnContact>>);

impl Seen {
    fn is_new(&mut self, contact: &OwnContact) -> bool {
        let account = contact.account.as_ref().map(UserId::to_string);
        let keys: Vec<String> = account.into_iter().chain([contact.name()]).collect();
        let known = keys.iter().filter_map(|key| self.0.get(key)).flatten();
        let new = !known.into_iter().any(|known| vcard::same(known, contact));
        if new {
            for key in keys {
                self.0.entry(key).or_default().push(contact.clone());
            }
        }
        new
    }
}
