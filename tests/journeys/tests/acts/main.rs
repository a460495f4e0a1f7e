//! What a person does to messages, with another person on the other side.

#![allow(clippy::unwrap_used, reason = "shared steps of tests")]

use parta_journeys::{App, Device, Stream, chat, server};
use parta_testkit::Homeserver;
use serde_json::{Value, json};

mod chat;
mod messages;

/// Two people in one chat, each looking at it.
struct Two {
    server: Homeserver,
    room: String,
    maria: App,
    olga: App,
    /// What each of them sees.
    hers: Stream,
    olgas: Stream,
    _places: (Device, Device, tempfile::TempDir),
}

async fn two(encrypted: bool) -> Two {
    let (server, dir) = server(&[("maria", "Мария"), ("olga", "Ольга")])
        .await
        .unwrap();
    let room = chat(&server, &["maria", "olga"], Some("5А"), encrypted)
        .await
        .unwrap();
    let places = (Device::new().unwrap(), Device::new().unwrap());
    let (mut maria, mut olga) = (
        places.0.start().await.unwrap(),
        places.1.start().await.unwrap(),
    );
    maria.sign_in(&server, "maria").await.unwrap();
    olga.sign_in(&server, "olga").await.unwrap();
    let hers = maria.watch("timeline", json!({"chat": room})).await;
    let olgas = olga.watch("timeline", json!({"chat": room})).await;
    hers.until("the chat", Value::is_array).await;
    olgas.until("the chat", Value::is_array).await;
    Two {
        server,
        room,
        maria,
        olga,
        hers,
        olgas,
        _places: (places.0, places.1, dir),
    }
}

fn messages(timeline: &Value) -> impl Iterator<Item = &Value> {
    let items = timeline.as_array().map(Vec::as_slice).unwrap_or_default();
    items
        .iter()
        .map(|item| &item["kind"]["message"])
        .filter(|message| message.is_object())
}

fn saying<'a>(timeline: &'a Value, text: &str) -> Option<&'a Value> {
    messages(timeline).find(|message| message["body"]["text"]["plain"] == text)
}

impl Two {
    /// Says something as Maria and waits until Olga has it; gives its event.
    async fn say(&mut self, text: &str) -> String {
        let args = json!({"chat": self.room, "written": {"text": text}});
        self.maria.call("send_message", args).await.unwrap();
        let timeline = self
            .olgas
            .until(text, |timeline| saying(timeline, text).is_some())
            .await;
        let event = saying(&timeline, text).unwrap()["event"]
            .as_str()
            .unwrap()
            .to_owned();
        self.hers
            .until("her own message sent", |timeline| {
                saying(timeline, text).is_some_and(|message| message["event"] == *event)
            })
            .await;
        event
    }
}
