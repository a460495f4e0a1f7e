//! Signing in through the browser: the test is the browser, and a small CAS server is the school's own sign-in.

// A helper of a test may fail like the test itself.
#![allow(clippy::unwrap_used)]

use parta_journeys::Device;
use parta_testkit::{Homeserver, Options};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use url::Url;

/// Lets everybody in who comes with a ticket, as `maria`.
async fn school_sign_in() -> String {
    const YES: &str = "<cas:serviceResponse xmlns:cas='http://www.yale.edu/tp/cas'><cas:authenticationSuccess><cas:user>maria</cas:user></cas:authenticationSuccess></cas:serviceResponse>";
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let mut request = [0; 4096];
            let _ = socket.read(&mut request).await;
            let answer = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{YES}",
                YES.len()
            );
            let _ = socket.write_all(answer.as_bytes()).await;
        }
    });
    address
}

async fn next_page(browser: &reqwest::Client, page: &Url) -> Url {
    let answer = browser.get(page.clone()).send().await.unwrap();
    let next = answer
        .headers()
        .get("location")
        .unwrap_or_else(|| panic!("{page} leads nowhere"));
    Url::parse(next.to_str().unwrap()).unwrap()
}

#[tokio::test]
async fn the_browser_signs_in_and_the_app_goes_on_by_itself() {
    let dir = tempfile::tempdir().unwrap();
    let cas = school_sign_in().await;
    let server = Homeserver::start(Options {
        cas: Some(cas.clone()),
        ..Options::new(dir.path()).unwrap()
    })
    .await
    .unwrap();
    let device = Device::new().unwrap();
    let mut app = device.start().await.unwrap();
    let found = app
        .call("find_server", json!({"server": server.url()}))
        .await
        .unwrap();
    assert_eq!(
        (&found["sso"], &found["providers"][0]["name"]),
        (&json!(true), &json!("Школьный вход")),
        "{found}"
    );

    let start = app
        .call(
            "start_sso",
            json!({"server": server.url(), "provider": found["providers"][0]["id"]}),
        )
        .await
        .unwrap();
    let browser = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    let school = next_page(
        &browser,
        &Url::parse(start["url"].as_str().unwrap()).unwrap(),
    )
    .await;
    assert!(school.as_str().starts_with(&cas), "{school}");
    let (_, service) = school
        .query_pairs()
        .find(|(name, _)| name == "service")
        .unwrap();
    let mut back = Url::parse(&service).unwrap();
    back.query_pairs_mut().append_pair("ticket", "once");
    let app_page = next_page(&browser, &back).await;
    assert_eq!(
        app_page.scheme(),
        "http",
        "only the loopback of this machine"
    );
    browser.get(app_page).send().await.unwrap();

    let session = app.watch("session", json!({})).await;
    session
        .until("signed in", |s| {
            s["kind"] == "signedIn" && s["me"]["id"] == server.user_id("maria")
        })
        .await;
    app.online().await;
}

#[tokio::test]
async fn a_sign_in_that_was_cancelled_leaves_the_way_free() {
    let dir = tempfile::tempdir().unwrap();
    let cas = school_sign_in().await;
    let server = Homeserver::start(Options {
        cas: Some(cas),
        ..Options::new(dir.path()).unwrap()
    })
    .await
    .unwrap();
    server
        .register("olga", parta_journeys::PASSWORD, "Ольга")
        .await
        .unwrap();
    let device = Device::new().unwrap();
    let mut app = device.start().await.unwrap();
    app.call(
        "start_sso",
        json!({"server": server.url(), "provider": null}),
    )
    .await
    .unwrap();
    app.call("cancel_sso", json!({})).await.unwrap();
    app.sign_in(&server, "olga").await.unwrap();
}
