//! One acts at a time, and a dead one is replaced.

use super::*;

const LEASE: &str = "school.parta.lease";

async fn lease(school: &Seeded) -> Value {
    state(school, STEWARD, &school.rooms.office, LEASE, "").await
}

/// Who has written leases, the latest first.
async fn holders(school: &Seeded) -> Vec<String> {
    let office = segment(&school.rooms.office);
    let path = format!("/_matrix/client/v3/rooms/{office}/messages?dir=b&limit=100");
    let page = school
        .homeserver
        .acting_as(STEWARD)
        .get(&path)
        .await
        .unwrap();
    let events = page["chunk"].as_array().unwrap().iter();
    events
        .filter(|event| event["type"] == LEASE)
        .map(|event| event["sender"].as_str().unwrap().to_owned())
        .collect()
}

async fn until_class_is_made(school: &Seeded, who: &str) -> Value {
    let mut record = Value::Null;
    eventually(school, who, "the class", async || {
        let events = school.homeserver.acting_as(who);
        let path = format!(
            "/_matrix/client/v3/rooms/{}/state",
            segment(&school.rooms.organisation)
        );
        let all = events.get(&path).await.unwrap();
        let mut found = all.as_array().unwrap().iter().filter(|event| {
            let key = event["state_key"].as_str().unwrap_or_default();
            let seeded = school
                .school
                .classes
                .iter()
                .any(|class| key.ends_with(&class.id));
            event["type"] == "school.parta.chat" && key.starts_with("class/") && !seeded
        });
        record = found.next().cloned().unwrap_or_default();
        record.is_object()
    })
    .await;
    record
}

/// What the rooms are for that somebody is in and that were made by the reconciler.
async fn made_for(school: &Seeded, who: &str) -> Vec<String> {
    let caller = school.homeserver.acting_as(who);
    let joined = caller.get("/_matrix/client/v3/joined_rooms").await.unwrap();
    let mut made = Vec::new();
    for room in joined["joined_rooms"].as_array().unwrap() {
        let create = state(school, who, room.as_str().unwrap(), "m.room.create", "").await;
        let what = &create["school.parta.for"];
        if what.is_object() {
            made.push(what.to_string());
        }
    }
    made
}

fn new_class() -> Value {
    json!({"classes": [{"stage": 10, "letter": "А", "title": null}]})
}

#[tokio::test]
async fn of_two_administrators_one_acts_and_gives_the_lease_up_when_it_is_done() {
    let school = school().await;
    let (one, other) = (school.school.director(), school.school.deputy());
    let (_first, mut first) = at_home(&school, one).await;
    let (_second, mut second) = at_home(&school, other).await;
    act(&school, &mut first, "add_classes", new_class()).await;
    until_class_is_made(&school, login(&school, one)).await;
    for app in [&mut first, &mut second] {
        work_until(&school, app, "rest", |work| {
            work["by"] == "nobody" && work["settled"] == true
        })
        .await;
    }
    // Whoever made one thing made all of it: two at once would have made two of each.
    for admin in [one, other] {
        let who = login(&school, admin);
        let mut made = Vec::new();
        eventually(&school, who, "the class's four places", async || {
            made = made_for(&school, who).await;
            made.len() >= 4
        })
        .await;
        assert_eq!(made.len(), 4, "{made:?}");
        made.sort();
        made.dedup();
        assert_eq!(made.len(), 4, "one of them twice");
    }
    // And whoever has nothing to do writes nothing.
    let before = holders(&school).await.len();
    assert!(lease(&school).await["until"].as_u64().unwrap() <= parta_testkit::seed::now());
    first.quit().await;
    second.quit().await;
    assert_eq!(holders(&school).await.len(), before);
}

#[tokio::test]
async fn while_another_holds_the_lease_nothing_is_done_and_a_dead_one_is_replaced() {
    let school = school().await;
    let admin = school.school.deputy();
    // A steward that has died right after it renewed its lease.
    let until = parta_testkit::seed::now() + 20_000;
    let path = format!(
        "/_matrix/client/v3/rooms/{}/state/{LEASE}/",
        segment(&school.rooms.office)
    );
    let dead =
        json!({"holder": school.homeserver.user_id(STEWARD), "device": "DEAD", "until": until});
    school
        .homeserver
        .acting_as(STEWARD)
        .put(&path, dead)
        .await
        .unwrap();
    let (_device, mut app) = at_home(&school, admin).await;
    work_until(&school, &mut app, "somebody else", |work| {
        work["by"] == "elsewhere"
    })
    .await;
    act(&school, &mut app, "add_classes", new_class()).await;
    let record = until_class_is_made(&school, login(&school, admin)).await;
    assert!(record["origin_server_ts"].as_u64().unwrap() >= until);
    app.quit().await;
    // Closing the app in the middle of it lets others act at once.
    assert!(lease(&school).await["until"].as_u64().unwrap() <= parta_testkit::seed::now());
}

#[tokio::test]
async fn a_holder_that_was_killed_is_replaced_within_two_minutes() {
    let school = school().await;
    let (one, other) = (school.school.director(), school.school.deputy());
    let (_first, mut first) = at_home(&school, one).await;
    act(&school, &mut first, "add_classes", new_class()).await;
    work_until(&school, &mut first, "work", |work| work["by"] == "here").await;
    first.kill().await;
    let killed = Instant::now();
    let (_second, mut second) = at_home(&school, other).await;
    work_until(&school, &mut second, "somebody else", |work| {
        work["by"] == "elsewhere"
    })
    .await;
    let me = id(&school, other);
    eventually(&school, STEWARD, "the next holder", async || {
        lease(&school).await["holder"] == me
    })
    .await;
    assert!(killed.elapsed() < Duration::from_secs(120));
    until_class_is_made(&school, login(&school, other)).await;
    second.quit().await;
}
