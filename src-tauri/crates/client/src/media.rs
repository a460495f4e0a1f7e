//! Pictures and files of chats.

use crate::Client;
use crate::error::Result;
use crate::files::{SavedFile, replace, safe_name, save_free};
use crate::saving::{Save, unless};
use parta_matrix::{Account, Download, MediaBytes};
use parta_model::MediaKey;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// How often the cache is brought back under its limit.
const CLEANING: Duration = Duration::from_secs(60 * 60);

impl Client {
    /// The decrypted bytes; `thumbnail` asks for a smaller picture, in pixels.
    pub async fn media(&self, key: &MediaKey, thumbnail: Option<(u32, u32)>) -> Result<MediaBytes> {
        if let Some(staged) = self.staged_media(key) {
            return staged;
        }
        Ok(self.account()?.media(key, thumbnail).await?)
    }

    /// How much of this device pictures and files take, in bytes.
    pub async fn media_size(&self) -> Result<u64> {
        Ok(self.account()?.media_size().await?)
    }

    /// Removes the copies on this device; they come again from the server where they are opened.
    pub async fn clear_media(&self) -> Result<()> {
        Ok(self.account()?.clear_media().await?)
    }

    /// Keeps the cache under the limit the person has chosen, as long as the account is signed in.
    pub(crate) async fn keep_media_small(self: Arc<Self>, account: Arc<Account>) {
        let mut hours = tokio::time::interval(CLEANING);
        loop {
            hours.tick().await;
            let Ok(profile) = self.profile() else { return };
            let Ok(settings) = profile.store(parta_store::Store::settings).await else {
                return;
            };
            if let Err(error) = account.limit_media(settings.media_limit).await {
                tracing::warn!(%error, "the cache of media was not cleaned");
            }
        }
    }

    /// Saves a file into the downloads folder under a free name.
    pub async fn save_media(&self, key: &MediaKey, name: &str) -> Result<SavedFile> {
        let mut save = self.savings.begin(key);
        let download = self.wanted(key, &mut save).await?;
        let folder = &self.options.downloads;
        save_free(folder, &safe_name(name), download, Some(&mut save)).await
    }

    /// Saves a file where the person has chosen. What was there is replaced once the whole has come, and not before.
    pub async fn save_media_as(&self, key: &MediaKey, path: &Path) -> Result<SavedFile> {
        let mut save = self.savings.begin(key);
        let download = self.wanted(key, &mut save).await?;
        replace(path, download, Some(&mut save)).await
    }

    async fn wanted(&self, key: &MediaKey, save: &mut Save<'_>) -> Result<Download> {
        match self.staged_media(key) {
            Some(staged) => Ok(Download::Whole(staged?.bytes)),
            None => {
                let (account, stopped) = (self.account()?, save.stopped());
                let came = |more, total| save.advance(more, total);
                unless(stopped, async { Ok(account.download(key, came).await?) }).await
            }
        }
    }

    pub(crate) async fn save_download(&self, download: Download, name: &str) -> Result<SavedFile> {
        save_free(&self.options.downloads, &safe_name(name), download, None).await
    }
}
