//! Who is who, for a teacher and for a pupil.

use super::*;

#[tokio::test]
async fn a_teacher_sees_true_names_whatever_people_call_themselves() {
    let school = school().await;
    let (teacher, pupil) = (school.school.teacher(), school.school.pupil());
    let path = format!(
        "/_matrix/client/v3/profile/{}/displayname",
        segment(&id(&school, pupil))
    );
    acting(&school, pupil)
        .put(
            &path,
            json!({"displayname": "Директор Воронов Сергей Иванович"}),
        )
        .await
        .unwrap();
    let (_device, mut app) = at_home(&school, teacher).await;

    let person = &school.school.people[pupil];
    let found = until(
        &mut app,
        "the pupil",
        "find_people",
        find(&person.family),
        |found| ids(found).contains(&id(&school, pupil)),
    )
    .await;
    let found = found
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["person"]["id"] == id(&school, pupil))
        .unwrap();
    let name = format!("{} {} {}", person.family, person.given, person.patronymic);
    assert_eq!(found["person"]["name"], name);
    assert_eq!(found["badge"]["name"], name);
    assert_eq!(found["badge"]["role"], "student");
    assert_eq!(found["badge"]["classes"], json!(["5А"]));

    let chat = chat_named(&school, "5 «А» · ученики");
    let members = app.call("members", json!({"chat": chat})).await.unwrap();
    let member = |wanted: &str| {
        members
            .as_array()
            .unwrap()
            .iter()
            .find(|m| m["person"]["id"] == wanted)
            .unwrap()
            .clone()
    };
    assert_eq!(member(&id(&school, pupil))["person"]["name"], name);
    assert_eq!(member(&id(&school, pupil))["canRemove"], true);
    let own = member(&id(&school, teacher));
    assert_eq!(
        (&own["me"], &own["standing"], &own["badge"]["homeroom"]),
        (&json!(true), &json!("moderator"), &json!(["5А"]))
    );
    // The organisation's own service is no stranger, and no teacher either.
    let steward = member(&school.homeserver.user_id(STEWARD));
    assert_eq!(
        (
            &steward["badge"]["role"],
            &steward["standing"],
            &steward["canRemove"]
        ),
        (&json!("other"), &json!("owner"), &json!(false))
    );
    // Those who run the chat stand before the pupils.
    assert_eq!(
        members.as_array().unwrap().last().unwrap()["standing"],
        "member"
    );

    // By class, in Latin letters, and never oneself or the school's service.
    let class = ids(&app.call("find_people", find("5a")).await.unwrap());
    assert!(class.contains(&id(&school, pupil)) && !class.contains(&id(&school, teacher)));
    let all = ids(&app.call("find_people", find("")).await.unwrap());
    assert!(!all.contains(&school.homeserver.user_id(STEWARD)));
}

#[tokio::test]
async fn a_pupil_never_learns_the_names_of_another_class() {
    let school = school().await;
    let pupil = school.school.pupil();
    let (_device, mut app) = at_home(&school, pupil).await;
    let (own, other) = (&school.school.classes[0], &school.school.classes[1]);
    let mut allowed: HashSet<String> = school
        .school
        .staff()
        .into_iter()
        .map(|p| id(&school, p))
        .collect();
    allowed.extend(
        [&own.pupils, &own.parents]
            .into_iter()
            .flatten()
            .map(|p| id(&school, *p)),
    );
    let friend = own.pupils.iter().find(|p| **p != pupil).unwrap();

    let found = until(&mut app, "the class", "find_people", find(""), |found| {
        ids(found).contains(&id(&school, *friend))
    })
    .await;
    let strangers: Vec<_> = ids(&found).difference(&allowed).cloned().collect();
    assert_eq!(strangers, Vec::<String>::new());
    for person in other.pupils.iter().chain(&other.parents) {
        let person = &school.school.people[*person];
        for text in [
            &person.family,
            &person.given,
            &person.login,
            &"7б".to_owned(),
        ] {
            let found = app.call("find_people", find(text)).await.unwrap();
            let strangers: Vec<_> = ids(&found).difference(&allowed).cloned().collect();
            assert_eq!(strangers, Vec::<String>::new(), "by «{text}»");
        }
    }
    // The channel of the whole school does not give them away either.
    let news = chat_named(&school, "Школа № 1 · новости");
    let members = app.call("members", json!({"chat": news})).await.unwrap();
    let found = app
        .call(
            "find_people",
            json!({"text": "", "chat": news, "most": 1000}),
        )
        .await
        .unwrap();
    allowed.insert(school.homeserver.user_id(STEWARD));
    for people in [&members, &found] {
        assert!(ids(people).is_subset(&allowed));
    }
    assert_eq!(app.call("my_classes", json!({})).await.unwrap(), json!([]));
    let group = json!({"chat": {"name": "Тайный клуб", "topic": null, "people": [], "announcements": false}});
    let refused = app.call("create_chat", group).await.unwrap_err();
    assert_eq!(refused["code"], "notAllowed");
}

