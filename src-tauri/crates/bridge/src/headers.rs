//! What every answer carries: the window's own content security policy, and no guessing of types.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use serde_json::Value;
use std::net::SocketAddr;

/// The one policy of the UI lives in the configuration of the desktop window.
const WINDOW: &str = include_str!("../../../tauri.conf.json");

#[derive(Clone)]
pub struct Policy(HeaderValue);

impl Policy {
    pub fn of(address: SocketAddr) -> Self {
        let window: Value =
            serde_json::from_str(WINDOW).expect("the configuration is read by the build as well");
        let directives = window["app"]["security"]["csp"]
            .as_object()
            .expect("the window has a policy");
        let lines = directives.iter().map(|(name, sources)| {
            let own = if name == "connect-src" {
                format!(" ws://{address} ws://localhost:{}", address.port())
            } else {
                String::new()
            };
            format!("{name} {}{own}", sources.as_str().unwrap_or("'none'"))
        });
        let policy = lines
            .chain(["frame-ancestors 'none'".to_owned()])
            .collect::<Vec<_>>()
            .join("; ");
        Self(HeaderValue::from_str(&policy).expect("a policy is plain text"))
    }
}

pub async fn protect(State(policy): State<Policy>, mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(policy.0);
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-cache"));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    );
    response
}
