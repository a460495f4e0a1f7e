//! What lies on the disk: encrypted, and mended where it is damaged.

// A helper of a test may fail like the test itself.
#![allow(clippy::unwrap_used)]

use parta_journeys::{Device, chat, row, server, shown};
use serde_json::json;
use std::path::Path;

const MARKER: &str = "Совершенно-секретная-отметка-7А";

fn files(dir: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found)
        } else {
            found.push(path)
        }
    }
}

#[tokio::test]
async fn no_message_name_or_password_lies_in_the_profile_in_the_clear() {
    let (server, _dir) = server(&[("maria", "Мария Щукина-Отметка"), ("olga", "Ольга")])
        .await
        .unwrap();
    let room = chat(&server, &["maria", "olga"], Some("Чат-отметка"), false)
        .await
        .unwrap();
    let device = Device::new().unwrap();
    let mut app = device.start().await.unwrap();
    app.sign_in(&server, "maria").await.unwrap();
    let timeline = app.watch("timeline", json!({"chat": room})).await;
    app.call(
        "send_message",
        json!({"chat": room, "written": {"text": MARKER}, "replyTo": null}),
    )
    .await
    .unwrap();
    timeline
        .until("it is sent", |timeline| {
            shown(timeline).contains(&(MARKER.into(), "sent".into()))
        })
        .await;
    app.call(
        "save_draft",
        json!({"chat": room, "draft": {"text": MARKER, "replyTo": null}}),
    )
    .await
    .unwrap();
    app.call(
        "save_snapshot",
        json!({"json": format!("{{\"text\":\"{MARKER}\"}}")}),
    )
    .await
    .unwrap();
    app.kill().await;

    let mut found = Vec::new();
    files(&device.profile(), &mut found);
    assert!(found.len() > 4, "the profile has its stores: {found:?}");
    for path in found {
        let bytes = std::fs::read(&path).unwrap();
        for secret in [
            MARKER,
            "Щукина-Отметка",
            "Чат-отметка",
            parta_journeys::PASSWORD,
            "syt_",
        ] {
            let utf16: Vec<u8> = secret.encode_utf16().flat_map(u16::to_le_bytes).collect();
            for needle in [secret.as_bytes(), &utf16] {
                assert!(
                    !bytes.windows(needle.len()).any(|window| window == needle),
                    "{secret} lies in {}",
                    path.display()
                );
            }
        }
    }
}

#[tokio::test]
async fn a_damaged_store_is_rebuilt_and_the_draft_survives() {
    let (server, _dir) = server(&[("maria", "Мария"), ("olga", "Ольга")])
        .await
        .unwrap();
    let room = chat(&server, &["maria", "olga"], Some("5 «А»"), false)
        .await
        .unwrap();
    let device = Device::new().unwrap();
    for damaged in [
        "matrix-sdk-state.sqlite3",
        "matrix-sdk-event-cache.sqlite3",
        "matrix-sdk-media.sqlite3",
    ] {
        let mut app = device.start().await.unwrap();
        let session = app.watch("session", json!({})).await;
        let state = session
            .until("an answer", |s| {
                s["kind"] == "signedIn" || s["kind"] == "signedOut"
            })
            .await;
        if state["kind"] == "signedOut" {
            app.sign_in(&server, "maria").await.unwrap();
        }
        app.online().await;
        let list = app.watch("chats", json!({})).await;
        list.until("the chat", |chats| row(chats, &room).is_some())
            .await;
        app.call(
            "save_draft",
            json!({"chat": room, "draft": {"text": damaged, "replyTo": null}}),
        )
        .await
        .unwrap();
        app.quit().await;

        let file = device.stores().unwrap().join(damaged);
        assert!(file.exists(), "{damaged}");
        std::fs::write(&file, vec![0x5a; 64 * 1024]).unwrap();
        for journal in ["-wal", "-shm"] {
            let _ = std::fs::remove_file(file.with_file_name(format!("{damaged}{journal}")));
        }

        let mut app = device.start().await.unwrap();
        let list = app.watch("session", json!({})).await;
        list.until("still signed in", |s| s["kind"] == "signedIn")
            .await;
        let list = app.watch("chats", json!({})).await;
        list.until("the list again", |chats| {
            row(chats, &room).is_some_and(|row| row["name"] == "5 «А»" && row["draft"] == damaged)
        })
        .await;
        assert!(
            std::fs::read_dir(device.stores().unwrap())
                .unwrap()
                .any(|entry| entry
                    .unwrap()
                    .file_name()
                    .to_string_lossy()
                    .starts_with(&format!("{damaged}.broken-")))
        );
        app.quit().await;
    }
}

#[tokio::test]
async fn lost_encryption_keys_ask_to_sign_in_again_and_keep_what_was_unsent() {
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
    app.call(
        "send_message",
        json!({"chat": room, "written": {"text": "не пропади"}, "replyTo": null}),
    )
    .await
    .unwrap();
    app.quit().await;
    let stores = device.stores().unwrap();
    std::fs::write(
        stores.join("matrix-sdk-crypto.sqlite3"),
        vec![0x5a; 64 * 1024],
    )
    .unwrap();
    let _ = std::fs::remove_file(stores.join("matrix-sdk-crypto.sqlite3-wal"));
    server.restart().await.unwrap();

    let mut app = device.start().await.unwrap();
    let session = app.watch("session", json!({})).await;
    session
        .until("the end, with what is kept", |s| {
            s["kind"] == "ended" && s["unsent"] == 1
        })
        .await;
    app.sign_in(&server, "maria").await.unwrap();
    let timeline = app.watch("timeline", json!({"chat": room})).await;
    timeline
        .until("it is sent", |timeline| {
            shown(timeline).contains(&("не пропади".into(), "sent".into()))
        })
        .await;
}

#[tokio::test]
async fn without_a_keychain_a_password_opens_the_profile_and_nothing_else_does() {
    let (server, _dir) = server(&[("maria", "Мария")]).await.unwrap();
    let device = Device::without_keychain().unwrap();
    let mut app = device.start().await.unwrap();
    let session = app.watch("session", json!({})).await;
    session
        .until("a choice of password", |s| {
            s["kind"] == "locked" && s["reason"] == "noKeychain" && s["task"] == "choosePassword"
        })
        .await;
    let refused = app
        .call(
            "sign_in",
            json!({"server": server.url(), "user": "maria", "password": "x"}),
        )
        .await
        .unwrap_err();
    assert_eq!(refused["code"], "locked");
    assert_eq!(
        app.call("choose_data_password", json!({"password": "short"}))
            .await
            .unwrap_err()["code"],
        "weakDataPassword"
    );
    app.call(
        "choose_data_password",
        json!({"password": "длинный пароль"}),
    )
    .await
    .unwrap();
    app.sign_in(&server, "maria").await.unwrap();
    app.kill().await;

    let mut app = device.start().await.unwrap();
    let session = app.watch("session", json!({})).await;
    session
        .until("a locked profile", |s| {
            s["kind"] == "locked" && s["task"] == "enterPassword"
        })
        .await;
    assert_eq!(
        app.call("enter_data_password", json!({"password": "другой пароль"}))
            .await
            .unwrap_err()["code"],
        "wrongDataPassword"
    );
    app.call("enter_data_password", json!({"password": "длинный пароль"}))
        .await
        .unwrap();
    session
        .until("the person again", |s| s["kind"] == "signedIn")
        .await;
}
