//! Decrypted pictures and files for a page that has a session.

use crate::Shared;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use parta_api::{Code, fetch_media};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Deserialize)]
pub struct Wanted {
    token: String,
    w: Option<u32>,
    h: Option<u32>,
}

pub async fn serve(
    State(shared): State<Arc<Shared>>,
    Path(key): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Response {
    if !shared.door.is_session(&wanted.token) {
        return StatusCode::FORBIDDEN.into_response();
    }
    match fetch_media(&shared.client, &key, wanted.w.zip(wanted.h)).await {
        Ok(media) => {
            let headers = [
                (
                    header::CONTENT_TYPE,
                    shown_as(media.mime.unwrap_or_default()),
                ),
                // A browser, unlike our window, would keep the decrypted bytes on disk.
                (header::CACHE_CONTROL, "no-store"),
                (
                    header::CONTENT_SECURITY_POLICY,
                    "default-src 'none'; sandbox",
                ),
            ];
            (headers, media.bytes).into_response()
        }
        Err(error) => match error.code {
            Code::MediaGone => StatusCode::NOT_FOUND,
            Code::Locked | Code::NotSignedIn | Code::NotAllowed => StatusCode::FORBIDDEN,
            Code::BadRequest => StatusCode::BAD_REQUEST,
            _ => StatusCode::BAD_GATEWAY,
        }
        .into_response(),
    }
}

/// Nothing that a browser could run as a page keeps its type.
fn shown_as(mime: &str) -> &str {
    let harmless = ["image/", "audio/", "video/"]
        .iter()
        .any(|kind| mime.starts_with(kind));
    let plain = mime
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b"/-._".contains(&b));
    if harmless && plain {
        mime
    } else {
        "application/octet-stream"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_browser_runs_keeps_its_type() {
        assert_eq!(shown_as("image/webp"), "image/webp");
        for mime in ["image/svg+xml", "text/html", "image/a\r\nb", ""] {
            assert_eq!(shown_as(mime), "application/octet-stream", "{mime}");
        }
    }
}
