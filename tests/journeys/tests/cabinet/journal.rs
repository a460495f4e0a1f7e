//! Who did what and when.

use super::*;

#[tokio::test]
async fn the_journal_tells_who_changed_what_from_what_to_what() {
    let school = school().await;
    let (_device, mut app) = administrator(&school, 0).await;
    let cabinet = opened(&mut app, &school).await;
    let me = &school.school.people[school.school.administrators()[0]];
    let before = cabinet.now()["info"]["phone"].clone();
    let step = of(
        &school,
        info_with(&cabinet.now(), "phone", "+7 495 111-22-33"),
    );
    app.call("set_info", step).await.unwrap();
    let pupil = &school.school.people[school.school.pupil()];
    let pupil_id = school.homeserver.user_id(&pupil.login);
    let step = of(&school, json!({"people": [pupil_id]}));
    app.call("remove_people", step).await.unwrap();
    sent(&mut app, &school).await;

    let page = app
        .call("journal", of(&school, json!({"before": null})))
        .await
        .unwrap();
    let entries = page["entries"].as_array().unwrap();
    let change = |field: &str| {
        entries.iter().find_map(|entry| {
            let changes = entry["changes"].as_array().unwrap().iter();
            let mut found = changes.filter(|change| change["field"] == field);
            Some((entry.clone(), found.next()?.clone()))
        })
    };
    let (entry, phone) = change("phone").unwrap();
    assert_eq!(entry["by"], school.homeserver.user_id(&me.login));
    assert!(entry["name"].as_str().unwrap().starts_with(&me.family));
    assert_eq!(
        (&phone["from"], &phone["to"]),
        (&before, &json!("+7 495 111-22-33"))
    );
    let (_, status) = change("status").unwrap();
    assert_eq!(
        (&status["from"], &status["to"]),
        (&json!("active"), &json!("removed"))
    );
    assert!(
        status["person"]
            .as_str()
            .unwrap()
            .starts_with(&pupil.family)
    );

    // It goes back to the day the school was made, each event once.
    let mut seen: Vec<String> = Vec::new();
    let mut page = page;
    loop {
        let entries = page["entries"].as_array().unwrap().iter();
        seen.extend(entries.map(|entry| entry["event"].as_str().unwrap().to_owned()));
        if page["next"].is_null() {
            break;
        }
        let next = of(&school, json!({"before": page["next"]}));
        page = app.call("journal", next).await.unwrap();
    }
    let (count, classes) = (
        seen.len(),
        cabinet.now()["classes"].as_array().unwrap().len(),
    );
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), count);
    assert!(count > classes + 3, "{count}");
}
