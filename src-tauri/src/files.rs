//! Saved files: where they go, and how the system shows them.

use crate::links::outside;
use parta_api::{ApiError, Client, Code, safe_name, save_media_as};
use serde_json::{Value, json};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use tauri::{Manager, Webview};
use tauri_plugin_dialog::DialogExt;
use tokio::sync::oneshot;

/// Kinds of files that a click may open: documents, pictures, sound, film and archives. Whatever else came from a stranger could
/// be a program, and is only shown in its folder.
const OPENED: &[&str] = &[
    "pdf", "djvu", "epub", "fb2", "txt", "md", "csv", "rtf", "doc", "docx", "odt", "xls", "xlsx",
    "ods", "ppt", "pptx", "odp", "png", "jpg", "jpeg", "gif", "webp", "bmp", "tif", "tiff", "heic",
    "avif", "mp3", "ogg", "oga", "opus", "m4a", "aac", "flac", "wav", "mp4", "m4v", "mov", "mkv",
    "webm", "avi", "zip", "rar", "7z",
];

/// The files that this process has saved for the person: only these are opened, or shown in the file manager.
#[derive(Default)]
pub struct SavedFiles(Mutex<HashSet<PathBuf>>);

impl SavedFiles {
    /// Takes what saving has answered.
    pub fn remember(&self, saved: &Value) {
        if let Some(path) = saved.get("path").and_then(Value::as_str) {
            self.0
                .lock()
                .expect("nothing panics while it holds the list")
                .insert(path.into());
        }
    }

    fn known(&self, path: &str) -> Result<PathBuf, ApiError> {
        let path = PathBuf::from(path);
        let known = self
            .0
            .lock()
            .expect("nothing panics while it holds the list")
            .contains(&path);
        if !known {
            return Err(Code::BadRequest.into());
        }
        // It may have been moved or deleted since.
        if !path.exists() {
            return Err(Code::FileGone.into());
        }
        Ok(path)
    }
}

/// Opens a saved file in the program that the system has for it. Answers `false` where it was only shown in its folder.
pub async fn open(saved: &SavedFiles, path: &str) -> Result<Value, ApiError> {
    let path = saved.known(path)?;
    let opens = is_opened(&path);
    outside(move || match opens {
        true => tauri_plugin_opener::open_path(path, None::<&str>),
        false => tauri_plugin_opener::reveal_item_in_dir(path),
    })
    .await?;
    Ok(json!(opens))
}

pub async fn reveal(saved: &SavedFiles, path: &str) -> Result<Value, ApiError> {
    let path = saved.known(path)?;
    outside(move || tauri_plugin_opener::reveal_item_in_dir(path)).await
}

/// Asks where to, and saves there. Answers nothing where the person thought better of it.
pub async fn save_as(
    webview: &Webview,
    client: &Arc<Client>,
    media: &str,
    name: &str,
) -> Result<Value, ApiError> {
    let (tell, chosen) = oneshot::channel();
    let mut dialog = webview.dialog().file().set_file_name(safe_name(name));
    dialog = dialog.set_parent(&webview.window());
    if let Ok(folder) = webview.path().download_dir() {
        dialog = dialog.set_directory(folder);
    }
    // Nobody waits any more only where the window is gone.
    dialog.save_file(move |path| drop(tell.send(path)));
    let Ok(Some(chosen)) = chosen.await else {
        return Ok(Value::Null);
    };
    let path = chosen.into_path().map_err(|_| Code::NoWriting)?;
    let saved = save_media_as(client, media, &path).await?;
    let saved = serde_json::to_value(saved).map_err(|_| Code::Internal)?;
    webview.state::<SavedFiles>().remember(&saved);
    Ok(saved)
}

fn is_opened(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| OPENED.contains(&extension.to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_file_saved_here_is_opened_or_shown() {
        let folder = tempfile::tempdir().unwrap();
        let plan = folder.path().join("план.pdf");
        std::fs::write(&plan, "x").unwrap();
        let plan = plan.to_str().unwrap();
        let saved = SavedFiles::default();
        assert_eq!(saved.known(plan).unwrap_err().code, Code::BadRequest);
        saved.remember(&json!({ "path": plan, "name": "план.pdf" }));
        assert!(saved.known(plan).is_ok());
        std::fs::remove_file(plan).unwrap();
        assert_eq!(saved.known(plan).unwrap_err().code, Code::FileGone);
        for refused in [
            tauri::async_runtime::block_on(open(&saved, "/etc/passwd")),
            tauri::async_runtime::block_on(reveal(&saved, "/etc/passwd")),
        ] {
            assert_eq!(refused.unwrap_err().code, Code::BadRequest);
        }
    }

    #[test]
    fn what_could_be_a_program_is_not_opened() {
        for name in ["план.pdf", "План.DOCX", "фото.jpeg"] {
            assert!(is_opened(Path::new(name)), "{name}");
        }
        for name in [
            "a.exe",
            "a.pdf.exe",
            "a.scr",
            "a.bat",
            "a.lnk",
            "a.desktop",
            "a.sh",
            "a.app",
            "a.docm",
            "a.html",
            "a.svg",
            "a",
            ".pdf",
            "a.",
        ] {
            assert!(!is_opened(Path::new(name)), "{name}");
        }
    }
}