#[tokio::test]
async fn a_change_of_the_plan_is_seen_at_once_and_the_last_one_without_a_network() {
    let mut school = school().await;
    let (teacher, pupil) = (school.school.teacher(), school.school.pupil());
    let (device, mut app) = at_home(&school, teacher).await;
    let family = school.school.people[pupil].family.clone();
    let wanted = id(&school, pupil);
    let badge = |found: &Value| {
        let mut found = found.as_array().unwrap().iter();
        found
            .find(|one| one["person"]["id"] == wanted)
            .is_some_and(|one| !one["badge"].is_null())
    };
    until(&mut app, "the badge", "find_people", find(&family), &badge).await;

    let class = &school.school.classes[0].id;
    let staff_room = &school.rooms.staff;
    let steward = school.homeserver.acting_as(STEWARD);
    let path = format!(
        "/_matrix/client/v3/rooms/{}/state/school.parta.people/{}",
        segment(staff_room),
        segment(class)
    );
    let mut list = steward.get(&path).await.unwrap();
    for person in list["people"].as_array_mut().unwrap() {
        if format!("@{}", person["id"].as_str().unwrap()) == wanted {
            person["status"] = json!("removed");
        }
    }
    steward.put(&path, list).await.unwrap();
    until(
        &mut app,
        "no badge",
        "find_people",
        find(&family),
        |found| !badge(found),
    )
    .await;

    app.quit().await;
    school.homeserver.stop().await.unwrap();
    let mut app = device.start().await.unwrap();
    app.watch("session", json!({}))
        .await
        .until("signed in", |s| s["kind"] == "signedIn")
        .await;
    let friend = school.school.classes[0].pupils[2];
    let friends = app
        .call("find_people", find(&school.school.people[friend].family))
        .await
        .unwrap();
    assert!(ids(&friends).contains(&id(&school, friend)));
    assert!(!badge(
        &app.call("find_people", find(&family)).await.unwrap()
    ));
    let classes = app.call("my_classes", json!({})).await.unwrap();
    assert_eq!(classes[0]["label"], "5А");
}

#[tokio::test]
async fn a_plan_outside_the_organisation_convinces_nobody() {
    let school = school().await;
    let (teacher, pupil) = (school.school.teacher(), school.school.pupil());
    let (me, her) = (id(&school, pupil), id(&school, teacher));
    let fake = acting(&school, pupil);
    let rooms =
        json!({"staff": "!x:localhost", "office": "!x:localhost", "reception": "!x:localhost"});
    let org = json!({"kind": "school", "full_name": "Ф", "short_name": "Ф", "school_year": 2026, "rooms": rooms});
    let person = json!({"id": me.trim_start_matches('@'), "role": "staff", "position": "Директор", "status": "active", "name": {"family": "Воронов", "given": "Сергей"}});
    let class = school.school.classes[0].id.clone();
    for kind in [json!({}), json!({"type": "m.space"})] {
        let state = json!([
            {"type": "school.parta.org", "state_key": "", "content": org},
            {"type": "school.parta.people", "state_key": "staff/1", "content": {"people": [person]}},
            {"type": "school.parta.people", "state_key": class, "content": {"people": [person]}},
        ]);
        let body = json!({"preset": "private_chat", "name": "Ф", "creation_content": kind, "initial_state": state, "invite": [her]});
        let made = fake
            .post("/_matrix/client/v3/createRoom", body)
            .await
            .unwrap();
        let join = format!(
            "/_matrix/client/v3/join/{}",
            segment(made["room_id"].as_str().unwrap())
        );
        acting(&school, teacher)
            .post(&join, json!({}))
            .await
            .unwrap();
    }
    let (_device, mut app) = at_home(&school, teacher).await;
    let family = &school.school.people[pupil].family;
    let found = until(
        &mut app,
        "the pupil",
        "find_people",
        find(family),
        |found| ids(found).contains(&me),
    )
    .await;
    let found = found
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["person"]["id"] == me)
        .unwrap();
    assert_eq!(found["badge"]["role"], "student");
    assert_eq!(found["badge"]["position"], Value::Null);
    let classes = app.call("my_classes", json!({})).await.unwrap();
    assert!(
        classes
            .as_array()
            .unwrap()
            .iter()
            .all(|class| class["organisation"] == "Школа № 1")
    );
}

