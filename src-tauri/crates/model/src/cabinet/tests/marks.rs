//! What has not reached the server is shown with the step that it belongs to.

use super::*;
use crate::cabinet::Pending;

/// The cabinet of a plan with edits that are in it and not on the server.
fn shown(plan: &OrgPlan, pending: &[(&str, &Edit, Progress)]) -> Cabinet {
    let pending = pending.iter().map(|(act, edit, progress)| Pending {
        act,
        edit,
        progress: *progress,
    });
    plan.show(&user("steward"), pending).unwrap()
}

#[test]
fn what_waits_and_what_conflicts_is_marked() {
    let edit = Edit {
        target: Target::People("5a".into()),
        changes: vec![FieldChange {
            person: Some("petya:s".into()),
            field: Some("role".into()),
            from: json!(1),
            to: json!(2),
        }],
    };
    let class = Edit {
        target: Target::Class("6a".into()),
        changes: vec![],
    };
    let cabinet = shown(
        &plan(),
        &[
            ("1", &edit, Progress::Waiting),
            ("2", &edit, Progress::Conflict),
            ("3", &class, Progress::Waiting),
        ],
    );
    let petya = cabinet
        .people
        .iter()
        .find(|person| person.id == user("petya"))
        .unwrap();
    assert_eq!(petya.progress, Progress::Conflict);
    assert_eq!(cabinet.classes[1].progress, Progress::Waiting);
    assert_eq!(
        (cabinet.info, cabinet.classes[0].progress),
        (Progress::Done, Progress::Done)
    );
}

/// The school with an administrator more, of the same name as the first.
fn with_two_of_a_name() -> OrgPlan {
    let mut sources = school();
    let two = json!({"people": [
        json!({"id": "head:s", "role": "staff", "status": "active", "name": {"family": "Белова", "given": "Анна"}}),
        json!({"id": "other:s", "role": "staff", "status": "active", "name": {"family": "Белова", "given": "Анна"}}),
    ]});
    let staff = sources[1]
        .events
        .iter_mut()
        .find(|event| event.key == "staff/1");
    staff.unwrap().content = two;
    for source in &mut sources {
        source
            .levels
            .insert(user("other"), crate::plan::level::ADMINISTRATOR);
    }
    OrgPlan::read(&sources, &ChatId::new("!org")).unwrap()
}

#[test]
fn who_is_being_dismissed_stays_in_the_list_with_the_step_and_not_his_namesake() {
    let plan = with_two_of_a_name();
    let edits = plan.dismiss(&[user("other")]).unwrap();
    let after = done(plan, &edits);
    let pending: Vec<_> = edits
        .iter()
        .map(|edit| ("act", edit, Progress::Waiting))
        .collect();
    let of = |login: &str| {
        let cabinet = shown(&after, &pending);
        let mut all = cabinet.administrators.into_iter();
        let one = all.find(|one| one.id == user(login)).unwrap();
        (one.name, one.dismissed_by, one.progress)
    };
    let name = || Some("Белова Анна".to_owned());
    assert_eq!(
        of("other"),
        (name(), Some("act".to_owned()), Progress::Waiting)
    );
    assert_eq!(of("head"), (name(), None, Progress::Done));
    // Once it has reached the server he is gone.
    let gone = shown(&after, &[]).administrators;
    assert!(!gone.iter().any(|one| one.id == user("other")));
}

#[test]
fn who_is_being_appointed_is_not_dismissed() {
    let edits = plan().appoint(&[user("ivan")]).unwrap();
    let after = done(plan(), &edits);
    let cabinet = shown(&after, &[("act", &edits[0], Progress::Waiting)]);
    let ivan = cabinet
        .administrators
        .iter()
        .find(|one| one.id == user("ivan"));
    assert_eq!(ivan.unwrap().dismissed_by, None);
    assert_eq!(ivan.unwrap().progress, Progress::Waiting);
}
