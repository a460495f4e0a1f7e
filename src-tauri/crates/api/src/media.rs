//! Pictures and files.

use crate::commands::{MediaArgs, NoArgs, SaveMediaArgs};
use crate::dto::{Num, SavedFile, Saving};
use crate::error::{ApiError, Code};
use crate::session::follow;
use futures_util::Stream;
use parta_client::{Client, MediaBytes};
use parta_model::MediaKey;
use std::sync::Arc;

pub(crate) async fn save_media(
    client: &Arc<Client>,
    args: SaveMediaArgs,
) -> Result<SavedFile, ApiError> {
    let saved = client
        .save_media(&MediaKey::new(args.media), &args.name)
        .await?;
    Ok(saved.into())
}

pub(crate) async fn stop_saving(client: &Arc<Client>, args: MediaArgs) -> Result<(), ApiError> {
    client.stop_saving(&MediaKey::new(args.media));
    Ok(())
}

pub(crate) async fn watch(
    client: &Arc<Client>,
    _: NoArgs,
) -> Result<impl Stream<Item = Vec<Saving>> + Send + 'static, ApiError> {
    Ok(follow(client.savings()))
}

/// Saves a file where the person has chosen in the system's own dialog; for hosts that have one. A window can't name
/// the place, so this is not part of the contract.
///
/// # Errors
/// `notSignedIn`, `noNetwork` where it is not cached, `mediaGone`, and those of writing a file.
pub async fn save_media_as(
    client: &Arc<Client>,
    key: &str,
    path: &std::path::Path,
) -> Result<SavedFile, ApiError> {
    let saved = client.save_media_as(&MediaKey::new(key), path).await?;
    Ok(saved.into())
}

impl From<parta_client::SavedFile> for SavedFile {
    fn from(saved: parta_client::SavedFile) -> Self {
        Self {
            path: saved.path.to_string_lossy().into_owned(),
            name: saved.name,
        }
    }
}

pub(crate) async fn size(client: &Arc<Client>, _: NoArgs) -> Result<Num, ApiError> {
    Ok(Num(client.media_size().await?))
}

pub(crate) async fn clear(client: &Arc<Client>, _: NoArgs) -> Result<(), ApiError> {
    Ok(client.clear_media().await?)
}

/// The decrypted bytes of a picture or a file, for the hosts' own media addresses. `thumbnail` is in pixels.
///
/// # Errors
/// `locked`, `notSignedIn`, `noNetwork` where it is not cached, `mediaGone`.
pub async fn fetch_media(
    client: &Arc<Client>,
    key: &str,
    thumbnail: Option<(u32, u32)>,
) -> Result<MediaBytes, ApiError> {
    if client.is_locked() {
        return Err(Code::Locked.into());
    }
    Ok(client.media(&MediaKey::new(key), thumbnail).await?)
}
