//! Conversations.

use crate::commands::{ChatArgs, DateArgs, ItemArgs, PageArgs, SendArgs};
use crate::dto::TimelineUpdate;
use crate::error::ApiError;
use crate::mirror::ToDto;
use futures_util::{Stream, StreamExt};
use parta_client::Client;
use parta_model::{ChatId, MessageId};
use std::sync::Arc;

pub(crate) async fn watch(
    client: &Arc<Client>,
    args: PageArgs,
) -> Result<impl Stream<Item = TimelineUpdate> + Send + 'static, ApiError> {
    Ok(client
        .timeline(&ChatId::new(args.chat), args.around.as_deref())
        .await?
        .map(ToDto::to_dto))
}

pub(crate) async fn watch_pinned(
    client: &Arc<Client>,
    args: ChatArgs,
) -> Result<impl Stream<Item = TimelineUpdate> + Send + 'static, ApiError> {
    Ok(client
        .pinned(&ChatId::new(args.chat))
        .await?
        .map(ToDto::to_dto))
}

pub(crate) async fn load_older(client: &Arc<Client>, args: PageArgs) -> Result<(), ApiError> {
    Ok(client
        .load_older(&ChatId::new(args.chat), args.around.as_deref())
        .await?)
}

pub(crate) async fn load_newer(client: &Arc<Client>, args: PageArgs) -> Result<(), ApiError> {
    Ok(client
        .load_newer(&ChatId::new(args.chat), args.around.as_deref())
        .await?)
}

pub(crate) async fn event_at(
    client: &Arc<Client>,
    args: DateArgs,
) -> Result<Option<String>, ApiError> {
    Ok(client.event_at(&ChatId::new(args.chat), args.at.0).await?)
}

pub(crate) async fn send_message(client: &Arc<Client>, args: SendArgs) -> Result<(), ApiError> {
    Ok(client
        .send_message(
            &ChatId::new(args.chat),
            args.written.into(),
            args.reply_to.as_deref(),
            args.ack.map(Into::into),
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
