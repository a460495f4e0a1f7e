//! Files that are kept on a device, and those that are not.

use super::{bodies, code, key, noise, two};
use serde_json::{Value, json};
use std::time::Duration;

#[tokio::test]
async fn a_large_file_goes_to_the_disk_whole_and_a_cleared_cache_takes_no_place() {
    let mut two = two(false).await;
    let film = noise(34 << 20);
    let args = two.send_film(&film).await;
    for name in ["Запись урока.bin", "Запись урока (2).bin"] {
        let saved = two.olga.call("save_media", args.clone()).await.unwrap();
        assert_eq!(saved["name"], name);
        assert!(std::fs::read(saved["path"].as_str().unwrap()).unwrap() == film);
    }
    // A file that large was not kept beside the copy on the disk.
    let size = two.olga.call("media_size", json!({})).await.unwrap();
    assert!(size.as_u64().unwrap() < 1 << 20, "{size}");

    let own = two.maria.call("media_size", json!({})).await.unwrap();
    assert!(own.as_u64().unwrap() > 34 << 20, "{own}");
    two.maria.call("clear_media", json!({})).await.unwrap();
    let own = two.maria.call("media_size", json!({})).await.unwrap();
    assert!(own.as_u64().unwrap() < 1 << 20, "{own}");
}

#[tokio::test]
async fn a_file_of_a_server_that_hangs_can_be_given_up_and_comes_whole_when_it_is_wanted_again() {
    let mut two = two(true).await;
    let film = noise(34 << 20);
    let args = two.send_film(&film).await;
    let savings = two.olga.watch("savings", json!({})).await;
    two.server.freeze().await.unwrap();
    let given_up = two.olga.begin("save_media", args.clone()).await;
    let coming = |list: &Value| list[0]["media"] == args["media"];
    savings.until("the file on its way", coming).await;
    let media = json!({"media": args["media"]});
    two.olga.call("stop_saving", media).await.unwrap();
    assert_eq!(code(given_up.await), "stopped");
    two.server.thaw().await.unwrap();
    let nothing = |list: &Value| list.as_array().is_some_and(Vec::is_empty);
    savings.until("nothing on its way", nothing).await;

    let saved = two.olga.call("save_media", args).await.unwrap();
    assert_eq!(saved["name"], "Запись урока.bin", "no other name was taken");
    let path = std::path::Path::new(saved["path"].as_str().unwrap());
    assert!(std::fs::read(path).unwrap() == film);
    let folder = std::fs::read_dir(path.parent().unwrap()).unwrap();
    assert_eq!(
        folder.count(),
        1,
        "neither a half nor a sealed file is left"
    );
}

#[tokio::test]
async fn the_cache_keeps_to_its_limit_and_what_it_let_go_comes_again() {
    let mut two = two(false).await;
    let mut keys = Vec::new();
    for count in 1..=3 {
        let id = two.maria.stage("Лист.bin", &noise(600_000)).await.unwrap();
        let files = [json!({"staged": id, "asFile": false})];
        let args = json!({"chat": two.room, "files": files, "caption": null, "replyTo": null});
        two.maria.call("send_files", args).await.unwrap();
        let here = |timeline: &Value| bodies(timeline, "file").len() == count;
        let timeline = two.olgas.until("the file", here).await;
        let media = &bodies(&timeline, "file")[count - 1]["media"];
        keys.push(key(media).to_owned());
        two.olga.media(&keys[count - 1]).await.unwrap();
    }
    let size = two.olga.call("media_size", json!({})).await.unwrap();
    assert!(size.as_u64().unwrap() >= 1_800_000, "{size}");

    let boot = two.olga.call("boot", json!({})).await.unwrap();
    let mut settings = boot["settings"].clone();
    settings["mediaLimit"] = json!(1);
    let args = json!({"settings": settings});
    two.olga.call("save_settings", args).await.unwrap();
    // It is emptied while she goes on.
    let emptied = async {
        while two
            .olga
            .call("media_size", json!({}))
            .await
            .unwrap()
            .as_u64()
            .unwrap()
            > 1 << 20
        {}
    };
    let emptied = tokio::time::timeout(Duration::from_secs(30), emptied).await;
    assert!(emptied.is_ok(), "the cache stays above its limit");
    for key in &keys {
        assert!(two.olga.media(key).await.unwrap().0 == noise(600_000));
    }
}
