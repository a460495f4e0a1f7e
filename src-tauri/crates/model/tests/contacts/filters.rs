//! Who comes first, and what filters leave.

use super::logins;
use parta_model::contacts::{Class, ClassFilter, Contact, Contacts, Count, Filters, Page, Query};
use parta_model::{BadgeRole, PersonStatus};

fn person(login: &str, name: &str, role: BadgeRole) -> Contact {
    let words: Vec<&str> = name.split(' ').collect();
    Contact {
        id: format!("@{login}:x").as_str().into(),
        organisation: "!school".into(),
        family: words[0].to_owned(),
        given: words[1].to_owned(),
        patronymic: words.get(2).map(|word| (*word).to_owned()),
        role,
        position: None,
        subjects: vec![],
        classes: vec![],
        status: PersonStatus::Active,
        own_class: false,
        recent: None,
    }
}

fn class(label: &str, stage: u8) -> Class {
    Class {
        id: format!("id-{label}"),
        label: label.to_owned(),
        stage: Some(stage),
    }
}

/// A small school: two teachers, three pupils, and a teacher who has a child in another organisation.
fn school() -> Contacts {
    let teacher = |login, name, subject: &str, classes| Contact {
        subjects: vec![subject.to_owned()],
        classes,
        ..person(login, name, BadgeRole::Teacher)
    };
    let pupil = |login, name, label, stage| Contact {
        classes: vec![class(label, stage)],
        ..person(login, name, BadgeRole::Student)
    };
    let two = vec![class("7А", 7), class("7Б", 7)];
    Contacts::new(vec![
        teacher("physics", "Белова Анна Ивановна", "Физика", two),
        teacher("chemist", "Белов Пётр Ильич", "Химия", vec![class("8А", 8)]),
        pupil("a", "Белова Вера", "7А", 7),
        pupil("b", "Орлова Вера", "7Б", 7),
        Contact {
            status: PersonStatus::Removed,
            ..pupil("c", "Андреева Вера", "8А", 8)
        },
        Contact {
            organisation: "!college".into(),
            ..person("physics", "Белова Анна Ивановна", BadgeRole::Parent)
        },
    ])
}

fn filtered<'a>(contacts: &'a Contacts, text: &str, filters: Filters) -> Page<'a> {
    contacts.find(&Query {
        text: text.to_owned(),
        filters,
        most: 100,
        ..Query::default()
    })
}

fn pairs<T: Clone>(counts: &[Count<T>]) -> Vec<(T, usize)> {
    counts
        .iter()
        .map(|one| (one.value.clone(), one.count))
        .collect()
}

#[test]
fn exact_comes_before_begun_and_known_before_strange() {
    let known = |login, name, own_class, recent| Contact {
        own_class,
        recent,
        ..person(login, name, BadgeRole::Student)
    };
    let contacts = Contacts::new(vec![
        known("guess", "Маркав Иван", true, Some(0)),
        known("begun", "Маркович Иван", true, Some(0)),
        known("strange-b", "Марков Борис", false, None),
        known("strange-a", "Марков Антон", false, None),
        known("own", "Марков Яков", true, None),
        known("earlier", "Марков Ян", false, Some(7)),
        known("last", "Марков Юрий", false, Some(2)),
        Contact {
            status: PersonStatus::Removed,
            ..known("removed", "Марков Алексей", false, None)
        },
    ]);
    let order = [
        "last",
        "earlier",
        "own",
        "strange-a",
        "strange-b",
        "removed",
        "begun",
    ];
    assert_eq!(
        logins(&filtered(&contacts, "марков", Filters::default())),
        order
    );
    let begun = [
        "begun",
        "last",
        "earlier",
        "own",
        "strange-a",
        "strange-b",
        "removed",
        "guess",
    ];
    assert_eq!(
        logins(&filtered(&contacts, "марко", Filters::default())),
        begun
    );
}

