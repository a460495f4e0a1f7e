//! Finding what was said.

use crate::commands::{IndexArgs, SearchArgs};
use crate::dto::{IndexState, SearchPage};
use crate::error::ApiError;
use crate::mirror::ToDto;
use futures_util::{Stream, StreamExt};
use parta_client::Client;
use parta_model::ChatId;
use std::sync::Arc;

pub(crate) async fn search(client: &Arc<Client>, args: SearchArgs) -> Result<SearchPage, ApiError> {
    Ok(client.search_messages(args.query.into()).await?.to_dto())
}

pub(crate) async fn watch_index(
    client: &Arc<Client>,
    args: IndexArgs,
) -> Result<impl Stream<Item = IndexState> + Send + 'static, ApiError> {
    Ok(client
        .index(args.chat.map(ChatId::new))
        .await?
        .map(ToDto::to_dto))
}
