//! «Ознакомлен»: messages that ask each reader to acknowledge them.

use crate::commands::{AckSheetArgs, EventArgs, RemindArgs};
use crate::dto::{AckReport, Reminded, SavedFile};
use crate::error::ApiError;
use crate::mirror::ToDto;
use parta_client::{AckSheet, Client};
use parta_model::{ChatId, UserId};
use std::sync::Arc;

pub(crate) async fn acknowledge(client: &Arc<Client>, args: EventArgs) -> Result<(), ApiError> {
    Ok(client
        .acknowledge(&ChatId::new(args.chat), &args.event)
        .await?)
}

pub(crate) async fn report(client: &Arc<Client>, args: EventArgs) -> Result<AckReport, ApiError> {
    Ok(client
        .ack_report(&ChatId::new(args.chat), &args.event)
        .await?
        .to_dto())
}

pub(crate) async fn remind(client: &Arc<Client>, args: RemindArgs) -> Result<Reminded, ApiError> {
    let people: Vec<UserId> = args.people.into_iter().map(UserId::new).collect();
    Ok(client
        .ack_remind(
            &ChatId::new(args.chat),
            &args.event,
            &people,
            args.by.into(),
            &args.text,
        )
        .await?
        .to_dto())
}

pub(crate) async fn save(client: &Arc<Client>, args: AckSheetArgs) -> Result<SavedFile, ApiError> {
    let sheet = AckSheet {
        columns: args.columns,
        roles: args.roles,
    };
    let saved = client
        .ack_save(&ChatId::new(args.chat), &args.event, sheet)
        .await?;
    Ok(saved.into())
}
