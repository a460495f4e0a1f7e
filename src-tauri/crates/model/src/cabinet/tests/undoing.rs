//! Whatever an administrator does fits the plan he saw and can be taken back.

use super::*;
use proptest::prelude::*;

#[derive(Clone, Debug)]
pub(crate) enum Act {
    Move(&'static str, &'static str, &'static str),
    Role(&'static str, Role),
    Remove(&'static str),
    Restore(&'static str),
    Homeroom(&'static str, Option<&'static str>),
    Promote,
    Leave(&'static str, &'static str),
    Board(&'static str, Board, bool),
}

pub(crate) fn acts() -> impl Strategy<Value = Act> {
    let who = || proptest::sample::select(vec!["maria", "ivan", "petya", "mother"]);
    let class = || proptest::sample::select(vec!["5a", "6a", "11b"]);
    let role = proptest::sample::select(vec![
        Role::Teacher,
        Role::Staff,
        Role::Student,
        Role::Parent,
    ]);
    let board = proptest::sample::select(vec![Board::Heads, Board::Committee, Board::Council]);
    prop_oneof![
        (who(), class(), class()).prop_map(|(who, from, to)| Act::Move(who, from, to)),
        (who(), role).prop_map(|(who, role)| Act::Role(who, role)),
        who().prop_map(Act::Remove),
        who().prop_map(Act::Restore),
        (class(), proptest::option::of(who())).prop_map(|(class, who)| Act::Homeroom(class, who)),
        Just(Act::Promote),
        (who(), class()).prop_map(|(who, class)| Act::Leave(who, class)),
        (who(), board, any::<bool>())
            .prop_map(|(who, board, joined)| Act::Board(who, board, joined)),
    ]
}

pub(crate) fn edits_of(plan: &OrgPlan, act: &Act) -> Result<Vec<Edit>, ActError> {
    match act {
        Act::Move(who, from, to) => plan.move_people(&[user(who)], from, to),
        Act::Role(who, role) => plan.set_role(&[user(who)], role),
        Act::Remove(who) => plan.remove_people(&[user(who)]),
        Act::Restore(who) => plan.restore_people(&[user(who)]),
        Act::Homeroom(id, who) => {
            let class = of_class(plan, id);
            let fields = ClassFields {
                stage: class.stage,
                letter: class.letter,
                title: class.title,
                homeroom: who.map(user),
            };
            plan.set_class(id, &fields)
        }
        Act::Promote => plan.promote(None),
        Act::Leave(who, class) => plan.leave_class(&[user(who)], class),
        Act::Board(who, board, joined) => plan.set_board(&[user(who)], board, *joined),
    }
}

proptest! {
    #[test]
    fn whatever_is_done_fits_the_plan_and_can_be_undone(all in proptest::collection::vec(acts(), 1..12)) {
        let mut now = plan();
        for act in all {
            let Ok(edits) = edits_of(&now, &act) else { continue };
            let mut after = now.clone();
            for edit in &edits {
                for merged in after.lay(edit) {
                    prop_assert!(matches!(merged, Merged::Applied | Merged::Already), "{:?}: {:?}", act, merged);
                }
                prop_assert!(after.document(&edit.target).has(edit));
            }
            let mut back = after.clone();
            for edit in edits.iter().rev() {
                back.lay(&edit.opposite());
            }
            prop_assert_eq!(cabinet(&back), cabinet(&now));
            now = after;
        }
    }
}
