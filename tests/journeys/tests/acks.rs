//! «Ознакомлен»: readers acknowledge from Parta or from a phone, and the author sees, saves and reminds.

// A helper of a test may fail like the test itself.
#![allow(clippy::unwrap_used)]

use parta_journeys::{App, Device};
use parta_testkit::school::{PASSWORD, STEWARD, Size};
use parta_testkit::{Caller, Seeded, segment};
use serde_json::{Value, json};
use std::collections::HashSet;
use std::time::{Duration, Instant};

/// What does not happen within this does not happen.
const DEADLINE: Duration = Duration::from_secs(60);

struct Story {
    school: Seeded,
    /// The parents' chat of 5А.
    room: String,
    teacher: usize,
    parents: Vec<usize>,
}

impl Story {
    async fn begin() -> Self {
        let school = Seeded::start(Size::TINY, env!("CARGO_TARGET_TMPDIR"))
            .await
            .unwrap();
        let place = school
            .chats
            .iter()
            .position(|chat| chat.name == "5 «А» · родители");
        Self {
            room: school.rooms.chats[place.unwrap()].clone(),
            teacher: school.school.teacher(),
            parents: school.school.classes[0].parents.clone(),
            school,
        }
    }

    fn login(&self, person: usize) -> &str {
        &self.school.school.people[person].login
    }

    fn id(&self, person: usize) -> String {
        self.school.homeserver.user_id(self.login(person))
    }

    fn acting(&self, person: usize) -> Caller {
        self.school.homeserver.acting_as(self.login(person))
    }

    async fn sign_in(&self, person: usize) -> (Device, App) {
        let device = Device::new().unwrap();
        let mut app = device.start().await.unwrap();
        let args = json!({"server": self.school.homeserver.url(), "user": self.login(person), "password": PASSWORD});
        app.call("sign_in", args).await.unwrap();
        app.online().await;
        let list = app.watch("chats", json!({})).await;
        list.until("the chat", |chats| {
            parta_journeys::row(chats, &self.room).is_some()
        })
        .await;
        app.unwatch(list).await;
        (device, app)
    }

    /// The teacher asks for acknowledgements, as her phone's client would not change it.
    async fn ask(&self, text: &str) -> String {
        let content = json!({"msgtype": "m.text", "body": text, "school.parta.ack": {"due_ts": 1_795_000_000_000u64}});
        self.send(self.teacher, "m.room.message", content).await
    }

    async fn send(&self, person: usize, kind: &str, content: Value) -> String {
        let path = format!(
            "/_matrix/client/v3/rooms/{}/send/{kind}",
            segment(&self.room)
        );
        let sent = self.acting(person).post(&path, content).await.unwrap();
        sent["event_id"].as_str().unwrap().to_owned()
    }

    async fn react(&self, person: usize, event: &str, key: &str) {
        let relation = json!({"rel_type": "m.annotation", "event_id": event, "key": key});
        self.send(person, "m.reaction", json!({ "m.relates_to": relation }))
            .await;
    }

    async fn reactions(&self, event: &str) -> Vec<Value> {
        let path = format!(
            "/_matrix/client/v1/rooms/{}/relations/{}/m.annotation?limit=100",
            segment(&self.room),
            segment(event)
        );
        let page = self.acting(self.teacher).get(&path).await.unwrap();
        page["chunk"].as_array().unwrap().clone()
    }

    /// What has been said since the message, oldest first.
    async fn said(&self, person: usize, room: &str) -> Vec<Value> {
        let path = format!(
            "/_matrix/client/v3/rooms/{}/messages?dir=b&limit=30",
            segment(room)
        );
        let page = self.acting(person).get(&path).await.unwrap();
        let mut events = page["chunk"].as_array().unwrap().clone();
        events.retain(|event| event["type"] == "m.room.message");
        events.reverse();
        events
    }

    fn event(&self, event: &str) -> Value {
        json!({"chat": self.room, "event": event})
    }

    fn remind(&self, event: &str, people: &[usize], by: &str) -> Value {
        let people: Vec<String> = people.iter().map(|p| self.id(*p)).collect();
        json!({"chat": self.room, "event": event, "people": people, "by": by, "text": "Подтвердите, пожалуйста"})
    }
}

/// Looks again until it holds: what is queued arrives when it arrives.
async fn arrives<T>(what: &str, look: impl AsyncFn() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(begun.elapsed() < DEADLINE, "waited for «{what}»");
    }
}

/// Who has acknowledged, and who has not.
fn split(report: &Value) -> (HashSet<String>, HashSet<String>) {
    let of = |done: bool| {
        let people = report["people"].as_array().unwrap().iter();
        let people = people.filter(|one| one["at"].is_null() != done);
        people
            .map(|one| one["person"]["id"].as_str().unwrap().to_owned())
            .collect()
    };
    (of(true), of(false))
}

