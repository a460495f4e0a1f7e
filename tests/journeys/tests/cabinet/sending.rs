//! From a step to the server.

use super::*;

#[tokio::test]
async fn a_step_is_shown_at_once_and_reaches_the_other_administrator() {
    let school = school().await;
    let (_device, mut app) = administrator(&school, 0).await;
    let (_other, mut second) = administrator(&school, 1).await;
    let cabinet = opened(&mut app, &school).await;
    let theirs = opened(&mut second, &school).await;

    let step = of(
        &school,
        info_with(&cabinet.now(), "phone", "+7 495 111-22-33"),
    );
    app.call("set_info", step).await.unwrap();
    // The call returns when it is shown.
    let shown = seen(&mut app, &school).await;
    assert_eq!(shown["info"]["phone"], "+7 495 111-22-33");
    theirs
        .until("the new number", |cabinet| {
            cabinet["info"]["phone"] == "+7 495 111-22-33"
        })
        .await;
    cabinet
        .until("nothing that waits", |cabinet| {
            cabinet["infoProgress"] == "done"
        })
        .await;
    let org = plan_event(&school, "org", "").await;
    assert_eq!(org["phone"], "+7 495 111-22-33");
    assert!(org["base"].as_str().unwrap().starts_with('$'));
    // What the window does not know is still there.
    assert!(org["rooms"]["office"].is_string());
}

#[tokio::test]
async fn thirty_edits_of_one_class_offline_survive_a_kill_and_are_one_event() {
    let mut school = school().await;
    let (device, mut app) = administrator(&school, 0).await;
    let cabinet = opened(&mut app, &school).await;
    let label = cabinet.now()["classes"][0]["label"]
        .as_str()
        .unwrap()
        .to_owned();
    let id = class(&cabinet.now(), &label)["id"].clone();
    let before = written(&school, &school.rooms.organisation, "class").await;

    school.homeserver.kill().await.unwrap();
    offline(&mut app).await;
    for number in 1..=30 {
        let fields = json!({"stage": 5, "letter": null, "title": format!("Класс {number}"), "homeroom": null});
        let step = of(&school, json!({"class": id, "fields": fields}));
        app.call("set_class", step).await.unwrap();
    }
    let shown = seen(&mut app, &school).await;
    assert_eq!(class(&shown, "Класс 30")["progress"], "waiting");
    app.kill().await;

    let mut app = device.start().await.unwrap();
    let shown = seen(&mut app, &school).await;
    assert_eq!(class(&shown, "Класс 30")["progress"], "waiting");
    let outbox = watch(&mut app, &school, "outbox").await;
    outbox
        .until("thirty steps that wait", |acts| {
            acts.as_array().is_some_and(|acts| acts.len() == 30)
        })
        .await;
    school.homeserver.restart().await.unwrap();
    sent(&mut app, &school).await;
    let after = written(&school, &school.rooms.organisation, "class").await;
    assert_eq!(after - before, 1);
    let class = plan_event(&school, "class", id.as_str().unwrap()).await;
    assert_eq!(class["title"], "Класс 30");
}

#[tokio::test]
async fn the_whole_school_goes_on_to_the_next_year_in_one_step_and_back() {
    let school = school().await;
    let (_device, mut app) = administrator(&school, 0).await;
    let labels = |cabinet: &Value| {
        let classes = cabinet["classes"].as_array().unwrap().iter();
        classes
            .map(|class| (class["label"].clone(), class["status"].clone()))
            .collect::<Vec<_>>()
    };
    let before = seen(&mut app, &school).await;
    let (old, year) = (labels(&before), before["schoolYear"].as_u64().unwrap());
    let preview = app
        .call("promotion", of(&school, json!({"classes": null})))
        .await
        .unwrap();
    assert_eq!(preview.as_array().unwrap().len(), old.len());
    let events = written(&school, &school.rooms.organisation, "class").await;

    let act = app
        .call("promote", of(&school, json!({"classes": null})))
        .await
        .unwrap();
    sent(&mut app, &school).await;
    let promoted = seen(&mut app, &school).await;
    assert_eq!(promoted["schoolYear"], year + 1);
    assert_ne!(labels(&promoted), old);
    let now = written(&school, &school.rooms.organisation, "class").await;
    assert_eq!(now - events, old.len());

    app.call("undo_act", of(&school, json!({"act": act})))
        .await
        .unwrap();
    sent(&mut app, &school).await;
    let back = seen(&mut app, &school).await;
    assert_eq!(labels(&back), old);
    assert_eq!(back["schoolYear"], year);
    let org = plan_event(&school, "org", "").await;
    assert_eq!(org["school_year"], year);
}

