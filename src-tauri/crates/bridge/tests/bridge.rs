//! The bridge as a browser meets it.
// The allowance for tests does not reach what they share.
#![allow(clippy::unwrap_used)]

use futures_util::{SinkExt, StreamExt};
use parta_api::{Client, ClientOptions, MemoryKeychain};
use parta_bridge::Bridge;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

const PATIENCE: Duration = Duration::from_secs(20);

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

struct Running {
    _folder: tempfile::TempDir,
    host: String,
    token: String,
}

impl Running {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let ui = folder.path().join("ui");
        std::fs::create_dir(&ui).unwrap();
        std::fs::write(ui.join("index.html"), "<!doctype html><title>Парта</title>").unwrap();
        let client = Client::start(ClientOptions {
            profile: folder.path().join("profile"),
            keychain: Arc::new(MemoryKeychain::new()),
            downloads: folder.path().join("downloads"),
            version: "1.2.3".into(),
            device: "test".into(),
            now: || 1_700_000_000_000,
            steward: false,
        });
        let bridge = Bridge::bind(client, &ui, 0).await.unwrap();
        let running = Self {
            host: bridge.address().to_string(),
            token: bridge.token().into(),
            _folder: folder,
        };
        tokio::spawn(bridge.run(std::future::pending()));
        running
    }

    async fn socket(&self, origin: Option<&str>) -> Result<Socket, Error> {
        let mut request = format!("ws://{}/ws", self.host).into_client_request()?;
        if let Some(origin) = origin {
            request
                .headers_mut()
                .insert("origin", origin.parse().unwrap());
        }
        Ok(connect_async(request).await?.0)
    }

    async fn own_socket(&self) -> Socket {
        self.socket(Some(&format!("http://{}", self.host)))
            .await
            .unwrap()
    }

    /// A socket that has been let in, and its session.
    async fn opened(&self) -> (Socket, String) {
        let mut socket = self.own_socket().await;
        say(&mut socket, json!({ "token": self.token })).await;
        let session = hear(&mut socket).await.unwrap()["session"]
            .as_str()
            .unwrap()
            .to_owned();
        (socket, session)
    }

    async fn get(&self, path: &str) -> reqwest::Response {
        reqwest::get(format!("http://{}{path}", self.host))
            .await
            .unwrap()
    }
}

async fn say(socket: &mut Socket, frame: Value) {
    socket.send(Message::text(frame.to_string())).await.unwrap();
}

/// The next frame, or `None` when the other side has closed.
async fn hear(socket: &mut Socket) -> Option<Value> {
    match tokio::time::timeout(PATIENCE, socket.next())
        .await
        .expect("an answer in time")?
    {
        Ok(Message::Text(text)) => Some(serde_json::from_str(&text).unwrap()),
        _ => None,
    }
}

fn refused_with(result: Result<Socket, Error>) -> Option<u16> {
    match result {
        Err(Error::Http(response)) => Some(response.status().as_u16()),
        _ => None,
    }
}

#[tokio::test]
async fn a_call_goes_there_and_back() {
    let running = Running::new().await;
    let (mut socket, _) = running.opened().await;
    say(&mut socket, json!({ "id": 7, "call": "boot", "args": {} })).await;
    let answer = hear(&mut socket).await.unwrap();
    assert_eq!(
        (&answer["id"], &answer["ok"]["version"]),
        (&json!(7), &json!("1.2.3"))
    );
}

#[tokio::test]
async fn a_watch_begins_with_what_is_and_its_socket_goes_on() {
    let running = Running::new().await;
    let (mut socket, _) = running.opened().await;
    say(
        &mut socket,
        json!({ "id": 1, "watch": "session", "args": {} }),
    )
    .await;
    let update = hear(&mut socket).await.unwrap();
    assert_eq!(update["id"], 1);
    assert!(update["update"]["kind"].is_string());
    say(&mut socket, json!({ "id": 1, "unwatch": true })).await;
    say(&mut socket, json!({ "id": 2, "call": "boot", "args": {} })).await;
    let answer = loop {
        let frame = hear(&mut socket).await.unwrap();
        if frame["id"] == 2 {
            break frame;
        }
    };
    assert!(answer["ok"].is_object());
}

