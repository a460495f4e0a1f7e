//! «Ознакомлен»: who has acknowledged a message, and reminding those who have not.

use crate::Client;
use crate::error::{Error, Result};
use crate::media::SavedFile;
use parta_model::{AckReport, ChatId, RemindBy, Reminded, UserId};

/// The words of a sheet, in the language of the window.
pub struct AckSheet {
    pub columns: Vec<String>,
    /// In the order of `BadgeRole`.
    pub roles: Vec<String>,
}

impl Client {
    pub async fn acknowledge(&self, chat: &ChatId, event: &str) -> Result<()> {
        let _ = (chat, event);
        Err(Error::Internal("not built yet"))
    }

    pub async fn ack_report(&self, chat: &ChatId, event: &str) -> Result<AckReport> {
        let _ = (chat, event);
        Err(Error::Internal("not built yet"))
    }

    pub async fn ack_remind(
        &self,
        chat: &ChatId,
        event: &str,
        people: &[UserId],
        by: RemindBy,
        text: &str,
    ) -> Result<Reminded> {
        let _ = (chat, event, people, by, text);
        Err(Error::Internal("not built yet"))
    }

    pub async fn ack_save(&self, chat: &ChatId, event: &str, sheet: AckSheet) -> Result<SavedFile> {
        let _ = (chat, event, sheet.columns, sheet.roles);
        Err(Error::Internal("not built yet"))
    }
}
