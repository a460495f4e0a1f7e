//! Files and recordings, as a window hands them over and gets them.

use crate::App;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD as BASE64;
use serde_json::{Value, json};

/// What a window moves at once.
const CHUNK: usize = 1 << 20;

impl App {
    pub async fn push(&mut self, staged: &str, bytes: &[u8]) -> Result<(), Value> {
        let frame = json!({"push": staged, "bytes": BASE64.encode(bytes)});
        self.ask("push", frame).await.map(drop)
    }

    /// Stages a whole file; gives its id.
    pub async fn stage(&mut self, name: &str, bytes: &[u8]) -> Result<String, Value> {
        let args = json!({"name": name, "size": bytes.len()});
        let staged = self.call("stage_file", args).await?;
        let id = staged["id"].as_str().unwrap_or_default().to_owned();
        for chunk in bytes.chunks(CHUNK) {
            self.push(&id, chunk).await?;
        }
        Ok(id)
    }

    /// The bytes behind an address of media, and what they are.
    pub async fn media(&mut self, key: &str) -> Result<(Vec<u8>, Option<String>), Value> {
        let media = self.ask("media", json!({"media": key})).await?;
        let bytes = media["bytes"].as_str().unwrap_or_default();
        let mime = media["mime"].as_str().map(str::to_owned);
        Ok((BASE64.decode(bytes).expect("the app wrote it"), mime))
    }
}
