//! What is around a message: pins, polls, receipts, history, the chat itself.

use crate::{messages, saying, two};
use parta_journeys::row;
use parta_testkit::segment;
use serde_json::{Value, json};

#[tokio::test]
async fn pins_are_listed_for_everybody_and_can_be_taken_off() {
    let mut two = two(false).await;
    let event = two.say("Расписание звонков").await;
    let details = two.olga.watch("details", json!({"chat": two.room})).await;
    let pinned = two.olga.watch("pinned", json!({"chat": two.room})).await;
    let args = |on| json!({"chat": two.room, "event": event, "on": on});
    two.maria.call("pin_message", args(true)).await.unwrap();
    details
        .until("the pin", |details| details["pinned"] == json!([event]))
        .await;
    pinned
        .until("the pinned message", |list| {
            saying(list, "Расписание звонков").is_some()
        })
        .await;
    assert_eq!(
        two.olga.call("pin_message", args(false)).await.unwrap_err()["code"],
        "notAllowed"
    );
    two.maria.call("pin_message", args(false)).await.unwrap();
    details
        .until("no pin", |details| details["pinned"] == json!([]))
        .await;
}

#[tokio::test]
async fn a_report_reaches_those_who_run_the_server_and_a_link_names_the_message() {
    let mut two = two(false).await;
    let event = two.say("грубость").await;
    let args = json!({"chat": two.room, "event": event, "reason": "оскорбление"});
    two.olga.call("report_message", args).await.unwrap();
    let link = two
        .olga
        .call("message_link", json!({"chat": two.room, "event": event}))
        .await
        .unwrap();
    let link = link.as_str().unwrap();
    assert!(link.starts_with("https://matrix.to/#/"), "{link}");
    assert!(
        link.contains(&event) || link.contains(&event.replace('$', "%24")),
        "{link}"
    );
}

/// The poll of the chat, once the server has it.
fn sent_poll(timeline: &Value) -> Option<Value> {
    messages(timeline)
        .find(|message| message["body"]["kind"] == "poll" && message["event"].is_string())
        .cloned()
}

#[tokio::test]
async fn a_poll_is_answered_changed_and_closed() {
    let mut two = two(false).await;
    let poll = json!({"question": "Экскурсия?", "answers": ["Музей", "Парк", ""], "multiple": false, "disclosed": false});
    two.maria
        .call("send_poll", json!({"chat": two.room, "poll": poll}))
        .await
        .unwrap();
    let timeline = two
        .olgas
        .until("the poll", |timeline| sent_poll(timeline).is_some())
        .await;
    let message = sent_poll(&timeline).unwrap();
    let event = message["event"].as_str().unwrap().to_owned();
    let answers = message["body"]["poll"]["answers"]
        .as_array()
        .unwrap()
        .clone();
    assert_eq!(answers.len(), 2);
    assert_eq!(answers[0]["votes"], Value::Null);
    for answer in &answers {
        let args = json!({"chat": two.room, "event": event, "answers": [answer["id"]]});
        two.olga.call("vote", args).await.unwrap();
        two.olgas
            .until("her vote", |timeline| {
                sent_poll(timeline).is_some_and(|message| {
                    let answers = message["body"]["poll"]["answers"]
                        .as_array()
                        .cloned()
                        .unwrap_or_default();
                    answers
                        .iter()
                        .all(|a| a["own"] == (a["id"] == answer["id"]))
                })
            })
            .await;
    }
    two.hers
        .until("a voter, and no results yet", |timeline| {
            sent_poll(timeline).is_some_and(|message| {
                message["body"]["poll"]["voters"] == 1
                    && message["body"]["poll"]["answers"][1]["votes"].is_null()
            })
        })
        .await;
    two.maria
        .call("end_poll", json!({"chat": two.room, "event": event}))
        .await
        .unwrap();
    two.olgas
        .until("the results", |timeline| {
            sent_poll(timeline).is_some_and(|message| {
                let poll = &message["body"]["poll"];
                poll["ended"] == true
                    && poll["answers"][0]["votes"] == 0
                    && poll["answers"][1]["votes"] == 1
            })
        })
        .await;
}

