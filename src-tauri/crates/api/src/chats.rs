//! The chat list, and what is done to a whole chat.

use crate::commands::{ChatArgs, DraftArgs, NoArgs, NotifyArgs, OnArgs};
use crate::dto::{ChatRow, Draft, ListDiff};
use crate::error::ApiError;
use crate::mirror::ToDto;
use futures_util::{Stream, StreamExt};
use parta_client::Client;
use parta_model::ChatId;
use std::sync::Arc;

pub(crate) async fn watch(
    client: &Arc<Client>,
    _: NoArgs,
) -> Result<impl Stream<Item = Vec<ListDiff<ChatRow>>> + Send + 'static, ApiError> {
    Ok(client.chats().await?.map(ToDto::to_dto))
}

pub(crate) async fn accept_invitation(
    client: &Arc<Client>,
    args: ChatArgs,
) -> Result<(), ApiError> {
    Ok(client.accept_invitation(&ChatId::new(args.chat)).await?)
}

pub(crate) async fn decline_invitation(
    client: &Arc<Client>,
    args: ChatArgs,
) -> Result<(), ApiError> {
    Ok(client.decline_invitation(&ChatId::new(args.chat)).await?)
}

pub(crate) async fn draft(client: &Arc<Client>, args: ChatArgs) -> Result<Option<Draft>, ApiError> {
    Ok(client.draft(ChatId::new(args.chat)).await?.to_dto())
}

pub(crate) async fn save_draft(client: &Arc<Client>, args: DraftArgs) -> Result<(), ApiError> {
    Ok(client
        .save_draft(ChatId::new(args.chat), args.draft.map(Into::into))
        .await?)
}

pub(crate) async fn mark_read(client: &Arc<Client>, args: ChatArgs) -> Result<(), ApiError> {
    Ok(client.mark_read(&ChatId::new(args.chat)).await?)
}

pub(crate) async fn mark_unread(client: &Arc<Client>, args: ChatArgs) -> Result<(), ApiError> {
    Ok(client.mark_unread(&ChatId::new(args.chat)).await?)
}

pub(crate) async fn set_notify(client: &Arc<Client>, args: NotifyArgs) -> Result<(), ApiError> {
    Ok(client
        .set_notify(&ChatId::new(args.chat), args.notify.into())
        .await?)
}

pub(crate) async fn leave_chat(client: &Arc<Client>, args: ChatArgs) -> Result<(), ApiError> {
    Ok(client.leave_chat(&ChatId::new(args.chat)).await?)
}

pub(crate) async fn set_typing(client: &Arc<Client>, args: OnArgs) -> Result<(), ApiError> {
    Ok(client.set_typing(&ChatId::new(args.chat), args.on).await?)
}
