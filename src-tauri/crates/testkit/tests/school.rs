//! The school on a real Synapse: what each role gets to see, what is refused, how old and how unread things are.

// A helper of a test may fail like the test itself.
#![allow(clippy::unwrap_used)]

use parta_model::plan::{ChatWish, Class, Org, People, PlanContent, Policy};
use parta_testkit::school::{PASSWORD, Place, Size, What};
use parta_testkit::seed::{class_chat, now};
use parta_testkit::{Caller, Seeded, segment};
use serde_json::{Value, json};

const DAY: u64 = 24 * 3_600 * 1_000;

async fn school() -> Seeded {
    Seeded::start(Size::TINY, env!("CARGO_TARGET_TMPDIR"))
        .await
        .unwrap()
}

impl Account for Seeded {
    async fn signed_in(&self, person: usize) -> Caller {
        let login = self
            .homeserver
            .login(&self.school.people[person].login, PASSWORD)
            .await
            .unwrap();
        self.homeserver.api().with_token(login.access_token)
    }
}

trait Account {
    async fn signed_in(&self, person: usize) -> Caller;
}

/// All rooms by simplified sliding sync, by id.
async fn sliding_sync(caller: &Caller) -> Value {
    let list = json!({
        "ranges": [[0, 200]], "timeline_limit": 1,
        "required_state": [["m.room.create", ""], ["school.parta.*", "*"]],
    });
    let path = "/_matrix/client/unstable/org.matrix.simplified_msc3575/sync?timeout=0";
    caller
        .post(path, json!({"conn_id": "test", "lists": {"all": list}}))
        .await
        .unwrap()["rooms"]
        .clone()
}

async fn state(caller: &Caller, room: &str, kind: &str, key: &str) -> Value {
    let path = format!(
        "/_matrix/client/v3/rooms/{}/state/{}/{}",
        segment(room),
        segment(kind),
        segment(key)
    );
    caller.get(&path).await.unwrap()
}

#[tokio::test]
async fn a_teacher_signs_in_and_syncs_her_chats_by_name() {
    let seeded = school().await;
    let teacher = seeded.signed_in(seeded.school.teacher()).await;
    let rooms = sliding_sync(&teacher).await;
    let named = |room: &str| rooms[room]["name"].as_str().unwrap_or_default().to_owned();
    for (chat, room) in seeded.chats.iter().zip(&seeded.rooms.chats) {
        assert_eq!(
            rooms[room].is_object(),
            chat.members.contains(&seeded.school.teacher()),
            "{}",
            chat.name
        );
        if rooms[room].is_object() && !chat.name.is_empty() {
            assert_eq!(named(room), chat.name);
        }
    }
    assert_eq!(named(&seeded.rooms.organisation), "Школа № 1");
    assert!(
        rooms[&seeded.rooms.office].is_null(),
        "a teacher is not in the office"
    );
}

#[tokio::test]
async fn the_plan_reads_as_its_types_and_a_rewrite_names_its_base() {
    let seeded = school().await;
    let steward = seeded.homeserver.acting_as("steward");
    let rooms = &seeded.rooms;
    let org = Org::read(
        "",
        &state(&steward, &rooms.organisation, Org::TYPE, "").await,
    )
    .unwrap();
    assert_eq!(org.rooms.reception.as_str(), rooms.reception);
    Policy::read(
        "",
        &state(&steward, &rooms.organisation, Policy::TYPE, "").await,
    )
    .unwrap();
    for (index, class) in seeded.school.classes.iter().enumerate() {
        let plan = state(&steward, &rooms.organisation, Class::TYPE, &class.id).await;
        assert_eq!(
            Class::read(&class.id, &plan).unwrap().label(),
            class.label()
        );
        let master = People::read(
            &class.id,
            &state(&steward, &rooms.staff, People::TYPE, &class.id).await,
        )
        .unwrap();
        let copy = People::read(
            &class.id,
            &state(&steward, &rooms.classes[index], People::TYPE, &class.id).await,
        )
        .unwrap();
        // In the class nobody learns what children its people have elsewhere.
        let is_here = |child: &String| master.people.iter().any(|one| one.id == *child);
        let mut told = master.people.clone();
        told.iter_mut().for_each(|one| one.children.retain(is_here));
        assert_eq!(told, copy.people);
        assert_eq!(
            master.people.len(),
            class.teachers.len() + class.pupils.len() + class.parents.len()
        );
        assert_eq!(master.base.is_some(), index == 0);
    }
    let rule = state(&steward, &rooms.reception, "m.room.join_rules", "").await;
    assert_eq!(rule["join_rule"], "knock");
    let create = state(&steward, &rooms.staff, "m.room.create", "").await;
    assert_eq!(create["type"], "school.parta.staff");
}

