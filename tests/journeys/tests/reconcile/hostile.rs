//! What a member of the organisation tries who means harm.

use super::*;
use parta_testkit::CallError;

/// The server has to say no; anything else is a hole.
fn refused(what: &str, answer: Result<Value, CallError>) {
    match answer {
        Err(error) => assert_eq!(error.status(), Some(403), "{what}: {error}"),
        Ok(answer) => panic!("{what} went through: {answer}"),
    }
}

fn state_path(room: &str, kind: &str, key: &str) -> String {
    let (room, kind, key) = (segment(room), segment(kind), segment(key));
    format!("/_matrix/client/v3/rooms/{room}/state/{kind}/{key}")
}

/// The newest event of a kind in a room, as the steward sees it.
async fn event_of(school: &Seeded, room: &str, kind: &str, key: &str) -> String {
    let path = format!("{}?format=event", state_path(room, kind, key));
    let event = school.homeserver.acting_as(STEWARD).get(&path).await;
    event.unwrap()["event_id"].as_str().unwrap().to_owned()
}

/// Everything that org-protocol names, by somebody who is in these rooms and may do nothing there.
async fn tries_everything(school: &Seeded, villain: usize, rooms: &[&str], victim: &str) {
    let (caller, me) = (acting(school, villain), id(school, villain));
    let class = &school.school.classes[0].id;
    let person = json!({"id": me.trim_start_matches('@'), "role": "staff", "position": "Директор", "status": "active",
        "name": {"family": "Воронов", "given": "Сергей"}});
    let people = json!({"people": [person]});
    for room in rooms {
        let events = [
            ("school.parta.org", "", json!({"short_name": "Моя школа"})),
            (
                "school.parta.policy",
                "",
                json!({"create_chats": ["student"]}),
            ),
            (
                "school.parta.class",
                class.as_str(),
                json!({"status": "deleted"}),
            ),
            ("school.parta.people", "staff/1", people.clone()),
            ("school.parta.people", class.as_str(), people.clone()),
            ("school.parta.people", me.as_str(), people.clone()),
            ("school.parta.chat", "news", json!({"room_id": room})),
            (
                "school.parta.lease",
                "",
                json!({"holder": me, "device": "A", "until": u64::from(u32::MAX)}),
            ),
            (
                "m.room.power_levels",
                "",
                json!({"users": {me.as_str(): 100}}),
            ),
            ("m.room.name", "", json!({"name": "Взломано"})),
            ("m.room.join_rules", "", json!({"join_rule": "public"})),
            (
                "m.room.tombstone",
                "",
                json!({"body": "", "replacement_room": "!another:localhost"}),
            ),
            ("m.space.child", room, json!({"via": ["localhost"]})),
            ("m.room.member", victim, json!({"membership": "knock"})),
            ("m.room.member", victim, json!({"membership": "ban"})),
        ];
        for (kind, key, content) in events {
            let answer = caller.put(&state_path(room, kind, key), content).await;
            refused(&format!("{kind} «{key}»"), answer);
        }
        for (act, body) in [
            (
                "invite",
                json!({"user_id": school.homeserver.user_id("stranger")}),
            ),
            ("kick", json!({"user_id": victim})),
            ("ban", json!({"user_id": victim})),
        ] {
            let path = format!("/_matrix/client/v3/rooms/{}/{act}", segment(room));
            refused(act, caller.post(&path, body).await);
        }
    }
}

async fn tries_to_blank(school: &Seeded, villain: usize, room: &str, kind: &str, key: &str) {
    let event = event_of(school, room, kind, key).await;
    let path = format!(
        "/_matrix/client/v3/rooms/{}/redact/{}/txn",
        segment(room),
        segment(&event)
    );
    refused(kind, acting(school, villain).put(&path, json!({})).await);
}

