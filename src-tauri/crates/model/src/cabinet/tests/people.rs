//! What is done with people is done wherever they are listed.

use super::*;

#[test]
fn a_new_homeroom_teacher_is_one_in_the_list_of_the_class_as_well() {
    let fields = ClassFields {
        stage: Some(5),
        letter: Some("А".into()),
        title: None,
        homeroom: Some(user("ivan")),
    };
    let edits = plan().set_class("5a", &fields).unwrap();
    let after = done(plan(), &edits);
    assert_eq!(of_class(&after, "5a").homeroom, Some(user("ivan")));
    let part = |login: &str| person(&after, login).classes[0].part.clone();
    assert_eq!((part("ivan"), part("maria")), (As::Homeroom, As::Teacher));
    let nobody = ClassFields {
        homeroom: Some(user("nobody")),
        ..fields
    };
    assert_eq!(plan().set_class("5a", &nobody), Err(ActError::PersonGone));
}

#[test]
fn who_moves_is_in_one_class_only_and_stays_what_he_was() {
    let edits = plan()
        .move_people(&[user("petya"), user("maria")], "5a", "6a")
        .unwrap();
    let after = done(plan(), &edits);
    let classes = |login: &str| person(&after, login).classes;
    assert_eq!(
        classes("petya"),
        [InClass {
            class: "6a".into(),
            part: As::Student
        }]
    );
    assert_eq!(
        classes("maria"),
        [InClass {
            class: "6a".into(),
            part: As::Teacher
        }]
    );
    // There and back again leaves no second entry.
    let back = done(
        after.clone(),
        &after.move_people(&[user("petya")], "6a", "5a").unwrap(),
    );
    assert_eq!(
        person(&back, "petya").classes,
        [InClass {
            class: "5a".into(),
            part: As::Student
        }]
    );
}

#[test]
fn a_role_changes_wherever_the_person_is_listed() {
    let hired = done(
        plan(),
        &plan().set_role(&[user("mother")], &Role::Teacher).unwrap(),
    );
    assert_eq!(person(&hired, "mother").role, BadgeRole::Teacher);
    assert!(hired.members(STAFF).any(|member| member.id == "mother:s"));
    let left = done(
        hired.clone(),
        &hired.set_role(&[user("mother")], &Role::Parent).unwrap(),
    );
    let mother = person(&left, "mother");
    assert_eq!(
        (mother.role, mother.status),
        (BadgeRole::Parent, PersonStatus::Active)
    );
    assert_eq!(
        mother.classes,
        [InClass {
            class: "5a".into(),
            part: As::Parent
        }]
    );
    assert_eq!(
        plan().set_role(&[user("petya")], &Role::Student),
        Err(ActError::Nothing)
    );
}

#[test]
fn who_was_removed_is_kept_and_can_come_back() {
    let gone = done(
        plan(),
        &plan()
            .remove_people(&[user("maria"), user("petya")])
            .unwrap(),
    );
    assert_eq!(person(&gone, "maria").status, PersonStatus::Removed);
    assert_eq!(of_class(&gone, "5a").students, 0);
    let back = done(
        gone.clone(),
        &gone
            .restore_people(&[user("maria"), user("petya")])
            .unwrap(),
    );
    assert_eq!(back, plan());
    assert_eq!(
        plan().remove_people(&[user("nobody")]),
        Err(ActError::PersonGone)
    );
}

#[test]
fn a_body_of_the_organisation_is_of_people_of_its_role() {
    let join = |plan: &OrgPlan, who: &str, board| plan.set_board(&[user(who)], &board, true);
    for (who, board) in [
        ("maria", Board::Committee),
        ("petya", Board::Heads),
        ("mother", Board::Council),
    ] {
        assert_eq!(join(&plan(), who, board), Err(ActError::OtherRole));
    }
    let after = done(plan(), &join(&plan(), "mother", Board::Committee).unwrap());
    assert_eq!(person(&after, "mother").boards, [Board::Committee]);
    assert_eq!(
        join(&after, "mother", Board::Committee),
        Err(ActError::Nothing)
    );
    // Who becomes something else is in it no longer, without another step.
    let teacher = done(
        after.clone(),
        &after.set_role(&[user("mother")], &Role::Teacher).unwrap(),
    );
    assert_eq!(person(&teacher, "mother").boards, []);
    let out = after
        .set_board(&[user("mother")], &Board::Committee, false)
        .unwrap();
    assert_eq!(person(&done(after, &out), "mother").boards, []);
}
