mod names;
mod world;

use super::*;
use crate::cabinet::tests::undoing::{acts, edits_of};
use crate::cabinet::tests::{done, plan, user};
use crate::edit::{Edit, FieldChange, Target};
use crate::plan::level::ADMINISTRATOR;
use crate::plan::{Board, ClassStatus, Role};
use proptest::prelude::*;
use serde_json::json;
use world::World;

fn key(class: &str, wish: &str) -> PlaceKey {
    PlaceKey::ClassChat(class.to_owned(), wish.to_owned())
}

fn changed(plan: OrgPlan, edits: Result<Vec<Edit>, crate::cabinet::ActError>) -> OrgPlan {
    done(plan, &edits.unwrap())
}

/// A school whose places are as the plan wants them.
fn settled() -> (OrgPlan, World) {
    let plan = plan();
    let mut world = World::founded(&plan);
    world.settle(&plan);
    (plan, world)
}

#[test]
fn a_founded_organisation_gets_its_places_and_then_there_is_nothing_to_do() {
    let (plan, world) = settled();
    assert_eq!(reconcile(&plan, &world.now), []);
    let chat = |wish| world.people(&key("5a", wish));
    assert_eq!(chat("students"), ["head", "maria", "petya", "steward"]);
    assert_eq!(chat("parents"), ["head", "maria", "mother", "steward"]);
    assert_eq!(chat("teachers"), ["head", "maria", "steward"]);
    let space = world.place(&PlaceKey::Class("5a".into()));
    assert_eq!(space.people["5a"]["people"].as_array().unwrap().len(), 3);
    assert_eq!(world.place(&key("5a", "parents")).name, "5 «А» · родители");
    assert_eq!(
        world.place(&key("5a", "parents")).levels[&user("maria")],
        TEACHER
    );
}

#[test]
fn names_of_a_class_lie_nowhere_but_in_its_space_and_with_the_staff() {
    let (_, world) = settled();
    for (id, place) in &world.now.places {
        let space = place.made_for == Some(PlaceKey::Class("5a".into()));
        assert!(
            space || id.as_str() == "!staff" || !place.people.contains_key("5a"),
            "{id}"
        );
    }
}

#[test]
fn who_moves_to_another_class_leaves_the_chats_of_the_old_one_first() {
    let (plan, mut world) = settled();
    let plan = changed(plan.clone(), plan.move_people(&[user("petya")], "5a", "6a"));
    let actions = reconcile(&plan, &world.now);
    let last_taken = actions
        .iter()
        .rposition(|action| matches!(action, Action::Remove { .. }));
    let first_given = actions
        .iter()
        .position(|action| matches!(action, Action::Copy { .. } | Action::Invite { .. }));
    assert!(last_taken.unwrap() < first_given.unwrap());
    world.settle(&plan);
    assert_eq!(
        world.people(&key("5a", "students")),
        ["head", "maria", "steward"]
    );
    assert_eq!(
        world.people(&key("6a", "students")),
        ["head", "petya", "steward"]
    );
}

#[test]
fn who_leaves_the_organisation_leaves_every_place_of_it() {
    let (plan, mut world) = settled();
    // Also those where somebody had added her by hand.
    world.add_by_hand(&key("6a", "teachers"), "maria");
    let plan = changed(plan.clone(), plan.remove_people(&[user("maria")]));
    world.settle(&plan);
    for (id, place) in &world.now.places {
        assert!(!place.members.contains_key(&user("maria")), "{id}");
        assert!(
            place
                .levels
                .get(&user("maria"))
                .is_none_or(|level| *level == 0),
            "{id}"
        );
    }
}

#[test]
fn somebody_added_by_hand_stays_in_a_chat_and_in_no_place_that_holds_names() {
    let (plan, mut world) = settled();
    world.add_by_hand(&key("5a", "parents"), "ivan");
    world.add_by_hand(&key("5a", "parents"), "guest");
    world.add_by_hand(&PlaceKey::Class("5a".into()), "guest");
    world.settle(&plan);
    let parents = world.people(&key("5a", "parents"));
    assert!(parents.contains(&"ivan".to_owned()) && parents.contains(&"guest".to_owned()));
    assert!(
        !world
            .people(&PlaceKey::Class("5a".into()))
            .contains(&"guest".to_owned())
    );
}

#[test]
fn who_went_away_by_himself_is_not_called_back() {
    let (plan, mut world) = settled();
    world.leave(&key("5a", "parents"), "mother");
    world.settle(&plan);
    let parents = world.people(&key("5a", "parents"));
    assert!(!parents.contains(&"mother".to_owned()));
}

