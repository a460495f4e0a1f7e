//! «Контакты»: whom people find, what a card tells them, and the address book on all devices of a person.

use super::*;

fn asked(text: &str, filters: Value) -> Value {
    let mut all = json!({"roles": [], "classes": [], "stages": [], "subjects": [], "statuses": [], "sources": []});
    for (name, values) in filters.as_object().unwrap() {
        all[name] = values.clone();
    }
    json!({"text": text, "filters": all, "skip": 0, "most": 200})
}

fn hits(page: &Value) -> HashSet<String> {
    ids(&page["hits"])
}

/// Asks until the people of the school are known.
async fn known(app: &mut App, text: &str, filters: Value, someone: &str) -> Value {
    until(
        app,
        someone,
        "find_contacts",
        asked(text, filters),
        |page| hits(page).contains(someone),
    )
    .await
}

fn own(family: &str, phone: &str) -> Value {
    json!({
        "id": "", "family": family, "given": "Пётр", "patronymic": "", "company": "Столовая", "phones": [phone],
        "emails": [], "account": null, "note": "",
    })
}

#[tokio::test]
async fn a_teacher_finds_everybody_by_class_and_role_and_a_pupil_his_own_class_and_staff() {
    let school = school().await;
    let (teacher, pupil) = (school.school.teacher(), school.school.pupil());
    let stranger = school.school.classes[1].pupils[0];
    let organisation = &school.rooms.organisation;
    let class = &school.school.classes[0];
    let (_device, mut app) = at_home(&school, teacher).await;

    let in_class =
        json!({"classes": [{"organisation": organisation, "id": class.id}], "roles": ["student"]});
    let page = known(&mut app, "", in_class, &id(&school, pupil)).await;
    let expected: HashSet<String> = class.pupils.iter().map(|one| id(&school, *one)).collect();
    assert_eq!(hits(&page), expected);
    assert_eq!(page["total"], expected.len());
    // What another choice would leave: the parents of the class, and all pupils of the other one.
    let count = |of: &str, key: &str, value: &Value| {
        let of = page["counts"][of].as_array().unwrap().iter();
        let mut found = of.filter(|count| count[key] == *value);
        found.next().unwrap()["count"].clone()
    };
    assert_eq!(
        count("roles", "role", &json!("parent")),
        class.parents.len()
    );
    let other = &school.school.classes[1];
    assert_eq!(count("classes", "id", &json!(other.id)), other.pupils.len());
    // In the wrong layout, with what of the name answers it.
    let family = &school.school.people[stranger].family;
    let mistyped: String = family.to_lowercase().chars().map(on_latin_keys).collect();
    let page = known(&mut app, &mistyped, json!({}), &id(&school, stranger)).await;
    let hit = &page["hits"].as_array().unwrap().iter();
    let hit = hit
        .clone()
        .find(|hit| hit["person"]["id"] == id(&school, stranger))
        .unwrap();
    let units = family.encode_utf16().count();
    assert_eq!(
        hit["marks"],
        json!([{"place": "name", "index": 0, "start": 0, "end": units}])
    );
    assert_eq!(hit["source"], *organisation);

    let (_device, mut his) = at_home(&school, pupil).await;
    let page = known(&mut his, "", json!({}), &id(&school, teacher)).await;
    let seen = hits(&page);
    assert!(expected.iter().all(|mate| seen.contains(mate)));
    assert!(!seen.contains(&id(&school, stranger)));
    let page = his
        .call("find_contacts", asked(family, json!({})))
        .await
        .unwrap();
    assert!(!hits(&page).contains(&id(&school, stranger)));
}

