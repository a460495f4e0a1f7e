//! Pictures and files of chats.

use crate::Client;
use crate::error::{Error, Result};
use parta_matrix::{Account, Download, MediaBytes};
use parta_model::MediaKey;
use std::io::{Error as IoError, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::fs::File;
use tokio::io::AsyncWriteExt;

/// A file that has been saved for the person.
pub struct SavedFile {
    pub path: PathBuf,
    pub name: String,
}

/// Longer names are refused by some file systems.
const LONGEST_NAME: usize = 120;
/// Copies of one file before something is wrong with the folder.
const MOST_COPIES: u32 = 1_000;
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
        let download = self.wanted(key).await?;
        self.save_download(download, name).await
    }

    /// Saves a file where the person has chosen. What was there is replaced once the whole has come, and not before.
    pub async fn save_media_as(&self, key: &MediaKey, path: &Path) -> Result<SavedFile> {
        let download = self.wanted(key).await?;
        replace(path, download).await
    }

    async fn wanted(&self, key: &MediaKey) -> Result<Download> {
        match self.staged_media(key) {
            Some(staged) => Ok(Download::Whole(staged?.bytes)),
            None => Ok(self.account()?.download(key).await?),
        }
    }

    pub(crate) async fn save_download(&self, download: Download, name: &str) -> Result<SavedFile> {
        let (file, saved) = free_file(&self.options.downloads, &safe_name(name))
            .await
            .map_err(Error::File)?;
        fill(file, &saved.path, download).await?;
        Ok(saved)
    }
}

async fn replace(path: &Path, download: Download) -> Result<SavedFile> {
    let no_name = || Error::File(ErrorKind::InvalidInput.into());
    let name = path.file_name().ok_or_else(no_name)?;
    let name = name.to_string_lossy().into_owned();
    let folder = path.parent().ok_or_else(no_name)?;
    let (file, coming) = free_file(folder, &format!("{name}.part"))
        .await
        .map_err(Error::File)?;
    fill(file, &coming.path, download).await?;
    if let Err(error) = tokio::fs::rename(&coming.path, path).await {
        let _ = tokio::fs::remove_file(&coming.path).await;
        return Err(Error::File(error));
    }
    Ok(SavedFile {
        path: path.to_owned(),
        name,
    })
}

/// Writes a file, or leaves none.
async fn fill(file: File, path: &Path, download: Download) -> Result<()> {
    let half = Half(Some(path.to_owned()));
    // Closed before half of it is removed: some systems want it so.
    let mut file = file;
    match download {
        Download::Whole(bytes) => file.write_all(&bytes).await.map_err(Error::File)?,
        Download::Parts(mut parts) => {
            while let Some(part) = parts.next().await? {
                file.write_all(&part).await.map_err(Error::File)?;
            }
        }
    }
    // Tells of a write that failed behind our back; syncing alone would not.
    file.flush().await.map_err(Error::File)?;
    file.sync_all().await.map_err(Error::File)?;
    half.keep();
    Ok(())
}

/// Half a file under the right name would pass for the whole: it goes when writing fails or is given up.
struct Half(Option<PathBuf>);

impl Half {
    fn keep(mut self) {
        self.0 = None;
    }
}

impl Drop for Half {
    fn drop(&mut self) {
        if let Some(path) = self.0.take() {
            let _ = std::fs::remove_file(path);
        }
    }
}

