//! Saying, changing and taking back.

use crate::{messages, saying, two};
use parta_journeys::{chat, texts};
use parta_testkit::segment;
use serde_json::{Value, json};

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
        .until("her rights, and what the server takes", |details| {
            details["rights"].is_object()
                && details["largestFile"].as_u64().is_some_and(|size| size > 0)
        })
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
async fn a_message_that_no_event_can_hold_is_refused_and_stays_with_its_writer() {
    let mut two = two(false).await;
    let args = json!({"chat": two.room, "written": {"text": "я".repeat(40_000)}});
    let refused = two.maria.call("send_message", args).await.unwrap_err();
    assert_eq!(refused["code"], "tooLong");
}

#[tokio::test]
async fn a_message_that_was_refused_stays_and_goes_out_when_it_is_sent_again() {
    let mut two = two(false).await;
    let announcements = |on: bool| json!({"chat": two.room, "on": on});
    let (closed, open) = (announcements(true), announcements(false));
    two.maria.call("set_announcements", closed).await.unwrap();
    for text in ["Завтра экскурсия", "Сбор в девять"] {
        let args = json!({"chat": two.room, "written": {"text": text}});
        two.olga.call("send_message", args).await.unwrap();
    }
    let refused = |timeline: &Value, text: &str| {
        saying(timeline, text).is_some_and(|message| {
            message["send"] == json!({"kind": "failed", "reason": "notAllowed"})
        })
    };
    let timeline = two
        .olgas
        .until("both refused", |timeline| {
            refused(timeline, "Завтра экскурсия") && refused(timeline, "Сбор в девять")
        })
        .await;
    two.maria.call("set_announcements", open).await.unwrap();
    let items = timeline.as_array().unwrap().iter();
    for item in items.filter(|item| item["kind"]["message"]["send"]["kind"] == "failed") {
        let args = json!({"chat": two.room, "item": item["id"]});
        two.olga.call("retry_message", args).await.unwrap();
    }
    let timeline = two
        .hers
        .until("both", |timeline| messages(timeline).count() == 2)
        .await;
    let texts = messages(&timeline).map(|message| &message["body"]["text"]["plain"]);
    assert!(
        texts.eq(["Завтра экскурсия", "Сбор в девять"]),
        "in their order"
    );
    two.olgas
        .until("both sent", |timeline| {
            messages(timeline).all(|message| message["send"]["kind"] != "failed")
        })
        .await;
    assert_eq!(
        messages(&two.olgas.now()).count(),
        2,
        "nothing is there twice"
    );
}
