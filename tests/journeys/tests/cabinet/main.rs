//! The cabinet on a real server: what an administrator does with and without a network, and beside another one.

// A helper of a test may fail like the test itself.
#![allow(clippy::unwrap_used)]

mod conflicts;
mod faults;
mod founding;
mod journal;
mod sending;

use parta_journeys::{App, Device, Stream};
use parta_testkit::school::{PASSWORD, STEWARD, Size};
use parta_testkit::{Seeded, segment};
use serde_json::{Value, json};

async fn school() -> Seeded {
    Seeded::start(Size::TINY, env!("CARGO_TARGET_TMPDIR"))
        .await
        .unwrap()
}

/// One of the school's administrators at a device of his own.
async fn administrator(school: &Seeded, number: usize) -> (Device, App) {
    let device = Device::new().unwrap();
    let mut app = device.start().await.unwrap();
    let login = &school.school.people[school.school.administrators()[number]].login;
    let args = json!({"server": school.homeserver.url(), "user": login, "password": PASSWORD});
    app.call("sign_in", args).await.unwrap();
    app.online().await;
    (device, app)
}

/// Waits until the app has noticed that there is no server.
async fn offline(app: &mut App) {
    let connection = app.watch("connection", json!({})).await;
    connection
        .until("offline", |connection| connection["link"] == "offline")
        .await;
}

fn organisation(school: &Seeded) -> Value {
    json!({"organisation": school.rooms.organisation})
}

/// Arguments of a step in the school.
fn of(school: &Seeded, mut args: Value) -> Value {
    args["organisation"] = json!(school.rooms.organisation);
    args
}

async fn watch(app: &mut App, school: &Seeded, stream: &str) -> Stream {
    app.watch(stream, organisation(school)).await
}

/// Waits until the cabinet is there.
async fn opened(app: &mut App, school: &Seeded) -> Stream {
    let cabinet = watch(app, school, "cabinet").await;
    cabinet
        .until("the cabinet", |cabinet| cabinet["classes"].is_array())
        .await;
    cabinet
}

/// The cabinet as it stands: what a call answers and what streams tell come on ways of their own, so that only a window
/// that opens after the answer must have what the call did.
async fn seen(app: &mut App, school: &Seeded) -> Value {
    let cabinet = opened(app, school).await;
    let now = cabinet.now();
    app.unwatch(cabinet).await;
    now
}

/// Waits until everything has gone out and is seen in the plan.
async fn sent(app: &mut App, school: &Seeded) {
    let outbox = watch(app, school, "outbox").await;
    outbox
        .until("an outbox with nothing that waits", |acts| {
            acts.as_array()
                .is_some_and(|acts| acts.iter().all(|act| act["state"] == "done"))
        })
        .await;
}

fn class<'a>(cabinet: &'a Value, label: &str) -> &'a Value {
    let classes = cabinet["classes"].as_array().unwrap();
    classes
        .iter()
        .find(|class| class["label"] == label)
        .unwrap_or_else(|| panic!("no class {label} in {classes:#?}"))
}

fn has_class(cabinet: &Value, label: &str) -> bool {
    let classes = cabinet["classes"].as_array();
    classes.is_some_and(|classes| classes.iter().any(|class| class["label"] == label))
}

/// The fields of a class as the window sends them back, one of them changed.
fn class_with(cabinet: &Value, label: &str, field: &str, to: Value) -> Value {
    let class = class(cabinet, label);
    let mut fields = json!({"stage": class["stage"], "letter": class["letter"], "title": class["title"], "homeroom": class["homeroom"]});
    fields[field] = to;
    json!({"class": class["id"], "fields": fields})
}

fn info_with(cabinet: &Value, field: &str, to: &str) -> Value {
    let mut info = cabinet["info"].clone();
    info[field] = json!(to);
    json!({ "info": info })
}

/// A plan event of the organisation's space as the server has it.
async fn plan_event(school: &Seeded, kind: &str, key: &str) -> Value {
    let path = format!(
        "/_matrix/client/v3/rooms/{}/state/school.parta.{kind}/{}",
        segment(&school.rooms.organisation),
        segment(key)
    );
    let steward = school.homeserver.acting_as(STEWARD);
    steward.get(&path).await.unwrap()
}

/// How often plan events of a kind were written into a room.
async fn written(school: &Seeded, room: &str, kind: &str) -> usize {
    let filter = json!({"types": [format!("school.parta.{kind}")]}).to_string();
    let path = format!(
        "/_matrix/client/v3/rooms/{}/messages?dir=b&limit=1000&filter={}",
        segment(room),
        segment(&filter)
    );
    let steward = school.homeserver.acting_as(STEWARD);
    let page = steward.get(&path).await.unwrap();
    page["chunk"].as_array().unwrap().len()
}
