//! What was said is found again, by any form of its words, also what was said long before this device was there.

// A helper of a test may fail like the test itself.
#![allow(clippy::unwrap_used)]

mod gaps;

use parta_journeys::{App, Device, chat, server, shown};
use parta_testkit::{Homeserver, segment};
use serde_json::{Value, json};

/// Far more than what a first sync brings.
const OLD: usize = 230;

/// Says something as somebody would on another device.
async fn say(
    server: &Homeserver,
    who: &str,
    room: &str,
    txn: &str,
    at: u64,
    content: Value,
) -> String {
    send(server, who, room, "m.room.message", txn, at, content).await
}

async fn send(
    server: &Homeserver,
    who: &str,
    room: &str,
    event_type: &str,
    txn: &str,
    at: u64,
    content: Value,
) -> String {
    let path = format!(
        "/_matrix/client/v3/rooms/{}/send/{event_type}/{txn}?ts={at}",
        segment(room)
    );
    let sent = server.acting_as(who).put(&path, content).await.unwrap();
    sent["event_id"].as_str().unwrap().to_owned()
}

fn text(body: &str) -> Value {
    json!({"msgtype": "m.text", "body": body})
}

fn query(text: &str) -> Value {
    json!({"text": text, "chat": null, "from": null, "kind": null, "since": null, "until": null, "skip": 0, "most": 50})
}

fn with(mut query: Value, field: &str, value: Value) -> Value {
    query[field] = value;
    query
}

async fn ask(app: &mut App, query: Value) -> Value {
    app.call("search_messages", json!({"query": query}))
        .await
        .unwrap()
}

/// The found texts, newest first, each hit in brackets.
async fn found(app: &mut App, query: Value) -> Vec<String> {
    let page = ask(app, query).await;
    let hits = page["hits"].as_array().unwrap();
    let draw = |piece: &Value| {
        let text = piece["text"].as_str().unwrap();
        if piece["hit"] == true {
            format!("[{text}]")
        } else {
            text.to_owned()
        }
    };
    hits.iter()
        .map(|hit| hit["pieces"].as_array().unwrap().iter().map(draw).collect())
        .collect()
}

/// Waits until the whole history of what is asked for is in the index.
async fn complete(app: &mut App, chat: Option<&str>, messages: u64) -> Value {
    let index = app.watch("index", json!({"chat": chat})).await;
    index
        .until("the whole history", |index| {
            index["done"].is_u64()
                && index["done"] == index["chats"]
                && index["messages"] == messages
                && index["filling"] == false
        })
        .await
}