/// The key of a Russian letter as the Latin layout has it.
fn on_latin_keys(letter: char) -> char {
    let russian = "йцукенгшщзхъфывапролджэячсмитьбюё";
    let latin = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`";
    let at = russian.chars().position(|one| one == letter);
    at.and_then(|at| latin.chars().nth(at)).unwrap_or(letter)
}

#[tokio::test]
async fn a_card_tells_family_and_common_chats_and_unmasks_an_imitator() {
    let school = school().await;
    let (teacher, parent) = (school.school.teacher(), school.school.parent());
    let (_device, mut app) = at_home(&school, teacher).await;
    known(&mut app, "", json!({}), &id(&school, parent)).await;
    let card = async |app: &mut App, person: &str| {
        app.call("contact_card", json!({ "person": person }))
            .await
            .unwrap()
    };
    let shown = card(&mut app, &id(&school, parent)).await;
    let person = &school.school.people[parent];
    let children: HashSet<String> = person
        .children
        .iter()
        .map(|child| id(&school, *child))
        .collect();
    assert!(!children.is_empty());
    assert_eq!(ids(&shown["children"]), children);
    assert_eq!(shown["badges"][0]["badge"]["role"], "parent");
    assert_eq!(shown["cabinets"], json!([]));
    let chats = |card: &Value| -> HashSet<String> {
        let chats = card["chats"].as_array().unwrap().iter();
        chats
            .map(|chat| chat["name"].as_str().unwrap().to_owned())
            .collect()
    };
    assert!(chats(&shown).contains("5 «А» · родители"));
    assert!(!chats(&shown).contains("5 «А» · ученики"));
    let child = card(&mut app, children.iter().next().unwrap()).await;
    assert!(ids(&child["parents"]).contains(&id(&school, parent)));

    // Somebody of no organisation calls himself like the head, with a Latin letter.
    let head = &school.school.people[school.school.director()];
    let name = format!("{} {}", head.family, head.given).replace('о', "o");
    let his = school.homeserver.register("mallory", "Mallory-1", &name);
    let his = his.await.unwrap();
    let posing = school.homeserver.acting_as("mallory");
    let room = json!({"is_direct": true, "invite": [id(&school, teacher)], "preset": "trusted_private_chat"});
    let room = posing
        .post("/_matrix/client/v3/createRoom", room)
        .await
        .unwrap();
    let chats = app.watch("chats", json!({})).await;
    chats
        .until("the invitation", |rows| {
            let mut rows = rows.as_array().into_iter().flatten();
            rows.any(|row| row["id"] == room["room_id"])
        })
        .await;
    app.call("accept_invitation", json!({"chat": room["room_id"]}))
        .await
        .unwrap();
    let found = known(&mut app, &head.family, json!({}), &his).await;
    let hit = found["hits"].as_array().unwrap().iter();
    let hit = hit.clone().find(|hit| hit["person"]["id"] == his).unwrap();
    assert_eq!(
        (&hit["person"]["mark"], &hit["source"]),
        (&json!("imitates"), &json!("chats"))
    );
    let shown = card(&mut app, &his).await;
    assert_eq!(
        shown["imitates"]["person"]["id"],
        id(&school, school.school.director())
    );
}

#[tokio::test]
async fn own_contacts_are_on_every_device_and_two_that_change_others_both_keep_theirs() {
    let mut school = school().await;
    let teacher = school.school.teacher();
    let (first_device, mut first) = at_home(&school, teacher).await;
    let (_second_device, mut second) = at_home(&school, teacher).await;
    let ours = first.watch("own_contacts", json!({})).await;
    let theirs = second.watch("own_contacts", json!({})).await;
    let families = |book: &Value| -> Vec<String> {
        let book = book.as_array().into_iter().flatten();
        book.map(|contact| contact["family"].as_str().unwrap().to_owned())
            .collect()
    };
    let save =
        json!({"contacts": [own("Поваров", "+7 900 000-00-01"), own("Ёлкин", "+7 900 000-00-02")]});
    let kept = first.call("save_contacts", save).await.unwrap();
    theirs
        .until("both contacts", |book| {
            families(book) == ["Ёлкин", "Поваров"]
        })
        .await;

    // Without a network each changes another, and one device is started anew meanwhile.
    school.homeserver.kill().await.unwrap();
    let offline = async |app: &mut App| {
        let link = app.watch("connection", json!({})).await;
        link.until("offline", |connection| connection["link"] == "offline")
            .await;
    };
    offline(&mut first).await;
    offline(&mut second).await;
    let mut changed = own("Кашеваров", "+7 900 000-00-01");
    changed["id"] = kept[0].clone();
    first
        .call("save_contacts", json!({"contacts": [changed]}))
        .await
        .unwrap();
    second
        .call("remove_contacts", json!({"ids": [kept[1]]}))
        .await
        .unwrap();
    let parent = id(&school, school.school.parent());
    let note = json!({"person": parent, "text": "звонить после шести"});
    second.call("set_note", note).await.unwrap();
    // Whoever would sign out now is told what goes with the device.
    let link = second.watch("connection", json!({})).await;
    link.until("a word that waits", |link| link["bookWaits"] == true)
        .await;
    ours.until("the new name", |book| {
        families(book) == ["Ёлкин", "Кашеваров"]
    })
    .await;
    first.kill().await;
    let mut first = first_device.start().await.unwrap();
    let ours = first.watch("own_contacts", json!({})).await;
    ours.until("what was said without a network", |book| {
        families(book) == ["Ёлкин", "Кашеваров"]
    })
    .await;
    school.homeserver.restart().await.unwrap();
    for book in [&ours, &theirs] {
        book.until("both changes", |book| families(book) == ["Кашеваров"])
            .await;
    }
    link.until("nothing that waits", |link| link["bookWaits"] == false)
        .await;
    until(
        &mut first,
        "the note",
        "contact_card",
        json!({ "person": parent }),
        |card| card["note"] == "звонить после шести",
    )
    .await;
    // He is found with everybody else, and goes with the account.
    let page = until(
        &mut first,
        "the own contact",
        "find_contacts",
        asked("кашеваров", json!({"sources": ["own"]})),
        |page| page["total"] == 1,
    )
    .await;
    assert_eq!(page["hits"][0]["reach"], "+7 900 000-00-01");
    assert_eq!(page["hits"][0]["own"], kept[0]);
    // What is said in the last moment does not go with the device, into a part that the server has already.
    let last = json!({"person": parent, "text": "звонить после семи"});
    first.call("set_note", last).await.unwrap();
    first.call("sign_out", json!({})).await.unwrap();
    let (_third_device, mut third) = at_home(&school, teacher).await;
    let book = third.watch("own_contacts", json!({})).await;
    book.until("the book on a new device", |book| {
        families(book) == ["Кашеваров"]
    })
    .await;
    until(
        &mut third,
        "the last note",
        "contact_card",
        json!({ "person": parent }),
        |card| card["note"] == "звонить после семи",
    )
    .await;
}

#[tokio::test]
async fn a_file_of_an_old_telephone_is_read_and_nobody_comes_twice() {
    let school = school().await;
    let (_device, mut app) = at_home(&school, school.school.teacher()).await;
    // «Щукина;Мария;Петровна» and a name in windows-1251, as quoted-printable.
    let file = "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=WINDOWS-1251;ENCODING=QUOTED-PRINTABLE:=D9=F3=EA=E8=ED=E0;=CC=E0=\r\n=F0=E8=FF;=CF=E5=F2=F0=EE=E2=ED=E0\r\nTEL;CELL:8 (900) 123-45-67\r\nEND:VCARD\r\n\
        BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Белов Иван\r\nEMAIL:ivan@example.org\r\nEND:VCARD\r\nBEGIN:VCARD\r\nVERSION:3.0\r\n";
    let staged = app.stage("contacts.vcf", file.as_bytes()).await.unwrap();
    let preview = app
        .call("read_vcards", json!({ "id": staged }))
        .await
        .unwrap();
    let contacts = preview["contacts"].as_array().unwrap().clone();
    assert_eq!(contacts.len(), 2, "{preview:#}");
    let first = &contacts[0];
    assert_eq!(
        (&first["family"], &first["given"], &first["patronymic"]),
        (&json!("Щукина"), &json!("Мария"), &json!("Петровна"))
    );
    assert_eq!(preview["unreadable"], 1);
    app.call("save_contacts", json!({ "contacts": contacts }))
        .await
        .unwrap();
    let again = app.stage("contacts.vcf", file.as_bytes()).await.unwrap();
    let preview = app
        .call("read_vcards", json!({ "id": again }))
        .await
        .unwrap();
    assert_eq!(
        (&preview["contacts"], &preview["known"]),
        (&json!([]), &json!(2))
    );
    let gone = app.call("read_vcards", json!({ "id": again })).await;
    assert_eq!(gone.unwrap_err()["code"], "fileGone");
}
