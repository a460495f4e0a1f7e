//! Signing in and out, and sessions that end elsewhere.

// A helper of a test may fail like the test itself.
#![allow(clippy::unwrap_used)]

use parta_journeys::{Device, PASSWORD, chat, row, server, shown, texts};
use parta_testkit::{Homeserver, Limits, Options};
use serde_json::json;

#[tokio::test]
async fn every_way_not_to_sign_in_has_its_own_code() {
    let (server, _dir) = server(&[("maria", "Мария")]).await.unwrap();
    let device = Device::new().unwrap();
    let mut app = device.start().await.unwrap();
    let mut code = async |server: &str, password: &str| {
        let failed = app
            .call(
                "sign_in",
                json!({"server": server, "user": "maria", "password": password}),
            )
            .await;
        failed.expect_err("this must not sign in")["code"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    assert_eq!(code(server.url(), "wrong").await, "wrongPassword");
    // A port where nobody listens.
    assert_eq!(code("http://127.0.0.1:1", PASSWORD).await, "serverNotFound");
    assert_eq!(code("нет такого сервера", PASSWORD).await, "serverNotFound");
    let other = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", other.local_addr().unwrap());
    tokio::spawn(async move {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        while let Ok((mut socket, _)) = other.accept().await {
            let mut request = [0; 1024];
            let _ = socket.read(&mut request).await;
            let _ = socket
                .write_all(
                    b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\nconnection: close\r\n\r\nhello",
                )
                .await;
        }
    });
    assert_eq!(code(&address, PASSWORD).await, "notMatrix");
    // None of it has left a trace that could stop the right one.
    app.sign_in(&server, "maria").await.unwrap();
}

#[tokio::test]
async fn too_many_tries_say_when_to_try_again() {
    let dir = tempfile::tempdir().unwrap();
    let server = Homeserver::start(Options {
        limits: Limits::Stock,
        ..Options::new(dir.path()).unwrap()
    })
    .await
    .unwrap();
    server.register("maria", PASSWORD, "Мария").await.unwrap();
    let device = Device::new().unwrap();
    let mut app = device.start().await.unwrap();
    for _ in 0..20 {
        let failed = app
            .call(
                "sign_in",
                json!({"server": server.url(), "user": "maria", "password": "wrong"}),
            )
            .await
            .unwrap_err();
        if failed["code"] == "tooManyTries" {
            assert!(
                failed["retryAfter"].as_u64().is_some_and(|wait| wait > 0),
                "{failed}"
            );
            return;
        }
        assert_eq!(failed["code"], "wrongPassword");
    }
    panic!("a stock server must limit logins");
}

#[tokio::test]
async fn a_session_ended_elsewhere_keeps_drafts_and_unsent_messages_for_the_same_person() {
    let (mut server, _dir) = server(&[("maria", "Мария"), ("olga", "Ольга")])
        .await
        .unwrap();
    let room = chat(&server, &["maria", "olga"], Some("5 «А»"), false)
        .await
        .unwrap();
    let device = Device::new().unwrap();
    let mut app = device.start().await.unwrap();
    app.sign_in(&server, "maria").await.unwrap();
    let list = app.watch("chats", json!({})).await;
    list.until("the chat", |chats| row(chats, &room).is_some())
        .await;
    server.stop().await.unwrap();
    for text in ["раз", "два", "три"] {
        app.call(
            "send_message",
            json!({"chat": room, "written": {"text": text}, "replyTo": null}),
        )
        .await
        .unwrap();
    }
    app.call(
        "save_draft",
        json!({"chat": room, "draft": {"text": "четыре", "replyTo": null}}),
    )
    .await
    .unwrap();
    app.kill().await;
    server.restart().await.unwrap();
    server.end_sessions("maria").await.unwrap();

    let mut app = device.start().await.unwrap();
    let session = app.watch("session", json!({})).await;
    session
        .until("the end, with what is kept", |s| {
            s["kind"] == "ended" && s["unsent"] == 3 && s["user"] == server.user_id("maria")
        })
        .await;
    // It is still so after a restart.
    app.kill().await;
    let mut app = device.start().await.unwrap();
    let session = app.watch("session", json!({})).await;
    session
        .until("the same after a restart", |s| {
            s["kind"] == "ended" && s["unsent"] == 3
        })
        .await;

    app.sign_in(&server, "maria").await.unwrap();
    let connection = app.watch("connection", json!({})).await;
    connection
        .until("nothing waits", |c| {
            c["link"] == "online" && c["waiting"] == 0
        })
        .await;
    let timeline = app.watch("timeline", json!({"chat": room})).await;
    timeline
        .until("all sent", |timeline| {
            shown(timeline)
                .iter()
                .map(|(text, _)| text.as_str())
                .eq(["раз", "два", "три"])
        })
        .await;
    assert_eq!(
        texts(&server, "olga", &room).await.unwrap(),
        ["раз", "два", "три"]
    );
    assert_eq!(
        app.call("draft", json!({"chat": room})).await.unwrap()["text"],
        "четыре"
    );
}

#[tokio::test]
async fn signing_out_removes_what_the_device_held() {
    let (server, _dir) = server(&[("maria", "Мария"), ("olga", "Ольга")])
        .await
        .unwrap();
    chat(&server, &["maria", "olga"], Some("5 «А»"), false)
        .await
        .unwrap();
    let device = Device::new().unwrap();
    let mut app = device.start().await.unwrap();
    app.sign_in(&server, "maria").await.unwrap();
    device.stores().unwrap();
    app.call("sign_out", json!({})).await.unwrap();
    let session = app.watch("session", json!({})).await;
    session
        .until("signed out", |s| s["kind"] == "signedOut")
        .await;
    assert!(device.stores().is_err(), "the stores are gone");
    let refused = app
        .call(
            "send_message",
            json!({"chat": "!x:localhost", "written": {"text": "x"}, "replyTo": null}),
        )
        .await
        .unwrap_err();
    assert_eq!(refused["code"], "notSignedIn");
    // Somebody else can use the device now.
    app.sign_in(&server, "olga").await.unwrap();
}
