//! The steward as a process of its own, while no administrator's app runs.

use super::*;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use tokio::process::Command;

fn program() -> PathBuf {
    let tests = std::env::current_exe().unwrap();
    let programs = tests.parent().and_then(Path::parent).unwrap();
    programs.join(format!("parta-steward{}", std::env::consts::EXE_SUFFIX))
}

fn steward(store: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(program());
    command.args(args).arg("--store").arg(store);
    command
        .env("PARTA_STEWARD_SECRET", "a secret of the operator")
        .env("PARTA_STEWARD_PASSWORD", PASSWORD)
        .stdin(Stdio::null())
        .kill_on_drop(true);
    command
}

async fn said(store: &Path, args: &[&str]) -> (Option<i32>, String) {
    let Output { status, stdout, .. } = steward(store, args).output().await.unwrap();
    (status.code(), String::from_utf8(stdout).unwrap())
}

/// A change of a list as another administrator's client writes it.
async fn change_list(school: &Seeded, class: usize, change: impl FnOnce(&mut Vec<Value>)) {
    let class = &school.school.classes[class].id;
    let staff = &school.rooms.staff;
    let mut list = state(school, STEWARD, staff, "school.parta.people", class).await;
    change(list["people"].as_array_mut().unwrap());
    let path = format!(
        "/_matrix/client/v3/rooms/{}/state/school.parta.people/{class}",
        segment(staff)
    );
    let admin = acting(school, school.school.deputy());
    admin.put(&path, list).await.unwrap();
}

#[tokio::test]
async fn the_steward_carries_a_plan_out_and_gives_the_lease_up_when_it_is_stopped() {
    let school = school().await;
    let dir = tempfile::tempdir().unwrap();
    let store = dir.path().join("steward");
    let server = school.homeserver.url().to_owned();
    let (code, text) = said(&store, &["setup", "--server", &server, "--user", STEWARD]).await;
    assert_eq!(
        (code, text.as_str()),
        (Some(0), "@steward:localhost is set up\n")
    );
    assert_eq!(said(&store, &["status"]).await.1, "not running\n");
    let mut wrong = steward(&store, &["run"]);
    wrong.env("PARTA_STEWARD_SECRET", "another");
    assert_eq!(wrong.status().await.unwrap().code(), Some(4));

    let mut running = steward(&store, &["run"]).spawn().unwrap();
    let (pupil, me) = (school.school.pupil(), school.homeserver.user_id(STEWARD));
    let moved = id(&school, pupil);
    let mut entry = Value::Null;
    change_list(&school, 0, |people| {
        let own = moved.trim_start_matches('@');
        let place = people.iter().position(|one| one["id"] == own).unwrap();
        entry = people[place].clone();
        people[place]["status"] = json!("removed");
    })
    .await;
    change_list(&school, 1, |people| people.push(entry)).await;
    let (old, new) = (&school.rooms.classes[0], &school.rooms.classes[1]);
    let students = chat_of(&school, 1, "students");
    eventually(&school, STEWARD, "the move", async || {
        membership(&school, old, &moved).await == "leave"
            && membership(&school, new, &moved).await == "invite"
            && membership(&school, &students, &moved).await == "invite"
    })
    .await;
    let lease = async || {
        state(
            &school,
            STEWARD,
            &school.rooms.office,
            "school.parta.lease",
            "",
        )
        .await
    };
    assert_eq!(lease().await["holder"], me);
    assert!(lease().await["until"].as_u64().unwrap() > parta_testkit::seed::now());
    let (_, text) = said(&store, &["status"]).await;
    assert!(
        text.starts_with("running\n") && text.contains("the lease is held here"),
        "{text}"
    );

    // An administrator's app leaves it to the steward.
    let admin = school.school.deputy();
    let (_device, mut app) = at_home(&school, admin).await;
    work_until(&school, &mut app, "the steward", |work| {
        work["by"] == "elsewhere"
    })
    .await;
    app.quit().await;

    let pid = running.id().unwrap().to_string();
    let told = Command::new("kill").args(["-TERM", &pid]).status();
    assert!(told.await.unwrap().success());
    let ended = tokio::time::timeout(DEADLINE, running.wait()).await;
    assert_eq!(ended.unwrap().unwrap().code(), Some(0));
    assert!(lease().await["until"].as_u64().unwrap() <= parta_testkit::seed::now());
    assert_eq!(said(&store, &["status"]).await.1, "not running\n");
}
