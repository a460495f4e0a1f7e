//! What happened while this device was away.

use super::*;

#[tokio::test]
async fn what_was_deleted_in_an_absence_is_found_no_more() {
    let (server, _dir) = server(&[("maria", "Мария"), ("olga", "Ольга")])
        .await
        .unwrap();
    let room = chat(&server, &["maria", "olga"], Some("5 «А»"), false)
        .await
        .unwrap();
    let wrong = say(&server, "olga", &room, "a", 1_000, text("Чужая оценка")).await;
    let device = Device::new().unwrap();
    let mut app = device.start().await.unwrap();
    app.sign_in(&server, "maria").await.unwrap();
    complete(&mut app, Some(&room), 1).await;
    assert_eq!(found(&mut app, query("оценки")).await, ["Чужая [оценка]"]);
    app.quit().await;

    let path = format!(
        "/_matrix/client/v3/rooms/{}/redact/{}/r",
        segment(&room),
        segment(&wrong)
    );
    let olga = server.acting_as("olga");
    olga.put(&path, json!({})).await.unwrap();
    // So much that neither the deleting nor what was deleted comes with the next sync.
    for n in 0..OLD {
        let txn = format!("n{n}");
        say(&server, "olga", &room, &txn, 2_000, text("Дальше")).await;
    }
    let mut app = device.start().await.unwrap();
    app.online().await;
    complete(&mut app, Some(&room), OLD as u64).await;
    assert!(found(&mut app, query("оценки")).await.is_empty());
}