#[tokio::test]
async fn a_pupil_gets_no_people_of_another_class() {
    let seeded = school().await;
    let pupil = seeded.signed_in(seeded.school.pupil()).await;
    let sync = pupil
        .get("/_matrix/client/v3/sync?full_state=true&timeout=0")
        .await
        .unwrap();
    let joined = sync["rooms"]["join"].as_object().unwrap();
    for hidden in [
        &seeded.rooms.staff,
        &seeded.rooms.office,
        &seeded.rooms.reception,
        &seeded.rooms.classes[1],
    ] {
        assert!(!joined.contains_key(hidden));
    }
    let mut lists = Vec::new();
    for room in joined.values() {
        let state = room["state"]["events"].as_array().into_iter().flatten();
        let timeline = room["timeline"]["events"].as_array().into_iter().flatten();
        for event in state
            .chain(timeline)
            .filter(|event| event["type"] == People::TYPE)
        {
            lists.push(event.to_string());
        }
    }
    assert!(!lists.is_empty());
    let classes = &seeded.school.classes;
    for stranger in classes[1]
        .pupils
        .iter()
        .filter(|pupil| !classes[0].pupils.contains(pupil))
    {
        let id = format!("\"{}:localhost\"", seeded.school.people[*stranger].login);
        // A parent of the own class may name a child in the other: that much is known anyway.
        let lists = lists
            .iter()
            .filter(|list| list.contains(&id) && list.contains(&format!("\"id\":{id}")));
        assert_eq!(lists.count(), 0, "{id}");
    }
}

#[tokio::test]
async fn messages_and_rooms_are_as_old_as_they_say() {
    let seeded = school().await;
    let index = class_chat(&seeded.chats, 0, &ChatWish::Parents).unwrap();
    let room = &seeded.rooms.chats[index];
    let teacher = seeded.signed_in(seeded.school.teacher()).await;
    let path = format!(
        "/_matrix/client/v3/rooms/{}/messages?dir=f&limit=500",
        segment(room)
    );
    let events = teacher.get(&path).await.unwrap()["chunk"]
        .as_array()
        .unwrap()
        .clone();
    let time = |kind: &str| -> Vec<u64> {
        let ours = events.iter().filter(|event| event["type"] == kind);
        ours.map(|event| event["origin_server_ts"].as_u64().unwrap())
            .collect()
    };
    let messages = time("m.room.message");
    assert!(messages.len() >= seeded.chats[index].messages());
    assert!(messages.is_sorted());
    assert!(now() - messages[0] > 20 * DAY);
    assert!(now() - messages.last().unwrap() < 2 * DAY);
    assert!(time("m.room.create")[0] < messages[0]);
    assert!(
        time("m.room.member")
            .iter()
            .all(|joined| *joined < messages[0])
    );
    let written = |what: fn(&What) -> bool| {
        seeded.chats[index]
            .posts
            .iter()
            .filter(|post| what(&post.what))
            .count()
    };
    let gone = |event: &&Value| event["unsigned"]["redacted_because"].is_object();
    assert_eq!(
        time("m.reaction").len(),
        written(|what| matches!(what, What::React { .. }))
    );
    assert_eq!(
        events.iter().filter(gone).count(),
        written(|what| matches!(what, What::Delete { .. }))
    );
    assert!(
        events
            .iter()
            .any(|event| event["content"]["m.relates_to"]["m.in_reply_to"].is_object())
    );
    assert!(
        events
            .iter()
            .any(|event| event["content"]["msgtype"] == "m.image")
    );
    assert!(!time("m.room.pinned_events").is_empty());
}

#[tokio::test]
async fn unread_messages_are_counted_and_a_muted_chat_counts_mentions_only() {
    let seeded = school().await;
    for person in [seeded.school.teacher(), seeded.school.parent()] {
        let caller = seeded.signed_in(person).await;
        let sync = caller
            .get("/_matrix/client/v3/sync?timeout=0")
            .await
            .unwrap();
        let counts = |chat: usize| {
            let counts = &sync["rooms"]["join"][&seeded.rooms.chats[chat]]["unread_notifications"];
            (
                counts["notification_count"].as_u64().unwrap_or(0),
                counts["highlight_count"].as_u64().unwrap_or(0),
            )
        };
        let marks = seeded.school.marks(&seeded.chats);
        for (index, chat) in seeded.chats.iter().enumerate() {
            let (all, mentions) = counts(index);
            let Some(mark) = marks
                .iter()
                .find(|mark| mark.person == person && mark.chat == index)
            else {
                assert_eq!(all, 0, "{} is read", chat.name);
                continue;
            };
            let last = mark.read_until(chat).unwrap();
            let deleted = |post: usize| {
                chat.posts
                    .iter()
                    .any(|other| matches!(other.what, What::Delete { of } if of == post))
            };
            let unread = (last + 1..chat.posts.len())
                .filter(|post| {
                    chat.posts[*post].what.is_message()
                        && chat.posts[*post].sender != person
                        && !deleted(*post)
                })
                .count() as u64;
            assert_eq!(
                all,
                if mark.muted { mentions } else { unread },
                "{}",
                chat.name
            );
        }
    }
}

