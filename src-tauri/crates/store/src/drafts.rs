//! What is written in a chat and not sent.

use crate::{Store, StoreError};
use parta_model::{ChatId, Draft, Mention};
use rusqlite::{OptionalExtension, Row, params};

impl Store {
    /// The draft of one chat.
    pub fn draft(&self, chat: &ChatId) -> Result<Option<Draft>, StoreError> {
        self.read(|conn| {
            conn.query_row(
                "SELECT chat, text, reply_to, mentions FROM drafts WHERE chat = ?1",
                [chat.as_str()],
                draft,
            )
            .optional()
        })
        .map(|found| found.map(|(_, draft)| draft))
    }

    /// Keeps the draft of one chat, or forgets it.
    pub fn set_draft(&self, chat: &ChatId, draft: Option<&Draft>) -> Result<(), StoreError> {
        self.write(|tx| match draft {
            Some(draft) => tx.execute(
                "INSERT INTO drafts (chat, text, reply_to, mentions) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (chat) DO UPDATE SET text = excluded.text, reply_to = excluded.reply_to, mentions = excluded.mentions",
                params![
                    chat.as_str(),
                    draft.text,
                    draft.reply_to,
                    serde_json::to_string(&draft.mentions).expect("a list of names is JSON"),
                ],
            ),
            None => tx.execute("DELETE FROM drafts WHERE chat = ?1", [chat.as_str()]),
        })?;
        Ok(())
    }

    /// All drafts, the chats in the order in which they got one.
    pub fn drafts(&self) -> Result<Vec<(ChatId, Draft)>, StoreError> {
        self.read(|conn| {
            conn.prepare_cached("SELECT chat, text, reply_to, mentions FROM drafts ORDER BY id")?
                .query_map([], draft)?
                .collect()
        })
    }
}

fn draft(row: &Row<'_>) -> rusqlite::Result<(ChatId, Draft)> {
    let chat: String = row.get("chat")?;
    Ok((
        ChatId::new(chat),
        Draft {
            text: row.get("text")?,
            reply_to: row.get("reply_to")?,
            mentions: mentions(row),
        },
    ))
}

/// Names that can't be read only lose their links; the text stays.
pub(crate) fn mentions(row: &Row<'_>) -> Vec<Mention> {
    row.get::<_, String>("mentions")
        .ok()
        .and_then(|json| serde_json::from_str(&json).ok())
        .unwrap_or_default()
}
