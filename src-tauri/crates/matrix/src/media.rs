//! Pictures and files: where they are, and their bytes once decrypted.

use crate::account::Account;
use crate::error::{Error, Result};
use futures_util::stream::{BoxStream, StreamExt, TryStreamExt, try_unfold};
use matrix_sdk::Client;
use matrix_sdk::media::{
    MediaFormat, MediaRequestParameters, MediaRetentionPolicy, MediaThumbnailSettings,
};
use matrix_sdk::ruma::events::room::MediaSource;
use matrix_sdk::ruma::{OwnedMxcUri, UInt};
use matrix_sdk_base::crypto::{AttachmentDecryptor, MediaEncryptionInfo};
use matrix_sdk_base::media::store::IgnoreMediaRetentionPolicy;
use parta_model::MediaKey;
use std::collections::HashMap;
use std::io::{Cursor, Read};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// A file beyond this goes from the server to the disk without being in memory whole.
const LARGE: u64 = 32 << 20;
/// A server that says nothing for so long has gone away.
const SILENCE: Duration = Duration::from_secs(60);
const MEGABYTE: u64 = 1 << 20;

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

/// What bytes are by how they begin; nothing where that does not tell.
pub fn sniff(bytes: &[u8]) -> Option<&'static str> {
    let mime = infer::get(bytes)?.mime_type();
    // Named by its codec alone a player might not look inside.
    Some(if mime == "audio/opus" {
        "audio/ogg"
    } else {
        mime
    })
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
    let mime = sniff(&bytes);
    Ok(MediaBytes { bytes, mime })
}

/// A file to be saved.
pub enum Download {
    Whole(Vec<u8>),
    Parts(Parts),
}

/// A large file, as it comes from the server.
pub struct Parts {
    coming: BoxStream<'static, Result<Vec<u8>>>,
    total: Option<u64>,
    seal: Option<Seal>,
}

impl Parts {
    /// A file of so many bytes, where that is known.
    pub fn new(coming: BoxStream<'static, Result<Vec<u8>>>, total: Option<u64>) -> Self {
        let seal = None;
        Self {
            coming,
            total,
            seal,
        }
    }

    fn of(response: reqwest::Response, seal: Option<Seal>) -> Self {
        let total = response.content_length();
        let coming = try_unfold(response, |mut response| async {
            let part = response.chunk().await.map_err(|_| Error::Network)?;
            Ok(part.map(|part| (Vec::from(part), response)))
        });
        Self {
            seal,
            ..Self::new(coming.boxed(), total)
        }
    }

    /// The next bytes; nothing at the end. A file that breaks off is an error, never an end.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>> {
        self.coming.try_next().await
    }

    /// Bytes of the whole, where the server says.
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    /// What the bytes have to be opened with once all of them are here; nothing where they are the file itself.
    pub fn seal(&mut self) -> Option<Seal> {
        self.seal.take()
    }
}

/// Opens an encrypted file.
pub struct Seal(MediaEncryptionInfo);

impl Seal {
    /// Reads the file out of what the server keeps. The end comes only where nobody has changed a byte of it; before
    /// that nothing of what was read may be trusted.
    pub fn open<'a, R: Read>(self, sealed: &'a mut R) -> Result<impl Read + use<'a, R>> {
        AttachmentDecryptor::new(sealed, self.0).map_err(|_| Error::MediaGone)
    }
}

impl Account {
    /// A file as its sender sent it. What is not cached and large comes in parts; `came` hears of the bytes of
    /// anything smaller, and of how many there are.
    pub async fn download(
        &self,
        key: &MediaKey,
        mut came: impl FnMut(u64, Option<u64>) + Send,
    ) -> Result<Download> {
        let source = self.sources.find(key).ok_or(Error::MediaGone)?;
        let request = MediaRequestParameters {
            source,
            format: MediaFormat::File,
        };
        if let Some(bytes) = self.cached(&request).await? {
            return Ok(Download::Whole(bytes));
        }
        let (mxc, seal) = match &request.source {
            MediaSource::Plain(mxc) => (mxc, None),
            MediaSource::Encrypted(file) => (&file.url, Some(Seal(file.as_ref().clone().into()))),
        };
        if let Some(response) = self.open_file(mxc).await? {
            let mut parts = Parts::of(response, seal);
            let total = parts.total();
            if total.is_none_or(|size| size > LARGE) {
                return Ok(Download::Parts(parts));
            }
            let mut bytes = Vec::new();
            while let Some(part) = parts.next().await? {
                came(part.len() as u64, total);
                bytes.extend(part);
            }
            if let Some(seal) = parts.seal() {
                let mut opened = Vec::with_capacity(bytes.len());
                let mut sealed = Cursor::new(bytes);
                let read = seal.open(&mut sealed)?.read_to_end(&mut opened);
                read.map_err(|_| Error::MediaGone)?;
                bytes = opened;
            }
            self.keep(&request, bytes.clone()).await;
            return Ok(Download::Whole(bytes));
        }
        let media = fetch(&self.client, &self.sources, key, None).await?;
        Ok(Download::Whole(media.bytes))
    }

