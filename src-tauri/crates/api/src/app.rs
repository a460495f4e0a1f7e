//! The application itself: what a window needs before it can paint.

use crate::commands::{NoArgs, SettingsArgs, SnapshotArgs};
use crate::dto::Boot;
use crate::error::ApiError;
use crate::mirror::ToDto;
use parta_client::Client;
use std::sync::Arc;

pub(crate) async fn boot(client: &Arc<Client>, _: NoArgs) -> Result<Boot, ApiError> {
    let boot = client.boot().await?;
    Ok(Boot {
        settings: boot.settings.to_dto(),
        snapshot: boot.snapshot,
        version: boot.version,
        demo: boot.demo.to_dto(),
    })
}

pub(crate) async fn save_settings(
    client: &Arc<Client>,
    args: SettingsArgs,
) -> Result<(), ApiError> {
    Ok(client.save_settings(args.settings.into()).await?)
}

pub(crate) async fn save_snapshot(
    client: &Arc<Client>,
    args: SnapshotArgs,
) -> Result<(), ApiError> {
    Ok(client.save_snapshot(args.json).await?)
}
