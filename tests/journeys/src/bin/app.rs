//! A host for tests: the whole application without a window, driven by lines of JSON, so that a journey can kill it
//! as a power cut would.
//!
//! `parta-journey-app PROFILE KEYCHAIN`: in `{id, call, args}`, `{id, watch, args}`, `{id, unwatch}`; out `{id, ok}`,
//! `{id, error}`, `{id, update}`. What a window moves as bytes goes as base64: `{id, push, bytes}` and `{id, media}`.

// The SDK's nested futures need more than the default.
#![recursion_limit = "256"]

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD as BASE64;
use futures_util::StreamExt;
use parta_api::{Client, ClientOptions, Keychain, KeychainError, system_now};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::mpsc;

/// Stands for the system's keychain: it outlives the app and lies outside of its profile. Without a folder there is none.
struct FolderKeychain(Option<PathBuf>);

impl FolderKeychain {
    fn path(&self, id: &str) -> Result<PathBuf, KeychainError> {
        self.0
            .as_ref()
            .map(|dir| dir.join(id))
            .ok_or_else(|| KeychainError::Unavailable("none".to_owned()))
    }
}

impl Keychain for FolderKeychain {
    fn get(&self, id: &str) -> Result<Option<Vec<u8>>, KeychainError> {
        Ok(std::fs::read(self.path(id)?).ok())
    }

    fn set(&self, id: &str, secret: &[u8]) -> Result<(), KeychainError> {
        std::fs::write(self.path(id)?, secret)
            .map_err(|error| KeychainError::Unavailable(error.to_string()))
    }

    fn delete(&self, id: &str) -> Result<(), KeychainError> {
        let _ = std::fs::remove_file(self.path(id)?);
        Ok(())
    }
}

fn main() -> anyhow::Result<()> {
    parta_api::runtime()?.block_on(run())
}

async fn run() -> anyhow::Result<()> {
    if let Ok(filter) = tracing_subscriber::EnvFilter::try_from_env("PARTA_LOG") {
        tracing_subscriber::fmt()
            .with_env_filter(filter)
            .with_writer(std::io::stderr)
            .init();
    }
    let mut args = std::env::args_os().skip(1).map(PathBuf::from);
    let profile = args
        .next()
        .ok_or_else(|| anyhow::anyhow!("which profile?"))?;
    let client = Client::start(ClientOptions {
        downloads: profile.join("../downloads"),
        profile,
        keychain: Arc::new(FolderKeychain(args.next())),
        version: "test".to_owned(),
        device: "Parta (test)".to_owned(),
        now: system_now,
        steward: false,
    });
    let (say, mut said) = mpsc::unbounded_channel::<Value>();
    std::thread::spawn(move || {
        let mut out = std::io::stdout();
        while let Some(line) = said.blocking_recv() {
            if writeln!(out, "{line}").and_then(|()| out.flush()).is_err() {
                return;
            }
        }
    });
    let mut watches = HashMap::new();
    let mut lines = parta_journeys::input_lines();
    while let Some(line) = lines.recv().await {
        let frame: Value = serde_json::from_str(&line)?;
        let (id, args) = (frame["id"].clone(), frame["args"].clone());
        let (client, say) = (client.clone(), say.clone());
        let name = |key: &str| frame[key].as_str().map(str::to_owned);
        if let Some(call) = name("call") {
            tokio::spawn(async move {
                let answer = match parta_api::call(&client, &call, args).await {
                    Ok(ok) => json!({"id": id, "ok": ok}),
                    Err(error) => json!({"id": id, "error": error}),
                };
                let _ = say.send(answer);
            });
        } else if let Some(staged) = name("push") {
            let bytes = BASE64.decode(frame["bytes"].as_str().unwrap_or_default())?;
            tokio::spawn(async move {
                let answer = match parta_api::push(&client, &staged, &bytes).await {
                    Ok(()) => json!({"id": id, "ok": null}),
                    Err(error) => json!({"id": id, "error": error}),
                };
                let _ = say.send(answer);
            });
        } else if let Some(media) = name("media") {
            tokio::spawn(async move {
                let answer = match parta_api::fetch_media(&client, &media, None).await {
                    Ok(media) => {
                        json!({"id": id, "ok": {"bytes": BASE64.encode(media.bytes), "mime": media.mime}})
                    }
                    Err(error) => json!({"id": id, "error": error}),
                };
                let _ = say.send(answer);
            });
        } else if let Some(watch) = name("watch") {
            let key = id.to_string();
            let task = tokio::spawn(async move {
                match parta_api::watch(&client, &watch, args).await {
                    Ok(mut updates) => {
                        while let Some(update) = updates.next().await {
                            let _ = say.send(json!({"id": id, "update": update}));
                        }
                    }
                    Err(error) => drop(say.send(json!({"id": id, "error": error}))),
                }
            });
            watches.insert(key, task);
        } else if let Some(task) = watches.remove(&id.to_string()) {
            task.abort();
        }
    }
    client.shutdown().await;
    Ok(())
}
