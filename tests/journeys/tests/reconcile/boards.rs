//! The head's chats, the pictures of automatic chats, and who was added to them by hand.

use super::*;

/// The chat of the organisation that fulfils a wish; nothing before it is made.
async fn org_chat(school: &Seeded, wish: &str) -> Option<String> {
    let organisation = &school.rooms.organisation;
    let record = state(school, STEWARD, organisation, "school.parta.chat", wish).await;
    record["room_id"].as_str().map(str::to_owned)
}

async fn until_membership(school: &Seeded, room: &str, person: usize, expected: &str) {
    let what = format!("{expected} in {room}");
    eventually(school, STEWARD, &what, async || {
        membership(school, room, &id(school, person)).await == expected
    })
    .await;
}

#[tokio::test]
async fn who_is_called_into_the_committee_comes_into_its_chat_and_leaves_it_with_the_call() {
    let school = school().await;
    let admin = school.school.deputy();
    let parent = school.school.classes[0].parents[1];
    let (_device, mut app) = at_home(&school, admin).await;
    let (_hers, _parents_app) = at_home(&school, parent).await;
    let chat = org_chat(&school, "committee").await.unwrap();
    let board = |joined: bool| json!({"people": [id(&school, parent)], "board": "committee", "joined": joined});

    act(&school, &mut app, "set_board", board(true)).await;
    // Her app accepts by itself what comes from her organisation.
    until_membership(&school, &chat, parent, "join").await;
    act(&school, &mut app, "set_board", board(false)).await;
    until_membership(&school, &chat, parent, "leave").await;

    // A pupil is nobody's parent.
    let pupil = json!({
        "organisation": school.rooms.organisation, "people": [id(&school, school.school.pupil())], "board": "committee", "joined": true,
    });
    let refused = app.call("set_board", pupil).await.unwrap_err();
    assert_eq!(refused["code"], "otherRole");
    app.quit().await;
}

#[tokio::test]
async fn every_automatic_chat_has_a_picture_that_follows_its_class_and_one_that_was_chosen_stays() {
    let school = school().await;
    let admin = school.school.deputy();
    let (parents, pupils) = (
        chat_of(&school, 0, "parents"),
        chat_of(&school, 0, "students"),
    );
    let own = json!({"url": "mxc://school/chosen"});
    let path = format!(
        "/_matrix/client/v3/rooms/{}/state/m.room.avatar/",
        segment(&pupils)
    );
    acting(&school, admin)
        .put(&path, own.clone())
        .await
        .unwrap();
    let picture = async |room: &str| state(&school, STEWARD, room, "m.room.avatar", "").await;
    let drawn = async |room: &str| {
        picture(room).await["school.parta.drawn"]
            .as_str()
            .map(str::to_owned)
    };

    let (_device, mut app) = at_home(&school, admin).await;
    let class = &school.school.classes[0];
    let label = format!("{}{}", class.stage, class.letter).to_lowercase();
    eventually(&school, STEWARD, "a picture", async || {
        drawn(&parents).await == Some(format!("1:parents:{label}"))
    })
    .await;
    let first = picture(&parents).await["url"].clone();
    assert!(first.as_str().unwrap().starts_with("mxc://"));

    let fields = json!({"stage": null, "letter": null, "title": "Лицей", "homeroom": null});
    act(
        &school,
        &mut app,
        "set_class",
        json!({"class": class.id, "fields": fields}),
    )
    .await;
    eventually(&school, STEWARD, "the new picture", async || {
        drawn(&parents).await.as_deref() == Some("1:parents:лице")
    })
    .await;
    assert_ne!(picture(&parents).await["url"], first);
    work_until(&school, &mut app, "rest", |work| {
        work["by"] == "nobody" && work["settled"] == true
    })
    .await;
    assert_eq!(picture(&pupils).await, own);
    // Of all that the organisation has, and of the spaces of its classes.
    for place in places(&school).iter().filter(|place| **place != pupils) {
        assert!(drawn(place).await.is_some(), "{place}");
    }
    app.quit().await;
}

#[tokio::test]
async fn who_is_appointed_comes_into_the_chats_of_classes_and_is_not_disturbed_by_them() {
    let school = school().await;
    let (admin, appointed) = (school.school.deputy(), school.school.pedagogue());
    let chat = chat_of(&school, 0, "parents");
    let room = membership(&school, &chat, &id(&school, appointed)).await;
    assert_eq!(room, "none");
    let (_hers, mut hers) = at_home(&school, appointed).await;
    let (_device, mut app) = at_home(&school, admin).await;
    let people = json!({"people": [id(&school, appointed)]});
    act(&school, &mut app, "appoint", people).await;
    until_membership(&school, &chat, appointed, "join").await;
    let details = hers.watch("details", json!({ "chat": chat })).await;
    let quiet = details.until("a quiet chat", |details| details["notify"] == "mentions");
    quiet.await;
    app.quit().await;
    hers.quit().await;
}

#[tokio::test]
async fn who_was_added_to_a_class_chat_by_hand_is_shown_as_such() {
    let school = school().await;
    let parents = chat_of(&school, 0, "parents");
    let own = &school.school.classes[0];
    let guest = add_by_hand(&school, &parents).await;

    // For a parent of the class as well as for the teacher.
    for person in [school.school.teacher(), own.parents[0]] {
        let (_device, mut app) = at_home(&school, person).await;
        let by_hand = by_hand(&mut app, &parents, &id(&school, guest)).await;
        assert_eq!(by_hand, [id(&school, guest)]);
        app.quit().await;
    }
}

/// Who of a chat was added by hand, as soon as `guest` is seen in it.
async fn by_hand(app: &mut App, chat: &str, guest: &str) -> Vec<String> {
    let members = app.call("members", json!({"chat": chat})).await.unwrap();
    let members = members.as_array().unwrap();
    assert!(members.iter().any(|member| member["person"]["id"] == guest));
    let marked = members.iter().filter(|member| member["byHand"] == true);
    marked
        .map(|member| member["person"]["id"].as_str().unwrap().to_owned())
        .collect()
}
