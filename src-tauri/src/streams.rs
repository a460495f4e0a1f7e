//! The streams that windows have open, so that a window which reloads or closes leaves none behind.

use futures_util::StreamExt;
use parta_api::Client;
use serde_json::Value;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};
use tauri::Wry;
use tauri::async_runtime::{JoinHandle, spawn};
use tauri::ipc::{Channel, InvokeResolver};

#[derive(Clone, Default)]
pub struct Streams(Arc<Mutex<Running>>);

#[derive(Default)]
struct Running {
    last: u64,
    tasks: HashMap<u64, (String, JoinHandle<()>)>,
}

/// All that one stream needs to start.
pub struct Opening {
    pub client: Arc<Client>,
    pub window: String,
    pub name: String,
    pub args: Value,
    pub channel: Channel<Value>,
    pub resolver: InvokeResolver<Wry>,
}

impl Streams {
    pub fn open(&self, opening: Opening) {
        // Held while the task starts, so that it can't be over before it is noted.
        let mut running = self.lock();
        running.last += 1;
        let id = running.last;
        let streams = self.clone();
        let window = opening.window.clone();
        let task = spawn(async move {
            forward(id, opening).await;
            streams.lock().tasks.remove(&id);
        });
        running.tasks.insert(id, (window, task));
    }

    /// A window closes its own streams only.
    pub fn close(&self, window: &str, id: u64) {
        let mut running = self.lock();
        if running
            .tasks
            .get(&id)
            .is_some_and(|(owner, _)| owner == window)
            && let Some((_, task)) = running.tasks.remove(&id)
        {
            task.abort();
        }
    }

    pub fn close_all(&self, window: &str) {
        self.lock().tasks.retain(|_, (owner, task)| {
            let stays = owner != window;
            if !stays {
                task.abort();
            }
            stays
        });
    }

    fn lock(&self) -> MutexGuard<'_, Running> {
        self.0
            .lock()
            .expect("nothing panics while it holds the list of streams")
    }
}

async fn forward(id: u64, opening: Opening) {
    let Opening {
        client,
        name,
        args,
        channel,
        resolver,
        ..
    } = opening;
    let mut updates = match parta_api::watch(&client, &name, args).await {
        Ok(updates) => updates,
        Err(error) => return resolver.reject(error),
    };
    resolver.resolve(id);
    while let Some(update) = updates.next().await {
        if channel.send(update).is_err() {
            return;
        }
    }
}
