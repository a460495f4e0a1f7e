//! Who did what and when, from the history of the plan's events.

use crate::Client;
use crate::error::{Error, Result};
use parta_model::{ChatId, JournalPage};

impl Client {
    pub async fn journal(&self, _: &ChatId, _: Option<&str>) -> Result<JournalPage> {
        Err(Error::Internal("not made yet"))
    }
}
