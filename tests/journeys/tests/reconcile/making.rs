//! Places that are made for a new class.

use super::*;

/// The rooms that an account is in and that were made for the organisation, by what they were made for.
async fn made(school: &Seeded, person: usize) -> Vec<(String, String)> {
    let caller = acting(school, person);
    let joined = caller.get("/_matrix/client/v3/joined_rooms").await.unwrap();
    let mut made = Vec::new();
    for room in joined["joined_rooms"].as_array().unwrap() {
        let room = room.as_str().unwrap();
        let create = state(school, login(school, person), room, "m.room.create", "").await;
        let what = &create["school.parta.for"];
        if what.is_object() {
            assert_eq!(what["organisation"], school.rooms.organisation);
            made.push((
                format!("{}/{}", what["class"], what["chat"]),
                room.to_owned(),
            ));
        }
    }
    made.sort();
    made
}

async fn class_named(school: &Seeded, app: &mut App, label: &str) -> String {
    let args = json!({"organisation": school.rooms.organisation});
    let cabinet = app.watch("cabinet", args).await;
    let find = |cabinet: &Value| {
        let classes = cabinet["classes"].as_array()?;
        let class = classes.iter().find(|class| class["label"] == label)?;
        Some(class["id"].as_str()?.to_owned())
    };
    let found = cabinet
        .until("the class", |cabinet| find(cabinet).is_some())
        .await;
    app.unwatch(cabinet).await;
    find(&found).unwrap()
}

/// Waits until a wish of a class is recorded in a place; gives the room.
async fn recorded(school: &Seeded, admin: usize, place: &str, key: &str) -> String {
    let who = login(school, admin).to_owned();
    let mut room = String::new();
    eventually(school, &who, key, async || {
        let record = state(school, &who, place, "school.parta.chat", key).await;
        room = record["room_id"].as_str().unwrap_or_default().to_owned();
        !room.is_empty()
    })
    .await;
    room
}

#[tokio::test]
async fn a_new_class_gets_its_space_and_its_chats() {
    let school = school().await;
    let (admin, homeroom) = (school.school.deputy(), school.school.classes[1].homeroom);
    let (_device, mut app) = at_home(&school, admin).await;
    let (_hers, _teachers_app) = at_home(&school, homeroom).await;
    let who = login(&school, admin).to_owned();
    let new = json!({"stage": 8, "letter": "В", "title": null});
    act(&school, &mut app, "add_classes", json!({"classes": [new]})).await;
    let class = class_named(&school, &mut app, "8В").await;
    let args = json!({"people": [id(&school, homeroom)], "class": class, "part": "homeroom"});
    act(&school, &mut app, "add_to_class", args).await;

    let organisation = &school.rooms.organisation;
    let space = recorded(&school, admin, organisation, &format!("class/{class}")).await;
    for (wish, name) in [
        ("students", "8 «В» · ученики"),
        ("parents", "8 «В» · родители"),
        ("teachers", "8 «В» · учителя"),
    ] {
        let room = recorded(&school, admin, &space, wish).await;
        eventually(&school, &who, "the homeroom teacher", async || {
            let member = state(
                &school,
                &who,
                &room,
                "m.room.member",
                &id(&school, homeroom),
            )
            .await;
            let child = state(&school, &who, &space, "m.space.child", &room).await;
            member["membership"] == "join" && child["via"][0] == "localhost"
        })
        .await;
        let of = async |kind: &str| state(&school, &who, &room, kind, "").await;
        assert_eq!(of("m.room.name").await["name"], name);
        let levels = of("m.room.power_levels").await;
        assert_eq!(
            (
                &levels["invite"],
                &levels["users_default"],
                &levels["events_default"]
            ),
            (&json!(50), &json!(0), &json!(0))
        );
        assert_eq!(levels["users"][id(&school, homeroom)], 50);
        assert_eq!(levels["users"][id(&school, admin)], 90);
        assert_eq!(levels["users"][school.homeserver.user_id(STEWARD)], 100);
        assert_eq!(of("m.room.join_rules").await["join_rule"], "invite");
        assert_eq!(
            of("m.room.create").await["school.parta.for"],
            json!({"organisation": organisation, "class": class, "chat": wish})
        );
        assert_eq!(of("m.room.encryption").await, Value::Null);
        let parent = state(&school, &who, &room, "m.space.parent", &space).await;
        assert_eq!(parent["canonical"], true);
        // The deputy is there to run it: the class does not disturb her.
        let details = app.watch("details", json!({"chat": room})).await;
        let quiet = details.until("a quiet chat", |details| details["notify"] == "mentions");
        quiet.await;
        app.unwatch(details).await;
    }
    let levels = state(&school, &who, &space, "m.room.power_levels", "").await;
    for field in [
        "events_default",
        "state_default",
        "redact",
        "kick",
        "ban",
        "invite",
    ] {
        assert_eq!(levels[field], 90, "{field}");
    }
    assert_eq!(levels["users"][id(&school, homeroom)], Value::Null);
    assert_eq!(
        state(&school, &who, &space, "m.room.create", "").await["type"],
        "m.space"
    );
    assert_eq!(
        state(&school, &who, &space, "m.room.name", "").await["name"],
        "8В"
    );
    let child = state(&school, &who, organisation, "m.space.child", &space).await;
    assert_eq!(child["via"], json!(["localhost"]));
    let list = state(&school, &who, &space, "school.parta.people", &class).await;
    assert_eq!(list["people"].as_array().unwrap().len(), 1);
    assert_eq!(made(&school, admin).await.len(), 4);
    app.quit().await;
}

#[tokio::test]
async fn whatever_is_interrupted_is_gone_on_with_and_nothing_is_made_twice() {
    let school = school().await;
    let admin = school.school.deputy();
    let (device, mut app) = at_home(&school, admin).await;
    let classes =
        ["А", "Б", "В"].map(|letter| json!({"stage": 9, "letter": letter, "title": null}));
    act(
        &school,
        &mut app,
        "add_classes",
        json!({"classes": classes}),
    )
    .await;
    // Each time a little later, in the middle of something else.
    for steps in [1, 3, 6] {
        work_until(&school, &mut app, "work", |work| {
            work["done"].as_u64() >= Some(steps)
        })
        .await;
        app.kill().await;
        app = device.start().await.unwrap();
        app.online().await;
    }
    let mut wishes = Vec::new();
    for label in ["9А", "9Б", "9В"] {
        let class = class_named(&school, &mut app, label).await;
        let space = recorded(
            &school,
            admin,
            &school.rooms.organisation,
            &format!("class/{class}"),
        )
        .await;
        wishes.push(format!("\"{class}\"/null"));
        for wish in ["students", "parents", "teachers"] {
            recorded(&school, admin, &space, wish).await;
            wishes.push(format!("\"{class}\"/\"{wish}\""));
        }
    }
    work_until(&school, &mut app, "rest", |work| {
        work["by"] == "nobody" && work["total"] == 0
    })
    .await;
    wishes.sort();
    let made = made(&school, admin).await;
    let made: Vec<String> = made.into_iter().map(|(wish, _)| wish).collect();
    assert_eq!(made, wishes);
    app.quit().await;
}