#[test]
fn guesses_follow_only_where_few_fit_and_nobody_by_whole_words() {
    let contacts = school();
    assert_eq!(
        logins(&filtered(&contacts, "белов", Filters::default())),
        ["chemist", "physics", "a"]
    );
    assert_eq!(
        logins(&filtered(&contacts, "белова", Filters::default())),
        ["physics", "a"]
    );
    assert_eq!(
        logins(&filtered(&contacts, "билова вера", Filters::default())),
        ["a"]
    );
}

#[test]
fn filters_narrow_what_was_found() {
    let contacts = school();
    let is = |text: &str, filters: Filters, logins_: &[&str]| {
        assert_eq!(logins(&filtered(&contacts, text, filters)), logins_);
    };
    let roles = |role| Filters {
        roles: [role].into(),
        ..Filters::default()
    };
    let classes = |class| Filters {
        classes: [class].into(),
        ..Filters::default()
    };
    is("белова", roles(BadgeRole::Student), &["a"]);
    is("", roles(BadgeRole::Parent), &["physics"]);
    is("вера", classes(ClassFilter::Stage(7)), &["a", "b"]);
    let one = ClassFilter::Class {
        organisation: "!school".into(),
        id: "id-7Б".into(),
    };
    is("", classes(one.clone()), &["physics", "b"]);
    is(
        "",
        Filters {
            roles: [BadgeRole::Student].into(),
            ..classes(one)
        },
        &["b"],
    );
    is(
        "",
        Filters {
            subjects: ["ФИЗИКА".to_owned(), "химия".to_owned()].into(),
            ..Filters::default()
        },
        &["chemist", "physics"],
    );
    is(
        "",
        Filters {
            statuses: [PersonStatus::Removed].into(),
            ..Filters::default()
        },
        &["c"],
    );
    is(
        "",
        Filters {
            organisations: ["!college".into()].into(),
            ..Filters::default()
        },
        &["physics"],
    );
    is("", classes(ClassFilter::Stage(5)), &[]);
    is(
        "",
        Filters {
            subjects: ["Танцы".to_owned()].into(),
            ..Filters::default()
        },
        &[],
    );
}

#[test]
fn each_value_is_counted_by_the_query_and_the_other_filters() {
    use BadgeRole::{Parent, Student, Teacher};
    let contacts = school();
    let counts = filtered(&contacts, "вера", Filters::default()).counts;
    assert_eq!(
        pairs(&counts.roles),
        [(Teacher, 0), (Student, 3), (Parent, 0)]
    );
    assert_eq!(pairs(&counts.stages), [(7, 2), (8, 1)]);
    assert_eq!(
        pairs(&counts.statuses),
        [(PersonStatus::Active, 2), (PersonStatus::Removed, 1)]
    );

    // A choice of classes does not change the counts of classes, so that another can be added.
    let filters = Filters {
        classes: [ClassFilter::Stage(7)].into(),
        ..Filters::default()
    };
    let counts = filtered(&contacts, "", filters).counts;
    let classes: Vec<(&str, usize)> = counts
        .classes
        .iter()
        .map(|class| (class.label.as_str(), class.count))
        .collect();
    assert_eq!(classes, [("7А", 2), ("7Б", 2), ("8А", 2)]);
    assert_eq!(pairs(&counts.stages), [(7, 3), (8, 2)]);
    assert_eq!(
        pairs(&counts.roles),
        [(Teacher, 1), (Student, 2), (Parent, 0)]
    );
    assert_eq!(
        pairs(&counts.subjects),
        [("Физика".to_owned(), 1), ("Химия".to_owned(), 0)]
    );
}

#[test]
fn who_has_two_records_is_one_person() {
    let contacts = school();
    let page = filtered(&contacts, "", Filters::default());
    assert_eq!(page.total, 5);
    let organisations = pairs(&page.counts.organisations);
    assert_eq!(
        organisations,
        [("!college".into(), 1), ("!school".into(), 5)]
    );
    let found = filtered(&contacts, "белова физика", Filters::default());
    assert_eq!(found.hits[0].contact.organisation.as_str(), "!school");
}

#[test]
fn nobody_can_be_searched_too() {
    let contacts = Contacts::new(vec![]);
    for text in ["", "щукина", "7а", "🙂"] {
        assert_eq!(filtered(&contacts, text, Filters::default()).total, 0);
    }
}