#[tokio::test]
async fn a_step_that_has_not_gone_out_is_undone_without_a_trace() {
    let mut school = school().await;
    let (_device, mut app) = administrator(&school, 0).await;
    opened(&mut app, &school).await;
    let before = written(&school, &school.rooms.organisation, "class").await;
    school.homeserver.kill().await.unwrap();
    offline(&mut app).await;
    let new = json!({"classes": [{"stage": 9, "letter": "Ю", "title": null}]});
    let act = app.call("add_classes", of(&school, new)).await.unwrap();
    assert!(has_class(&seen(&mut app, &school).await, "9Ю"));
    app.call("undo_act", of(&school, json!({"act": act})))
        .await
        .unwrap();
    let shown = seen(&mut app, &school).await;
    assert!(!has_class(&shown, "9Ю"));
    school.homeserver.restart().await.unwrap();
    app.online().await;
    let step = of(&school, info_with(&shown, "locality", "Берёзовск"));
    app.call("set_info", step).await.unwrap();
    sent(&mut app, &school).await;
    let after = written(&school, &school.rooms.organisation, "class").await;
    assert_eq!(after, before);
}

#[tokio::test]
async fn bad_input_is_told_and_nothing_is_kept() {
    let school = school().await;
    let (_device, mut app) = administrator(&school, 0).await;
    let cabinet = opened(&mut app, &school).await;
    let now = cabinet.now();
    let taken = now["classes"][0].clone();
    let bad = [
        ("set_info", info_with(&now, "inn", "7712345679"), "badInn"),
        ("set_info", info_with(&now, "shortName", "  "), "noName"),
        (
            "add_classes",
            json!({"classes": [{"stage": taken["stage"], "letter": taken["letter"], "title": null}]}),
            "classExists",
        ),
        (
            "remove_people",
            json!({"people": ["@nobody:nowhere"]}),
            "planGone",
        ),
        ("undo_act", json!({"act": "nothing"}), "noUndo"),
    ];
    for (call, args, code) in bad {
        let error = app.call(call, of(&school, args)).await.unwrap_err();
        assert_eq!(error["code"], code, "{call}");
    }
    let outbox = watch(&mut app, &school, "outbox").await;
    outbox
        .until("an empty outbox", |acts| *acts == json!([]))
        .await;
}

#[tokio::test]
async fn a_promotion_that_the_network_cuts_short_is_gone_on_with_and_every_class_goes_up_once() {
    let mut school = school().await;
    // Another carries the plan out: here is only what it says.
    let now = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap();
    let until = u64::try_from(now.as_millis()).unwrap() + 170_000;
    let lease = json!({"holder": school.homeserver.user_id(STEWARD), "device": "ELSEWHERE", "until": until});
    let path = format!(
        "/_matrix/client/v3/rooms/{}/state/school.parta.lease/",
        segment(&school.rooms.office)
    );
    let steward = school.homeserver.acting_as(STEWARD);
    steward.put(&path, lease).await.unwrap();
    let (_device, mut app) = administrator(&school, 0).await;
    let new: Vec<Value> = (0..60)
        .map(|n| json!({"stage": 1 + n % 10, "letter": format!("Ж{n}"), "title": null}))
        .collect();
    app.call("add_classes", of(&school, json!({ "classes": new })))
        .await
        .unwrap();
    sent(&mut app, &school).await;
    let before = written(&school, &school.rooms.organisation, "class").await;
    let stages = |cabinet: &Value| {
        let classes = cabinet["classes"].as_array().unwrap().iter();
        let of = |class: &Value| (class["id"].to_string(), class["stage"].as_u64().unwrap());
        classes
            .map(of)
            .collect::<std::collections::BTreeMap<_, _>>()
    };
    let old = stages(&seen(&mut app, &school).await);

    let all = of(&school, json!({ "classes": null }));
    app.call("promote", all).await.unwrap();
    while written(&school, &school.rooms.organisation, "class").await < before + 3 {}
    school.homeserver.kill().await.unwrap();
    offline(&mut app).await;
    let outbox = watch(&mut app, &school, "outbox").await;
    let cut = |acts: &Value| {
        let mut acts = acts.as_array().into_iter().flatten();
        acts.any(|act| act["about"]["kind"] == "promote" && act["state"] != "done")
    };
    outbox.until("a promotion that is not through", cut).await;
    school.homeserver.restart().await.unwrap();
    sent(&mut app, &school).await;

    let after = written(&school, &school.rooms.organisation, "class").await;
    // What was on its way when the network died may have been written twice, with the same words.
    assert!(
        (old.len()..=old.len() + 1).contains(&(after - before)),
        "{}",
        after - before
    );
    let now = stages(&seen(&mut app, &school).await);
    for (class, stage) in &old {
        let expected = if *stage == 11 { 11 } else { stage + 1 };
        assert_eq!(now[class], expected, "{class}");
    }
}
