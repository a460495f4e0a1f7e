//! What a chat is called when somebody wants it to be taken for another.

use super::*;
use parta_journeys::{Stream, row};

/// Makes a chat and invites; gives the chat.
async fn invites(who: Caller, body: Value) -> String {
    let made = who
        .post("/_matrix/client/v3/createRoom", body)
        .await
        .unwrap();
    made["room_id"].as_str().unwrap().to_owned()
}

async fn calls_himself(school: &Seeded, login: &str, name: &str) {
    let path = format!(
        "/_matrix/client/v3/profile/{}/displayname",
        segment(&school.homeserver.user_id(login))
    );
    let caller = school.homeserver.acting_as(login);
    caller
        .put(&path, json!({ "displayname": name }))
        .await
        .unwrap();
}

async fn becomes(chats: &Stream, chat: &str, what: &str, wanted: Value) {
    let is = |row: &Value| {
        let fields = wanted.as_object().unwrap();
        fields.iter().all(|(field, value)| row[field] == *value)
    };
    let shown = |chats: &Value| row(chats, chat).is_some_and(&is);
    chats.until(what, shown).await;
}

#[tokio::test]
async fn a_stranger_can_not_call_a_chat_after_somebody_else() {
    let school = school().await;
    let (teacher, head) = (school.school.teacher(), school.school.administrators()[0]);
    let person = &school.school.people[head];
    let name = format!("{} {} {}", person.family, person.given, person.patronymic);
    let register =
        |login: &'static str, name: &'static str| school.homeserver.register(login, PASSWORD, name);
    register("vasya", "Вася").await.unwrap();
    let (_device, mut app) = at_home(&school, teacher).await;
    let chats = app.watch("chats", json!({})).await;
    let (me, his) = (id(&school, teacher), id(&school, head));
    let vasya = || school.homeserver.acting_as("vasya");

    // A chat of two with a name that is not his.
    let body =
        json!({"preset": "trusted_private_chat", "is_direct": true, "name": name, "invite": [me]});
    let direct = invites(vasya(), body).await;
    let told = json!({"kind": "invitation", "name": "Вася", "mark": "outsider"});
    becomes(&chats, &direct, "an invitation from a stranger", told).await;
    let args = json!({ "chat": direct });
    app.call("accept_invitation", args).await.unwrap();
    let told = json!({"kind": "direct", "name": "Вася", "mark": "outsider"});
    becomes(&chats, &direct, "a chat with a stranger", told).await;

    // A chat of two that another one is invited to as well.
    let body = json!({"preset": "trusted_private_chat", "is_direct": true, "invite": [me, his]});
    let three = invites(vasya(), body).await;
    let told = json!({"kind": "invitation", "name": "Вася", "mark": "outsider"});
    becomes(&chats, &three, "an invitation from a stranger", told).await;
    let args = json!({ "chat": three });
    app.call("accept_invitation", args).await.unwrap();
    // Its name tells of him as well, and that he is none of theirs.
    let told = json!({"kind": "group", "peer": null, "mark": "outsider"});
    becomes(&chats, &three, "a chat of three", told).await;

    // Who writes to the head writes to him alone.
    let args = json!({ "person": his });
    let made = app.call("direct_chat", args).await.unwrap();
    let own = made.as_str().unwrap();
    assert!(own != three && own != direct);
    let told = json!({"kind": "direct", "peer": his, "name": name, "mark": "staff"});
    becomes(&chats, own, "the chat with the head", told).await;
}

#[tokio::test]
async fn a_chat_of_two_is_his_only_while_he_is_in_it_alone_with_one() {
    let school = school().await;
    let (teacher, parent) = (school.school.teacher(), school.school.parent());
    let head = school.school.administrators()[0];
    let [me, hers, his] = [teacher, parent, head].map(|person| id(&school, person));
    let register =
        |login: &'static str, name: &'static str| school.homeserver.register(login, PASSWORD, name);
    register("vasya", "Вася").await.unwrap();
    let vasya = || school.homeserver.acting_as("vasya");
    let (_device, mut app) = at_home(&school, teacher).await;
    let chats = app.watch("chats", json!({})).await;

    // She lets a third one in and goes: what he says must not stand under her name.
    let olga = || acting(&school, parent);
    let body = json!({"preset": "trusted_private_chat", "is_direct": true, "invite": [me]});
    let direct = invites(olga(), body).await;
    let told = json!({"kind": "invitation"});
    becomes(&chats, &direct, "an invitation from a parent", told).await;
    let args = json!({ "chat": direct });
    app.call("accept_invitation", args).await.unwrap();
    let told = json!({"kind": "direct", "peer": hers});
    becomes(&chats, &direct, "a chat with a parent", told).await;
    let room = format!("/_matrix/client/v3/rooms/{}", segment(&direct));
    let third = json!({"user_id": school.homeserver.user_id("vasya")});
    olga().post(&format!("{room}/invite"), third).await.unwrap();
    let join = format!("/_matrix/client/v3/join/{}", segment(&direct));
    vasya().post(&join, json!({})).await.unwrap();
    let leave = format!("{room}/leave");
    olga().post(&leave, json!({})).await.unwrap();
    let told = json!({"kind": "group", "peer": null});
    becomes(&chats, &direct, "a chat that is nobody's alone", told).await;
    let args = json!({ "person": hers });
    let other = app.call("direct_chat", args).await.unwrap();
    assert_ne!(other.as_str().unwrap(), direct, "she is written to alone");

    // He invites the head as well and goes; anybody can come in.
    let open = json!({"type": "m.room.join_rules", "content": {"join_rule": "public"}});
    let body = json!({"preset": "trusted_private_chat", "is_direct": true, "invite": [me, his], "initial_state": [open]});
    let trap = invites(vasya(), body).await;
    let told = json!({"kind": "invitation", "name": "Вася"});
    becomes(&chats, &trap, "an invitation from a stranger", told).await;
    let args = json!({ "chat": trap });
    app.call("accept_invitation", args).await.unwrap();
    let leave = format!("/_matrix/client/v3/rooms/{}/leave", segment(&trap));
    vasya().post(&leave, json!({})).await.unwrap();
    let details = app.watch("details", json!({ "chat": trap })).await;
    details
        .until("the chat without him", |details| {
            details["members"] == 1 && details["kind"] == "group" && details["peer"].is_null()
        })
        .await;
    let told = json!({"kind": "group", "peer": null});
    becomes(&chats, &trap, "a chat that is not the head's", told).await;
    let args = json!({ "person": his });
    let made = app.call("direct_chat", args).await.unwrap();
    assert_ne!(made.as_str().unwrap(), trap, "the head is written to alone");
}