    async fn cached(&self, request: &MediaRequestParameters) -> Result<Option<Vec<u8>>> {
        let store = self.client.media_store().lock().await;
        let store = store.map_err(|error| Error::stored(&error))?;
        store
            .get_media_content(request)
            .await
            .map_err(|error| Error::stored(&error))
    }

    async fn keep(&self, request: &MediaRequestParameters, bytes: Vec<u8>) {
        let Ok(store) = self.client.media_store().lock().await else {
            return;
        };
        // A cache that takes nothing more is no reason not to give the file.
        let _ = store
            .add_media_content(request, bytes, IgnoreMediaRetentionPolicy::No)
            .await;
    }

    /// Begins to read a file from the server; nothing where the SDK knows better what is wrong with it.
    async fn open_file(&self, mxc: &OwnedMxcUri) -> Result<Option<reqwest::Response>> {
        let (Ok((server, id)), Some(token)) = (mxc.parts(), self.client.access_token()) else {
            return Ok(None);
        };
        let mut url = self.client.homeserver();
        url.path_segments_mut()
            .map_err(|()| Error::NotMatrix)?
            .pop_if_empty()
            .extend(["_matrix", "client", "v1", "media", "download"])
            .extend([server.as_str(), id]);
        let http = reqwest::Client::builder()
            .connect_timeout(SILENCE)
            .read_timeout(SILENCE)
            .build()
            .map_err(|_| Error::Internal("no HTTP client"))?;
        let response = http.get(url).bearer_auth(token).send().await;
        let response = response.map_err(|_| Error::Network)?;
        Ok(response.status().is_success().then_some(response))
    }

    /// How much of this device pictures and files take, in bytes.
    pub async fn media_size(&self) -> Result<u64> {
        let store = self.client.media_store().lock().await;
        let store = store.map_err(|error| Error::stored(&error))?;
        let size = store
            .get_size()
            .await
            .map_err(|error| Error::stored(&error))?;
        Ok(size.unwrap_or_default() as u64)
    }

    /// Keeps at most so many megabytes of pictures and files, those seen last; 0 keeps them all. What waits to be sent
    /// is never counted and never removed.
    pub async fn limit_media(&self, megabytes: u32) -> Result<()> {
        let _turn = self.media_turn.lock().await;
        let limit = (megabytes > 0).then(|| u64::from(megabytes) * MEGABYTE);
        // The SDK would clean up by itself once a day at most; here it is told when.
        let policy = MediaRetentionPolicy::empty().with_max_cache_size(limit);
        let media = self.client.media();
        media.set_media_retention_policy(policy).await?;
        Ok(media.clean().await?)
    }

    /// Removes the copies on this device but for what waits to be sent.
    pub async fn clear_media(&self) -> Result<()> {
        let _turn = self.media_turn.lock().await;
        let media = self.client.media();
        let policy = media.media_retention_policy().await?;
        media
            .set_media_retention_policy(policy.with_max_file_size(Some(0)))
            .await?;
        let cleaned = media.clean().await;
        media.set_media_retention_policy(policy).await?;
        Ok(cleaned?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use matrix_sdk_base::crypto::AttachmentEncryptor;

    fn open(seal: Seal, sealed: &[u8]) -> Option<Vec<u8>> {
        let (mut from, mut opened) = (Cursor::new(sealed), Vec::new());
        seal.open(&mut from).ok()?.read_to_end(&mut opened).ok()?;
        Some(opened)
    }

    #[test]
    fn a_sealed_file_opens_only_as_it_was_sealed() {
        let (mut plain, mut sealed) = (Cursor::new(vec![7; 100_000]), Vec::new());
        let mut sealing = AttachmentEncryptor::new(&mut plain);
        sealing.read_to_end(&mut sealed).unwrap();
        let info = serde_json::to_value(sealing.finish()).unwrap();
        let seal = || Seal(serde_json::from_value(info.clone()).unwrap());
        assert_eq!(open(seal(), &sealed).unwrap(), vec![7; 100_000]);
        assert!(open(seal(), &sealed[..99_999]).is_none(), "cut short");
        sealed[50_000] ^= 1;
        assert!(open(seal(), &sealed).is_none(), "one bit changed");
    }
}
