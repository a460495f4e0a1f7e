//! No network is a normal state: nothing written is lost or doubled.

// A helper of a test may fail like the test itself.
#![allow(clippy::unwrap_used)]

use parta_journeys::{Device, chat, row, server, shown, texts};
use serde_json::json;

#[tokio::test]
async fn twenty_messages_written_offline_survive_a_kill_and_arrive_once_and_in_order() {
    let (mut server, _dir) = server(&[("maria", "Мария"), ("olga", "Ольга")])
        .await
        .unwrap();
    let room = chat(&server, &["maria", "olga"], Some("5 «А»"), false)
        .await
        .unwrap();
    let device = Device::new().unwrap();
    let mut app = device.start().await.unwrap();
    app.sign_in(&server, "maria").await.unwrap();
    let timeline = app.watch("timeline", json!({"chat": room})).await;
    app.call(
        "send_message",
        json!({"chat": room, "written": {"text": "до обрыва"}, "replyTo": null}),
    )
    .await
    .unwrap();
    timeline
        .until("the first one sent", |timeline| {
            shown(timeline).contains(&("до обрыва".into(), "sent".into()))
        })
        .await;

    server.kill().await.unwrap();
    let connection = app.watch("connection", json!({})).await;
    connection
        .until("offline, with its time", |c| {
            c["link"] == "offline" && c["since"].is_u64()
        })
        .await;
    let written: Vec<String> = (1..=20).map(|n| format!("сообщение {n}")).collect();
    for text in &written {
        app.call(
            "send_message",
            json!({"chat": room, "written": {"text": text}, "replyTo": null}),
        )
        .await
        .unwrap();
    }
    connection
        .until("twenty that wait", |c| c["waiting"] == 20)
        .await;
    app.kill().await;

    let mut app = device.start().await.unwrap();
    let session = app.watch("session", json!({})).await;
    session
        .until("the same person without a server", |s| {
            s["kind"] == "signedIn"
        })
        .await;
    let list = app.watch("chats", json!({})).await;
    list.until("the same list", |chats| {
        row(chats, &room).is_some_and(|row| {
            row["name"] == "5 «А»"
                && row["last"]["preview"]["text"] == "сообщение 20"
                && row["last"]["delivery"] == "waiting"
        })
    })
    .await;
    let timeline = app.watch("timeline", json!({"chat": room})).await;
    let before = timeline
        .until("all of them", |timeline| shown(timeline).len() == 21)
        .await;
    let expected: Vec<_> = std::iter::once(("до обрыва".to_owned(), "sent".to_owned()))
        .chain(
            written
                .iter()
                .map(|text| (text.clone(), "waiting".to_owned())),
        )
        .collect();
    assert_eq!(shown(&before), expected);

    server.restart().await.unwrap();
    let connection = app.watch("connection", json!({})).await;
    connection
        .until("nothing waits", |c| {
            c["link"] == "online" && c["waiting"] == 0
        })
        .await;
    timeline
        .until("all sent", |timeline| {
            shown(timeline).iter().all(|(_, state)| state == "sent")
        })
        .await;
    let arrived: Vec<String> = texts(&server, "olga", &room).await.unwrap();
    let expected: Vec<String> = std::iter::once("до обрыва".to_owned())
        .chain(written)
        .collect();
    assert_eq!(arrived, expected);
}

#[tokio::test]
async fn a_dropped_message_is_never_sent() {
    let (mut server, _dir) = server(&[("maria", "Мария"), ("olga", "Ольга")])
        .await
        .unwrap();
    let room = chat(&server, &["maria", "olga"], Some("5 «А»"), false)
        .await
        .unwrap();
    let device = Device::new().unwrap();
    let mut app = device.start().await.unwrap();
    app.sign_in(&server, "maria").await.unwrap();
    let timeline = app.watch("timeline", json!({"chat": room})).await;
    timeline
        .until("the chat", |timeline| timeline.is_array())
        .await;
    server.stop().await.unwrap();
    for text in ["останется", "передумала"] {
        app.call(
            "send_message",
            json!({"chat": room, "written": {"text": text}, "replyTo": null}),
        )
        .await
        .unwrap();
    }
    let waiting = timeline
        .until("both wait", |timeline| shown(timeline).len() == 2)
        .await;
    let item = waiting
        .as_array()
        .unwrap()
        .iter()
        .find(|item| item["kind"]["message"]["body"]["text"]["plain"] == "передумала")
        .unwrap()["id"]
        .clone();
    app.call("discard_message", json!({"chat": room, "item": item}))
        .await
        .unwrap();
    server.restart().await.unwrap();
    timeline
        .until("the other one is sent", |timeline| {
            shown(timeline) == [("останется".into(), "sent".into())]
        })
        .await;
    assert_eq!(texts(&server, "olga", &room).await.unwrap(), ["останется"]);
}

#[tokio::test]
async fn drafts_are_there_after_a_kill() {
    let (server, _dir) = server(&[("maria", "Мария"), ("olga", "Ольга")])
        .await
        .unwrap();
    let room = chat(&server, &["maria", "olga"], Some("5 «А»"), false)
        .await
        .unwrap();
    let device = Device::new().unwrap();
    let mut app = device.start().await.unwrap();
    app.sign_in(&server, "maria").await.unwrap();
    app.call(
        "save_draft",
        json!({"chat": room, "draft": {"text": "Уважаемые родители", "replyTo": null}}),
    )
    .await
    .unwrap();
    app.kill().await;
    let mut app = device.start().await.unwrap();
    let session = app.watch("session", json!({})).await;
    session
        .until("signed in", |s| s["kind"] == "signedIn")
        .await;
    assert_eq!(
        app.call("draft", json!({"chat": room})).await.unwrap()["text"],
        "Уважаемые родители"
    );
    let list = app.watch("chats", json!({})).await;
    list.until("it in the list", |chats| {
        row(chats, &room).is_some_and(|row| row["draft"] == "Уважаемые родители")
    })
    .await;
}