#[test]
fn nobody_is_an_administrator_by_hand() {
    let (plan, mut world) = settled();
    for at in [
        key("5a", "parents"),
        PlaceKey::Class("5a".into()),
        PlaceKey::Organisation,
    ] {
        world.raise(&at, "maria", ADMINISTRATOR);
    }
    world.settle(&plan);
    assert_eq!(
        world.place(&key("5a", "parents")).levels[&user("maria")],
        TEACHER
    );
    assert_eq!(
        world.place(&PlaceKey::Class("5a".into())).levels[&user("maria")],
        0
    );
    assert_eq!(
        world.place(&PlaceKey::Organisation).levels[&user("maria")],
        0
    );
}

#[test]
fn a_renamed_class_renames_its_chats_and_a_graduated_one_keeps_everything() {
    let (plan, mut world) = settled();
    let before = world.place(&key("11b", "students")).clone();
    let plan = changed(plan.clone(), plan.promote(None));
    world.settle(&plan);
    assert_eq!(world.place(&key("5a", "parents")).name, "6 «А» · родители");
    assert_eq!(*world.place(&key("11b", "students")), before);
}

#[test]
fn a_deleted_class_is_left_by_all_but_administrators() {
    let (plan, mut world) = settled();
    let plan = changed(
        plan.clone(),
        plan.set_class_status(&["5a".into()], &ClassStatus::Deleted),
    );
    world.settle(&plan);
    for at in [
        key("5a", "students"),
        key("5a", "parents"),
        PlaceKey::Class("5a".into()),
    ] {
        assert_eq!(world.people(&at), ["head", "steward"]);
    }
}

#[test]
fn a_place_that_was_made_and_not_recorded_is_found_again() {
    let (plan, mut world) = settled();
    let count = world.now.places.len();
    world.forget_record(&PlaceKey::Class("5a".into()), "parents");
    world.settle(&plan);
    assert_eq!(world.now.places.len(), count);
}

#[test]
fn a_chat_that_is_gone_is_made_again() {
    let (plan, mut world) = settled();
    world.lose(&key("5a", "parents"));
    world.settle(&plan);
    assert_eq!(
        world.people(&key("5a", "parents")),
        ["head", "maria", "mother", "steward"]
    );
}

#[test]
fn an_unreadable_class_is_left_as_it_is() {
    let (mut plan, mut world) = settled();
    let before = world.now.clone();
    let broken = FieldChange {
        person: None,
        field: Some("stage".into()),
        from: json!(5),
        to: json!("five"),
    };
    plan.lay(&Edit {
        target: Target::Class("5a".into()),
        changes: vec![broken],
    });
    world.settle(&plan);
    assert_eq!(world.now, before);
}

#[test]
fn a_list_that_can_not_be_read_or_is_missing_drives_nobody_out() {
    let (plan, world) = settled();
    let takes = |plan: &OrgPlan| {
        let actions = reconcile(plan, &world.now);
        actions
            .iter()
            .any(|action| matches!(action, Action::Remove { .. } | Action::SetLevels { .. }))
    };
    let mut broken = plan.clone();
    let nameless = FieldChange {
        person: Some("maria:s".into()),
        field: Some("name".into()),
        from: json!({"family": "Щукина", "given": "А"}),
        to: json!(7),
    };
    broken.lay(&Edit {
        target: Target::People("staff".into()),
        changes: vec![nameless],
    });
    assert_eq!(broken.unreadable().len(), 1);
    assert!(!takes(&broken));
    let mut sources = crate::cabinet::tests::school();
    sources[1].events.clear();
    let missing = OrgPlan::read(&sources, &plan.id).unwrap();
    assert!(!takes(&missing));
}

#[test]
fn a_role_that_changes_changes_the_chats() {
    let (plan, mut world) = settled();
    let plan = changed(
        plan.clone(),
        plan.set_role(&[user("mother")], &Role::Teacher),
    );
    world.settle(&plan);
    assert!(
        !world
            .people(&key("5a", "parents"))
            .contains(&"mother".to_owned())
    );
    assert!(
        world
            .people(&key("5a", "teachers"))
            .contains(&"mother".to_owned())
    );
    assert!(
        world
            .people(&PlaceKey::Staff)
            .contains(&"mother".to_owned())
    );
}