#[tokio::test]
async fn in_a_conversation_a_pupil_is_called_by_his_own_name_and_a_stranger_is_marked() {
    let school = school().await;
    let (teacher, pupil) = (school.school.teacher(), school.school.pupil());
    let head = &school.school.people[school.school.administrators()[0]];
    let posing = format!("{} {}", head.given, head.family);
    let login = "stranger";
    school
        .homeserver
        .register(login, PASSWORD, &posing)
        .await
        .unwrap();
    let path = format!(
        "/_matrix/client/v3/profile/{}/displayname",
        segment(&id(&school, pupil))
    );
    acting(&school, pupil)
        .put(&path, json!({ "displayname": posing }))
        .await
        .unwrap();
    let chat = chat_named(&school, "5 «А» · ученики");
    let send = |who: Caller, chat: &str, kind: &str, content: Value| {
        let path = format!("/_matrix/client/v3/rooms/{}/send/{kind}/1", segment(chat));
        async move { who.put(&path, content).await.unwrap() }
    };
    let say = |who: Caller, chat: &str| {
        let said = json!({"msgtype": "m.text", "body": "Срочно"});
        send(who, chat, "m.room.message", said)
    };
    let said = say(acting(&school, pupil), &chat).await;
    let liked = json!({"rel_type": "m.annotation", "event_id": said["event_id"], "key": "👍"});
    let reaction = json!({ "m.relates_to": liked });
    send(acting(&school, pupil), &chat, "m.reaction", reaction).await;
    let stranger = school.homeserver.acting_as(login);
    let made = stranger
        .post(
            "/_matrix/client/v3/createRoom",
            json!({"preset": "trusted_private_chat", "is_direct": true, "invite": [id(&school, teacher)]}),
        )
        .await
        .unwrap();
    let direct = made["room_id"].as_str().unwrap().to_owned();
    say(school.homeserver.acting_as(login), &direct).await;

    let (_device, mut app) = at_home(&school, teacher).await;
    let person = &school.school.people[pupil];
    let timeline = app.watch("timeline", json!({"chat": chat})).await;
    let shown = |timeline: &Value| {
        let items = timeline.as_array().cloned().unwrap_or_default();
        let mut said = items.iter().rev().map(|item| &item["kind"]["message"]);
        said.find(|message| message.is_object())
            .cloned()
            .unwrap_or_default()
    };
    timeline
        .until(
            "the pupil by his own name, also where he reacted",
            |timeline| {
                let message = shown(timeline);
                let name = format!("{} {} {}", person.family, person.given, person.patronymic);
                [&message["sender"], &message["reactions"][0]["who"][0]]
                    .iter()
                    .all(|who| who["name"] == name && who["mark"] == "none")
            },
        )
        .await;
    // He has renamed himself in this chat as well: no line says so.
    assert!(!timeline.now().to_string().contains(&posing));
    let chats = app.watch("chats", json!({})).await;
    chats
        .until("his name in the list", |chats| {
            parta_journeys::row(chats, &chat).is_some_and(|row| {
                row["last"]["sender"]["name"] == format!("{} {}", person.given, person.family)
            })
        })
        .await;

    app.call("accept_invitation", json!({ "chat": direct }))
        .await
        .unwrap();
    let timeline = app.watch("timeline", json!({ "chat": direct })).await;
    timeline
        .until("the stranger for what he is", |timeline| {
            let sender = &shown(timeline)["sender"];
            sender["name"] == posing.as_str() && sender["mark"] == "imitates"
        })
        .await;
    timeline
        .until("a line about him that is marked as well", |timeline| {
            let items = timeline.as_array().into_iter().flatten();
            let mut events = items.map(|item| &item["kind"]["event"]);
            events.any(|event| event["kind"] == "created" && event["who"]["mark"] == "imitates")
        })
        .await;
}
