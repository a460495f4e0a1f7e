use crate::account::Account;
use crate::error::{Error, Result};
use parta_model::*;
const E: Error = Error::Internal("not built yet");
#[allow(unused_variables)]
impl Account {
    pub async fn members(&self, chat: &ChatId) -> Result<Vec<Member>> {
        Err(E)
    }
    pub async fn invite_people(&self, chat: &ChatId, people: &[UserId]) -> Result<Vec<Person>> {
        Err(E)
    }
}