#[tokio::test]
async fn acknowledgements_from_parta_and_from_a_phone_make_the_report() {
    let story = Story::begin().await;
    let event = story.ask("Завтра классный час").await;
    let (at_home, on_phone) = (story.parents[0], story.parents[1]);
    let (_device, mut parent) = story.sign_in(at_home).await;
    parent
        .call("acknowledge", story.event(&event))
        .await
        .unwrap();
    // A second press changes nothing.
    parent
        .call("acknowledge", story.event(&event))
        .await
        .unwrap();
    story.react(on_phone, &event, "✅").await;
    story.react(story.parents[2], &event, "👍").await;
    arrives("both", async || {
        (story.reactions(&event).await.len() == 3).then_some(())
    })
    .await;
    parent
        .call("acknowledge", story.event(&event))
        .await
        .unwrap();

    let (_device, mut teacher) = story.sign_in(story.teacher).await;
    let report = teacher
        .call("ack_report", story.event(&event))
        .await
        .unwrap();
    let (done, late) = split(&report);
    assert_eq!(done, HashSet::from([story.id(at_home), story.id(on_phone)]));
    let expected: HashSet<String> = story.parents[2..].iter().map(|p| story.id(*p)).collect();
    assert_eq!(
        late, expected,
        "neither the author nor the school's service reads"
    );
    assert_eq!(
        (&report["due"], &report["incomplete"]),
        (&json!(1_795_000_000_000u64), &json!(false))
    );
    let details = teacher.watch("details", json!({"chat": story.room})).await;
    details
        .until("as many asked as the report names", |now| {
            let unasked = now["unasked"].as_array().map_or(0, Vec::len) as u64;
            let people = report["people"].as_array().unwrap().len() as u64;
            now["members"].as_u64() == Some(people + unasked + 1) && unasked > 0
        })
        .await;
    let first = &report["people"][0];
    assert_eq!(
        (&first["at"], &first["badge"]["role"]),
        (&Value::Null, &json!("parent"))
    );
    assert_eq!(first["badge"]["name"], first["person"]["name"]);

    let refused = parent
        .call("ack_report", story.event(&event))
        .await
        .unwrap_err();
    assert_eq!(refused["code"], "notAllowed");
    assert_eq!(story.reactions(&event).await.len(), 3);

    let sheet = json!({
        "chat": story.room, "event": event,
        "columns": ["Имя", "Роль", "Классы", "Ознакомлен", "Напомнили"],
        "roles": ["учитель", "сотрудник", "ученик", "родитель", "участник"],
    });
    let saved = teacher.call("ack_save", sheet).await.unwrap();
    let table = std::fs::read_to_string(saved["path"].as_str().unwrap()).unwrap();
    assert!(
        table.starts_with("\u{feff}\"Имя\";\"Роль\";\"Классы\";\"Ознакомлен\";\"Напомнили\"\r\n")
    );
    assert_eq!(table.lines().count(), 1 + story.parents.len());
    for parent in &story.parents {
        let person = &story.school.school.people[*parent];
        let line = format!(
            "\"{} {} {}\";\"родитель\";",
            person.family, person.given, person.patronymic
        );
        let line = table.lines().find(|l| l.starts_with(&line)).unwrap();
        assert_eq!(
            line.contains("\"20"),
            [at_home, on_phone].contains(parent),
            "{line}"
        );
    }
    assert!(saved["name"].as_str().unwrap().ends_with(".csv"));
}

