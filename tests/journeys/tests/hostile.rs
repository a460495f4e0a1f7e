//! Events that no honest client sends: the chat goes on, and shows nothing of them that could harm.

#![allow(clippy::unwrap_used, reason = "shared steps of tests")]

use parta_journeys::{Device, chat, server};
use parta_testkit::segment;
use serde_json::{Value, json};

/// The message of these words.
fn said(timeline: &Value, body: &str) -> Value {
    let items = timeline.as_array().cloned().unwrap_or_default();
    let mut messages = items.iter().map(|item| &item["kind"]["message"]);
    messages
        .find(|message| message["body"]["text"]["plain"] == body)
        .cloned()
        .unwrap()
}

fn plain(timeline: &Value) -> Vec<String> {
    let items = timeline.as_array().cloned().unwrap_or_default();
    let texts = items
        .iter()
        .filter_map(|item| item["kind"]["message"]["body"]["text"]["plain"].as_str());
    texts.map(str::to_owned).collect()
}

#[tokio::test]
async fn hostile_events_neither_stop_a_chat_nor_reach_the_screen_as_they_are() {
    let (mut server, _dir) = server(&[("maria", "Мария"), ("mallory", "Мэллори")])
        .await
        .unwrap();
    let room = chat(&server, &["maria", "mallory"], Some("5А"), false)
        .await
        .unwrap();
    let device = Device::new().unwrap();
    let mut maria = device.start().await.unwrap();
    maria.sign_in(&server, "maria").await.unwrap();
    let timeline = maria.watch("timeline", json!({"chat": room})).await;
    timeline.until("the chat", Value::is_array).await;

    let nested = format!("{}дно{}", "<b>".repeat(8_000), "</b>".repeat(8_000));
    let text = |body: &str| json!({"msgtype": "m.text", "body": body});
    let html = |html: &str| json!({"msgtype": "m.text", "body": "разметка", "format": "org.matrix.custom.html", "formatted_body": html});
    let many: Vec<String> = (0..1_000).map(|n| format!("@u{n}:localhost")).collect();
    let image = json!({"msgtype": "m.image", "body": "../../etc/passwd", "url": "mxc://x/y", "info": {"w": 9_007_199_254_740_991u64, "h": 1, "blurhash": "%%%%", "mimetype": "text/html"}});
    let hostile: Vec<(&str, Value)> = vec![
        ("m.room.message", json!({})),
        ("m.room.message", json!({"msgtype": 7, "body": ["x"]})),
        ("m.room.message", json!({"msgtype": "m.text"})),
        (
            "m.room.message",
            json!({"msgtype": "m.image", "body": "без адреса"}),
        ),
        ("m.room.message", image),
        (
            "m.room.message",
            html(
                "<script>alert(1)</script><img src=x onerror=alert(2)><a href=\"javascript:alert(3)\">x</a>",
            ),
        ),
        (
            "m.room.message",
            json!({"msgtype": "m.text", "body": "глубоко внутри", "format": "org.matrix.custom.html", "formatted_body": nested}),
        ),
        ("m.room.message", text(&"ы".repeat(30_000))),
        ("m.room.message", text("\u{202e}задом\u{200b} наперёд\u{0}")),
        (
            "m.room.message",
            json!({"msgtype": "m.text", "body": "всем", "m.mentions": {"user_ids": many, "room": "да"}}),
        ),
        (
            "m.room.message",
            json!({"msgtype": "m.text", "body": "долг", "school.parta.ack": {"due_ts": "вчера"}}),
        ),
        (
            "m.room.message",
            json!({"msgtype": "m.text", "body": "долг", "school.parta.ack": [1, 2]}),
        ),
        (
            "m.room.message",
            json!({"msgtype": "m.text", "body": "чужой долг", "school.parta.ack": {}}),
        ),
        (
            "m.room.message",
            json!({"msgtype": "m.audio", "body": "голос", "url": "mxc://x/z", "org.matrix.msc3245.voice": {}, "org.matrix.msc1767.audio": {"duration": -5, "waveform": ["a", 1e9]}}),
        ),
        (
            "m.room.message",
            json!({"msgtype": "m.text", "body": "* ничего", "m.relates_to": {"rel_type": "m.replace", "event_id": "$нет"}, "m.new_content": {"msgtype": "m.text", "body": "ничего"}}),
        ),
        (
            "m.reaction",
            json!({"m.relates_to": {"rel_type": "m.annotation", "event_id": "$нет", "key": "👍".repeat(2_000)}}),
        ),
        ("m.reaction", json!({"m.relates_to": 5})),
        (
            "org.matrix.msc3381.poll.start",
            json!({"org.matrix.msc3381.poll.start": {"question": {"body": 1}, "answers": []}}),
        ),
        (
            "org.matrix.msc3381.poll.response",
            json!({"org.matrix.msc3381.poll.response": {"answers": "все"}, "m.relates_to": {"rel_type": "m.reference", "event_id": "$нет"}}),
        ),
        (
            "org.matrix.msc3381.poll.start",
            json!({"org.matrix.msc3381.poll.start": {"question": {"org.matrix.msc1767.text": "Близнецы?"}, "kind": "org.matrix.msc3381.poll.disclosed", "answers": [
                {"id": "1", "org.matrix.msc1767.text": "да"}, {"id": "1", "org.matrix.msc1767.text": "нет"},
            ]}}),
        ),
        ("school.parta.class", json!({"stage": "пять"})),
        ("неизвестно.что", json!({"x": {"y": [null, true]}})),
    ];
    for (n, (kind, content)) in hostile.iter().enumerate() {
        let path = format!(
            "/_matrix/client/v3/rooms/{}/send/{}/h{n}",
            segment(&room),
            segment(kind)
        );
        // What the server itself refuses never reaches anybody.
        let _ = server
            .acting_as("mallory")
            .put(&path, content.clone())
            .await;
    }
    let path = |txn: &str| {
        let room = segment(&room);
        format!("/_matrix/client/v3/rooms/{room}/send/m.room.message/{txn}")
    };
    let never = json!({"msgtype": "m.text", "body": "свой долг", "school.parta.ack": {"due_ts": 9_007_199_254_740_991u64}});
    let asking = server.acting_as("maria");
    asking.put(&path("own"), never).await.unwrap();
    server
        .acting_as("mallory")
        .put(&path("end"), text("конец"))
        .await
        .unwrap();
    timeline
        .until("what comes after them all", |timeline| {
            plain(timeline).contains(&"конец".to_owned())
        })
        .await;
    let asked = |body: &str| said(&timeline.now(), body)["ack"].clone();
    // Only who runs the chat asks for acknowledgement, and by a day that is in the calendar.
    assert_eq!(asked("чужой долг"), Value::Null);
    assert_eq!(asked("свой долг")["due"], Value::Null);
    assert!(asked("свой долг").is_object());
    let now = timeline.now();
    let mut items = now.as_array().unwrap().iter();
    let poll = items
        .find_map(|item| item["kind"]["message"]["body"]["poll"].as_object())
        .expect("a poll of twins is shown");
    assert_eq!(poll["answers"].as_array().unwrap().len(), 1);
    let shown = timeline.now().to_string().to_lowercase();
    for bad in ["<script", "onerror=", "javascript:", "<img"] {
        assert!(!shown.contains(bad), "«{bad}» is shown");
    }
    // What is nested beyond reading is shown by its plain text.
    assert!(shown.contains(r#""html":"глубоко внутри""#));

    // The chat still works, and opens again from the cache.
    let args = json!({"chat": room, "written": {"text": "а мы дальше"}});
    maria.call("send_message", args).await.unwrap();
    timeline
        .until("an answer", |timeline| {
            plain(timeline).contains(&"а мы дальше".to_owned())
        })
        .await;
    maria.quit().await;
    server.kill().await.unwrap();
    let mut again = device.start().await.unwrap();
    let session = again.watch("session", json!({})).await;
    session
        .until("the account", |session| session["kind"] == "signedIn")
        .await;
    let timeline = again.watch("timeline", json!({"chat": room})).await;
    timeline
        .until("the same without a network", |timeline| {
            plain(timeline).contains(&"а мы дальше".to_owned())
        })
        .await;
}

#[tokio::test]
async fn an_edit_and_a_reaction_that_come_before_their_message_find_it_later() {
    let (server, _dir) = server(&[("maria", "Мария"), ("olga", "Ольга")])
        .await
        .unwrap();
    let room = chat(&server, &["maria", "olga"], Some("5А"), false)
        .await
        .unwrap();
    let send = |kind: &'static str, id: String, content: Value| {
        let path = format!(
            "/_matrix/client/v3/rooms/{}/send/{kind}/{id}",
            segment(&room)
        );
        let olga = server.acting_as("olga");
        async move {
            olga.put(&path, content).await.unwrap()["event_id"]
                .as_str()
                .unwrap()
                .to_owned()
        }
    };
    let first = send(
        "m.room.message",
        "a".into(),
        json!({"msgtype": "m.text", "body": "как было"}),
    )
    .await;
    for n in 0..80 {
        send(
            "m.room.message",
            format!("f{n}"),
            json!({"msgtype": "m.text", "body": format!("между {n}")}),
        )
        .await;
    }
    send("m.room.message", "e".into(), json!({"msgtype": "m.text", "body": "* как стало", "m.relates_to": {"rel_type": "m.replace", "event_id": first}, "m.new_content": {"msgtype": "m.text", "body": "как стало"}})).await;
    send(
        "m.reaction",
        "r".into(),
        json!({"m.relates_to": {"rel_type": "m.annotation", "event_id": first, "key": "👍"}}),
    )
    .await;

    // On a new device the newest events come first, long before what they are about.
    let device = Device::new().unwrap();
    let mut maria = device.start().await.unwrap();
    maria.sign_in(&server, "maria").await.unwrap();
    let timeline = maria.watch("timeline", json!({"chat": room})).await;
    timeline
        .until("the newest", |timeline| {
            plain(timeline).contains(&"между 79".to_owned())
        })
        .await;
    while !plain(&timeline.now()).contains(&"как стало".to_owned()) {
        let before = timeline.now().as_array().map_or(0, Vec::len);
        maria
            .call("load_older", json!({"chat": room}))
            .await
            .unwrap();
        timeline
            .until("older ones", |timeline| {
                timeline.as_array().map_or(0, Vec::len) > before
                    || plain(timeline).contains(&"как стало".to_owned())
            })
            .await;
    }
    timeline
        .until("its reaction too", |timeline| {
            let items = timeline.as_array().cloned().unwrap_or_default();
            items.iter().any(|item| {
                let message = &item["kind"]["message"];
                message["body"]["text"]["plain"] == "как стало"
                    && message["edited"] == true
                    && message["reactions"][0]["key"] == "👍"
            })
        })
        .await;
    assert!(!plain(&timeline.now()).contains(&"как было".to_owned()));
}