#[tokio::test]
async fn history_older_than_the_cache_is_found_in_any_form_and_by_every_condition() {
    let (mut server, _dir) = server(&[("maria", "Мария Петровна"), ("olga", "Ольга Кузнецова")])
        .await
        .unwrap();
    let room = chat(&server, &["maria", "olga"], Some("5 «А» · родители"), false)
        .await
        .unwrap();
    let other = chat(&server, &["maria", "olga"], Some("Педсовет"), false)
        .await
        .unwrap();
    say(
        &server,
        "olga",
        &room,
        "t1",
        1_000,
        text("Принесите ёлочные игрушки"),
    )
    .await;
    say(
        &server,
        "maria",
        &room,
        "t2",
        2_000,
        text("В пятницу контрольная по математике"),
    )
    .await;
    say(
        &server,
        "olga",
        &room,
        "t3",
        3_000,
        text("Контрольную перенесли"),
    )
    .await;
    let file = json!({"msgtype": "m.file", "body": "Отчёт за год.pdf", "filename": "Отчёт за год.pdf", "url": "mxc://localhost/report", "info": {"size": 4_096, "mimetype": "application/pdf"}});
    say(&server, "maria", &room, "t4", 4_000, file).await;
    let wrong = say(&server, "olga", &room, "t5", 5_000, text("Удалённая тайна")).await;
    let path = format!(
        "/_matrix/client/v3/rooms/{}/redact/{}/r1",
        segment(&room),
        segment(&wrong)
    );
    server
        .acting_as("olga")
        .put(&path, json!({}))
        .await
        .unwrap();
    let before = say(
        &server,
        "olga",
        &room,
        "t6",
        6_000,
        text("Экскурсия в среду"),
    )
    .await;
    for n in 0..OLD {
        let at = 10_000 + n as u64;
        say(
            &server,
            "olga",
            &room,
            &format!("o{n}"),
            at,
            text(&format!("объявление номер {n}")),
        )
        .await;
    }
    // The edit lies a few pages above what it changes.
    let edit = json!({
        "msgtype": "m.text", "body": "* Экскурсия в четверг", "m.new_content": text("Экскурсия в четверг"),
        "m.relates_to": {"rel_type": "m.replace", "event_id": before},
    });
    say(&server, "olga", &room, "e1", 50_000, edit).await;
    say(
        &server,
        "maria",
        &other,
        "p1",
        60_000,
        text("Контрольные по математике проверены"),
    )
    .await;

    let device = Device::new().unwrap();
    let mut app = device.start().await.unwrap();
    app.sign_in(&server, "maria").await.unwrap();
    let messages = OLD as u64 + 5;
    complete(&mut app, Some(&room), messages).await;
    complete(&mut app, None, messages + 1).await;

    for (asked, hits) in [
        (
            "контрольной",
            vec![
                "[Контрольные] по математике проверены",
                "[Контрольную] перенесли",
                "В пятницу [контрольная] по математике",
            ],
        ),
        (
            "математика контрольные",
            vec![
                "[Контрольные] по [математике] проверены",
                "В пятницу [контрольная] по [математике]",
            ],
        ),
        ("елочная ИГРУШКА ", vec!["Принесите [ёлочные] [игрушки]"]),
        (
            "«контрольная по»",
            vec!["В пятницу [контрольная по] математике"],
        ),
        ("отчета", vec!["[Отчёт] за год.pdf"]),
        ("экскурсии", vec!["[Экскурсия] в четверг"]),
        ("среду", vec![]),
        ("тайна", vec![]),
        (
            "\"контр",
            vec![
                "[Контрольные] по математике проверены",
                "[Контрольную] перенесли",
                "В пятницу [контрольная] по математике",
            ],
        ),
    ] {
        assert_eq!(found(&mut app, query(asked)).await, hits, "{asked}");
    }
    let tests = query("контрольная");
    assert_eq!(
        found(&mut app, with(tests.clone(), "chat", json!(other))).await,
        ["[Контрольные] по математике проверены"]
    );
    assert_eq!(
        found(
            &mut app,
            with(tests.clone(), "from", json!(server.user_id("olga")))
        )
        .await,
        ["[Контрольную] перенесли"]
    );
    let dated = with(with(tests, "since", json!(2_500)), "until", json!(3_500));
    assert_eq!(found(&mut app, dated).await, ["[Контрольную] перенесли"]);
    let files = with(with(query(""), "kind", json!("file")), "chat", json!(room));
    let page = ask(&mut app, files).await;
    let hit = &page["hits"][0];
    assert_eq!(page["hits"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&hit["name"], &hit["size"], &hit["media"], &hit["own"]),
        (
            &json!("Отчёт за год.pdf"),
            &json!(4_096),
            &json!("mxc://localhost/report"),
            &json!(true)
        )
    );
    assert_eq!(hit["chatName"], "5 «А» · родители");
    assert_eq!(hit["sender"]["name"], "Мария Петровна");
    let many = ask(&mut app, query("объявления")).await;
    assert_eq!(
        (many["hits"].as_array().unwrap().len(), &many["more"]),
        (50, &json!(true))
    );

    // Without a server and after a restart all of it is still there, and nothing is read twice.
    server.stop().await.unwrap();
    app.kill().await;
    let mut app = device.start().await.unwrap();
    let session = app.watch("session", json!({})).await;
    session
        .until("signed in", |s| s["kind"] == "signedIn")
        .await;
    complete(&mut app, None, messages + 1).await;
    assert_eq!(
        found(&mut app, query("игрушек")).await,
        ["Принесите ёлочные [игрушки]"]
    );

    // What was said meanwhile, more than one sync brings, leaves no hole.
    server.restart().await.unwrap();
    for n in 0..OLD {
        say(
            &server,
            "olga",
            &room,
            &format!("n{n}"),
            70_000 + n as u64,
            text(&format!("новость номер {n}")),
        )
        .await;
    }
    complete(&mut app, Some(&room), messages + OLD as u64).await;
    assert_eq!(
        found(&mut app, query("«новость номер 0»")).await,
        ["[новость номер 0]"]
    );
}