proptest! {
    /// After every single action: nobody is anywhere, or may do anything, that neither the plan wants nor was so before.
    #[test]
    fn it_reaches_the_plan_from_any_interruption_and_never_gives_more(
        edits in proptest::collection::vec(acts(), 0..8),
        stops in proptest::collection::vec(0..6usize, 0..4),
        by_hand in proptest::collection::vec((proptest::sample::select(vec!["maria", "ivan", "petya", "mother", "guest"]), 0..20usize), 0..4),
    ) {
        let (mut plan, mut world) = settled();
        for act in edits {
            if let Ok(edits) = edits_of(&plan, &act) {
                plan = done(plan, &edits);
            }
        }
        for (who, place) in by_hand {
            world.add_anywhere(place, who);
        }
        let mut whole = world.clone();
        whole.settle(&plan);
        for stop in stops {
            for action in reconcile(&plan, &world.now).into_iter().take(stop) {
                let before = world.now.clone();
                world.carry_out(&action);
                world.gave_no_more(&plan, &before)?;
            }
        }
        world.settle(&plan);
        prop_assert_eq!(reconcile(&plan, &world.now), vec![]);
        prop_assert_eq!(world.by_key(), whole.by_key());
    }
}

#[test]
fn an_owner_comes_into_every_place_and_stands_there_as_one() {
    let (plan, mut world) = settled();
    let plan = changed(plan.clone(), plan.make_owner(&user("maria")));
    world.settle(&plan);
    for place in world.now.places.values() {
        assert!(place.members.contains_key(&user("maria")));
        assert_eq!(place.levels[&user("maria")], OWNER);
    }
}

#[test]
fn in_a_class_nobody_learns_what_children_its_people_have_elsewhere() {
    let (mut plan, mut world) = settled();
    let two = json!(["petya:s", "elsewhere:s"]);
    let children = |person: &str, to: serde_json::Value| FieldChange {
        person: Some(person.into()),
        field: Some("children".into()),
        from: json!(null),
        to,
    };
    for (list, person) in [("5a", "mother:s"), ("staff", "maria:s")] {
        plan.lay(&Edit {
            target: Target::People(list.into()),
            changes: vec![children(person, two.clone())],
        });
    }
    world.settle(&plan);
    let told = serde_json::to_string(&[
        &world.place(&PlaceKey::Class("5a".into())).people,
        &world.place(&PlaceKey::Organisation).people,
    ]);
    let told = told.unwrap();
    assert!(told.contains(r#""children":["petya:s"]"#), "{told}");
    assert!(!told.contains("elsewhere"), "{told}");
}

fn org_chat(wish: &str) -> PlaceKey {
    PlaceKey::OrgChat(wish.to_owned())
}

#[test]
fn the_head_has_chats_with_whom_he_has_called_and_with_nobody_else() {
    let (plan, mut world) = settled();
    let made = |world: &World, wish: &str| {
        let mut places = world.now.places.values();
        places.any(|place| place.made_for == Some(org_chat(wish)))
    };
    for wish in ["heads", "all_staff", "committee", "council"] {
        assert!(!made(&world, wish), "{wish}");
    }
    let call = |plan: OrgPlan, who: &str, board| {
        changed(plan.clone(), plan.set_board(&[user(who)], &board, true))
    };
    let plan = call(plan, "maria", Board::Heads);
    let plan = call(plan, "mother", Board::Committee);
    let plan = call(plan, "petya", Board::Council);
    world.settle(&plan);
    let people = |world: &World, wish: &str| world.people(&org_chat(wish));
    assert_eq!(people(&world, "heads"), ["head", "maria", "steward"]);
    assert_eq!(
        people(&world, "all_staff"),
        ["head", "ivan", "maria", "steward"]
    );
    assert_eq!(people(&world, "committee"), ["head", "mother", "steward"]);
    assert_eq!(people(&world, "council"), ["head", "petya", "steward"]);
    // A deputy speaks in the channel of the head; a teacher reads it.
    let levels = &world.place(&org_chat("all_staff")).levels;
    assert_eq!(
        (levels.get(&user("maria")), levels.get(&user("ivan"))),
        (Some(&TEACHER), None)
    );
    // Who was called and is no longer leaves; somebody added by hand stays.
    world.add_by_hand(&org_chat("committee"), "ivan");
    let plan = changed(
        plan.clone(),
        plan.set_board(&[user("mother")], &Board::Committee, false),
    );
    world.settle(&plan);
    assert_eq!(people(&world, "committee"), ["head", "ivan", "steward"]);
}

#[test]
fn a_picture_follows_the_class_and_one_that_somebody_gave_stays() {
    let (plan, mut world) = settled();
    let drawn = |world: &World, wish: &str| world.place(&key("5a", wish)).picture.clone();
    assert_eq!(
        drawn(&world, "parents"),
        PictureNow::Drawn("1:parents:5а".into())
    );
    world.give_picture(&key("5a", "students"));
    let plan = changed(plan.clone(), plan.promote(None));
    world.settle(&plan);
    assert_eq!(
        drawn(&world, "parents"),
        PictureNow::Drawn("1:parents:6а".into())
    );
    assert_eq!(drawn(&world, "students"), PictureNow::Own);
}
