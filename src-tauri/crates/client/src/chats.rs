//! The chat list with the drafts of this device, and what is done to a whole chat.

use crate::Client;
use crate::error::Result;
use crate::naming;
use async_stream::stream;
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use parta_model::{ChatId, ChatRow, Draft, ListDiff};
use parta_store::Store;
use std::collections::HashMap;

/// A draft has been written, changed or sent.
#[derive(Clone)]
pub(crate) struct DraftNews {
    chat: ChatId,
    text: Option<String>,
}

impl Client {
    /// The list of chats, newest first: first the whole, then what changes.
    pub async fn chats(&self) -> Result<BoxStream<'static, Vec<ListDiff<ChatRow>>>> {
        let mut news = self.drafts.subscribe();
        let drafts = self.profile()?.store(Store::drafts).await?;
        let mut drafts: HashMap<ChatId, String> = drafts
            .into_iter()
            .map(|(chat, draft)| (chat, draft.text))
            .collect();
        let mut chats = self.account()?.chats().await?;
        let mut known = self.people.subscribe();
        // The list is there before the plans are: a name may come a moment later.
        let mut directory = known.borrow_and_update().clone().unwrap_or_default();
        Ok(stream! {
            let mut shown: Vec<ChatRow> = Vec::new();
            loop {
                tokio::select! {
                    diffs = chats.next() => {
                        let Some(diffs) = diffs else { return };
                        let diffs: Vec<_> = diffs.into_iter().map(|diff| diff.map(|row| ChatRow { draft: drafts.get(&row.id).cloned(), ..row })).collect();
                        for diff in &diffs {
                            diff.clone().apply(&mut shown);
                        }
                        yield diffs.into_iter().map(|diff| diff.map(|row| naming::row(&directory, row))).collect();
                    }
                    Some(next) = naming::later(&mut known) => {
                        let diffs = naming::renamed(&shown, |row| naming::row(&directory, row), |row| naming::row(&next, row));
                        directory = next;
                        if !diffs.is_empty() {
                            yield diffs;
                        }
                    }
                    draft = news.recv() => {
                        let Ok(DraftNews { chat, text }) = draft else { continue };
                        match &text {
                            Some(text) => drafts.insert(chat.clone(), text.clone()),
                            None => drafts.remove(&chat),
                        };
                        if let Some(index) = shown.iter().position(|row| row.id == chat) && shown[index].draft != text {
                            shown[index].draft = text;
                            yield vec![ListDiff::Set { index, item: naming::row(&directory, shown[index].clone()) }];
                        }
                    }
                }
            }
        }
        .boxed())
    }

    pub async fn draft(&self, chat: ChatId) -> Result<Option<Draft>> {
        self.profile()?.store(move |store| store.draft(&chat)).await
    }

    /// Keeps what has been written and not sent; nothing, or only blanks, forgets it.
    pub async fn save_draft(&self, chat: ChatId, draft: Option<Draft>) -> Result<()> {
        let draft = draft.filter(|draft| !draft.text.trim().is_empty() || draft.reply_to.is_some());
        let news = DraftNews {
            chat: chat.clone(),
            text: draft
                .as_ref()
                .map(|draft| draft.text.clone())
                .filter(|text| !text.trim().is_empty()),
        };
        self.profile()?
            .store(move |store| store.set_draft(&chat, draft.as_ref()))
            .await?;
        // Nobody listening is fine: the list reads the store when it opens.
        let _ = self.drafts.send(news);
        Ok(())
    }

    pub async fn mark_read(&self, chat: &ChatId) -> Result<()> {
        Ok(self.account()?.mark_read(chat).await?)
    }

    pub async fn accept_invitation(&self, chat: &ChatId) -> Result<()> {
        Ok(self.account()?.accept_invitation(chat).await?)
    }

    pub async fn decline_invitation(&self, chat: &ChatId) -> Result<()> {
        Ok(self.account()?.decline_invitation(chat).await?)
    }
}
