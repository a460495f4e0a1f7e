//! What a person does to messages, with another person on the other side.

#![allow(clippy::unwrap_used, reason = "shared steps of tests")]

use parta_journeys::{App, Device, Stream, chat, server, texts};
use parta_testkit::{Homeserver, segment};
use serde_json::{Value, json};

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

#[tokio::test]
async fn formatting_and_names_reach_the_other_side_and_no_markup_does() {
    let mut two = two(false).await;
    let olga = two.server.user_id("olga");
    let args = json!({"chat": two.room, "written": {
        "text": "**Завтра** <img src=x onerror=y> @Ольга",
        "mentions": [{"id": olga, "name": "Ольга"}],
    }});
    two.maria.call("send_message", args).await.unwrap();
    let timeline = two
        .olgas
        .until("the message", |timeline| {
            messages(timeline).next().is_some()
        })
        .await;
    let message = messages(&timeline).next().unwrap();
    let html = message["body"]["text"]["html"].as_str().unwrap();
    assert!(html.contains("<strong>Завтра</strong>"), "{html}");
    assert!(
        html.contains("matrix.to") && !html.contains("<img"),
        "{html}"
    );
    assert_eq!(message["mentionsMe"], true);

    let raw = two
        .server
        .acting_as("olga")
        .get(&format!(
            "/_matrix/client/v3/rooms/{}/messages?dir=b&limit=5",
            segment(&two.room)
        ))
        .await
        .unwrap();
    let sent = raw["chunk"]
        .as_array()
        .unwrap()
        .iter()
        .find(|event| event["type"] == "m.room.message")
        .unwrap();
    assert_eq!(sent["content"]["m.mentions"]["user_ids"], json!([olga]));
}

#[tokio::test]
async fn an_edit_and_a_deletion_are_seen_by_everybody() {
    for encrypted in [false, true] {
        let mut two = two(encrypted).await;
        let event = two.say("Собрание в 18:00").await;
        let source = two
            .maria
            .call("edit_source", json!({"chat": two.room, "event": event}))
            .await
            .unwrap();
        assert_eq!(source["text"], "Собрание в 18:00");
        let args =
            json!({"chat": two.room, "event": event, "written": {"text": "Собрание в **18:30**"}});
        two.maria.call("edit_message", args).await.unwrap();
        two.olgas
            .until("the edit", |timeline| {
                saying(timeline, "Собрание в **18:30**")
                    .is_some_and(|message| message["edited"] == true)
            })
            .await;
        let args = json!({"chat": two.room, "events": [event], "reason": null});
        two.maria.call("delete_messages", args).await.unwrap();
        two.olgas
            .until("the deletion", |timeline| {
                messages(timeline).any(|message| message["body"]["kind"] == "deleted")
            })
            .await;
        two.hers
            .until("her own deletion", |timeline| {
                messages(timeline).any(|message| message["body"]["kind"] == "deleted")
            })
            .await;
    }
}

#[tokio::test]
async fn what_one_may_not_do_is_not_offered_and_refused() {
    let mut two = two(false).await;
    let event = two.say("Не трогать").await;
    let timeline = two.olgas.now();
    let message = saying(&timeline, "Не трогать").unwrap();
    assert_eq!(
        (&message["canEdit"], &message["canDelete"]),
        (&json!(false), &json!(false))
    );
    let args = json!({"chat": two.room, "event": event, "written": {"text": "подделка"}});
    assert!(two.olga.call("edit_message", args).await.is_err());
    let hers = two.hers.now();
    let own = saying(&hers, "Не трогать").unwrap();
    assert_eq!(
        (&own["canEdit"], &own["canDelete"]),
        (&json!(true), &json!(true))
    );
    let details = two.olga.watch("details", json!({"chat": two.room})).await;
    let details = details
        .until("her rights", |details| details["rights"].is_object())
        .await;
    assert_eq!(details["rights"]["pin"], false);
    assert_eq!(details["rights"]["deleteOthers"], false);
    assert_eq!(details["rights"]["acknowledge"], false);
}

