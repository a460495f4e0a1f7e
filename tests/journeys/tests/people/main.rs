//! The people of a school as its plan tells them, and chats made with them.

// A helper of a test may fail like the test itself.
#![allow(clippy::unwrap_used)]

mod contacts;
mod knowing;
mod making;
mod posing;

use parta_journeys::{App, Device};
use parta_testkit::school::{PASSWORD, STEWARD, Size};
use parta_testkit::{Caller, Seeded, segment};
use serde_json::{Value, json};
use std::collections::HashSet;
use std::time::{Duration, Instant};

/// What does not happen within this does not happen.
const DEADLINE: Duration = Duration::from_secs(60);

async fn school() -> Seeded {
    Seeded::start(Size::TINY, env!("CARGO_TARGET_TMPDIR"))
        .await
        .unwrap()
}

/// A person of the school at a device of his own.
async fn at_home(school: &Seeded, person: usize) -> (Device, App) {
    let device = Device::new().unwrap();
    let mut app = device.start().await.unwrap();
    let login = &school.school.people[person].login;
    let args = json!({"server": school.homeserver.url(), "user": login, "password": PASSWORD});
    app.call("sign_in", args).await.unwrap();
    app.online().await;
    (device, app)
}

fn id(school: &Seeded, person: usize) -> String {
    school
        .homeserver
        .user_id(&school.school.people[person].login)
}

fn acting(school: &Seeded, person: usize) -> Caller {
    school
        .homeserver
        .acting_as(&school.school.people[person].login)
}

/// Asks until the answer is right: the plan comes when it comes.
async fn until(
    app: &mut App,
    what: &str,
    call: &str,
    args: Value,
    holds: impl Fn(&Value) -> bool,
) -> Value {
    let begun = Instant::now();
    loop {
        let answer = app.call(call, args.clone()).await.unwrap();
        if holds(&answer) {
            return answer;
        }
        assert!(
            begun.elapsed() < DEADLINE,
            "waited for «{what}» and had {answer:#}"
        );
    }
}

fn ids(found: &Value) -> HashSet<String> {
    let found = found.as_array().unwrap().iter();
    found
        .map(|one| one["person"]["id"].as_str().unwrap().to_owned())
        .collect()
}

fn find(text: &str) -> Value {
    json!({"text": text, "chat": null, "most": 1000})
}

fn chat_named(school: &Seeded, name: &str) -> String {
    let place = school.chats.iter().position(|chat| chat.name == name);
    school.rooms.chats[place.unwrap()].clone()
}
