//! Who is told apart from the people of an organisation.

use super::*;

#[test]
fn a_stranger_who_calls_himself_like_a_colleague_is_marked() {
    let directory = read(&school("!org"), "dasha");
    let teacher = directory.badge(&user("maria")).unwrap().name.clone();
    let mark = |login: &str, name: &str| {
        let person = Person {
            id: user(login),
            name: name.into(),
            avatar: None,
            mark: PersonMark::None,
        };
        directory.named(person).0.mark
    };
    let mut words = teacher.split(' ');
    let (family, given) = (words.next().unwrap(), words.next().unwrap());
    let latin: String = family
        .chars()
        .map(|c| match c {
            'а' => 'a',
            'о' => 'o',
            'е' => 'e',
            'р' => 'p',
            c => c,
        })
        .collect();
    assert_eq!(mark("maria", "кто угодно"), PersonMark::Staff);
    assert_eq!(mark("stranger", "Кто Угодно"), PersonMark::Outsider);
    for name in [
        format!("{given} {family}"),
        format!("Директор {family} {given}"),
        format!("{latin}\u{200b}, {given}"),
    ] {
        assert_eq!(mark("stranger", &name), PersonMark::Imitates, "{name}");
    }
    assert_eq!(mark("steward", &teacher), PersonMark::None);
    // Who belongs to no organisation is told nothing of others.
    let nobody = read(&school("!org"), "nobody");
    let person = Person {
        id: user("stranger"),
        name: teacher,
        avatar: None,
        mark: PersonMark::None,
    };
    assert_eq!(nobody.named(person).0.mark, PersonMark::None);
}
