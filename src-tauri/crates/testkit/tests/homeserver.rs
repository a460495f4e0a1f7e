//! The homeserver of a test run: it starts, keeps what it was told over restarts and kills, and ends sessions.

// A helper of a test may fail like the test itself.
#![allow(clippy::unwrap_used)]

use parta_testkit::{Homeserver, Options};
use serde_json::json;

async fn fresh() -> (tempfile::TempDir, Homeserver) {
    let dir = tempfile::tempdir().unwrap();
    let homeserver = Homeserver::start(Options::new(dir.path()).unwrap())
        .await
        .unwrap();
    (dir, homeserver)
}

#[tokio::test]
async fn a_registered_person_signs_in_with_the_password_only() {
    let (_dir, homeserver) = fresh().await;
    let id = homeserver
        .register("olga", "secret", "Ольга")
        .await
        .unwrap();
    assert_eq!(id, "@olga:localhost");
    let login = homeserver.login("olga", "secret").await.unwrap();
    assert_eq!(login.user_id, id);
    let refused = homeserver.login("olga", "wrong").await.err().unwrap();
    assert_eq!(refused.errcode(), Some("M_FORBIDDEN"));
}

#[tokio::test]
async fn the_well_known_file_leads_to_the_server() {
    let (_dir, homeserver) = fresh().await;
    let file = homeserver
        .api()
        .nobody()
        .get("/.well-known/matrix/client")
        .await
        .unwrap();
    assert_eq!(
        file["m.homeserver"]["base_url"],
        json!(format!("{}/", homeserver.url()))
    );
}

#[tokio::test]
async fn accounts_port_and_sessions_survive_a_restart_and_a_kill() {
    let (_dir, mut homeserver) = fresh().await;
    homeserver
        .register("olga", "secret", "Ольга")
        .await
        .unwrap();
    let login = homeserver.login("olga", "secret").await.unwrap();
    let url = homeserver.url().to_owned();
    let olga = homeserver.api().with_token(&login.access_token);

    homeserver.kill().await.unwrap();
    assert!(
        olga.get("/_matrix/client/v3/account/whoami")
            .await
            .unwrap_err()
            .status()
            .is_none()
    );
    homeserver.restart().await.unwrap();
    assert_eq!(homeserver.url(), url);
    olga.get("/_matrix/client/v3/account/whoami").await.unwrap();

    homeserver.restart().await.unwrap();
    olga.get("/_matrix/client/v3/account/whoami").await.unwrap();
}

#[tokio::test]
async fn a_session_ended_elsewhere_is_refused_as_unknown() {
    let (_dir, homeserver) = fresh().await;
    homeserver
        .register("olga", "secret", "Ольга")
        .await
        .unwrap();
    let login = homeserver.login("olga", "secret").await.unwrap();
    homeserver.end_sessions("olga").await.unwrap();
    let olga = homeserver.api().with_token(&login.access_token);
    let refused = olga
        .get("/_matrix/client/v3/account/whoami")
        .await
        .unwrap_err();
    assert_eq!(refused.errcode(), Some("M_UNKNOWN_TOKEN"));
}

#[tokio::test]
async fn a_server_that_cannot_start_says_why() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("signing.key"), "not a key").unwrap();
    let error = Homeserver::start(Options::new(dir.path()).unwrap())
        .await
        .err()
        .unwrap();
    assert!(error.to_string().contains("ended at its start"), "{error}");
}
