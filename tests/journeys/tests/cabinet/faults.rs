//! Three hundred edits while the app and the server are killed a hundred times: nothing is lost, nothing is doubled, and
//! in the end the chats are what the plan says.

use super::*;
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

const EDITS: usize = 300;
const KILLS: usize = 100;
/// Every so many of them it is the server.
const SERVER: usize = 20;

/// What does not happen within this does not happen.
const DEADLINE: Duration = Duration::from_secs(60);

/// The same faults at the same places in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % most as u64).unwrap()
    }
}

/// What the administrator has done, as he would expect to find it.
struct Expected {
    titles: BTreeMap<String, String>,
    phone: String,
    /// The class of each pupil.
    pupils: BTreeMap<String, String>,
}

#[tokio::test]
async fn three_hundred_edits_survive_a_hundred_kills() {
    let mut school = school().await;
    let (device, mut app) = administrator(&school, 0).await;
    let mut cabinet = opened(&mut app, &school).await;
    let classes: Vec<String> = cabinet.now()["classes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|class| class["id"].as_str().unwrap().to_owned())
        .collect();
    let people = watch(&mut app, &school, "cabinet_people").await;
    let people = people
        .until("the people", |people| people[0]["id"].is_string())
        .await;
    let mut expected = Expected {
        titles: BTreeMap::new(),
        phone: String::new(),
        pupils: pupils(&people),
    };
    let mut dice = Dice(0x5EED);
    let mut kills = 0;
    for edit in 0..EDITS {
        step(&mut app, &school, &classes, &mut expected, edit, &mut dice).await;
        // The kills are spread over the edits, each at a moment of its own.
        if kills * EDITS < (edit + 1) * KILLS {
            kills += 1;
            // While something is on its way, or when nothing is any more.
            let moment = Duration::from_millis(u64::try_from(dice.roll(400)).unwrap());
            let _ = tokio::time::timeout(moment, sent(&mut app, &school)).await;
            if kills % SERVER == 0 {
                school.homeserver.kill().await.unwrap();
                school.homeserver.restart().await.unwrap();
            } else {
                app.kill().await;
                app = device.start().await.unwrap();
                cabinet = opened(&mut app, &school).await;
            }
        }
    }
    assert_eq!(kills, KILLS);

    sent(&mut app, &school).await;
    let now = cabinet
        .until("the plan as it was left", |cabinet| {
            expected_in(cabinet, &expected)
        })
        .await;
    assert_eq!(now["unreadable"], 0);
    let people = watch(&mut app, &school, "cabinet_people").await;
    people
        .until("every pupil in his class", |people| {
            people.is_array() && pupils(people) == expected.pupils
        })
        .await;
    // Somebody else sees the same on the server.
    let (_other, mut second) = administrator(&school, 1).await;
    let theirs = opened(&mut second, &school).await;
    theirs
        .until("the same plan", |cabinet| expected_in(cabinet, &expected))
        .await;
    for class in &classes {
        let wanted: BTreeSet<String> = expected
            .pupils
            .iter()
            .filter(|(_, of)| *of == class)
            .map(|(pupil, _)| pupil.clone())
            .collect();
        let space = recorded(
            &school,
            &school.rooms.organisation,
            &format!("class/{class}"),
        )
        .await;
        let chat = recorded(&school, &space, "students").await;
        for room in [&space, &chat] {
            pupils_are(&school, room, &expected, &wanted).await;
        }
    }
    made_once(&school).await;
}

/// Asks until the pupils in a room are these: chats follow the plan.
async fn pupils_are(school: &Seeded, room: &str, expected: &Expected, wanted: &BTreeSet<String>) {
    let begun = Instant::now();
    loop {
        let mut here = members(school, room).await;
        here.retain(|person| expected.pupils.contains_key(person));
        if here == *wanted {
            return;
        }
        assert!(begun.elapsed() < DEADLINE, "{here:?} instead of {wanted:?}");
    }
}

/// No room was made twice: the school had all that its plan wants.
async fn made_once(school: &Seeded) {
    let administrator = &school.school.people[school.school.administrators()[0]].login;
    let caller = school.homeserver.acting_as(administrator);
    let rooms = caller.get("/_matrix/client/v3/joined_rooms").await.unwrap();
    let mut made = Vec::new();
    for room in rooms["joined_rooms"].as_array().unwrap() {
        let room = room.as_str().unwrap();
        let create = school
            .homeserver
            .state(administrator, room, "m.room.create", "")
            .await
            .unwrap();
        if create["school.parta.for"].is_object() {
            made.push(create["school.parta.for"].to_string());
        }
    }
    let all = made.len();
    made.sort();
    made.dedup();
    assert_eq!(made.len(), all, "{made:?}");
}

/// One edit of the administrator.
async fn step(
    app: &mut App,
    school: &Seeded,
    classes: &[String],
    expected: &mut Expected,
    number: usize,
    dice: &mut Dice,
) {
    match dice.roll(4) {
        0 => {
            let title = format!("Класс {number}");
            let class = &classes[dice.roll(classes.len())];
            let fields = json!({"stage": null, "letter": null, "title": title, "homeroom": null});
            let args = of(school, json!({"class": class, "fields": fields}));
            app.call("set_class", args).await.unwrap();
            expected.titles.insert(class.clone(), title);
        }
        1 => {
            let phone = format!("+7 495 {number:07}");
            let cabinet = opened(app, school).await;
            let args = of(school, info_with(&cabinet.now(), "phone", &phone));
            app.call("set_info", args).await.unwrap();
            expected.phone = phone;
        }
        _ => {
            let pupils: Vec<&String> = expected.pupils.keys().collect();
            let pupil = pupils[dice.roll(pupils.len())].clone();
            let from = expected.pupils[&pupil].clone();
            let to = classes.iter().find(|class| **class != from).unwrap();
            let args = of(school, json!({"people": [pupil], "from": from, "to": to}));
            app.call("move_people", args).await.unwrap();
            expected.pupils.insert(pupil, to.clone());
        }
    }
}

fn pupils(people: &Value) -> BTreeMap<String, String> {
    let pupils = people.as_array().unwrap().iter();
    pupils
        .filter(|person| person["role"] == "student")
        .map(|person| {
            let class = person["classes"][0]["class"].as_str().unwrap_or_default();
            (person["id"].as_str().unwrap().to_owned(), class.to_owned())
        })
        .collect()
}

fn expected_in(cabinet: &Value, expected: &Expected) -> bool {
    let titled = |id: &String, title: &String| {
        let classes = cabinet["classes"].as_array();
        classes.is_some_and(|classes| {
            classes
                .iter()
                .any(|class| class["id"] == id.as_str() && class["label"] == title.as_str())
        })
    };
    expected.titles.iter().all(|(id, title)| titled(id, title))
        && cabinet["info"]["phone"] == expected.phone.as_str()
}

/// The room that fulfils a wish.
async fn recorded(school: &Seeded, room: &str, key: &str) -> String {
    let record = school
        .homeserver
        .state(STEWARD, room, "school.parta.chat", key)
        .await
        .unwrap();
    record["room_id"].as_str().unwrap().to_owned()
}

async fn members(school: &Seeded, room: &str) -> BTreeSet<String> {
    let path = format!("/_matrix/client/v3/rooms/{}/members", segment(room));
    let steward = school.homeserver.acting_as(STEWARD);
    let members = steward.get(&path).await.unwrap();
    let members = members["chunk"].as_array().unwrap().iter();
    members
        .filter(|member| {
            let membership = &member["content"]["membership"];
            membership == "join" || membership == "invite"
        })
        .map(|member| member["state_key"].as_str().unwrap().to_owned())
        .collect()
}
