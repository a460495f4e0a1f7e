//! Finding people, and making chats with them.

use crate::commands::{FindArgs, NewChatArgs, NoArgs, PersonArgs};
use crate::dto::{ClassPeople, Found, MadeChat};
use crate::error::ApiError;
use crate::mirror::ToDto;
use parta_client::Client;
use parta_model::{ChatId, UserId};
use std::sync::Arc;

pub(crate) async fn find_people(
    client: &Arc<Client>,
    args: FindArgs,
) -> Result<Vec<Found>, ApiError> {
    let chat = args.chat.map(ChatId::new);
    Ok(client
        .find_people(&args.text, chat.as_ref(), args.most)
        .await?
        .to_dto())
}

pub(crate) async fn my_classes(
    client: &Arc<Client>,
    _: NoArgs,
) -> Result<Vec<ClassPeople>, ApiError> {
    Ok(client.my_classes().await?.to_dto())
}

pub(crate) async fn direct_chat(
    client: &Arc<Client>,
    args: PersonArgs,
) -> Result<String, ApiError> {
    Ok(client
        .direct_chat(&UserId::new(args.person))
        .await?
        .to_dto())
}

pub(crate) async fn create_chat(
    client: &Arc<Client>,
    args: NewChatArgs,
) -> Result<MadeChat, ApiError> {
    Ok(client.create_chat(args.chat.into()).await?.to_dto())
}
