//! Finding what was said: the index of messages, as a person asks it.

use crate::Client;
use crate::error::Result;
use crate::naming;
use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream};
use parta_matrix::Account;
use parta_model::{
    ChatId, Directory, Hit, IndexState, MessageQuery, Person, SearchKind, SearchPage, UserId,
};
use parta_store::{FoundMessage, Store};
use std::collections::HashMap;
use std::sync::Arc;
use tokio::sync::watch;

/// What the index has, chat by chat; kept here so that asking for it costs nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Indexed {
    pub(crate) chats: HashMap<ChatId, Progress>,
    pub(crate) filling: bool,
}

/// How far the index has come with a chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Progress {
    /// Whether the whole history is in it.
    pub(crate) complete: bool,
    messages: u64,
    sealed: u64,
}

impl Indexed {
    /// Of one chat, or of all of these. With no chats known yet, nothing says that there is nothing to be found.
    fn state(&self, chat: Option<&ChatId>, all: &[ChatId], settled: bool) -> IndexState {
        let chats = chat.map_or(all, std::slice::from_ref);
        let known = || chats.iter().filter_map(|chat| self.chats.get(chat));
        let done = known().filter(|chat| chat.complete).count();
        let chats = if settled {
            chats.len()
        } else {
            chats.len().max(done + 1)
        };
        IndexState {
            done: narrow(done),
            chats: narrow(chats),
            messages: known().map(|chat| chat.messages).sum(),
            sealed: known().map(|chat| chat.sealed).sum(),
            filling: self.filling,
        }
    }
}

fn narrow(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

impl Client {
    /// Messages that fit, newest first. Asks this device alone, so it works without a network.
    pub async fn search_messages(&self, query: MessageQuery) -> Result<SearchPage> {
        let (profile, account) = (self.profile()?, self.account()?);
        let (chat, kind) = (query.chat.clone(), query.kind);
        let page = profile.store(move |store| store.search(&query)).await?;
        let index = state_of(&self.indexed.borrow(), &account, chat.as_ref());
        let mut names = Names::new(&account, self.directory().await?);
        let mut hits = Vec::with_capacity(page.messages.len());
        for message in page.messages {
            hits.push(names.hit(message, kind).await);
        }
        Ok(SearchPage {
            hits,
            more: page.more,
            index,
        })
    }

    /// How far the index has come: of one chat, or of all.
    pub async fn index(&self, chat: Option<ChatId>) -> Result<BoxStream<'static, IndexState>> {
        let account = self.account()?;
        let now = |indexed: &mut watch::Receiver<Indexed>, account: &Account| {
            state_of(&indexed.borrow_and_update(), account, chat.as_ref())
        };
        let mut indexed = self.indexed.subscribe();
        let first = now(&mut indexed, &account);
        let changes = stream::unfold(
            (indexed, account, chat, first),
            |(mut indexed, account, chat, last)| async move {
                loop {
                    indexed.changed().await.ok()?;
                    let next = state_of(&indexed.borrow_and_update(), &account, chat.as_ref());
                    if next != last {
                        return Some((next, (indexed, account, chat, next)));
                    }
                }
            },
        );
        Ok(stream::once(async move { first }).chain(changes).boxed())
    }

    /// Reads again what the index has.
    pub(crate) async fn note_indexed(&self) -> Result<()> {
        let chats = self.profile()?.store(Store::indexed_chats).await?;
        let chats: HashMap<_, _> = chats
            .into_iter()
            .map(|chat| {
                let progress = Progress {
                    complete: chat.complete,
                    messages: chat.messages,
                    sealed: chat.sealed,
                };
                (chat.chat, progress)
            })
            .collect();
        self.indexed.send_if_modified(|indexed| {
            let changed = indexed.chats != chats;
            indexed.chats = chats;
            changed
        });
        Ok(())
    }
}

fn state_of(indexed: &Indexed, account: &Account, chat: Option<&ChatId>) -> IndexState {
    let all = account.chats_with_history();
    // Before the server has said which chats there are, none can be called complete as a whole.
    let settled = chat.is_some() || !all.is_empty() || account.has_synced();
    indexed.state(chat, &all, settled)
}

/// Names as they are now, each looked up once for a page.
struct Names<'a> {
    account: &'a Arc<Account>,
    directory: Arc<Directory>,
    chats: HashMap<ChatId, String>,
    people: HashMap<(ChatId, UserId), Person>,
}

impl<'a> Names<'a> {
    fn new(account: &'a Arc<Account>, directory: Arc<Directory>) -> Self {
        Self {
            account,
            directory,
            chats: HashMap::new(),
            people: HashMap::new(),
        }
    }

    async fn hit(&mut self, found: FoundMessage, asked: Option<SearchKind>) -> Hit {
        let content = found.content;
        let chat_name = match self.chats.get(&found.chat) {
            Some(name) => name.clone(),
            None => {
                let name = self.account.chat_name(&found.chat).await;
                let name = naming::chat(&self.directory, name.unwrap_or_default());
                self.chats.insert(found.chat.clone(), name.clone());
                name
            }
        };
        let key = (found.chat.clone(), found.sender.clone());
        let sender = match self.people.get(&key) {
            Some(person) => person.clone(),
            None => {
                let person = self
                    .account
                    .person_of(&found.chat, found.sender.as_str(), found.sender_name)
                    .await;
                let person = self.directory.named(person).0;
                self.people.insert(key, person.clone());
                person
            }
        };
        Hit {
            chat_name,
            own: found.sender.as_str() == self.account.saved().user,
            chat: found.chat,
            event: found.event,
            sender,
            at: found.at,
            kind: match asked {
                Some(SearchKind::Link) => SearchKind::Link,
                _ => content.kind,
            },
            pieces: found.pieces,
            media: content
                .media
                .and_then(|secret| self.account.note_media(&secret)),
            name: content.name,
            mime: content.mime,
            size: content.size,
            seconds: content.seconds,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_may_ask_from_any_thread() {
        fn send<T: Send>(_: fn(&'static Client, MessageQuery) -> T) {}
        send(|client, query| client.search_messages(query));
    }

    #[test]
    fn complete_is_said_only_where_every_chat_is() {
        let chats = ["!a".into(), "!b".into()];
        let of = |complete, messages, sealed| Progress {
            complete,
            messages,
            sealed,
        };
        let mut indexed = Indexed::default();
        assert!(!indexed.state(None, &[], false).complete());
        assert!(indexed.state(None, &[], true).complete());
        indexed.chats.insert("!a".into(), of(true, 7, 2));
        // A chat that is no longer the person's does not count.
        indexed.chats.insert("!left".into(), of(true, 100, 9));
        let all = indexed.state(None, &chats, true);
        assert_eq!((all.done, all.chats), (1, 2));
        assert_eq!((all.messages, all.sealed), (7, 2));
        assert!(!all.complete());
        assert!(indexed.state(Some(&chats[0]), &chats, true).complete());
        assert!(!indexed.state(Some(&chats[1]), &chats, true).complete());
        indexed.chats.insert("!b".into(), of(false, 3, 0));
        assert!(!indexed.state(None, &chats, true).complete());
        indexed.chats.insert("!b".into(), of(true, 3, 0));
        assert!(indexed.state(None, &chats, true).complete());
    }
}