#[tokio::test]
async fn what_comes_is_found_at_once_and_what_is_changed_or_deleted_is_not() {
    let (server, _dir) = server(&[("maria", "Мария"), ("olga", "Ольга")])
        .await
        .unwrap();
    let room = chat(&server, &["maria", "olga"], Some("5 «А»"), false)
        .await
        .unwrap();
    let device = Device::new().unwrap();
    let mut app = device.start().await.unwrap();
    app.sign_in(&server, "maria").await.unwrap();
    complete(&mut app, None, 0).await;
    assert!(found(&mut app, query("собрание")).await.is_empty());

    let first = say(&server, "olga", &room, "a", 1_000, text("Собрание в шесть")).await;
    complete(&mut app, Some(&room), 1).await;
    assert_eq!(
        found(&mut app, query("собрания")).await,
        ["[Собрание] в шесть"]
    );

    let edit = json!({
        "msgtype": "m.text", "body": "* Собрание в семь", "m.new_content": text("Собрание в семь"),
        "m.relates_to": {"rel_type": "m.replace", "event_id": first},
    });
    say(&server, "olga", &room, "b", 2_000, edit).await;
    say(&server, "olga", &room, "c", 3_000, text("Всё")).await;
    complete(&mut app, Some(&room), 2).await;
    assert_eq!(
        found(&mut app, query("собрания")).await,
        ["[Собрание] в семь"]
    );

    let path = format!(
        "/_matrix/client/v3/rooms/{}/redact/{}/r",
        segment(&room),
        segment(&first)
    );
    server
        .acting_as("olga")
        .put(&path, json!({}))
        .await
        .unwrap();
    complete(&mut app, Some(&room), 1).await;
    assert!(found(&mut app, query("собрания")).await.is_empty());

    // Signing out takes the index with it.
    app.call("sign_out", json!({})).await.unwrap();
    app.sign_in(&server, "olga").await.unwrap();
    complete(&mut app, None, 1).await;
    assert_eq!(found(&mut app, query("всё")).await, ["[Всё]"]);
}

#[tokio::test]
async fn an_encrypted_chat_is_searched_like_any_other() {
    let (server, _dir) = server(&[("maria", "Мария"), ("olga", "Ольга")])
        .await
        .unwrap();
    let room = chat(&server, &["maria", "olga"], None, true).await.unwrap();
    let (first, second) = (Device::new().unwrap(), Device::new().unwrap());
    let (mut maria, mut olga) = (first.start().await.unwrap(), second.start().await.unwrap());
    maria.sign_in(&server, "maria").await.unwrap();
    olga.sign_in(&server, "olga").await.unwrap();
    let timeline = olga.watch("timeline", json!({"chat": room})).await;
    timeline
        .until("the chat", |timeline| timeline.is_array())
        .await;
    maria
        .call("send_message", json!({"chat": room, "written": {"text": "Оценка за четверть — пять"}, "replyTo": null}))
        .await
        .unwrap();
    timeline
        .until("the text", |timeline| {
            shown(timeline).contains(&("Оценка за четверть — пять".into(), "received".into()))
        })
        .await;
    for app in [&mut maria, &mut olga] {
        complete(app, Some(&room), 1).await;
        assert_eq!(
            found(app, query("оценки")).await,
            ["[Оценка] за четверть — пять"]
        );
    }
    olga.kill().await;
    let mut olga = second.start().await.unwrap();
    let session = olga.watch("session", json!({})).await;
    session
        .until("signed in", |s| s["kind"] == "signedIn")
        .await;
    complete(&mut olga, Some(&room), 1).await;
    assert_eq!(
        found(&mut olga, query("четверти")).await,
        ["Оценка за [четверть] — пять"]
    );
}
