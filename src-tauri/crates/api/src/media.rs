//! Pictures and files.

use crate::commands::SaveMediaArgs;
use crate::dto::SavedFile;
use crate::error::{ApiError, Code};
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
    Ok(SavedFile {
        path: saved.path.to_string_lossy().into_owned(),
        name: saved.name,
    })
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