#[tokio::test]
async fn one_sees_who_writes_and_who_has_read() {
    let mut two = two(false).await;
    let typing = two.olga.watch("typing", json!({"chat": two.room})).await;
    typing.until("nobody", |people| *people == json!([])).await;
    two.maria
        .call("set_typing", json!({"chat": two.room, "on": true}))
        .await
        .unwrap();
    typing
        .until("Maria writes", |people| people[0]["name"] == "Мария")
        .await;
    two.maria
        .call("set_typing", json!({"chat": two.room, "on": false}))
        .await
        .unwrap();
    typing
        .until("nobody any more", |people| *people == json!([]))
        .await;

    let event = two.say("Прочитали?").await;
    two.olga
        .call("mark_read", json!({"chat": two.room}))
        .await
        .unwrap();
    two.hers
        .until("read", |timeline| {
            saying(timeline, "Прочитали?").is_some_and(|message| message["send"]["kind"] == "read")
        })
        .await;
    let readers = two
        .maria
        .call("readers", json!({"chat": two.room, "event": event}))
        .await
        .unwrap();
    assert_eq!(readers[0]["person"]["name"], "Ольга");
    assert_eq!(readers.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_chat_opens_around_an_old_message_and_goes_both_ways() {
    let mut two = two(false).await;
    let path = |n: usize| {
        format!(
            "/_matrix/client/v3/rooms/{}/send/m.room.message/t{n}",
            segment(&two.room)
        )
    };
    let mut old = String::new();
    for n in 0..160 {
        let content = json!({"msgtype": "m.text", "body": format!("сообщение {n}")});
        let sent = two
            .server
            .acting_as("maria")
            .put(&path(n), content)
            .await
            .unwrap();
        if n == 20 {
            old = sent["event_id"].as_str().unwrap().to_owned();
        }
    }
    two.olgas
        .until("the newest", |timeline| {
            saying(timeline, "сообщение 159").is_some()
        })
        .await;
    let around = two
        .olga
        .watch("timeline", json!({"chat": two.room, "around": old}))
        .await;
    around
        .until("the old one and some that follow", |timeline| {
            saying(timeline, "сообщение 20").is_some() && saying(timeline, "сообщение 24").is_some()
        })
        .await;
    assert!(saying(&around.now(), "сообщение 159").is_none());
    let mut newest = 24;
    while saying(&around.now(), "сообщение 159").is_none() {
        two.olga
            .call("load_newer", json!({"chat": two.room, "around": old}))
            .await
            .unwrap();
        let next = newest + 1;
        let timeline = around
            .until("newer ones", |timeline| {
                saying(timeline, &format!("сообщение {next}")).is_some()
            })
            .await;
        while saying(&timeline, &format!("сообщение {}", newest + 1)).is_some() {
            newest += 1;
        }
    }
    two.olga
        .call("load_older", json!({"chat": two.room, "around": old}))
        .await
        .unwrap();
    around
        .until("the first one", |timeline| {
            saying(timeline, "сообщение 0").is_some()
        })
        .await;
    let said: Vec<String> = messages(&around.now())
        .filter_map(|message| message["body"]["text"]["plain"].as_str().map(str::to_owned))
        .collect();
    let wanted: Vec<String> = (0..160).map(|n| format!("сообщение {n}")).collect();
    assert_eq!(said, wanted);

    let at = json!({"chat": two.room, "at": 0});
    assert!(two.olga.call("event_at", at).await.unwrap().is_string());
    let later = json!({"chat": two.room, "at": 4_000_000_000_000u64});
    assert_eq!(two.olga.call("event_at", later).await.unwrap(), Value::Null);
}

#[tokio::test]
async fn a_chat_is_renamed_muted_marked_and_left() {
    let mut two = two(false).await;
    let details = two.olga.watch("details", json!({"chat": two.room})).await;
    let args = |text: &str| json!({"chat": two.room, "text": text});
    two.maria
        .call("rename_chat", args("5А · родители"))
        .await
        .unwrap();
    two.maria
        .call("set_topic", args("Объявления и вопросы"))
        .await
        .unwrap();
    details
        .until("the topic", |details| {
            details["topic"] == "Объявления и вопросы" && details["members"] == 2
        })
        .await;
    let chats = two.olga.watch("chats", json!({})).await;
    let renamed = |row: &Value| row["name"] == "5А · родители";
    chats
        .until("the name", |chats| {
            row(chats, &two.room).is_some_and(renamed)
        })
        .await;
    assert!(two.olga.call("rename_chat", args("взлом")).await.is_err());

    two.maria
        .call("set_announcements", json!({"chat": two.room, "on": true}))
        .await
        .unwrap();
    details
        .until("only some may write", |details| {
            details["announcements"] == true
                && details["rights"]["send"] == false
                && details["rights"]["react"] == true
                && details["rights"]["vote"] == true
        })
        .await;

    two.olga
        .call("set_notify", json!({"chat": two.room, "notify": "mute"}))
        .await
        .unwrap();
    details
        .until("muted", |details| details["notify"] == "mute")
        .await;
    two.olga
        .call("mark_unread", json!({"chat": two.room}))
        .await
        .unwrap();
    chats
        .until("muted and marked", |chats| {
            row(chats, &two.room)
                .is_some_and(|row| row["muted"] == true && row["markedUnread"] == true)
        })
        .await;
    two.olga
        .call("leave_chat", json!({"chat": two.room}))
        .await
        .unwrap();
    chats
        .until("gone", |chats| row(chats, &two.room).is_none())
        .await;
}

#[tokio::test]
async fn where_only_some_write_everybody_may_react_and_take_it_back_and_vote() {
    let mut two = two(false).await;
    let event = two.say("Родительское собрание в среду").await;
    let poll = json!({"question": "Придёте?", "answers": ["Да", "Нет"], "multiple": false, "disclosed": true});
    let args = json!({"chat": two.room, "poll": poll});
    two.maria.call("send_poll", args).await.unwrap();
    two.maria
        .call("set_announcements", json!({"chat": two.room, "on": true}))
        .await
        .unwrap();
    let details = two.olga.watch("details", json!({"chat": two.room})).await;
    details
        .until("she may only read", |details| {
            details["rights"]["send"] == false
        })
        .await;
    let reactions = |timeline: &Value| {
        let message = saying(timeline, "Родительское собрание в среду");
        message.map_or(0, |m| m["reactions"].as_array().map_or(0, Vec::len))
    };
    let args = json!({"chat": two.room, "event": event, "key": "👍"});
    for count in [1, 0] {
        two.olga.call("react", args.clone()).await.unwrap();
        two.hers
            .until("her reaction as it stands", |timeline| {
                reactions(timeline) == count
            })
            .await;
        two.olgas
            .until("the same for herself", |timeline| {
                reactions(timeline) == count
            })
            .await;
    }
    let timeline = two
        .olgas
        .until("the poll", |timeline| sent_poll(timeline).is_some())
        .await;
    let poll = sent_poll(&timeline).unwrap();
    let answer = poll["body"]["poll"]["answers"][0]["id"].clone();
    let args = json!({"chat": two.room, "event": poll["event"], "answers": [answer]});
    two.olga.call("vote", args).await.unwrap();
    two.hers
        .until("her vote", |timeline| {
            sent_poll(timeline).is_some_and(|poll| poll["body"]["poll"]["voters"] == 1)
        })
        .await;
}

#[tokio::test]
async fn an_acknowledgement_is_asked_for_and_given_once() {
    let mut two = two(false).await;
    let args = json!({"chat": two.room, "written": {"text": "Прошу ознакомиться"}, "ack": {"due": 1_800_000_000_000u64}});
    two.maria.call("send_message", args).await.unwrap();
    let asked = |timeline: &Value| {
        saying(timeline, "Прошу ознакомиться")
            .is_some_and(|message| message["ack"]["due"] == 1_800_000_000_000u64)
    };
    let timeline = two.olgas.until("the question", asked).await;
    let event = saying(&timeline, "Прошу ознакомиться").unwrap()["event"].clone();
    // A phone answers with a plain reaction.
    let relation =
        json!({"m.relates_to": {"rel_type": "m.annotation", "event_id": event, "key": "✅"}});
    two.server
        .acting_as("olga")
        .put(
            &format!(
                "/_matrix/client/v3/rooms/{}/send/m.reaction/r1",
                segment(&two.room)
            ),
            relation,
        )
        .await
        .unwrap();
    two.hers
        .until("one has acknowledged", |timeline| {
            saying(timeline, "Прошу ознакомиться")
                .is_some_and(|message| message["ack"]["count"] == 1)
        })
        .await;
    two.olgas
        .until("her own", |timeline| {
            saying(timeline, "Прошу ознакомиться")
                .is_some_and(|message| message["ack"]["own"] == true)
        })
        .await;
    // A second click does not take it back.
    let args = json!({"chat": two.room, "event": event, "key": "✅"});
    two.olga.call("react", args).await.unwrap();
    let after = two.say("дальше").await;
    assert!(!after.is_empty());
    assert_eq!(
        saying(&two.hers.now(), "Прошу ознакомиться").unwrap()["ack"]["count"],
        1
    );
}
