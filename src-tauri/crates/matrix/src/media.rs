//! Pictures and files: where they are, and their bytes once decrypted.

use crate::error::{Error, Result};
use matrix_sdk::Client;
use matrix_sdk::media::{MediaFormat, MediaRequestParameters, MediaThumbnailSettings};
use matrix_sdk::ruma::events::room::MediaSource;
use matrix_sdk::ruma::{OwnedMxcUri, UInt};
use parta_model::MediaKey;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Remembers how to decrypt what a timeline has shown. A key is the media's address; the secrets stay here and
/// never reach a window.
#[derive(Clone, Default)]
pub(crate) struct MediaSources(Arc<Mutex<HashMap<String, MediaSource>>>);

impl MediaSources {
    pub(crate) fn note(&self, source: &MediaSource) -> MediaKey {
        let address = match source {
            MediaSource::Plain(mxc) => mxc.as_str(),
            MediaSource::Encrypted(file) => file.url.as_str(),
        };
        if matches!(source, MediaSource::Encrypted(_)) {
            self.0
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .insert(address.to_owned(), source.clone());
        }
        MediaKey::new(address)
    }

    fn find(&self, key: &MediaKey) -> Option<MediaSource> {
        let known = self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(key.as_str())
            .cloned();
        known.or_else(|| {
            let mxc = OwnedMxcUri::from(key.as_str());
            mxc.is_valid().then_some(MediaSource::Plain(mxc))
        })
    }
}

/// A file's bytes and what they really are, whatever its sender said.
pub struct MediaBytes {
    pub bytes: Vec<u8>,
    /// Absent where the first bytes tell nothing.
    pub mime: Option<&'static str>,
}

/// Fetches media, from the cache where it has been before. `thumbnail` is in pixels.
pub(crate) async fn fetch(
    client: &Client,
    sources: &MediaSources,
    key: &MediaKey,
    thumbnail: Option<(u32, u32)>,
) -> Result<MediaBytes> {
    let source = sources.find(key).ok_or(Error::MediaGone)?;
    let format = match (thumbnail, &source) {
        // A server can't shrink what it can't read.
        (Some((width, height)), MediaSource::Plain(_)) => {
            MediaFormat::Thumbnail(MediaThumbnailSettings::new(
                UInt::from(width.clamp(16, 2048)),
                UInt::from(height.clamp(16, 2048)),
            ))
        }
        _ => MediaFormat::File,
    };
    let request = MediaRequestParameters { source, format };
    let bytes = client
        .media()
        .get_media_content(&request, true)
        .await
        .map_err(|error| match Error::from(&error) {
            Error::ChatGone => Error::MediaGone,
            other => other,
        })?;
    let mime = infer::get(&bytes).map(|kind| kind.mime_type());
    Ok(MediaBytes { bytes, mime })
}