#[tokio::test]
async fn a_pupil_can_not_make_himself_more_than_he_is() {
    let school = school().await;
    let (pupil, teacher) = (school.school.pupil(), school.school.teacher());
    school
        .homeserver
        .register("stranger", PASSWORD, "Чужой")
        .await
        .unwrap();
    let class = &school.school.classes[0];
    let (org, space) = (
        school.rooms.organisation.as_str(),
        school.rooms.classes[0].as_str(),
    );
    let victim = id(&school, teacher);
    tries_everything(&school, pupil, &[org, space], &victim).await;
    // In the chats of his class he may talk and nothing else; the plan is not read from there.
    let students = chat_of(&school, 0, "students");
    for (kind, content) in [
        (
            "m.room.power_levels",
            json!({"users": {id(&school, pupil): 100}}),
        ),
        ("m.room.name", json!({"name": "Взломано"})),
        ("m.room.join_rules", json!({"join_rule": "public"})),
    ] {
        let answer = acting(&school, pupil)
            .put(&state_path(&students, kind, ""), content)
            .await;
        refused(kind, answer);
    }
    // A teacher runs the chats of his class, and in the places of the plan he is nobody either.
    tries_everything(
        &school,
        teacher,
        &[org, space, &school.rooms.staff],
        &id(&school, pupil),
    )
    .await;
    for villain in [pupil, teacher] {
        tries_to_blank(&school, villain, org, "school.parta.people", "staff/1").await;
        tries_to_blank(&school, villain, org, "school.parta.org", "").await;
        tries_to_blank(&school, villain, space, "school.parta.people", &class.id).await;
    }
    // Where he is not, he neither reads nor comes in, and nobody knocks in another's name.
    let other = chat_of(&school, 1, "students");
    let (staff, office) = (&school.rooms.staff, &school.rooms.office);
    for room in [
        staff,
        office,
        &school.rooms.reception,
        &school.rooms.classes[1],
        &other,
    ] {
        let room = segment(room);
        let caller = acting(&school, pupil);
        refused(
            "reading",
            caller
                .get(&format!("/_matrix/client/v3/rooms/{room}/state"))
                .await,
        );
        refused(
            "joining",
            caller
                .post(&format!("/_matrix/client/v3/join/{room}"), json!({}))
                .await,
        );
    }
    let knock = state_path(&school.rooms.reception, "m.room.member", &victim);
    let application = json!({"membership": "knock", "school.parta.application": {"role": "staff"}});
    refused(
        "a knock as another",
        acting(&school, pupil).put(&knock, application).await,
    );

    // What is his own to say, he says; nobody believes it.
    let path = format!(
        "/_matrix/client/v3/profile/{}/displayname",
        segment(&id(&school, pupil))
    );
    let caller = acting(&school, pupil);
    let named = caller.put(&path, json!({"displayname": "Директор Воронов"}));
    named.await.unwrap();
    let (_device, mut app) = at_home(&school, teacher).await;
    let person = &school.school.people[pupil];
    let begun = Instant::now();
    let found = loop {
        let args = json!({"text": person.family, "chat": null, "most": 100});
        let found = app.call("find_people", args).await.unwrap();
        let found = found.as_array().unwrap().iter();
        let mut found = found.filter(|one| one["person"]["id"] == id(&school, pupil));
        if let Some(one) = found.next() {
            break one.clone();
        }
        assert!(begun.elapsed() < DEADLINE, "the pupil is not found");
    };
    assert_eq!(found["badge"]["role"], "student");
    assert_eq!(found["badge"]["position"], Value::Null);
    assert!(
        found["person"]["name"]
            .as_str()
            .unwrap()
            .starts_with(&person.family)
    );
    app.quit().await;
}

#[tokio::test]
async fn a_room_that_a_pupil_says_was_made_for_the_organisation_is_nobodys() {
    let school = school().await;
    let (admin, pupil) = (school.school.deputy(), school.school.pupil());
    let org = &school.rooms.organisation;
    let made =
        json!({"type": "m.space", "school.parta.for": {"organisation": org, "class": "trap"}});
    let body =
        json!({"preset": "private_chat", "creation_content": made, "invite": [id(&school, admin)]});
    let trap = acting(&school, pupil)
        .post("/_matrix/client/v3/createRoom", body)
        .await
        .unwrap();
    let trap = trap["room_id"].as_str().unwrap();
    // He even gets the administrator to come in.
    let join = format!("/_matrix/client/v3/join/{}", segment(trap));
    acting(&school, admin).post(&join, json!({})).await.unwrap();
    let (_device, app) = at_home(&school, admin).await;
    let class = json!({"stage": 7, "letter": "Я", "status": "active", "chats": ["students"]});
    let path = state_path(org, "school.parta.class", "trap");
    acting(&school, admin).put(&path, class).await.unwrap();
    let mut space = Value::Null;
    eventually(&school, login(&school, admin), "the space", async || {
        let record = state(&school, STEWARD, org, "school.parta.chat", "class/trap").await;
        space = record["room_id"].clone();
        space.is_string()
    })
    .await;
    assert_ne!(space, trap);
    let create = state(
        &school,
        login(&school, admin),
        space.as_str().unwrap(),
        "m.room.create",
        "",
    )
    .await;
    assert_eq!(create["school.parta.for"]["class"], "trap");
    app.quit().await;
}
