//! Two people sign in, see each other's chat and talk.

// A helper of a test may fail like the test itself.
#![allow(clippy::unwrap_used)]

use parta_journeys::{Device, chat, row, server, shown};
use serde_json::json;

#[tokio::test]
async fn two_people_sign_in_and_talk_both_ways() {
    let (server, _dir) = server(&[("maria", "Мария Петровна"), ("olga", "Ольга Кузнецова")])
        .await
        .unwrap();
    let room = chat(&server, &["maria", "olga"], Some("5 «А» · родители"), false)
        .await
        .unwrap();
    let (at_school, at_home) = (Device::new().unwrap(), Device::new().unwrap());
    let (mut maria, mut olga) = (
        at_school.start().await.unwrap(),
        at_home.start().await.unwrap(),
    );
    maria.sign_in(&server, "maria").await.unwrap();
    olga.sign_in(&server, &server.user_id("olga"))
        .await
        .unwrap();

    let list = olga.watch("chats", json!({})).await;
    list.until("the chat by its name", |chats| {
        row(chats, &room).is_some_and(|row| row["name"] == "5 «А» · родители")
    })
    .await;

    let (hers, mine) = (
        maria.watch("timeline", json!({"chat": room})).await,
        olga.watch("timeline", json!({"chat": room})).await,
    );
    maria
        .call(
            "send_message",
            json!({"chat": room, "written": {"text": "Завтра собрание"}, "replyTo": null}),
        )
        .await
        .unwrap();
    mine.until("her message", |timeline| {
        shown(timeline).contains(&("Завтра собрание".into(), "received".into()))
    })
    .await;
    list.until("it in the list, unread", |chats| {
        row(chats, &room).is_some_and(|row| {
            row["last"]["preview"]["text"] == "Завтра собрание"
                && row["unread"] == 1
                && row["last"]["sender"]["name"] == "Мария Петровна"
        })
    })
    .await;

    olga.call("mark_read", json!({"chat": room})).await.unwrap();
    list.until("nothing unread", |chats| {
        row(chats, &room).is_some_and(|row| row["unread"] == 0)
    })
    .await;
    hers.until("that it was read", |timeline| {
        shown(timeline).contains(&("Завтра собрание".into(), "read".into()))
    })
    .await;

    olga.call(
        "send_message",
        json!({"chat": room, "written": {"text": "Приду"}, "replyTo": null}),
    )
    .await
    .unwrap();
    hers.until("the answer", |timeline| {
        shown(timeline).contains(&("Приду".into(), "received".into()))
    })
    .await;
}

#[tokio::test]
async fn an_answer_quotes_its_original_for_both() {
    let (server, _dir) = server(&[("maria", "Мария"), ("olga", "Ольга")])
        .await
        .unwrap();
    let room = chat(&server, &["maria", "olga"], None, false)
        .await
        .unwrap();
    let (first, second) = (Device::new().unwrap(), Device::new().unwrap());
    let (mut maria, mut olga) = (first.start().await.unwrap(), second.start().await.unwrap());
    maria.sign_in(&server, "maria").await.unwrap();
    olga.sign_in(&server, "olga").await.unwrap();
    let hers = maria.watch("timeline", json!({"chat": room})).await;
    let mine = olga.watch("timeline", json!({"chat": room})).await;
    maria
        .call(
            "send_message",
            json!({"chat": room, "written": {"text": "Когда придёте?"}, "replyTo": null}),
        )
        .await
        .unwrap();
    let event = |timeline: &serde_json::Value| {
        let items = timeline.as_array().cloned().unwrap_or_default();
        items
            .iter()
            .find(|item| item["kind"]["message"]["body"]["text"]["plain"] == "Когда придёте?")
            .and_then(|item| item["kind"]["message"]["event"].as_str().map(str::to_owned))
    };
    let timeline = mine
        .until("the question", |timeline| event(timeline).is_some())
        .await;
    olga.call(
        "send_message",
        json!({"chat": room, "written": {"text": "В шесть"}, "replyTo": event(&timeline)}),
    )
    .await
    .unwrap();
    hers.until("the answer with the question in it", |timeline| {
        timeline.as_array().is_some_and(|items| {
            items.iter().any(|item| {
                let message = &item["kind"]["message"];
                message["body"]["text"]["plain"] == "В шесть"
                    && message["reply"]["preview"]["text"] == "Когда придёте?"
                    && message["reply"]["sender"]["name"] == "Мария"
            })
        })
    })
    .await;
}

#[tokio::test]
async fn an_encrypted_chat_is_read_by_its_people_and_by_nobody_who_comes_later() {
    let (server, _dir) = server(&[("maria", "Мария"), ("olga", "Ольга")])
        .await
        .unwrap();
    let room = chat(&server, &["maria", "olga"], None, true).await.unwrap();
    let (first, second, third) = (
        Device::new().unwrap(),
        Device::new().unwrap(),
        Device::new().unwrap(),
    );
    let (mut maria, mut olga) = (first.start().await.unwrap(), second.start().await.unwrap());
    maria.sign_in(&server, "maria").await.unwrap();
    olga.sign_in(&server, "olga").await.unwrap();
    let mine = olga.watch("timeline", json!({"chat": room})).await;
    mine.until("the chat", |timeline| timeline.is_array()).await;
    maria
        .call(
            "send_message",
            json!({"chat": room, "written": {"text": "Оценка за год — пять"}, "replyTo": null}),
        )
        .await
        .unwrap();
    mine.until("the decrypted text", |timeline| {
        shown(timeline).contains(&("Оценка за год — пять".into(), "received".into()))
    })
    .await;

    // The same person on a new device has no key of what was said before.
    let mut later = third.start().await.unwrap();
    later.sign_in(&server, "olga").await.unwrap();
    let timeline = later.watch("timeline", json!({"chat": room})).await;
    timeline
        .until("a message that can't be read and says so", |timeline| {
            timeline.as_array().is_some_and(|items| {
                items
                    .iter()
                    .any(|item| item["kind"]["message"]["body"]["kind"] == "undecryptable")
            })
        })
        .await;
    assert!(shown(&timeline.now()).is_empty());
}