#[tokio::test]
async fn a_chat_that_bears_the_name_of_one_of_the_staff_warns_of_it() {
    let school = school().await;
    let (teacher, head) = (school.school.teacher(), school.school.administrators()[0]);
    let person = &school.school.people[head];
    let name = format!("{} {} {}", person.family, person.given, person.patronymic);
    let (_device, mut app) = at_home(&school, teacher).await;
    let chats = app.watch("chats", json!({})).await;
    let body = json!({"preset": "private_chat", "name": name, "invite": [id(&school, teacher)]});
    let posing = invites(acting(&school, school.school.pupil()), body.clone()).await;
    let told = json!({"kind": "invitation", "name": name, "mark": "imitates"});
    becomes(&chats, &posing, "an invitation that warns", told).await;
    let args = json!({ "chat": posing });
    app.call("accept_invitation", args).await.unwrap();
    let told = json!({"kind": "group", "name": name, "mark": "imitates"});
    becomes(&chats, &posing, "a chat that warns", told).await;
    // Himself he may name.
    let own = invites(acting(&school, head), body).await;
    let told = json!({"kind": "invitation", "name": name, "mark": "none"});
    becomes(&chats, &own, "an invitation from the head", told).await;
}

#[tokio::test]
async fn a_chat_without_a_name_is_called_by_the_true_names_of_its_people() {
    let school = school().await;
    let (teacher, pupil) = (school.school.teacher(), school.school.pupil());
    let head = &school.school.people[school.school.administrators()[0]];
    let person = &school.school.people[pupil];
    let posing = format!("{} {}", head.given, head.family);
    calls_himself(&school, &person.login, &posing).await;
    let (_device, mut app) = at_home(&school, teacher).await;
    let chats = app.watch("chats", json!({})).await;
    let body = json!({"preset": "private_chat", "invite": [id(&school, teacher)]});
    let chat = invites(acting(&school, pupil), body).await;
    let name = format!("{} {} {}", person.family, person.given, person.patronymic);
    let told = json!({"kind": "invitation", "name": name, "mark": "none"});
    becomes(&chats, &chat, "an invitation from the pupil", told).await;
    let args = json!({ "chat": chat });
    app.call("accept_invitation", args).await.unwrap();
    let told = json!({"kind": "group", "name": name});
    becomes(&chats, &chat, "a chat called after the pupil", told).await;
    assert!(!chats.now().to_string().contains(&posing));
}

#[tokio::test]
async fn a_link_to_somebody_bears_his_true_name_whatever_the_sender_writes_on_it() {
    let school = school().await;
    let (teacher, pupil) = (school.school.teacher(), school.school.pupil());
    let person = &school.school.people[pupil];
    let chat = chat_named(&school, "5 «А» · ученики");
    let html = format!(
        r#"<a href="https://matrix.to/#/{}">@Директор</a>: пишите мне"#,
        id(&school, pupil)
    );
    let content = json!({"msgtype": "m.text", "body": "@Директор: пишите мне", "format": "org.matrix.custom.html", "formatted_body": html});
    let path = format!(
        "/_matrix/client/v3/rooms/{}/send/m.room.message/pill",
        segment(&chat)
    );
    acting(&school, pupil).put(&path, content).await.unwrap();
    let (_device, mut app) = at_home(&school, teacher).await;
    let timeline = app.watch("timeline", json!({"chat": chat})).await;
    let name = format!(">@{} {}</a>", person.given, person.family);
    timeline
        .until("a link with his true name", |timeline| {
            let mut items = timeline.as_array().into_iter().flatten();
            items.any(|item| {
                let text = &item["kind"]["message"]["body"]["text"]["html"];
                text.as_str()
                    .is_some_and(|html| html.contains(&name) && !html.contains("Директор"))
            })
        })
        .await;
}
