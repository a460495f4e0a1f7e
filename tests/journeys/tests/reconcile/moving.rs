//! People who come, move and go.

use super::*;

/// Everything a person's client is told, without who is in which room: the organisation and its news have everybody as
/// members, so the accounts and what they call themselves are seen by all.
async fn told(school: &Seeded, person: usize) -> Value {
    let caller = acting(school, person);
    let mut whole = caller
        .get("/_matrix/client/v3/sync?timeout=0")
        .await
        .unwrap();
    strip(&mut whole);
    whole
}

fn strip(value: &mut Value) {
    match value {
        Value::Array(items) => {
            items.retain(|item| item["type"] != "m.room.member");
            items.iter_mut().for_each(strip);
        }
        Value::Object(fields) => fields.values_mut().for_each(strip),
        _ => {}
    }
}

/// The events of plans in it.
fn plans(value: &Value, found: &mut Vec<String>) {
    let kind = value["type"].as_str().unwrap_or_default();
    if kind.starts_with("school.parta.") {
        found.push(value.to_string());
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| plans(item, found)),
        Value::Object(fields) => fields.values().for_each(|field| plans(field, found)),
        _ => {}
    }
}

#[tokio::test]
async fn a_pupil_who_is_moved_is_in_the_chats_of_his_new_class_and_no_longer_in_the_old_ones() {
    let school = school().await;
    let (admin, pupil) = (school.school.deputy(), school.school.pupil());
    let (_his, _pupils_app) = at_home(&school, pupil).await;
    let (_device, mut app) = at_home(&school, admin).await;
    let (old, new) = (&school.school.classes[0], &school.school.classes[1]);
    let moved = id(&school, pupil);
    let args = json!({"people": [moved], "from": old.id, "to": new.id});
    act(&school, &mut app, "move_people", args).await;

    let into = [
        school.rooms.classes[1].clone(),
        chat_of(&school, 1, "students"),
    ];
    let out = [
        school.rooms.classes[0].clone(),
        chat_of(&school, 0, "students"),
    ];
    // Joined, not only invited: his own client has answered for him.
    eventually(&school, STEWARD, "the move", async || {
        let mut there = true;
        for room in &into {
            there &= membership(&school, room, &moved).await == "join";
        }
        for room in &out {
            there &= membership(&school, room, &moved).await == "leave";
        }
        there
    })
    .await;
    work_until(&school, &mut app, "rest", |work| {
        work["by"] == "nobody" && work["total"] == 0
    })
    .await;
    // Never out of the organisation, not even in between.
    let organisation = segment(&school.rooms.organisation);
    let path = format!("/_matrix/client/v3/rooms/{organisation}/messages?dir=b&limit=100");
    let page = acting(&school, admin).get(&path).await.unwrap();
    let left = page["chunk"].as_array().unwrap().iter().find(|event| {
        event["type"] == "m.room.member" && event["content"]["membership"] == "leave"
    });
    assert_eq!(left, None);

    // Both copies of the lists follow, each where its readers are.
    let copy = |class: usize| {
        state(
            &school,
            STEWARD,
            &school.rooms.classes[class],
            "school.parta.people",
            &school.school.classes[class].id,
        )
    };
    let entry = |list: &Value| {
        let people = list["people"].as_array().unwrap().clone();
        people
            .into_iter()
            .find(|one| format!("@{}", one["id"].as_str().unwrap()) == moved)
    };
    assert_eq!(entry(&copy(1).await).unwrap()["status"], "active");
    assert_eq!(entry(&copy(0).await).unwrap()["status"], "removed");

    // Who stays in the old class has learnt of nobody in the new one.
    let stays = *old.pupils.iter().find(|one| **one != pupil).unwrap();
    let raw = told(&school, stays).await;
    let mut plan = Vec::new();
    plans(&raw, &mut plan);
    let (raw, plan) = (raw.to_string(), plan.concat());
    let named = |person: usize| {
        let one = &school.school.people[person];
        let names = [&one.family, &one.given, &one.patronymic];
        format!(
            r#""family":"{}","given":"{}","patronymic":"{}""#,
            names[0], names[1], names[2]
        )
    };
    assert!(raw.contains(&named(stays)));
    let others = new.pupils.iter().chain(&new.parents);
    for person in others.filter(|one| !old.parents.contains(one)) {
        let account = id(&school, *person);
        assert!(!raw.contains(&named(*person)), "{account}");
        // Also not as somebody's child.
        let bare = account.trim_start_matches('@');
        assert!(!plan.contains(&format!("\"{bare}\"")), "{account}");
    }
    app.quit().await;
}

#[tokio::test]
async fn who_is_removed_is_out_of_every_place_and_who_was_added_by_hand_stays() {
    let school = school().await;
    let admin = school.school.deputy();
    let parents = chat_of(&school, 0, "parents");
    let guest = add_by_hand(&school, &parents).await;

    let (_device, mut app) = at_home(&school, admin).await;
    let gone = school.school.classes[0].parents[1];
    act(
        &school,
        &mut app,
        "remove_people",
        json!({"people": [id(&school, gone)]}),
    )
    .await;
    let mut rooms = places(&school);
    rooms.push(school.rooms.organisation.clone());
    eventually(&school, STEWARD, "the removal", async || {
        let mut out = true;
        for room in &rooms {
            out &= !matches!(
                membership(&school, room, &id(&school, gone)).await.as_str(),
                "join" | "invite"
            );
        }
        out
    })
    .await;
    work_until(&school, &mut app, "rest", |work| {
        work["by"] == "nobody" && work["total"] == 0
    })
    .await;
    assert_eq!(
        membership(&school, &parents, &id(&school, guest)).await,
        "join"
    );
    app.quit().await;
}