#[tokio::test]
async fn reactions_come_and_go_and_say_who() {
    let mut two = two(false).await;
    let event = two.say("Все сдали работы?").await;
    let args = json!({"chat": two.room, "event": event, "key": "👍"});
    two.olga.call("react", args.clone()).await.unwrap();
    two.hers
        .until("a reaction", |timeline| {
            saying(timeline, "Все сдали работы?").is_some_and(|message| {
                message["reactions"][0]["key"] == "👍" && message["reactions"][0]["own"] == false
            })
        })
        .await;
    let who = two
        .maria
        .call("reactors", json!({"chat": two.room, "event": event}))
        .await
        .unwrap();
    assert_eq!(who[0]["people"][0]["name"], "Ольга");
    two.olgas
        .until("her reaction sent", |timeline| {
            saying(timeline, "Все сдали работы?")
                .is_some_and(|message| message["reactions"][0]["own"] == true)
        })
        .await;
    two.olga.call("react", args).await.unwrap();
    two.hers
        .until("no reaction", |timeline| {
            saying(timeline, "Все сдали работы?")
                .is_some_and(|message| message["reactions"] == json!([]))
        })
        .await;
}

#[tokio::test]
async fn messages_are_forwarded_in_their_order_with_their_last_words() {
    let mut two = two(false).await;
    let other = chat(&two.server, &["olga", "maria"], Some("6Б"), false)
        .await
        .unwrap();
    let chats = two.olga.watch("chats", json!({})).await;
    chats
        .until("the other chat", |chats| {
            parta_journeys::row(chats, &other).is_some()
        })
        .await;
    let first = two.say("первое").await;
    let second = two.say("второе").await;
    let args =
        json!({"chat": two.room, "event": second, "written": {"text": "второе, исправлено"}});
    two.maria.call("edit_message", args).await.unwrap();
    two.olgas
        .until("the edit", |timeline| {
            saying(timeline, "второе, исправлено").is_some()
        })
        .await;
    let args = json!({"chat": two.room, "events": [first, second], "to": [other]});
    two.olga.call("forward_messages", args).await.unwrap();
    let there = two.olga.watch("timeline", json!({"chat": other})).await;
    there
        .until("both forwarded and sent", |timeline| {
            messages(timeline)
                .filter(|message| message["send"]["kind"] == "sent")
                .count()
                == 2
        })
        .await;
    assert_eq!(
        texts(&two.server, "maria", &other).await.unwrap(),
        ["первое", "второе, исправлено"]
    );
}

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

#[tokio::test]
async fn a_poll_is_answered_changed_and_closed() {
    let mut two = two(false).await;
    let poll = json!({"question": "Экскурсия?", "answers": ["Музей", "Парк", ""], "multiple": false, "disclosed": false});
    two.maria
        .call("send_poll", json!({"chat": two.room, "poll": poll}))
        .await
        .unwrap();
    let find = |timeline: &Value| {
        messages(timeline)
            .find(|message| message["body"]["kind"] == "poll" && message["event"].is_string())
            .cloned()
    };
    let timeline = two
        .olgas
        .until("the poll", |timeline| find(timeline).is_some())
        .await;
    let message = find(&timeline).unwrap();
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
                find(timeline).is_some_and(|message| {
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
            find(timeline).is_some_and(|message| {
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
            find(timeline).is_some_and(|message| {
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
        .until("both", |details| {
            details["name"] == "5А · родители"
                && details["topic"] == "Объявления и вопросы"
                && details["members"] == 2
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
        })
        .await;

    two.olga
        .call("set_notify", json!({"chat": two.room, "notify": "mute"}))
        .await
        .unwrap();
    details
        .until("muted", |details| details["notify"] == "mute")
        .await;
    let chats = two.olga.watch("chats", json!({})).await;
    two.olga
        .call("mark_unread", json!({"chat": two.room}))
        .await
        .unwrap();
    chats
        .until("muted and marked", |chats| {
            parta_journeys::row(chats, &two.room)
                .is_some_and(|row| row["muted"] == true && row["markedUnread"] == true)
        })
        .await;
    two.olga
        .call("leave_chat", json!({"chat": two.room}))
        .await
        .unwrap();
    chats
        .until("gone", |chats| {
            parta_journeys::row(chats, &two.room).is_none()
        })
        .await;
}

#[tokio::test]
async fn a_message_that_no_event_can_hold_is_refused_and_stays_with_its_writer() {
    let mut two = two(false).await;
    let args = json!({"chat": two.room, "written": {"text": "я".repeat(40_000)}});
    let refused = two.maria.call("send_message", args).await.unwrap_err();
    assert_eq!(refused["code"], "tooLong");
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
