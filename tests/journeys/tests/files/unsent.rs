//! What is handed over without a server goes out when there is one, whatever happens between.

use super::{PLACE, bodies, holds, key, messages, noise, photograph, seen, two};
use parta_journeys::App;
use serde_json::{Value, json};

async fn sent_offline_and_killed(encrypted: bool) {
    let mut two = two(encrypted).await;
    let timeline = two.maria.watch("timeline", json!({"chat": two.room})).await;
    timeline.until("the chat", Value::is_array).await;
    two.server.kill().await.unwrap();
    let connection = two.maria.watch("connection", json!({})).await;
    connection
        .until("offline", |c| c["link"] == "offline")
        .await;
    let worksheet = noise(300_000);
    let picture = two.maria.stage("Отпуск.jpg", &photograph()).await.unwrap();
    let file = two
        .maria
        .stage("Контрольная.bin", &worksheet)
        .await
        .unwrap();
    let files = [&picture, &file].map(|id| json!({"staged": id, "asFile": false}));
    let args = json!({"chat": two.room, "files": files, "caption": {"text": "К **пятнице**"}, "replyTo": null});
    two.maria.call("send_files", args).await.unwrap();
    connection
        .until("two that wait", |c| c["waiting"] == 2)
        .await;
    // Clearing the cache must not take what has not been sent.
    two.maria.call("clear_media", json!({})).await.unwrap();
    two.maria.kill().await;

    let mut maria = two.place.start().await.unwrap();
    two.server.restart().await.unwrap();
    let connection = maria.watch("connection", json!({})).await;
    connection
        .until("nothing waits", |c| {
            c["link"] == "online" && c["waiting"] == 0
        })
        .await;
    let timeline = two
        .olgas
        .until("both", |timeline| {
            !bodies(timeline, "image").is_empty() && !bodies(timeline, "file").is_empty()
        })
        .await;
    let (image, file) = (bodies(&timeline, "image"), bodies(&timeline, "file"));
    assert_eq!((image.len(), file.len()), (1, 1));
    assert_eq!(messages(&two.server, &two.room).await, 2);
    let places: Vec<&Value> = timeline.as_array().unwrap().iter().collect();
    let place = |kind: &str| {
        places
            .iter()
            .position(|item| item["kind"]["message"]["body"]["kind"] == kind)
    };
    assert!(place("image") < place("file"), "they keep their order");

    let media = &image[0]["media"];
    assert_eq!(
        (&media["name"], &media["mime"]),
        (&json!("Отпуск.jpg"), &json!("image/jpeg"))
    );
    assert_eq!(
        (&media["width"], &media["height"]),
        (&json!(1200), &json!(900))
    );
    assert!(media["blurhash"].is_string());
    let (bytes, mime) = two.olga.media(key(media)).await.unwrap();
    assert_eq!(mime.as_deref(), Some("image/jpeg"));
    assert!(!holds(&bytes, PLACE));
    let (small, mime) = two
        .olga
        .media(media["thumbnail"].as_str().unwrap())
        .await
        .unwrap();
    assert_eq!(mime.as_deref(), Some("image/jpeg"));
    assert!(!holds(&small, PLACE));

    let media = &file[0]["media"];
    assert_eq!(media["name"], "Контрольная.bin");
    assert_eq!(file[0]["caption"]["html"], "К <strong>пятнице</strong>");
    assert!(two.olga.media(key(media)).await.unwrap().0 == worksheet);
}

#[tokio::test]
async fn files_sent_offline_survive_a_kill_and_arrive_once_whole_and_in_order() {
    sent_offline_and_killed(false).await;
}

#[tokio::test]
async fn files_sent_offline_survive_a_kill_in_an_encrypted_chat_as_well() {
    sent_offline_and_killed(true).await;
}

