//! Into its own places the organisation calls its people by itself, so nobody has to answer these invitations by hand.

use crate::Client;
use futures_util::StreamExt;
use parta_matrix::{Account, Invitation};
use parta_model::{ChatId, Notify, UserId, calls};
use std::collections::HashSet;
use std::sync::Arc;

impl Client {
    /// Accepts what comes from an organisation of the person, for as long as the account is signed in.
    pub(crate) async fn accept_calls(self: Arc<Self>, account: Arc<Account>) {
        let mut invitations = account.invitations();
        let mut sources = self.sources.subscribe();
        let mut waiting: Vec<Invitation> = Vec::new();
        let mut refused = HashSet::new();
        loop {
            tokio::select! {
                news = invitations.next() => match news {
                    Some(news) => {
                        // Who is asked again after a refusal may be let in.
                        refused.retain(|chat| news.iter().any(|one: &Invitation| one.chat == *chat));
                        waiting = news;
                    }
                    None => return,
                },
                // A place may be named only after the invitation into it has come.
                changed = sources.changed() => if changed.is_err() { return },
            }
            let known = sources.borrow_and_update().clone();
            let called = |one: &&Invitation| {
                !refused.contains(&one.chat) && calls(&known, &one.chat, &one.inviter)
            };
            let called: Vec<Invitation> = waiting.iter().filter(called).cloned().collect();
            for Invitation { chat, .. } in called {
                match account.accept_invitation(&chat).await {
                    Ok(()) => {
                        waiting.retain(|one| one.chat != chat);
                        if self.is_there_to_run(&account, &chat).await {
                            self.hush(&account, &chat).await;
                        }
                    }
                    Err(error) => {
                        tracing::debug!(%error, "an organisation's invitation waits");
                        refused.insert(chat);
                    }
                }
            }
        }
    }

    async fn is_there_to_run(&self, account: &Account, chat: &ChatId) -> bool {
        let me = UserId::new(account.saved().user.clone());
        let directory = self.directory().await;
        directory.is_ok_and(|directory| directory.is_there_to_run(chat, &me))
    }

    /// Who is in a chat only to run the organisation is not disturbed by what a class says to itself.
    pub(super) async fn hush(&self, account: &Account, chat: &ChatId) {
        if let Err(error) = account.set_notify(chat, Notify::Mentions).await {
            tracing::debug!(%error, "a chat of a class stays loud");
        }
    }
}
