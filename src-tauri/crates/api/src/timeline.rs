//! Conversations.

use crate::commands::{ChatArgs, ItemArgs, SendArgs};
use crate::dto::TimelineUpdate;
use crate::error::ApiError;
use crate::mirror::ToDto;
use futures_util::{Stream, StreamExt};
use parta_client::Client;
use parta_model::{ChatId, MessageId};
use std::sync::Arc;

pub(crate) async fn watch(
    client: &Arc<Client>,
    args: ChatArgs,
) -> Result<impl Stream<Item = TimelineUpdate> + Send + 'static, ApiError> {
    Ok(client
        .timeline(&ChatId::new(args.chat))
        .await?
        .map(ToDto::to_dto))
}

pub(crate) async fn load_older(client: &Arc<Client>, args: ChatArgs) -> Result<(), ApiError> {
    Ok(client.load_older(&ChatId::new(args.chat)).await?)
}

pub(crate) async fn send_message(client: &Arc<Client>, args: SendArgs) -> Result<(), ApiError> {
    Ok(client
        .send_message(
            &ChatId::new(args.chat),
            &args.text,
            args.reply_to.as_deref(),
        )
        .await?)
}

pub(crate) async fn retry_message(client: &Arc<Client>, args: ItemArgs) -> Result<(), ApiError> {
    Ok(client
        .retry_message(&ChatId::new(args.chat), &MessageId::new(args.item))
        .await?)
}

pub(crate) async fn discard_message(client: &Arc<Client>, args: ItemArgs) -> Result<(), ApiError> {
    Ok(client
        .discard_message(&ChatId::new(args.chat), &MessageId::new(args.item))
        .await?)
}
