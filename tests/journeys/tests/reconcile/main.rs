//! Plans that are carried out: chats and memberships follow them, whoever does it and however often it is interrupted.

// A helper of a test may fail like the test itself.
#![allow(clippy::unwrap_used)]

mod boards;
mod hostile;
mod leases;
mod making;
mod moving;
mod steward;

use parta_journeys::{App, Device};
use parta_testkit::school::{PASSWORD, Place, STEWARD, Size};
use parta_testkit::{Caller, Seeded, segment};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// What does not happen within this does not happen: a dead holder of the lease is replaced within two minutes.
const DEADLINE: Duration = Duration::from_secs(150);

async fn school() -> Seeded {
    Seeded::start(Size::TINY, env!("CARGO_TARGET_TMPDIR"))
        .await
        .unwrap()
}

fn login(school: &Seeded, person: usize) -> &str {
    &school.school.people[person].login
}

fn id(school: &Seeded, person: usize) -> String {
    school.homeserver.user_id(login(school, person))
}

fn acting(school: &Seeded, person: usize) -> Caller {
    school.homeserver.acting_as(login(school, person))
}

/// A person of the school at a device of his own.
async fn at_home(school: &Seeded, person: usize) -> (Device, App) {
    let device = Device::new().unwrap();
    let app = sign_in(school, &device, login(school, person)).await;
    (device, app)
}

async fn sign_in(school: &Seeded, device: &Device, login: &str) -> App {
    let mut app = device.start().await.unwrap();
    let args = json!({"server": school.homeserver.url(), "user": login, "password": PASSWORD});
    app.call("sign_in", args).await.unwrap();
    app.online().await;
    app
}

/// The rooms of the classes and the organisation, without those where nobody talks.
fn places(school: &Seeded) -> Vec<String> {
    let chats = school.chats.iter().zip(&school.rooms.chats);
    let own = chats.filter(|(chat, _)| !matches!(chat.place, Place::Direct { .. }));
    let own = own.map(|(_, room)| room.clone());
    school.rooms.classes.iter().cloned().chain(own).collect()
}

async fn state(school: &Seeded, who: &str, room: &str, kind: &str, key: &str) -> Value {
    let state = school.homeserver.state(who, room, kind, key).await;
    state.unwrap_or_default()
}

/// As the steward sees it, who is in all rooms of the seeded school.
async fn membership(school: &Seeded, room: &str, user: &str) -> String {
    let member = state(school, STEWARD, room, "m.room.member", user).await;
    member["membership"].as_str().unwrap_or("none").to_owned()
}

fn chat_of(school: &Seeded, class: usize, wish: &str) -> String {
    let place = school.chats.iter().position(|chat| match &chat.place {
        Place::Class {
            class: of,
            wish: is,
        } => *of == class && is.as_str() == wish,
        _ => false,
    });
    school.rooms.chats[place.unwrap()].clone()
}

/// Asks until it holds, again whenever something happens that `watcher` is told of.
async fn eventually(
    school: &Seeded,
    watcher: &str,
    what: &str,
    mut holds: impl AsyncFnMut() -> bool,
) {
    let watcher = school.homeserver.acting_as(watcher);
    let filter = r#"{"room":{"timeline":{"limit":1},"state":{"lazy_load_members":true}}}"#;
    let path = format!("/_matrix/client/v3/sync?filter={}", segment(filter));
    let mut since = watcher.get(&format!("{path}&timeout=0")).await.unwrap()["next_batch"].clone();
    let begun = Instant::now();
    while !holds().await {
        assert!(begun.elapsed() < DEADLINE, "waited for «{what}»");
        let position = segment(since.as_str().unwrap());
        let news = format!("{path}&timeout=3000&since={position}");
        since = watcher.get(&news).await.unwrap()["next_batch"].clone();
    }
}

/// What people see of the work in a cabinet.
async fn work_until(
    school: &Seeded,
    app: &mut App,
    what: &str,
    holds: impl Fn(&Value) -> bool,
) -> Value {
    let args = json!({"organisation": school.rooms.organisation});
    let cabinet = app.watch("cabinet", args).await;
    let value = cabinet.until(what, |cabinet| holds(&cabinet["work"])).await;
    app.unwatch(cabinet).await;
    value
}

async fn act(school: &Seeded, app: &mut App, call: &str, mut args: Value) {
    args["organisation"] = json!(school.rooms.organisation);
    app.call(call, args).await.unwrap();
}

/// A teacher lets a parent of another class into a chat of the first one's parents, by hand.
async fn add_by_hand(school: &Seeded, chat: &str) -> usize {
    let (own, others) = (&school.school.classes[0], &school.school.classes[1]);
    let guest = others.parents.iter().find(|one| !own.parents.contains(one));
    let guest = *guest.unwrap();
    let room = segment(chat);
    let invite = format!("/_matrix/client/v3/rooms/{room}/invite");
    let teacher = acting(school, school.school.teacher());
    let asked = teacher.post(&invite, json!({"user_id": id(school, guest)}));
    asked.await.unwrap();
    let join = format!("/_matrix/client/v3/join/{room}");
    acting(school, guest).post(&join, json!({})).await.unwrap();
    guest
}
