//! Who is in a chat of the organisation because the plan wants him there, and who was added by hand.

use super::*;

/// The school with a chat of the parents of 5А and one of its staff, and 5А's head in the parents' committee.
fn with_chats() -> Vec<PlanSource> {
    let mut sources = school("!org");
    let chat = |key: &str, room: &str| event("school.parta.chat", key, json!({ "room_id": room }));
    sources[0].events.push(chat("staff", "!talk"));
    sources[0].events.push(chat("committee", "!committee"));
    sources[0].levels.insert(user("head"), 90);
    sources[1].events.push(chat("parents", "!parents"));
    sources
}

#[test]
fn who_is_not_of_the_class_was_added_by_hand_but_for_who_runs_the_organisation() {
    let directory = read(&with_chats(), "olga");
    let by_hand =
        |chat: &str, login: &str| directory.is_added_by_hand(&ChatId::new(chat), &user(login));
    // Dasha is of the class, and no parent.
    for (login, expected) in [
        ("olga", false),
        ("maria", false),
        ("dasha", true),
        ("ilya", true),
        ("guest", true),
    ] {
        assert_eq!(by_hand("!parents", login), expected, "{login}");
    }
    assert!(!by_hand("!parents", "head") && !by_hand("!parents", "steward"));
    assert!(by_hand("!talk", "olga") && !by_hand("!talk", "maria"));
    assert!(
        !by_hand("!else", "guest"),
        "a chat that people have made is theirs"
    );
}

#[test]
fn who_only_runs_the_organisation_is_in_the_chats_of_its_classes_to_run_it() {
    // Everybody who is in the chat knows that.
    let directory = read(&with_chats(), "olga");
    let runs =
        |login: &str, chat: &str| directory.is_there_to_run(&ChatId::new(chat), &user(login));
    assert!(runs("head", "!parents"));
    assert!(!runs("head", "!talk") && !runs("head", "!else") && !runs("maria", "!parents"));
    let mut sources = with_chats();
    sources[0].levels.insert(user("maria"), 90);
    let directory = read(&sources, "maria");
    let own = directory.is_there_to_run(&ChatId::new("!parents"), &user("maria"));
    assert!(!own, "her own class");
}

#[test]
fn what_somebody_may_not_know_is_not_said() {
    // A parent does not know who else is called into the committee, nor who is in another class.
    let directory = read(&with_chats(), "olga");
    assert!(!directory.is_added_by_hand(&ChatId::new("!committee"), &user("guest")));
    let mut sources = with_chats();
    sources[1]
        .events
        .retain(|event| event.kind != "school.parta.people");
    let directory = read(&sources, "ilya");
    assert!(!directory.is_added_by_hand(&ChatId::new("!parents"), &user("guest")));
    // Who sees all of the plan does.
    let mut sources = with_chats();
    let mut head = person("olga", "parent", Some("parent"), "active");
    head["boards"] = json!({"committee": "active"});
    sources.push(source(
        "!org-staff",
        room_type::STAFF,
        vec![people("5a", vec![head])],
    ));
    let directory = read(&sources, "maria");
    let by_hand =
        |login: &str| directory.is_added_by_hand(&ChatId::new("!committee"), &user(login));
    assert!(by_hand("guest") && !by_hand("olga"));
}
