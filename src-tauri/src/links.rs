//! Hands links and saved files over to the system.

use parta_api::{ApiError, Code};
use serde_json::Value;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use tauri::Url;
use tauri::async_runtime::spawn_blocking;

/// What may leave the app; anything else could start a program.
const SCHEMES: &[&str] = &["https", "http", "mailto"];

/// The files that this process has saved for the person: only these are shown in the file manager.
#[derive(Default)]
pub struct SavedFiles(Mutex<HashSet<PathBuf>>);

impl SavedFiles {
    /// Takes what `save_media` has answered.
    pub fn remember(&self, saved: &Value) {
        if let Some(path) = saved.get("path").and_then(Value::as_str) {
            self.0
                .lock()
                .expect("nothing panics while it holds the list")
                .insert(path.into());
        }
    }

    fn has(&self, path: &Path) -> bool {
        self.0
            .lock()
            .expect("nothing panics while it holds the list")
            .contains(path)
    }
}

pub async fn open_link(url: &str) -> Result<Value, ApiError> {
    let url = allowed(url).ok_or(Code::BadRequest)?;
    outside(move || tauri_plugin_opener::open_url(url, None::<&str>)).await
}

pub async fn reveal_file(saved: &SavedFiles, path: &str) -> Result<Value, ApiError> {
    let path = PathBuf::from(path);
    if !saved.has(&path) {
        return Err(Code::BadRequest.into());
    }
    outside(move || tauri_plugin_opener::reveal_item_in_dir(path)).await
}

fn allowed(url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    SCHEMES.contains(&url.scheme()).then(|| url.into())
}

async fn outside<E: Send + 'static>(
    open: impl FnOnce() -> Result<(), E> + Send + 'static,
) -> Result<Value, ApiError> {
    match spawn_blocking(open).await {
        Ok(Ok(())) => Ok(Value::Null),
        _ => Err(Code::Internal.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_links_of_the_web_and_mail_leave_the_app() {
        assert_eq!(
            allowed("https://school.example/а?б#в").as_deref(),
            Some("https://school.example/%D0%B0?%D0%B1#%D0%B2")
        );
        assert!(allowed("http://school.example").is_some());
        assert!(allowed("mailto:office@school.example").is_some());
        for url in [
            "file:///etc/passwd",
            "javascript:alert(1)",
            "data:text/html,x",
            "smb://host/share",
            "matrix:r/a",
            "-x",
            "",
        ] {
            assert_eq!(allowed(url), None, "{url}");
        }
    }

    #[test]
    fn only_a_file_saved_here_can_be_revealed() {
        let saved = SavedFiles::default();
        saved.remember(&json!({ "path": "/home/a/Downloads/план.pdf", "name": "план.pdf" }));
        assert!(saved.has(Path::new("/home/a/Downloads/план.pdf")));
        assert!(!saved.has(Path::new("/home/a/.ssh/id")));
        let refused = tauri::async_runtime::block_on(reveal_file(&saved, "/etc/passwd"));
        assert_eq!(refused.unwrap_err().code, Code::BadRequest);
    }
}