#[tokio::test]
async fn files_of_a_session_that_ended_go_out_from_the_next_one() {
    let mut two = two(true).await;
    let timeline = two.maria.watch("timeline", json!({"chat": two.room})).await;
    timeline.until("the chat", Value::is_array).await;
    two.server.stop().await.unwrap();
    let worksheet = noise(50_000);
    let picture = two.maria.stage("Отпуск.jpg", &photograph()).await.unwrap();
    let file = two
        .maria
        .stage("Контрольная.bin", &worksheet)
        .await
        .unwrap();
    let files = [&picture, &file].map(|id| json!({"staged": id, "asFile": false}));
    let args = json!({"chat": two.room, "files": files, "caption": {"text": "К **пятнице**"}, "replyTo": null});
    two.maria.call("send_files", args).await.unwrap();
    two.maria.kill().await;
    two.server.restart().await.unwrap();
    two.server.end_sessions("maria").await.unwrap();

    let mut maria = two.place.start().await.unwrap();
    let session = maria.watch("session", json!({})).await;
    session
        .until("the end", |s| s["kind"] == "ended" && s["unsent"] == 2)
        .await;
    maria.sign_in(&two.server, "maria").await.unwrap();
    let image = seen(&two.olgas, "image").await;
    let file = seen(&two.olgas, "file").await;
    let (bytes, mime) = two.olga.media(key(&image["media"])).await.unwrap();
    assert_eq!(mime.as_deref(), Some("image/jpeg"));
    assert!(!holds(&bytes, PLACE));
    assert_eq!(image["media"]["width"], 1_200);
    let small = image["media"]["thumbnail"].as_str().unwrap();
    assert!(two.olga.media(small).await.is_ok());
    assert_eq!(file["caption"]["html"], "К <strong>пятнице</strong>");
    assert!(two.olga.media(key(&file["media"])).await.unwrap().0 == worksheet);
    assert_eq!(messages(&two.server, &two.room).await, 2);
}

#[tokio::test]
async fn a_file_that_is_given_up_on_its_way_reaches_nobody_and_holds_nothing_up() {
    let mut two = two(true).await;
    let timeline = two.maria.watch("timeline", json!({"chat": two.room})).await;
    timeline.until("the chat", Value::is_array).await;
    let send = async |maria: &mut App, names: &[(&str, usize)]| {
        let mut files = Vec::new();
        for (name, size) in names {
            let id = maria.stage(name, &noise(*size)).await.unwrap();
            files.push(json!({"staged": id, "asFile": false}));
        }
        let args = json!({"chat": two.room, "files": files, "caption": null, "replyTo": null});
        maria.call("send_files", args).await.unwrap();
    };
    // The server says once how large a file may be; from then on bytes are on their way.
    send(&mut two.maria, &[("Раз.bin", 1_000)]).await;
    seen(&two.olgas, "file").await;
    two.server.freeze().await.unwrap();
    send(&mut two.maria, &[("Не то.bin", 8 << 20), ("То.bin", 1_000)]).await;
    let named = |timeline: &Value, name: &str| {
        let items = timeline.as_array().map(Vec::as_slice).unwrap_or_default();
        let item = items
            .iter()
            .find(|item| item["kind"]["message"]["body"]["media"]["name"] == name);
        item.cloned()
    };
    let seen = timeline
        .until("the file on its way", |timeline| {
            named(timeline, "Не то.bin")
                .is_some_and(|item| item["kind"]["message"]["send"]["kind"] == "uploading")
        })
        .await;
    let args = json!({"chat": two.room, "item": named(&seen, "Не то.bin").unwrap()["id"]});
    two.maria.call("discard_message", args).await.unwrap();
    timeline
        .until("the other one alone", |timeline| {
            named(timeline, "Не то.bin").is_none()
        })
        .await;
    two.server.thaw().await.unwrap();
    let arrived = two
        .olgas
        .until("the other one", |timeline| {
            bodies(timeline, "file").len() == 2
        })
        .await;
    assert_eq!(bodies(&arrived, "file")[1]["media"]["name"], "То.bin");
    let connection = two.maria.watch("connection", json!({})).await;
    connection
        .until("nothing waits", |c| {
            c["link"] == "online" && c["waiting"] == 0
        })
        .await;
    assert_eq!(messages(&two.server, &two.room).await, 2);
}
