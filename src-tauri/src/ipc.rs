//! Forwards what the window invokes to the contract: a call is answered with its result or an `ApiError`, a stream
//! with a number that `unwatch` takes, its updates going over the channel that the window made.

use crate::files::{self, SavedFiles};
use crate::links;
use crate::streams::{Opening, Streams};
use parta_api::{ApiError, CALLS, Client, Code, STREAMS};
use serde_json::{Value, json};
use std::str::FromStr;
use std::sync::Arc;
use tauri::ipc::{Invoke, InvokeBody, JavaScriptChannelId};
use tauri::{Manager, Webview};

/// What this host offers beyond the contract.
#[cfg(test)]
pub const OWN: &[&str] = &[
    "unwatch",
    "open_link",
    "open_file",
    "reveal_file",
    "save_media_as",
    PUSH,
];

/// The next bytes of what is staged: a raw body, and its id in a header, so that no byte is written out as a number.
const PUSH: &str = "push";
const STAGED: &str = "staged";

/// Calls that answer with a file they have saved.
const SAVING: &[&str] = &["save_media", "ack_save"];

type Answer = Result<Value, ApiError>;

pub fn handle(invoke: Invoke) -> bool {
    let Invoke {
        message, resolver, ..
    } = invoke;
    let webview = message.webview();
    let name = message.command().to_owned();
    let args = match message.payload().clone() {
        InvokeBody::Json(args) => args,
        InvokeBody::Raw(bytes) => {
            let id = message.headers().get(STAGED);
            let id = id.and_then(|id| id.to_str().ok()).map(str::to_owned);
            let (Some(id), PUSH) = (id, name.as_str()) else {
                resolver.reject(refused());
                return true;
            };
            let client = client(&webview);
            tauri::async_runtime::spawn(async move {
                match parta_api::push(&client, &id, &bytes).await {
                    Ok(()) => resolver.resolve(Value::Null),
                    Err(error) => resolver.reject(error),
                }
            });
            return true;
        }
    };
    if STREAMS.contains(&name.as_str()) {
        match channel(&args) {
            Some(id) => {
                let client = client(&webview);
                let args = args.get("args").cloned().unwrap_or_else(|| json!({}));
                let channel = id.channel_on(webview.clone());
                let window = webview.label().to_owned();
                webview.state::<Streams>().open(Opening {
                    client,
                    window,
                    name,
                    args,
                    channel,
                    resolver,
                });
            }
            None => resolver.reject(refused()),
        }
        return true;
    }
    tauri::async_runtime::spawn(async move {
        match answer(&webview, &name, args).await {
            Ok(value) => resolver.resolve(value),
            Err(error) => resolver.reject(error),
        }
    });
    true
}

async fn answer(webview: &Webview, name: &str, args: Value) -> Answer {
    match name {
        "unwatch" => {
            let id = args.get("id").and_then(Value::as_u64).ok_or_else(refused)?;
            webview.state::<Streams>().close(webview.label(), id);
            Ok(Value::Null)
        }
        "open_link" => links::open_link(text(&args, "url")?).await,
        "open_file" => files::open(&webview.state::<SavedFiles>(), text(&args, "path")?).await,
        "reveal_file" => files::reveal(&webview.state::<SavedFiles>(), text(&args, "path")?).await,
        "save_media_as" => {
            let (media, name) = (text(&args, "media")?, text(&args, "name")?);
            files::save_as(webview, &client(webview), media, name).await
        }
        _ if CALLS.contains(&name) => {
            let answer = parta_api::call(&client(webview), name, args).await?;
            if SAVING.contains(&name) {
                webview.state::<SavedFiles>().remember(&answer);
            }
            Ok(answer)
        }
        _ => Err(refused()),
    }
}

fn client(webview: &Webview) -> Arc<Client> {
    webview.state::<Arc<Client>>().inner().clone()
}

fn channel(args: &Value) -> Option<JavaScriptChannelId> {
    JavaScriptChannelId::from_str(args.get("channel")?.as_str()?).ok()
}

fn text<'a>(args: &'a Value, field: &str) -> Result<&'a str, ApiError> {
    args.get(field).and_then(Value::as_str).ok_or_else(refused)
}

fn refused() -> ApiError {
    Code::BadRequest.into()
}
