//! Files and voice messages on their way out.

use crate::Client;
use crate::error::{Error, Result};
use parta_model::{ChatId, Outgoing, Staged, StagedVoice, Written};

impl Client {
    pub async fn stage_file(&self, name: &str, mime: &str, size: u64) -> Result<Staged> {
        let _ = (name, mime, size);
        Err(Error::Internal("not built yet"))
    }

    pub fn stage_voice(&self, rate: u32) -> Result<Staged> {
        let _ = rate;
        Err(Error::Internal("not built yet"))
    }

    pub async fn push(&self, id: &str, bytes: &[u8]) -> Result<()> {
        let _ = (id, bytes);
        Err(Error::Internal("not built yet"))
    }

    pub async fn finish_voice(&self, id: &str) -> Result<StagedVoice> {
        let _ = id;
        Err(Error::Internal("not built yet"))
    }

    pub fn unstage(&self, id: &str) {
        let _ = id;
    }

    pub async fn send_files(
        &self,
        chat: &ChatId,
        files: Vec<Outgoing>,
        caption: Option<Written>,
        reply_to: Option<&str>,
    ) -> Result<()> {
        let _ = (chat, files, caption, reply_to);
        Err(Error::Internal("not built yet"))
    }

    pub async fn send_voice(&self, chat: &ChatId, id: &str, reply_to: Option<&str>) -> Result<()> {
        let _ = (chat, id, reply_to);
        Err(Error::Internal("not built yet"))
    }
}
