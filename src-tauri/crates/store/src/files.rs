//! Files that only their owner can read, and writes that are whole or not there at all.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

/// Makes the folder, or takes it as it is, readable by its owner only.
pub(crate) fn private_dir(dir: &Path) -> io::Result<()> {
    fs::create_dir_all(dir)?;
    set_mode(dir, 0o700)
}

/// Makes an empty file readable by its owner only, before anything is written into it; an existing one keeps its content.
pub(crate) fn private_file(path: &Path) -> io::Result<()> {
    open_private(OpenOptions::new().create(true).append(true), path)?;
    set_mode(path, 0o600)
}

/// Replaces a file at once: after a power cut there is the old one or the new one, never half of it.
pub(crate) fn write_whole(path: &Path, content: &[u8]) -> io::Result<()> {
    let temporary = with_suffix(path, ".tmp");
    let written = (|| {
        let mut file = open_private(
            OpenOptions::new().create(true).write(true).truncate(true),
            &temporary,
        )?;
        file.write_all(content)?;
        file.sync_all()?;
        fs::rename(&temporary, path)
    })();
    if written.is_err() {
        remove_if_there(&temporary)?;
    }
    written?;
    sync_parent(path)
}

/// Writes a file's content and the names in its folder through to the disk.
pub(crate) fn sync(path: &Path) -> io::Result<()> {
    OpenOptions::new().write(true).open(path)?.sync_all()?;
    sync_parent(path)
}

/// Makes renames in the file's folder last.
pub(crate) fn sync_parent(path: &Path) -> io::Result<()> {
    match path.parent() {
        // Windows has no way to flush a folder; its renames are journalled.
        Some(parent) if cfg!(unix) && !parent.as_os_str().is_empty() => {
            File::open(parent)?.sync_all()
        }
        _ => Ok(()),
    }
}

pub(crate) fn remove_if_there(path: &Path) -> io::Result<()> {
    ignore_missing(fs::remove_file(path))
}

pub(crate) fn rename_if_there(from: &Path, to: &Path) -> io::Result<()> {
    ignore_missing(fs::rename(from, to))
}

/// The same path with more at the end of its name.
pub(crate) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

fn ignore_missing(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

#[cfg(unix)]
fn open_private(options: &mut OpenOptions, path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o600).open(path)
}

#[cfg(not(unix))]
fn open_private(options: &mut OpenOptions, path: &Path) -> io::Result<File> {
    options.open(path)
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

// A profile lies in the person's own folder, whose access list Windows hands down.
#[cfg(not(unix))]
fn set_mode(_path: &Path, _mode: u32) -> io::Result<()> {
    Ok(())
}
