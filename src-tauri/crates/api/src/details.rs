//! What is known of a whole chat, and what is changed of it.

use crate::commands::{AvatarArgs, ChatArgs, OnArgs, PeopleArgs, RemoveArgs, TextArgs};
use crate::dto::{ChatDetails, Member, Person};
use crate::error::ApiError;
use crate::mirror::ToDto;
use futures_util::{Stream, StreamExt};
use parta_client::Client;
use parta_model::{ChatId, UserId};
use std::sync::Arc;

pub(crate) async fn watch(
    client: &Arc<Client>,
    args: ChatArgs,
) -> Result<impl Stream<Item = ChatDetails> + Send + 'static, ApiError> {
    Ok(client
        .details(&ChatId::new(args.chat))
        .await?
        .map(ToDto::to_dto))
}

pub(crate) async fn watch_typing(
    client: &Arc<Client>,
    args: ChatArgs,
) -> Result<impl Stream<Item = Vec<Person>> + Send + 'static, ApiError> {
    Ok(client
        .typing(&ChatId::new(args.chat))
        .await?
        .map(ToDto::to_dto))
}

pub(crate) async fn members(client: &Arc<Client>, args: ChatArgs) -> Result<Vec<Member>, ApiError> {
    Ok(client.members(&ChatId::new(args.chat)).await?.to_dto())
}

pub(crate) async fn rename_chat(client: &Arc<Client>, args: TextArgs) -> Result<(), ApiError> {
    Ok(client
        .rename_chat(&ChatId::new(args.chat), &args.text)
        .await?)
}

pub(crate) async fn set_topic(client: &Arc<Client>, args: TextArgs) -> Result<(), ApiError> {
    Ok(client
        .set_topic(&ChatId::new(args.chat), &args.text)
        .await?)
}

pub(crate) async fn set_chat_avatar(
    client: &Arc<Client>,
    args: AvatarArgs,
) -> Result<(), ApiError> {
    Ok(client
        .set_chat_avatar(&ChatId::new(args.chat), args.staged.as_deref())
        .await?)
}

pub(crate) async fn invite_people(
    client: &Arc<Client>,
    args: PeopleArgs,
) -> Result<Vec<Person>, ApiError> {
    let people: Vec<UserId> = args.people.into_iter().map(UserId::new).collect();
    Ok(client
        .invite_people(&ChatId::new(args.chat), &people)
        .await?
        .to_dto())
}

pub(crate) async fn remove_person(client: &Arc<Client>, args: RemoveArgs) -> Result<(), ApiError> {
    Ok(client
        .remove_person(
            &ChatId::new(args.chat),
            &UserId::new(args.person),
            args.reason.as_deref(),
        )
        .await?)
}

pub(crate) async fn set_announcements(client: &Arc<Client>, args: OnArgs) -> Result<(), ApiError> {
    Ok(client
        .set_announcements(&ChatId::new(args.chat), args.on)
        .await?)
}
