//! Chats made with people.

use super::*;

#[tokio::test]
async fn a_learning_chat_is_made_of_a_class_and_a_refusal_leaves_nothing_behind() {
    let school = school().await;
    let teacher = school.school.teacher();
    let (_device, mut app) = at_home(&school, teacher).await;
    let classes = until(
        &mut app,
        "the classes",
        "my_classes",
        json!({}),
        |classes| {
            classes[0]["students"]
                .as_array()
                .is_some_and(|students| students.len() == 4)
        },
    )
    .await;
    assert_eq!(classes[0]["label"], "5А");
    assert!(!ids(&classes[0]["teachers"]).contains(&id(&school, teacher)));
    let class = &school.school.classes[0];
    let parents: HashSet<String> = class.parents.iter().map(|p| id(&school, *p)).collect();
    assert_eq!(ids(&classes[0]["parents"]), parents);

    // One of them takes no invitations.
    let (shy, keen, colleague) = (class.pupils[0], class.pupils[1], class.teachers[1]);
    let path = format!(
        "/_matrix/client/v3/user/{}/account_data/m.invite_permission_config",
        segment(&id(&school, shy))
    );
    acting(&school, shy)
        .put(&path, json!({"default_action": "block"}))
        .await
        .unwrap();
    let people = [shy, keen, colleague].map(|p| id(&school, p));
    let chat = json!({"name": " 5А · физика ", "topic": "Задания", "people": people, "announcements": true});
    let made = app
        .call("create_chat", json!({"chat": chat}))
        .await
        .unwrap();
    assert_eq!(
        ids(&json!([{"person": made["refused"][0]}])),
        HashSet::from([id(&school, shy)])
    );
    assert_eq!(made["refused"].as_array().unwrap().len(), 1);
    assert_eq!(
        made["refused"][0]["name"]
            .as_str()
            .unwrap()
            .split(' ')
            .next(),
        Some(school.school.people[shy].family.as_str())
    );

    let room = made["chat"].as_str().unwrap();
    let login = &school.school.people[teacher].login;
    let state = async |kind: &str, key: &str| school.homeserver.state(login, room, kind, key).await;
    assert_eq!(
        state("m.room.name", "").await.unwrap()["name"],
        "5А · физика"
    );
    let levels = state("m.room.power_levels", "").await.unwrap();
    assert_eq!(
        (
            &levels["events_default"],
            &levels["events"]["m.reaction"],
            &levels["invite"]
        ),
        (&json!(50), &json!(0), &json!(50))
    );
    assert_eq!(
        levels["users"],
        json!({id(&school, teacher): 100, id(&school, colleague): 50})
    );
    assert_eq!(
        state("m.room.history_visibility", "").await.unwrap()["history_visibility"],
        "shared"
    );
    assert!(state("m.room.encryption", "").await.is_err());
    assert_eq!(
        state("m.room.member", &id(&school, keen)).await.unwrap()["membership"],
        "invite"
    );

    // Letting more in says who refuses too.
    let more = json!({"chat": room, "people": [id(&school, shy), id(&school, class.pupils[2]), id(&school, keen)]});
    let refused = app.call("invite_people", more).await.unwrap();
    assert_eq!(refused.as_array().unwrap().len(), 1);
    assert_eq!(refused[0]["id"], id(&school, shy));

    let joined = async || {
        acting(&school, teacher)
            .get("/_matrix/client/v3/joined_rooms")
            .await
            .unwrap()["joined_rooms"]
            .as_array()
            .unwrap()
            .len()
    };
    let before = joined().await;
    let refused = app
        .call("direct_chat", json!({"person": id(&school, shy)}))
        .await
        .unwrap_err();
    assert_eq!(refused["code"], "notAllowed");
    assert_eq!(joined().await, before);
}

#[tokio::test]
async fn a_direct_chat_is_the_one_there_is_or_a_new_one_made_once() {
    let school = school().await;
    let teacher = school.school.teacher();
    let (_device, mut app) = at_home(&school, teacher).await;
    let class = &school.school.classes[0];
    until(
        &mut app,
        "the classes",
        "my_classes",
        json!({}),
        |classes| !classes.as_array().unwrap().is_empty(),
    )
    .await;
    let known = class.parents[1];
    let place = school
        .chats
        .iter()
        .position(|chat| chat.name.is_empty() && chat.members == [teacher, known])
        .unwrap();
    let chat = until(
        &mut app,
        "the chat there is",
        "direct_chat",
        json!({"person": id(&school, known)}),
        |_| true,
    )
    .await;
    assert_eq!(chat, school.rooms.chats[place]);

    let stranger = id(&school, class.pupils[0]);
    let new = app
        .call("direct_chat", json!({"person": stranger}))
        .await
        .unwrap();
    let again = app
        .call("direct_chat", json!({"person": stranger}))
        .await
        .unwrap();
    assert_eq!(new, again);
    let room = new.as_str().unwrap();
    let login = &school.school.people[teacher].login;
    let member = school
        .homeserver
        .state(login, room, "m.room.member", &stranger)
        .await
        .unwrap();
    assert_eq!(
        (&member["membership"], &member["is_direct"]),
        (&json!("invite"), &json!(true))
    );
    // The school's policy says that direct chats are not encrypted.
    assert!(
        school
            .homeserver
            .state(login, room, "m.room.encryption", "")
            .await
            .is_err()
    );

    // Whom one is invited by is answered in his chat, not in a second one.
    let (_device, mut pupil) = at_home(&school, class.pupils[0]).await;
    let list = pupil.watch("chats", json!({})).await;
    list.until("the invitation", |chats| {
        parta_journeys::row(chats, room).is_some()
    })
    .await;
    let hers = pupil
        .call("direct_chat", json!({"person": id(&school, teacher)}))
        .await
        .unwrap();
    assert_eq!(hers, new);
}
