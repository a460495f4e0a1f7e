//! «Контакты»: everybody whom the organisations, the common chats and the person's own address book tell of.

use crate::Client;
use crate::error::{Error, Result};
use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream};
use parta_model::contacts::{OwnContact, Query};
use parta_model::{ChatId, ContactCard, ContactPage, ListDiff, UserId, VcardPreview};

impl Client {
    pub async fn find_contacts(&self, _query: Query) -> Result<ContactPage> {
        Err(Error::Internal("todo"))
    }

    pub async fn find_in_cabinet(
        &self,
        _organisation: &ChatId,
        _text: &str,
    ) -> Result<Vec<UserId>> {
        Err(Error::Internal("todo"))
    }

    pub async fn contact_card(&self, _person: &UserId) -> Result<ContactCard> {
        Err(Error::Internal("todo"))
    }

    pub async fn set_note(&self, _person: &UserId, _text: &str) -> Result<()> {
        Err(Error::Internal("todo"))
    }

    pub async fn save_contacts(&self, _contacts: Vec<OwnContact>) -> Result<Vec<String>> {
        Err(Error::Internal("todo"))
    }

    pub async fn remove_contacts(&self, _ids: &[String]) -> Result<()> {
        Err(Error::Internal("todo"))
    }

    pub async fn read_vcards(&self, _staged: &str) -> Result<VcardPreview> {
        Err(Error::Internal("todo"))
    }

    pub async fn own_contacts(&self) -> Result<BoxStream<'static, Vec<ListDiff<OwnContact>>>> {
        Ok(stream::empty().boxed())
    }

    pub async fn contacts_changed(&self) -> Result<BoxStream<'static, u32>> {
        Ok(stream::empty().boxed())
    }
}
