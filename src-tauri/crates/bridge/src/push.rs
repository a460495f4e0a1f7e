//! Bytes of files and recordings from a page that has a session.

use crate::Shared;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use std::sync::Arc;

/// What one push may hold.
pub const LARGEST: usize = 4 << 20;

#[derive(Deserialize)]
pub struct Door {
    token: String,
}

/// Answers with nothing, or with the error that a call would give.
pub async fn take(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    Query(door): Query<Door>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Response {
    if !shared.door.is_own_origin(&headers) || !shared.door.is_session(&door.token) {
        return StatusCode::FORBIDDEN.into_response();
    }
    match parta_api::push(&shared.client, &id, &bytes).await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => (StatusCode::BAD_REQUEST, Json(error)).into_response(),
    }
}