async fn free_file(folder: &Path, name: &str) -> Result<(File, SavedFile), IoError> {
    tokio::fs::create_dir_all(folder).await?;
    for copy in 0..MOST_COPIES {
        let name = numbered(name, copy);
        let path = folder.join(&name);
        match File::create_new(&path).await {
            Ok(file) => return Ok((file, SavedFile { path, name })),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

/// Marks that nobody sees; those of direction would let «exe.pdf» look like «fdp.exe» the other way round.
pub(crate) fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// «план.pdf», «план (2).pdf» …
fn numbered(name: &str, copy: u32) -> String {
    if copy == 0 {
        return name.to_owned();
    }
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => format!("{stem} ({}).{extension}", copy + 1),
        _ => format!("{name} ({})", copy + 1),
    }
}

/// A sender's name for a file can't leave the folder, hide, or be one that Windows keeps for itself.
pub fn safe_name(name: &str) -> String {
    const RESERVED: [&str; 6] = ["con", "prn", "aux", "nul", "com1", "lpt1"];
    let clean: String = name
        .chars()
        .filter(|c| !c.is_control() && !is_hidden(*c))
        .map(|c| if r#"/\:*?"<>|"#.contains(c) { '_' } else { c })
        .collect();
    let clean = clean
        .trim()
        .trim_start_matches('.')
        .trim_end_matches(['.', ' ']);
    let (stem, extension) = match clean.rsplit_once('.') {
        Some((stem, extension)) if extension.chars().count() <= 12 => (stem, Some(extension)),
        _ => (clean, None),
    };
    let mut stem: String = stem.chars().take(LONGEST_NAME).collect();
    if stem.is_empty() {
        stem = "file".to_owned();
    }
    if RESERVED.contains(&stem.to_lowercase().as_str()) {
        stem.insert(0, '_');
    }
    match extension {
        Some(extension) => format!("{stem}.{extension}"),
        None => stem,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sent_name_can_not_leave_the_folder_or_lie() {
        for (sent, saved) in [
            ("../../.bashrc", "_.._.bashrc"),
            ("C:\\Windows\\a.exe", "C__Windows_a.exe"),
            ("con.txt", "_con.txt"),
            (".hidden", "hidden"),
            ("", "file"),
            ("отчёт\u{202e}fdp.exe", "отчётfdp.exe"),
            (
                "Контрольная №3, вариант 2.docx",
                "Контрольная №3, вариант 2.docx",
            ),
        ] {
            assert_eq!(safe_name(sent), saved);
        }
        assert!(safe_name(&"я".repeat(4_000)).chars().count() <= 120);
    }

    #[test]
    fn a_second_copy_gets_a_number_before_its_extension() {
        assert_eq!(numbered("план.pdf", 0), "план.pdf");
        assert_eq!(numbered("план.pdf", 1), "план (2).pdf");
        assert_eq!(numbered("план", 2), "план (3)");
    }

    #[tokio::test]
    async fn a_second_download_of_the_same_name_harms_neither() {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in [("план.pdf", b"one"), ("план (2).pdf", b"two")] {
            let (file, saved) = free_file(folder.path(), "план.pdf").await.unwrap();
            assert_eq!(saved.name, name);
            let whole = Download::Whole(bytes.to_vec());
            fill(file, &saved.path, whole).await.unwrap();
            assert_eq!(std::fs::read(saved.path).unwrap(), bytes);
        }
    }

    #[tokio::test]
    async fn saving_over_a_file_replaces_it_whole() {
        let folder = tempfile::tempdir().unwrap();
        let chosen = folder.path().join("план.pdf");
        std::fs::write(&chosen, "an older and longer plan").unwrap();
        let saved = replace(&chosen, Download::Whole(b"new".to_vec()))
            .await
            .unwrap();
        assert_eq!(
            (saved.path.as_path(), saved.name.as_str()),
            (&*chosen, "план.pdf")
        );
        assert_eq!(std::fs::read(&chosen).unwrap(), b"new");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[tokio::test]
    async fn a_place_that_can_not_be_written_is_told_and_nothing_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let taken = folder.path().join("план.pdf");
        std::fs::create_dir_all(taken.join("full")).unwrap();
        let refused = replace(&taken, Download::Whole(b"new".to_vec())).await;
        assert!(matches!(refused, Err(Error::File(_))));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn a_full_disk_is_told_and_leaves_no_half_of_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let (_, saved) = free_file(folder.path(), "план.pdf").await.unwrap();
        // A device that is always full stands for the disk.
        let full = File::options().write(true).open("/dev/full").await.unwrap();
        let refused = fill(full, &saved.path, Download::Whole(vec![7; 9])).await;
        assert!(
            matches!(refused, Err(Error::File(error)) if error.kind() == ErrorKind::StorageFull)
        );
        assert!(!saved.path.exists());
    }
}
