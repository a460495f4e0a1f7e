//! «Контакты»: the people of the organisations and the person's own address book.

use crate::commands::{
    CabinetFindArgs, FindContactsArgs, IdsArgs, NoArgs, NoteArgs, OwnContactsArgs, PersonArgs,
    StagedArgs,
};
use crate::dto::{ContactCard, ContactPage, ListDiff, OwnContact, VcardPreview};
use crate::error::ApiError;
use crate::mirror::ToDto;
use futures_util::{Stream, StreamExt};
use parta_client::Client;
use parta_model::contacts::Query;
use parta_model::{ChatId, UserId};
use std::sync::Arc;

pub(crate) async fn find(
    client: &Arc<Client>,
    args: FindContactsArgs,
) -> Result<ContactPage, ApiError> {
    let query = Query {
        text: args.text,
        filters: args.filters.into(),
        skip: args.skip as usize,
        most: args.most as usize,
    };
    Ok(client.find_contacts(query).await?.to_dto())
}

pub(crate) async fn find_in_cabinet(
    client: &Arc<Client>,
    args: CabinetFindArgs,
) -> Result<Vec<String>, ApiError> {
    let organisation = ChatId::new(args.organisation);
    Ok(client
        .find_in_cabinet(&organisation, &args.text)
        .await?
        .to_dto())
}

pub(crate) async fn card(client: &Arc<Client>, args: PersonArgs) -> Result<ContactCard, ApiError> {
    Ok(client
        .contact_card(&UserId::new(args.person))
        .await?
        .to_dto())
}

pub(crate) async fn set_note(client: &Arc<Client>, args: NoteArgs) -> Result<(), ApiError> {
    Ok(client
        .set_note(&UserId::new(args.person), &args.text)
        .await?)
}

pub(crate) async fn save(
    client: &Arc<Client>,
    args: OwnContactsArgs,
) -> Result<Vec<String>, ApiError> {
    let contacts = args.contacts.into_iter().map(Into::into);
    Ok(client.save_contacts(contacts.collect()).await?)
}

pub(crate) async fn remove(client: &Arc<Client>, args: IdsArgs) -> Result<(), ApiError> {
    Ok(client.remove_contacts(&args.ids).await?)
}

pub(crate) async fn read_vcards(
    client: &Arc<Client>,
    args: StagedArgs,
) -> Result<VcardPreview, ApiError> {
    Ok(client.read_vcards(&args.id).await?.to_dto())
}

pub(crate) async fn watch_own(
    client: &Arc<Client>,
    _: NoArgs,
) -> Result<impl Stream<Item = Vec<ListDiff<OwnContact>>> + Send + 'static, ApiError> {
    Ok(client.own_contacts().await?.map(ToDto::to_dto))
}

pub(crate) async fn watch_changes(
    client: &Arc<Client>,
    _: NoArgs,
) -> Result<impl Stream<Item = u32> + Send + 'static, ApiError> {
    Ok(client.contacts_changed().await?)
}
