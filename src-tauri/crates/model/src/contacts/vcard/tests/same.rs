//! Who is in the address book already.

use super::*;
use proptest::prelude::*;

fn named(name: &str, phones: &[&str], emails: &[&str], account: Option<&str>) -> OwnContact {
    OwnContact {
        emails: emails.iter().map(|email| (*email).to_owned()).collect(),
        account: account.map(Into::into),
        ..person(name, "", "", phones)
    }
}

#[test]
fn who_is_the_same() {
    let maria = |phones: &[&str], emails: &[&str]| named("Иванова Мария", phones, emails, None);
    for (one, other, expected) in [
        (maria(&[], &[]), maria(&[], &[]), true),
        (maria(&[], &[]), person("иванова", "МАРИЯ", "", &[]), true),
        (maria(&[], &[]), person("Мария", "Иванова", "", &[]), true),
        (
            maria(&["+7 912 345-67-89"], &[]),
            maria(&["1", "89123456789"], &[]),
            true,
        ),
        (
            maria(&["9123456789"], &[]),
            maria(&["+7(912)3456789 доб. 12"], &[]),
            true,
        ),
        (maria(&["112"], &[]), maria(&["112"], &[]), true),
        (maria(&["112"], &[]), maria(&["9123456112"], &[]), false),
        (maria(&["112"], &[]), maria(&[], &[]), false),
        (maria(&["1"], &["A@b.ru"]), maria(&["2"], &["a@B.ru"]), true),
        (maria(&[], &["a@b.ru"]), maria(&["2"], &[]), false),
        (
            maria(&["1"], &[]),
            named("Иванов Пётр", &["1"], &[], None),
            false,
        ),
        (
            named("Мама", &["1"], &[], Some("@m:s")),
            named("Иванова", &["2"], &[], Some("@m:s")),
            true,
        ),
        (
            named("Иванова", &[], &[], Some("@m:s")),
            named("Иванова", &[], &[], Some("@n:s")),
            false,
        ),
        (
            named("Иванова", &[], &[], Some("@m:s")),
            named("Иванова", &[], &[], None),
            true,
        ),
    ] {
        assert_eq!(same(&one, &other), expected, "{one:?} {other:?}");
    }
}

proptest! {
    #[test]
    fn it_makes_no_difference_who_is_asked_of(
        a in ("[аб ]{0,2}", proptest::collection::vec("[+78]{0,1}[12]{1,2}", 0..2), proptest::option::of("@[ab]:s")),
        b in ("[аб ]{0,2}", proptest::collection::vec("[+78]{0,1}[12]{1,2}", 0..2), proptest::option::of("@[ab]:s")),
    ) {
        let [a, b] = [a, b].map(|(name, phones, account)| {
            let phones: Vec<&str> = phones.iter().map(String::as_str).collect();
            named(&name, &phones, &[], account.as_deref())
        });
        prop_assert!(same(&a, &a));
        prop_assert_eq!(same(&a, &b), same(&b, &a));
    }
}
