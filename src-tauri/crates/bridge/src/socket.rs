//! One socket: the token first, then frames.
//!
//! In: `{id, call, args}`, `{id, watch, args}`, `{id, unwatch: true}`.
//! Out: `{id, ok}` or `{id, error}` once for a call, `{id, update}` again and again for a watch.

use crate::Shared;
use axum::extract::ws::{CloseFrame, Message, WebSocket, close_code};
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use parta_api::{ApiError, Code};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// How long a new socket may take to say who it is.
const PATIENCE: Duration = Duration::from_secs(10);
/// Frames that wait for a slow browser before streams wait as well.
const WAITING: usize = 256;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Greeting {
    token: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Frame {
    id: u64,
    call: Option<String>,
    watch: Option<String>,
    #[serde(default)]
    unwatch: bool,
    #[serde(default = "no_args")]
    args: Value,
}

fn no_args() -> Value {
    json!({})
}

pub(crate) async fn talk(mut socket: WebSocket, shared: Arc<Shared>) {
    let Some(session) = greet(&mut socket, &shared).await else {
        let refusal = CloseFrame {
            code: close_code::POLICY,
            reason: "token".into(),
        };
        // The other side may be gone already.
        let _ = socket.send(Message::Close(Some(refusal))).await;
        return;
    };
    let (sink, frames) = socket.split();
    let (out, outgoing) = mpsc::channel(WAITING);
    let writing = tokio::spawn(write(sink, outgoing));
    if out.send(json!({ "session": session })).await.is_ok() {
        read(frames, out, &shared).await;
    }
    writing.abort();
}

async fn greet(socket: &mut WebSocket, shared: &Shared) -> Option<String> {
    let first = tokio::time::timeout(PATIENCE, socket.recv())
        .await
        .ok()??
        .ok()?;
    let greeting: Greeting = serde_json::from_str(first.to_text().ok()?).ok()?;
    shared.door.enter(&greeting.token).map(str::to_owned)
}

async fn write(mut sink: SplitSink<WebSocket, Message>, mut outgoing: mpsc::Receiver<Value>) {
    while let Some(frame) = outgoing.recv().await {
        if sink.send(Message::text(frame.to_string())).await.is_err() {
            return;
        }
    }
}

async fn read(mut frames: SplitStream<WebSocket>, out: mpsc::Sender<Value>, shared: &Arc<Shared>) {
    let mut watches = Watches::default();
    while let Some(Ok(message)) = frames.next().await {
        let Message::Text(text) = message else {
            continue;
        };
        let Ok(frame) = serde_json::from_str::<Frame>(&text) else {
            // The text is not logged: it may hold a password.
            tracing::warn!("a frame that is not understood");
            return;
        };
        let (id, args, out, shared) = (frame.id, frame.args, out.clone(), Arc::clone(shared));
        match (frame.call, frame.watch, frame.unwatch) {
            // A call goes on when its socket is gone, like a message that is on its way to the disk.
            (Some(name), None, false) => drop(tokio::spawn(call(shared, id, name, args, out))),
            (None, Some(name), false) => {
                watches.insert(id, tokio::spawn(watch(shared, id, name, args, out)))
            }
            (None, None, true) => watches.remove(id),
            _ => return,
        }
    }
}

/// The streams of one socket; they end with it.
#[derive(Default)]
struct Watches(HashMap<u64, JoinHandle<()>>);

impl Watches {
    fn insert(&mut self, id: u64, task: JoinHandle<()>) {
        self.0.retain(|_, task| !task.is_finished());
        if let Some(earlier) = self.0.insert(id, task) {
            earlier.abort();
        }
    }

    fn remove(&mut self, id: u64) {
        if let Some(task) = self.0.remove(&id) {
            task.abort();
        }
    }
}

impl Drop for Watches {
    fn drop(&mut self) {
        self.0.values().for_each(JoinHandle::abort);
    }
}

async fn call(shared: Arc<Shared>, id: u64, name: String, args: Value, out: mpsc::Sender<Value>) {
    let answer = match parta_api::call(&shared.client, &name, args).await {
        Ok(value) => json!({ "id": id, "ok": value }),
        Err(error) => failure(id, error),
    };
    // Nobody waits for the answer once the socket is gone.
    let _ = out.send(answer).await;
}

async fn watch(shared: Arc<Shared>, id: u64, name: String, args: Value, out: mpsc::Sender<Value>) {
    let mut updates = match parta_api::watch(&shared.client, &name, args).await {
        Ok(updates) => updates,
        Err(error) => return drop(out.send(failure(id, error)).await),
    };
    while let Some(update) = updates.next().await {
        if out
            .send(json!({ "id": id, "update": update }))
            .await
            .is_err()
        {
            return;
        }
    }
}

fn failure(id: u64, error: ApiError) -> Value {
    json!({ "id": id, "error": serde_json::to_value(error).unwrap_or_else(|_| json!({ "code": Code::Internal })) })
}
