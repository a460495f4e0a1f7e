//! An organisation from its first step to the day somebody leaves it.

use super::*;
use parta_journeys::server;
use parta_testkit::Homeserver;

fn info(short: &str) -> Value {
    json!({
        "fullName": "Муниципальное общеобразовательное учреждение «Школа № 7»",
        "shortName": short,
        "inn": "7712345671",
        "kpp": null,
        "region": "Тверская область",
        "municipality": null,
        "locality": "Дубки",
        "phone": null,
        "email": null,
    })
}

async fn joined(server: &Homeserver, login: &str) -> Vec<String> {
    let rooms = server
        .acting_as(login)
        .get("/_matrix/client/v3/joined_rooms")
        .await
        .unwrap();
    let rooms = rooms["joined_rooms"].as_array().unwrap().iter();
    rooms
        .map(|room| room.as_str().unwrap().to_owned())
        .collect()
}

/// The places of the organisation that hold no talk, whatever chats have been made for it.
async fn quiet(server: &Homeserver, login: &str) -> usize {
    let mut count = 0;
    for room in joined(server, login).await {
        let create = server
            .state(login, &room, "m.room.create", "")
            .await
            .unwrap();
        let kind = create["type"].as_str().unwrap_or_default();
        count += usize::from(kind == "m.space" || kind.starts_with("school.parta."));
    }
    count
}

#[tokio::test]
async fn an_organisation_is_made_once_however_often_its_making_is_cut_short() {
    let (server, _dir) = server(&[("maria", "Щукина Мария Петровна")]).await.unwrap();
    let device = Device::new().unwrap();
    let mut app = device.start().await.unwrap();
    app.sign_in(&server, "maria").await.unwrap();
    let bad = json!({"kind": "school", "info": {"fullName": " ", "shortName": "Школа 7", "inn": null, "kpp": null, "region": null, "municipality": null, "locality": null, "phone": null, "email": null}});
    let error = app.call("found_organisation", bad).await.unwrap_err();
    assert_eq!(error["code"], "noName");

    let args = json!({"kind": "school", "info": info("Школа 7")});
    app.call("found_organisation", args).await.unwrap();
    for steps in [1, 4, 7] {
        let founding = app.watch("founding", json!({})).await;
        founding
            .until("some steps", |founding| {
                founding.is_null() || founding["done"].as_u64() >= Some(steps)
            })
            .await;
        app.kill().await;
        app = device.start().await.unwrap();
    }
    let cabinets = app.watch("cabinets", json!({})).await;
    let found = cabinets
        .until("the organisation", |all| all[0]["name"] == "Школа 7")
        .await;
    assert_eq!(quiet(&server, "maria").await, 4);
    let organisation = json!({"organisation": found[0]["id"]});
    let cabinet = app.watch("cabinet", organisation.clone()).await;
    let cabinet = cabinet
        .until("the cabinet", |cabinet| cabinet["classes"].is_array())
        .await;
    assert_eq!(cabinet["info"]["inn"], "7712345671");
    assert_eq!(cabinet["owner"], true);
    assert_eq!(
        cabinet["administrators"][0]["name"],
        "Щукина Мария Петровна"
    );
    let people = app.watch("cabinet_people", organisation.clone()).await;
    people
        .until("its founder", |people| {
            people[0]["family"] == "Щукина" && people[0]["role"] == "staff"
        })
        .await;
    let founding = app.watch("founding", json!({})).await;
    founding.until("nothing being made", Value::is_null).await;

    // The only owner can't leave it by mistake.
    let error = app
        .call("leave_organisation", organisation)
        .await
        .unwrap_err();
    assert_eq!(error["code"], "lastOwner");
}

#[tokio::test]
async fn who_leaves_an_organisation_leaves_everything_that_belongs_to_it() {
    let school = school().await;
    let device = Device::new().unwrap();
    let mut app = device.start().await.unwrap();
    let teacher = &school.school.people[school.school.teacher()].login;
    let args = json!({"server": school.homeserver.url(), "user": teacher, "password": PASSWORD});
    app.call("sign_in", args).await.unwrap();
    app.online().await;
    let mine = app.watch("organisations", json!({})).await;
    mine.until("the school", |mine| {
        mine[0]["id"] == school.rooms.organisation.as_str() && mine[0]["role"] == "teacher"
    })
    .await;
    assert!(quiet(&school.homeserver, teacher).await > 2);
    app.call("leave_organisation", organisation(&school))
        .await
        .unwrap();
    mine.until("no organisation", |mine| *mine == json!([]))
        .await;
    assert_eq!(quiet(&school.homeserver, teacher).await, 0);
}