#[tokio::test]
async fn those_who_have_not_are_reminded_once_in_the_chat() {
    let story = Story::begin().await;
    let event = story.ask("Заявления на каникулы").await;
    let (done, late) = story.parents.split_at(1);
    story.react(done[0], &event, "✅").await;
    let (_device, mut teacher) = story.sign_in(story.teacher).await;
    let reminded = teacher
        .call(
            "ack_remind",
            story.remind(&event, &story.parents, "mention"),
        )
        .await
        .unwrap();
    assert_eq!(
        reminded,
        json!({"sent": late.len(), "skipped": 1, "failed": 0})
    );
    let reminder = arrives("the reminder", async || {
        let said = story.said(story.teacher, &story.room).await;
        said.into_iter().rev().find(|m| {
            m["content"]["body"]
                .as_str()
                .is_some_and(|body| body.contains("Подтвердите"))
        })
    })
    .await;
    let content = &reminder["content"];
    assert_eq!(content["m.relates_to"]["m.in_reply_to"]["event_id"], event);
    let named: HashSet<&str> = content["m.mentions"]["user_ids"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .collect();
    let late_ids: Vec<String> = late.iter().map(|p| story.id(*p)).collect();
    for id in &late_ids {
        assert!(named.contains(id.as_str()));
    }
    assert!(!named.contains(story.id(done[0]).as_str()));
    for parent in late {
        let person = &story.school.school.people[*parent];
        assert!(
            content["body"]
                .as_str()
                .unwrap()
                .contains(&format!("@{} {}", person.family, person.given))
        );
    }

    // Neither way reminds them again today, on this device or on another.
    for by in ["mention", "direct"] {
        let again = teacher
            .call("ack_remind", story.remind(&event, late, by))
            .await
            .unwrap();
        assert_eq!(
            again,
            json!({"sent": 0, "skipped": late.len(), "failed": 0})
        );
    }
    let (_other, mut elsewhere) = story.sign_in(story.teacher).await;
    let again = elsewhere
        .call("ack_remind", story.remind(&event, late, "mention"))
        .await
        .unwrap();
    assert_eq!(again["sent"], 0);
    let report = elsewhere
        .call("ack_report", story.event(&event))
        .await
        .unwrap();
    for one in report["people"].as_array().unwrap() {
        assert_eq!(
            one["reminded"].is_null(),
            one["person"]["id"] == story.id(done[0])
        );
    }
}

#[tokio::test]
async fn those_who_have_not_are_written_to_directly_and_a_refusal_is_counted() {
    let story = Story::begin().await;
    let event = story.ask("Экскурсия в пятницу").await;
    // One of the parents has left the chat with the teacher and takes no invitations.
    let (known, shy) = (story.parents[1], story.parents[2]);
    let direct = |parent: usize| {
        let mut chats = story.school.chats.iter();
        let place =
            chats.position(|chat| chat.name.is_empty() && chat.members == [story.teacher, parent]);
        story.school.rooms.chats[place.unwrap()].clone()
    };
    let user = segment(&story.id(shy));
    let path = format!("/_matrix/client/v3/user/{user}/account_data/m.invite_permission_config");
    let block = json!({"default_action": "block"});
    story.acting(shy).put(&path, block).await.unwrap();
    let path = format!("/_matrix/client/v3/rooms/{}/leave", segment(&direct(shy)));
    story.acting(shy).post(&path, json!({})).await.unwrap();
    let (_device, mut teacher) = story.sign_in(story.teacher).await;
    let stranger = story.school.school.classes[0].pupils[0];
    let asked = story.remind(&event, &[known, shy, stranger], "direct");
    let reminded = teacher.call("ack_remind", asked).await.unwrap();
    assert_eq!(reminded, json!({"sent": 1, "skipped": 1, "failed": 1}));
    let known_chat = direct(known);
    arrives("the message", async || {
        let said = story.said(known, &known_chat).await;
        let last = said.last()?["content"]["body"].as_str()?.to_owned();
        (last.starts_with("Подтвердите, пожалуйста\nhttps://matrix.to/")
            && last.contains(&event[1..]))
        .then_some(())
    })
    .await;
    let last = story.said(story.teacher, &story.room).await.pop().unwrap();
    assert_eq!(last["event_id"], event, "nobody is named before the others");

    // Whom it did not reach can be tried again; whom it did can't.
    let again = teacher
        .call("ack_remind", story.remind(&event, &[known, shy], "direct"))
        .await
        .unwrap();
    assert_eq!(again, json!({"sent": 0, "skipped": 1, "failed": 1}));

    let service = story.school.homeserver.user_id(STEWARD);
    let report = teacher
        .call("ack_report", story.event(&event))
        .await
        .unwrap();
    assert!(
        report["people"]
            .as_array()
            .unwrap()
            .iter()
            .all(|one| one["person"]["id"] != service)
    );
}

#[tokio::test]
async fn an_acknowledgement_without_a_network_goes_out_later() {
    let mut story = Story::begin().await;
    let event = story.ask("Собрание в четверг").await;
    let parent = story.parents[0];
    let (_device, mut app) = story.sign_in(parent).await;
    let connection = app.watch("connection", json!({})).await;
    story.school.homeserver.stop().await.unwrap();
    connection
        .until("offline", |c| c["link"] == "offline")
        .await;
    app.call("acknowledge", story.event(&event)).await.unwrap();
    app.call("acknowledge", story.event(&event)).await.unwrap();
    story.school.homeserver.restart().await.unwrap();
    let mine = arrives("the acknowledgement", async || {
        let reactions = story.reactions(&event).await;
        (!reactions.is_empty()).then_some(reactions)
    })
    .await;
    assert_eq!(mine.len(), 1);
    assert_eq!(mine[0]["sender"], story.id(parent));
}
