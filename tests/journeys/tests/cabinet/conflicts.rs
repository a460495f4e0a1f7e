//! Two administrators at once, and one who is dismissed.

use super::*;

/// Both change a class while there is no server; gives both at home with the cabinets they see.
async fn apart(school: &mut Seeded) -> [(Device, App, Stream); 2] {
    let (first_device, mut first) = administrator(school, 0).await;
    let (second_device, mut second) = administrator(school, 1).await;
    let cabinets = (
        opened(&mut first, school).await,
        opened(&mut second, school).await,
    );
    school.homeserver.kill().await.unwrap();
    offline(&mut first).await;
    offline(&mut second).await;
    [
        (first_device, first, cabinets.0),
        (second_device, second, cabinets.1),
    ]
}

#[tokio::test]
async fn who_changes_different_fields_of_a_class_keeps_his_own() {
    let mut school = school().await;
    let [(_a, mut first, mine), (_b, mut second, theirs)] = apart(&mut school).await;
    let label = mine.now()["classes"][0]["label"]
        .as_str()
        .unwrap()
        .to_owned();
    let id = class(&mine.now(), &label)["id"].clone();
    let letter = class_with(&mine.now(), &label, "letter", json!("Ю"));
    first.call("set_class", of(&school, letter)).await.unwrap();
    let stage = class_with(&theirs.now(), &label, "stage", json!(3));
    second.call("set_class", of(&school, stage)).await.unwrap();

    school.homeserver.restart().await.unwrap();
    sent(&mut first, &school).await;
    sent(&mut second, &school).await;
    for cabinet in [&mine, &theirs] {
        cabinet
            .until("both changes", |cabinet| has_class(cabinet, "3Ю"))
            .await;
    }
    let class = plan_event(&school, "class", id.as_str().unwrap()).await;
    assert_eq!(
        (&class["stage"], &class["letter"]),
        (&json!(3), &json!("Ю"))
    );
}

#[tokio::test]
async fn who_comes_second_to_the_same_field_decides() {
    for mine_wins in [true, false] {
        let mut school = school().await;
        let [(at_first, mut first, mine), (at_second, mut second, theirs)] =
            apart(&mut school).await;
        let label = mine.now()["classes"][0]["label"]
            .as_str()
            .unwrap()
            .to_owned();
        let id = class(&mine.now(), &label)["id"].clone();
        let to = |cabinet: &Stream, letter: &str| {
            class_with(&cabinet.now(), &label, "letter", json!(letter))
        };
        first
            .call("set_class", of(&school, to(&mine, "Э")))
            .await
            .unwrap();
        let act = second
            .call("set_class", of(&school, to(&theirs, "Ю")))
            .await
            .unwrap();
        first.kill().await;
        // The first one comes back before the second one has a network.
        second.kill().await;
        school.homeserver.restart().await.unwrap();
        let mut first = at_first.start().await.unwrap();
        sent(&mut first, &school).await;

        let mut second = at_second.start().await.unwrap();
        let outbox = watch(&mut second, &school, "outbox").await;
        let acts = outbox
            .until("a conflict", |acts| acts[0]["state"] == "conflict")
            .await;
        let clash = &acts[0]["clashes"][0];
        assert_eq!(clash["field"]["field"], "letter");
        assert_eq!(
            (&clash["field"]["to"], &clash["theirs"]),
            (&json!("Ю"), &json!("Э"))
        );
        let cabinets = second.watch("cabinets", json!({})).await;
        cabinets
            .until("a stuck step", |all| all[0]["stuck"] == 1)
            .await;

        let args = of(&school, json!({"act": act, "mine": mine_wins}));
        second.call("resolve_act", args).await.unwrap();
        sent(&mut second, &school).await;
        let class = plan_event(&school, "class", id.as_str().unwrap()).await;
        assert_eq!(class["letter"], if mine_wins { "Ю" } else { "Э" });
    }
}

#[tokio::test]
async fn the_steps_of_a_dismissed_administrator_are_refused_and_kept() {
    let mut school = school().await;
    let (device, mut app) = administrator(&school, 0).await;
    let cabinet = opened(&mut app, &school).await;
    school.homeserver.kill().await.unwrap();
    offline(&mut app).await;
    let step = of(
        &school,
        info_with(&cabinet.now(), "phone", "+7 495 111-22-33"),
    );
    let act = app.call("set_info", step).await.unwrap();
    app.kill().await;
    school.homeserver.restart().await.unwrap();
    let me = school.school.people[school.school.administrators()[0]]
        .login
        .clone();
    dismiss(&school, &school.homeserver.user_id(&me)).await;

    let mut app = device.start().await.unwrap();
    let outbox = watch(&mut app, &school, "outbox").await;
    let acts = outbox
        .until("a refused step", |acts| acts[0]["state"] == "refused")
        .await;
    assert_eq!(acts[0]["refusal"], "notAllowed");
    let cabinets = app.watch("cabinets", json!({})).await;
    cabinets
        .until("the organisation, run no longer", |all| {
            all[0]["dismissed"] == true
        })
        .await;
    let org = plan_event(&school, "org", "").await;
    assert_ne!(org["phone"], "+7 495 111-22-33");
    app.call("drop_act", of(&school, json!({"act": act})))
        .await
        .unwrap();
    cabinets
        .until("nothing left", |all| *all == json!([]))
        .await;
}

