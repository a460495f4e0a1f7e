//! Files on this disk for the person: under a name that is free and harmless, whole or not at all.

use crate::error::{Error, Result};
use crate::saving::{Save, unless};
use parta_matrix::{Download, Error as MatrixError, Parts, Seal};
use std::io::{Error as IoError, ErrorKind, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
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
/// How often, and after what pause, a file is renamed that somebody else is looking through.
const LOOKED_THROUGH: u32 = 10;
const MOMENT: Duration = Duration::from_millis(100);

/// Saves a file under a name that is free. The name is taken once the whole is there: half a file under it would pass
/// for the whole.
pub(crate) async fn save_free(
    folder: &Path,
    name: &str,
    download: Download,
    save: Option<&mut Save<'_>>,
) -> Result<SavedFile> {
    let whole = fetched(folder, name, download, save).await?;
    let (folder, name) = (folder.to_owned(), name.to_owned());
    on_disk(move || {
        let (placeholder, saved) = free_file(&folder, &name)?;
        drop(placeholder);
        let place = Half(Some(saved.path.clone()));
        whole.become_file(&saved.path)?;
        place.keep();
        Ok(saved)
    })
    .await
}

pub(crate) async fn replace(
    path: &Path,
    download: Download,
    save: Option<&mut Save<'_>>,
) -> Result<SavedFile> {
    let no_name = || Error::File(ErrorKind::InvalidInput.into());
    let name = path.file_name().ok_or_else(no_name)?;
    let name = name.to_string_lossy().into_owned();
    let folder = path.parent().ok_or_else(no_name)?;
    let whole = fetched(folder, &name, download, save).await?;
    let path = path.to_owned();
    on_disk(move || {
        whole.become_file(&path)?;
        Ok(SavedFile { path, name })
    })
    .await
}

/// What may have to wait for the disk. It is done to its end also where nobody waits for it any more, and what it gives
/// is then dropped with all that belongs to it.
async fn on_disk<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, IoError> + Send + 'static,
) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|_| Error::Internal("a thread ended"))?
        .map_err(Error::File)
}

/// The file beside where it belongs. Until it is there it can be given up; after that it is saved.
async fn fetched(
    folder: &Path,
    name: &str,
    download: Download,
    save: Option<&mut Save<'_>>,
) -> Result<Half> {
    match save {
        Some(save) => {
            let stopped = save.stopped();
            unless(stopped, fetch(folder, name, download, Some(save))).await
        }
        None => fetch(folder, name, download, None).await,
    }
}

/// Writes a file beside where it belongs.
async fn fetch(
    folder: &Path,
    name: &str,
    download: Download,
    save: Option<&mut Save<'_>>,
) -> Result<Half> {
    let (mut file, half) = half_file(folder, name).await?;
    match download {
        Download::Whole(bytes) => write_whole(file, half, &bytes).await,
        Download::Parts(mut parts) => {
            receive(&mut file, &mut parts, save).await?;
            let file = whole_file(file).await?;
            let Some(seal) = parts.seal() else {
                return Ok(half);
            };
            let (opened, whole) = half_file(folder, name).await?;
            unseal(seal, (file, half), (opened.into_std().await, whole)).await
        }
    }
}

async fn write_whole(mut file: File, half: Half, bytes: &[u8]) -> Result<Half> {
    file.write_all(bytes).await.map_err(Error::File)?;
    whole_file(file).await?;
    Ok(half)
}

async fn half_file(folder: &Path, name: &str) -> Result<(File, Half)> {
    let (folder, name) = (folder.to_owned(), format!("{name}.part"));
    on_disk(move || {
        let (file, coming) = free_file(&folder, &name)?;
        Ok((File::from_std(file), Half(Some(coming.path))))
    })
    .await
}

async fn receive(
    file: &mut File,
    parts: &mut Parts,
    mut save: Option<&mut Save<'_>>,
) -> Result<()> {
    let total = parts.total();
    while let Some(part) = parts.next().await? {
        file.write_all(&part).await.map_err(Error::File)?;
        if let Some(save) = &mut save {
            save.advance(part.len() as u64, total);
        }
    }
    Ok(())
}

async fn whole_file(mut file: File) -> Result<std::fs::File> {
    // Tells of a write that failed behind our back; syncing alone would not.
    file.flush().await.map_err(Error::File)?;
    file.sync_all().await.map_err(Error::File)?;
    Ok(file.into_std().await)
}

/// Writes the file that is in a sealed one. A thread does it, which removes both where nobody waits any more.
async fn unseal(
    seal: Seal,
    (mut sealed, half): (std::fs::File, Half),
    (mut opened, whole): (std::fs::File, Half),
) -> Result<Half> {
    struct Waits(Arc<AtomicBool>);
    impl Drop for Waits {
        fn drop(&mut self) {
            self.0.store(false, Ordering::Relaxed);
        }
    }
    let waits = Waits(Arc::new(AtomicBool::new(true)));
    let wanted = waits.0.clone();
    let done = tokio::task::spawn_blocking(move || {
        sealed.rewind().map_err(Error::File)?;
        let mut reader = seal.open(&mut sealed)?;
        let mut part = vec![0; 1 << 20];
        loop {
            if !wanted.load(Ordering::Relaxed) {
                return Err(Error::Stopped);
            }
            // Reading fails at the end where a byte of it was changed.
            let read = reader
                .read(&mut part)
                .map_err(|_| Error::Matrix(MatrixError::MediaGone))?;
            if read == 0 {
                break;
            }
            opened.write_all(&part[..read]).map_err(Error::File)?;
        }
        opened.sync_all().map_err(Error::File)?;
        // Closed before it is removed: some systems want it so.
        drop(reader);
        drop(sealed);
        drop(half);
        Ok(whole)
    });
    let whole = done.await.map_err(|_| Error::Internal("a thread ended"))?;
    drop(waits);
    whole
}

/// Half a file under the right name would pass for the whole: it goes when writing fails or is given up.
struct Half(Option<PathBuf>);

impl Half {
    fn keep(mut self) {
        self.0 = None;
    }

    /// The whole goes where it belongs, in place of what is there.
    fn become_file(self, path: &Path) -> Result<(), IoError> {
        if let Some(coming) = &self.0 {
            renamed(coming, path)?;
        }
        self.keep();
        Ok(())
    }
}

/// On Windows whoever looks through a new file, as virus scanners do, keeps it from being renamed for a moment.
fn renamed(from: &Path, to: &Path) -> Result<(), IoError> {
    for _ in 0..LOOKED_THROUGH {
        match std::fs::rename(from, to) {
            Err(error) if cfg!(windows) && error.kind() == ErrorKind::PermissionDenied => {
                std::thread::sleep(MOMENT);
            }
            done => return done,
        }
    }
    std::fs::rename(from, to)
}

impl Drop for Half {
    fn drop(&mut self) {
        if let Some(path) = self.0.take() {
            let _ = std::fs::remove_file(path);
        }
    }
}

fn free_file(folder: &Path, name: &str) -> Result<(std::fs::File, SavedFile), IoError> {
    std::fs::create_dir_all(folder)?;
    for copy in 0..MOST_COPIES {
        let name = numbered(name, copy);
        let path = folder.join(&name);
        match std::fs::File::create_new(&path) {
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
mod tests;