#[tokio::test]
async fn what_does_not_exist_is_a_bad_request() {
    let running = Running::new().await;
    let (mut socket, _) = running.opened().await;
    for (id, kind) in [(1, "call"), (2, "watch")] {
        say(
            &mut socket,
            json!({ "id": id, kind: "format_disk", "args": {} }),
        )
        .await;
        let answer = hear(&mut socket).await.unwrap();
        assert_eq!(
            (&answer["id"], &answer["error"]["code"]),
            (&json!(id), &json!("badRequest"))
        );
    }
    say(
        &mut socket,
        json!({ "id": 3, "call": "boot", "args": { "more": 1 } }),
    )
    .await;
    assert_eq!(
        hear(&mut socket).await.unwrap()["error"]["code"],
        "badRequest"
    );
}

#[tokio::test]
async fn a_wrong_token_closes_the_socket() {
    let running = Running::new().await;
    for greeting in [
        json!({ "token": "guess" }),
        json!({}),
        json!({ "id": 1, "call": "boot" }),
    ] {
        let mut socket = running.own_socket().await;
        say(&mut socket, greeting).await;
        assert_eq!(hear(&mut socket).await, None);
    }
}

#[tokio::test]
async fn the_token_works_once_and_the_session_again() {
    let running = Running::new().await;
    let (_first, session) = running.opened().await;
    let mut again = running.own_socket().await;
    say(&mut again, json!({ "token": running.token })).await;
    assert_eq!(hear(&mut again).await, None);
    let mut back = running.own_socket().await;
    say(&mut back, json!({ "token": session })).await;
    assert_eq!(hear(&mut back).await.unwrap()["session"], json!(session));
}

#[tokio::test]
async fn a_page_of_another_site_gets_no_socket() {
    let running = Running::new().await;
    for origin in [
        None,
        Some("https://example.org"),
        Some("http://127.0.0.1:1"),
        Some("null"),
    ] {
        assert_eq!(
            refused_with(running.socket(origin).await),
            Some(403),
            "{origin:?}"
        );
    }
}

#[tokio::test]
async fn a_foreign_name_for_this_address_gets_nothing() {
    let running = Running::new().await;
    let request = reqwest::Client::new()
        .get(format!("http://{}/", running.host))
        .header("host", "rebound.example");
    assert_eq!(request.send().await.unwrap().status(), 421);
}

#[tokio::test]
async fn the_page_comes_with_the_policy_of_the_window() {
    let running = Running::new().await;
    let page = running.get("/").await;
    assert_eq!(page.status(), 200);
    assert_eq!(page.headers()["x-content-type-options"], "nosniff");
    let policy = page.headers()["content-security-policy"]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(
        policy.contains("script-src 'self';") && policy.contains(&format!("ws://{}", running.host)),
        "{policy}"
    );
    assert!(page.text().await.unwrap().contains("Парта"));
}

#[tokio::test]
async fn media_needs_the_session() {
    let running = Running::new().await;
    assert_eq!(running.get("/media/key").await.status(), 400);
    assert_eq!(running.get("/media/key?token=guess").await.status(), 403);
    assert_eq!(
        running
            .get(&format!("/media/key?token={}", running.token))
            .await
            .status(),
        403
    );
}

#[tokio::test]
async fn bytes_come_from_a_page_that_has_a_session_and_from_nobody_else() {
    let running = Running::new().await;
    let (_socket, session) = running.opened().await;
    let own = format!("http://{}", running.host);
    let push = |token: &str, origin: &str, bytes: usize| {
        reqwest::Client::new()
            .post(format!("{own}/push/unknown?token={token}"))
            .header("origin", origin)
            .body(vec![7; bytes])
            .send()
    };
    for (token, origin) in [("guess", own.as_str()), (&session, "https://example.org")] {
        assert_eq!(push(token, origin, 9).await.unwrap().status(), 403);
    }
    let answer = push(&session, &own, 9).await.unwrap();
    assert_eq!(answer.status(), 400);
    let error: Value = answer.json().await.unwrap();
    assert_eq!(error["code"], "fileGone");
    assert_eq!(
        push(&session, &own, (4 << 20) + 1).await.unwrap().status(),
        413
    );
}
