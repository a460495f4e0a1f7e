//! What a person does to messages.

use crate::commands::{
    DeleteArgs, EditArgs, EventArgs, ForwardArgs, PinArgs, PollArgs, ReactArgs, ReportArgs,
    VoteArgs,
};
use crate::dto::{Reactors, Reader, Written};
use crate::error::ApiError;
use crate::mirror::ToDto;
use parta_client::Client;
use parta_model::ChatId;
use std::sync::Arc;

pub(crate) async fn edit_source(
    client: &Arc<Client>,
    args: EventArgs,
) -> Result<Written, ApiError> {
    Ok(client
        .edit_source(&ChatId::new(args.chat), &args.event)
        .await?
        .to_dto())
}

pub(crate) async fn edit_message(client: &Arc<Client>, args: EditArgs) -> Result<(), ApiError> {
    Ok(client
        .edit_message(&ChatId::new(args.chat), &args.event, args.written.into())
        .await?)
}

pub(crate) async fn delete_messages(
    client: &Arc<Client>,
    args: DeleteArgs,
) -> Result<(), ApiError> {
    Ok(client
        .delete_messages(
            &ChatId::new(args.chat),
            &args.events,
            args.reason.as_deref(),
        )
        .await?)
}

pub(crate) async fn forward_messages(
    client: &Arc<Client>,
    args: ForwardArgs,
) -> Result<(), ApiError> {
    let to: Vec<ChatId> = args.to.into_iter().map(ChatId::new).collect();
    Ok(client
        .forward_messages(&ChatId::new(args.chat), &args.events, &to)
        .await?)
}

pub(crate) async fn react(client: &Arc<Client>, args: ReactArgs) -> Result<(), ApiError> {
    Ok(client
        .react(&ChatId::new(args.chat), &args.event, &args.key)
        .await?)
}

pub(crate) async fn reactors(
    client: &Arc<Client>,
    args: EventArgs,
) -> Result<Vec<Reactors>, ApiError> {
    Ok(client
        .reactors(&ChatId::new(args.chat), &args.event)
        .await?
        .to_dto())
}

pub(crate) async fn readers(
    client: &Arc<Client>,
    args: EventArgs,
) -> Result<Vec<Reader>, ApiError> {
    Ok(client
        .readers(&ChatId::new(args.chat), &args.event)
        .await?
        .to_dto())
}

pub(crate) async fn pin_message(client: &Arc<Client>, args: PinArgs) -> Result<(), ApiError> {
    Ok(client
        .pin_message(&ChatId::new(args.chat), &args.event, args.on)
        .await?)
}

pub(crate) async fn report_message(client: &Arc<Client>, args: ReportArgs) -> Result<(), ApiError> {
    Ok(client
        .report_message(&ChatId::new(args.chat), &args.event, &args.reason)
        .await?)
}

pub(crate) async fn message_link(
    client: &Arc<Client>,
    args: EventArgs,
) -> Result<String, ApiError> {
    Ok(client
        .message_link(&ChatId::new(args.chat), &args.event)
        .await?)
}

pub(crate) async fn send_poll(client: &Arc<Client>, args: PollArgs) -> Result<(), ApiError> {
    Ok(client
        .send_poll(&ChatId::new(args.chat), args.poll.into())
        .await?)
}

pub(crate) async fn vote(client: &Arc<Client>, args: VoteArgs) -> Result<(), ApiError> {
    Ok(client
        .vote(&ChatId::new(args.chat), &args.event, &args.answers)
        .await?)
}

pub(crate) async fn end_poll(client: &Arc<Client>, args: EventArgs) -> Result<(), ApiError> {
    Ok(client
        .end_poll(&ChatId::new(args.chat), &args.event)
        .await?)
}