/// The steward takes somebody's level away in the places of the plan.
async fn dismiss(school: &Seeded, person: &str) {
    let steward = school.homeserver.acting_as(STEWARD);
    for room in [&school.rooms.organisation, &school.rooms.staff] {
        let path = format!(
            "/_matrix/client/v3/rooms/{}/state/m.room.power_levels",
            segment(room)
        );
        let mut levels = steward.get(&path).await.unwrap();
        levels["users"][person] = json!(0);
        steward.put(&path, levels).await.unwrap();
    }
}

#[tokio::test]
async fn what_can_not_be_read_is_counted_and_never_overwritten() {
    let school = school().await;
    let (_device, mut app) = administrator(&school, 0).await;
    let cabinet = opened(&mut app, &school).await;
    let label = cabinet.now()["classes"][0]["label"]
        .as_str()
        .unwrap()
        .to_owned();
    let step = of(
        &school,
        class_with(&cabinet.now(), &label, "letter", json!("Ю")),
    );
    let id = class(&cabinet.now(), &label)["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let path = format!(
        "/_matrix/client/v3/rooms/{}/state/school.parta.class/{}",
        segment(&school.rooms.organisation),
        segment(&id)
    );
    let broken = json!({"stage": "пять", "status": ["?"]});
    let steward = school.homeserver.acting_as(STEWARD);
    steward.put(&path, broken.clone()).await.unwrap();
    cabinet
        .until("a part that can't be read", |cabinet| {
            cabinet["unreadable"] == 1
        })
        .await;
    let error = app.call("set_class", step).await.unwrap_err();
    assert_eq!(error["code"], "planUnreadable");
    assert_eq!(plan_event(&school, "class", &id).await, broken);
}

#[tokio::test]
async fn what_another_overwrote_without_having_seen_it_is_written_again() {
    let school = school().await;
    let (_device, mut app) = administrator(&school, 0).await;
    let cabinet = opened(&mut app, &school).await;
    let before = plan_event(&school, "org", "").await;
    let step = of(
        &school,
        info_with(&cabinet.now(), "phone", "+7 495 111-22-33"),
    );
    app.call("set_info", step).await.unwrap();
    sent(&mut app, &school).await;

    // Another client wrote at the same moment, from what was there before.
    let mut theirs = before;
    theirs["locality"] = json!("Дубки");
    let path = format!(
        "/_matrix/client/v3/rooms/{}/state/school.parta.org/",
        segment(&school.rooms.organisation)
    );
    let steward = school.homeserver.acting_as(STEWARD);
    steward.put(&path, theirs).await.unwrap();
    cabinet
        .until("both changes", |cabinet| {
            cabinet["info"]["locality"] == "Дубки"
                && cabinet["info"]["phone"] == "+7 495 111-22-33"
                && cabinet["infoProgress"] == "done"
        })
        .await;
    let org = plan_event(&school, "org", "").await;
    assert_eq!(org["phone"], "+7 495 111-22-33");
    assert_eq!(org["locality"], "Дубки");
}

#[tokio::test]
async fn what_another_changed_after_having_seen_it_stays_changed() {
    let school = school().await;
    let (_device, mut app) = administrator(&school, 0).await;
    let (_other, mut second) = administrator(&school, 1).await;
    let (cabinet, theirs) = (
        opened(&mut app, &school).await,
        opened(&mut second, &school).await,
    );
    let step = of(&school, info_with(&cabinet.now(), "phone", "1"));
    app.call("set_info", step).await.unwrap();
    theirs
        .until("the first number", |cabinet| {
            cabinet["info"]["phone"] == "1"
        })
        .await;
    let step = of(&school, info_with(&theirs.now(), "phone", "2"));
    second.call("set_info", step).await.unwrap();
    cabinet
        .until("the second number", |cabinet| {
            cabinet["info"]["phone"] == "2"
        })
        .await;
    // A later step makes the first app look at everything it has written.
    let step = of(&school, info_with(&cabinet.now(), "locality", "Дубки"));
    app.call("set_info", step).await.unwrap();
    sent(&mut app, &school).await;
    let org = plan_event(&school, "org", "").await;
    assert_eq!(
        (&org["phone"], &org["locality"]),
        (&json!("2"), &json!("Дубки"))
    );
}
