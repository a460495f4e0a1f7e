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
            let whole = Download::Whole(bytes.to_vec());
            let saved = save_free(folder.path(), "план.pdf", whole, None)
                .await
                .unwrap();
            assert_eq!(saved.name, name);
            assert_eq!(std::fs::read(saved.path).unwrap(), bytes);
        }
    }

    #[tokio::test]
    async fn saving_over_a_file_replaces_it_whole() {
        let folder = tempfile::tempdir().unwrap();
        let chosen = folder.path().join("план.pdf");
        std::fs::write(&chosen, "an older and longer plan").unwrap();
        let saved = replace(&chosen, Download::Whole(b"new".to_vec()), None)
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
        let refused = replace(&taken, Download::Whole(b"new".to_vec()), None).await;
        assert!(matches!(refused, Err(Error::File(_))));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[tokio::test]
    async fn what_is_given_up_or_breaks_off_on_its_way_leaves_nothing() {
        use futures_util::StreamExt;
        use futures_util::stream::{iter, once, pending};
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().to_owned();
        let left = move || std::fs::read_dir(&path).unwrap().count();
        let begun = || iter([Ok(vec![7; 9])]);

        let (told, hears) = tokio::sync::oneshot::channel();
        let there = left.clone();
        let half_way = once(async move { told.send(there()) }).flat_map(|_| pending());
        let coming = Parts::new(begun().chain(half_way).boxed(), Some(18));
        let saving = save_free(folder.path(), "план.pdf", Download::Parts(coming), None);
        tokio::select! {
            _ = saving => panic!("a file that never ends was saved"),
            heard = hears => assert_eq!(heard, Ok(1), "half of it is here"),
        }
        assert_eq!(left(), 0, "given up");

        let chosen = folder.path().join("план.pdf");
        std::fs::write(&chosen, "the plan of last year").unwrap();
        let breaks = iter([Err(MatrixError::Network)]);
        let coming = Parts::new(begun().chain(breaks).boxed(), Some(18));
        let refused = replace(&chosen, Download::Parts(coming), None).await;
        assert!(matches!(refused, Err(Error::Matrix(MatrixError::Network))));
        assert_eq!(left(), 1);
        assert_eq!(std::fs::read(&chosen).unwrap(), b"the plan of last year");
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn a_full_disk_is_told_and_leaves_no_half_of_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let (_, half) = half_file(folder.path(), "план.pdf").await.unwrap();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        // A device that is always full stands for the disk.
        let full = File::options().write(true).open("/dev/full").await.unwrap();
        let refused = write_whole(full, half, &[7; 9]).await.map(drop);
        assert!(
            matches!(refused, Err(Error::File(error)) if error.kind() == ErrorKind::StorageFull)
        );
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
