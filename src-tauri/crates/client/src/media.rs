//! Pictures and files of chats.

use crate::Client;
use crate::error::{Error, Result};
use parta_matrix::MediaBytes;
use parta_model::MediaKey;
use std::io::Write;
use std::path::{Path, PathBuf};

/// A file that has been saved for the person.
pub struct SavedFile {
    pub path: PathBuf,
    pub name: String,
}

/// Longer names are refused by some file systems.
const LONGEST_NAME: usize = 120;
/// Copies of one file before something is wrong with the folder.
const MOST_COPIES: u32 = 1_000;

impl Client {
    /// The decrypted bytes; `thumbnail` asks for a smaller picture, in pixels.
    pub async fn media(&self, key: &MediaKey, thumbnail: Option<(u32, u32)>) -> Result<MediaBytes> {
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

    /// Saves a file into the downloads folder under a free name.
    pub async fn save_media(&self, key: &MediaKey, name: &str) -> Result<SavedFile> {
        let media = self.media(key, None).await?;
        let (folder, name) = (self.options.downloads.clone(), safe_name(name));
        let saved = tokio::task::spawn_blocking(move || save(&folder, &name, &media.bytes)).await;
        saved
            .map_err(|_| Error::Internal("a file task failed"))?
            .map_err(Error::File)
    }
}

fn save(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<SavedFile> {
    std::fs::create_dir_all(folder)?;
    for copy in 0..MOST_COPIES {
        let name = numbered(name, copy);
        let path = folder.join(&name);
        match std::fs::File::create_new(&path) {
            Ok(mut file) => {
                if let Err(error) = file.write_all(bytes).and_then(|()| file.sync_all()) {
                    // Half a file under the right name would pass for the whole.
                    let _ = std::fs::remove_file(&path);
                    return Err(error);
                }
                return Ok(SavedFile { path, name });
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(std::io::ErrorKind::AlreadyExists.into())
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
fn safe_name(name: &str) -> String {
    const RESERVED: [&str; 6] = ["con", "prn", "aux", "nul", "com1", "lpt1"];
    // Directional marks would let «exe.pdf» look like «fdp.exe» the other way round.
    let hidden = |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let clean: String = name
        .chars()
        .filter(|c| !c.is_control() && !hidden(*c))
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
    use super::{numbered, safe_name};

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
}
