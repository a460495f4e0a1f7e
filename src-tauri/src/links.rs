//! Hands links over to the system.

use parta_api::{ApiError, Code};
use serde_json::Value;
use tauri::Url;
use tauri::async_runtime::spawn_blocking;

/// What may leave the app; anything else could start a program.
const SCHEMES: &[&str] = &["https", "http", "mailto", "tel"];

pub async fn open_link(url: &str) -> Result<Value, ApiError> {
    let url = allowed(url).ok_or(Code::BadRequest)?;
    outside(move || tauri_plugin_opener::open_url(url, None::<&str>)).await
}

fn allowed(url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    SCHEMES.contains(&url.scheme()).then(|| url.into())
}

/// What the system does may take its time.
pub async fn outside<E: Send + 'static>(
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

    #[test]
    fn only_links_of_the_web_mail_and_telephone_leave_the_app() {
        assert_eq!(
            allowed("https://school.example/а?б#в").as_deref(),
            Some("https://school.example/%D0%B0?%D0%B1#%D0%B2")
        );
        assert!(allowed("http://school.example").is_some());
        assert!(allowed("mailto:office@school.example").is_some());
        assert!(allowed("tel:+74951234567").is_some());
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
}