#[tokio::test]
async fn pupils_and_teachers_cannot_write_the_plan() {
    let seeded = school().await;
    let rooms = &seeded.rooms;
    let id = &seeded.school.classes[0].id;
    let pupil = seeded.signed_in(seeded.school.pupil()).await;
    let teacher = seeded.signed_in(seeded.school.teacher()).await;
    for (caller, room, kind) in [
        (&pupil, &rooms.organisation, Class::TYPE),
        (&pupil, &rooms.classes[0], People::TYPE),
        (&teacher, &rooms.classes[0], People::TYPE),
        (&teacher, &rooms.staff, People::TYPE),
        (&teacher, &rooms.organisation, Org::TYPE),
    ] {
        let path = format!(
            "/_matrix/client/v3/rooms/{}/state/{kind}/{id}",
            segment(room)
        );
        let refused = caller.put(&path, json!({"people": []})).await.unwrap_err();
        assert_eq!(refused.errcode(), Some("M_FORBIDDEN"), "{refused}");
    }
    let message = json!({"msgtype": "m.text", "body": "x"});
    for (caller, room) in [
        (&pupil, &rooms.classes[0]),
        (&teacher, &rooms.organisation),
        (&pupil, &rooms.chats[0]),
    ] {
        let path = format!(
            "/_matrix/client/v3/rooms/{}/send/m.room.message/t1",
            segment(room)
        );
        assert_eq!(
            caller
                .put(&path, message.clone())
                .await
                .unwrap_err()
                .errcode(),
            Some("M_FORBIDDEN")
        );
    }
    let role = {
        let path = format!(
            "/_matrix/client/v3/rooms/{}/messages?dir=b&limit=50",
            segment(&rooms.staff)
        );
        let events = teacher.get(&path).await.unwrap();
        let people = events["chunk"]
            .as_array()
            .unwrap()
            .iter()
            .find(|event| event["type"] == People::TYPE)
            .unwrap();
        people["event_id"].as_str().unwrap().to_owned()
    };
    let path = format!(
        "/_matrix/client/v3/rooms/{}/redact/{}/t2",
        segment(&rooms.staff),
        segment(&role)
    );
    let blanked = teacher.put(&path, json!({})).await.unwrap_err();
    assert_eq!(blanked.errcode(), Some("M_FORBIDDEN"));
}

#[tokio::test]
async fn a_pupil_may_react_in_the_channel_and_take_it_back() {
    let seeded = school().await;
    let pupil = seeded.signed_in(seeded.school.pupil()).await;
    let channel = segment(&seeded.rooms.chats[0]);
    let path = format!("/_matrix/client/v3/rooms/{channel}/messages?dir=b&limit=30");
    let events = pupil.get(&path).await.unwrap();
    let post = events["chunk"]
        .as_array()
        .unwrap()
        .iter()
        .find(|event| event["type"] == "m.room.message")
        .unwrap();
    let relation = json!({"rel_type": "m.annotation", "event_id": post["event_id"], "key": "🦉"});
    let path = format!("/_matrix/client/v3/rooms/{channel}/send/m.reaction/t1");
    let sent = pupil
        .put(&path, json!({"m.relates_to": relation}))
        .await
        .unwrap();
    let path = format!(
        "/_matrix/client/v3/rooms/{channel}/redact/{}/t2",
        segment(sent["event_id"].as_str().unwrap())
    );
    pupil.put(&path, json!({})).await.unwrap();
}

#[tokio::test]
async fn teacher_and_parent_have_an_encrypted_chat_that_is_marked_direct() {
    let seeded = school().await;
    let encrypted = Place::Direct { encrypted: true };
    let index = seeded
        .chats
        .iter()
        .position(|chat| chat.place == encrypted)
        .unwrap();
    let room = &seeded.rooms.chats[index];
    let parent = seeded.signed_in(seeded.school.parent()).await;
    assert_eq!(
        state(&parent, room, "m.room.encryption", "").await["algorithm"],
        "m.megolm.v1.aes-sha2"
    );
    let login = &seeded.school.people[seeded.school.parent()].login;
    let path = format!(
        "/_matrix/client/v3/user/{}/account_data/m.direct",
        segment(&seeded.homeserver.user_id(login))
    );
    let direct = parent.get(&path).await.unwrap();
    let teacher = seeded
        .homeserver
        .user_id(&seeded.school.people[seeded.school.teacher()].login);
    assert!(direct[&teacher].as_array().unwrap().contains(&json!(room)));
}
