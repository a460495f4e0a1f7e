//! The report as a table that Excel opens by a double click.

use crate::table::{begin, line};
use parta_model::{AckPerson, BadgeRole};

/// The words of a sheet, in the language of the window.
pub struct AckSheet {
    /// The heads: name, role, classes, when acknowledged, when reminded.
    pub columns: Vec<String>,
    /// In the order of `BadgeRole`.
    pub roles: Vec<String>,
}

impl AckSheet {
    /// `times` holds two for each person: acknowledged and reminded, as the clock on the wall shows them.
    pub(super) fn table(&self, people: &[AckPerson], times: &[String]) -> String {
        let mut out = begin();
        line(&mut out, self.columns.iter().map(String::as_str));
        for (one, times) in people.iter().zip(times.chunks(2)) {
            let badge = one.badge.as_ref();
            let classes = badge.map(|badge| badge.classes.join(", "));
            let time =
                |at: Option<u64>, place: usize| at.and(times.get(place)).map_or("", String::as_str);
            line(
                &mut out,
                [
                    one.person.name.as_str(),
                    badge.map_or("", |badge| self.role(badge.role)),
                    classes.as_deref().unwrap_or_default(),
                    time(one.at, 0),
                    time(one.reminded, 1),
                ],
            );
        }
        out
    }

    fn role(&self, role: BadgeRole) -> &str {
        let place = match role {
            BadgeRole::Teacher => 0,
            BadgeRole::Staff => 1,
            BadgeRole::Student => 2,
            BadgeRole::Parent => 3,
            BadgeRole::Other => 4,
        };
        self.roles.get(place).map_or("", String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use parta_model::{Badge, OrganisationKind, Person, UserId};

    fn one(name: &str, at: Option<u64>, badge: Option<Badge>) -> AckPerson {
        AckPerson {
            person: Person {
                id: UserId::new("@a:x"),
                name: name.into(),
                avatar: None,
                mark: Default::default(),
            },
            badge,
            at,
            reminded: None,
        }
    }

    fn sheet() -> AckSheet {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        AckSheet {
            columns: words(&["Имя", "Роль", "Классы", "Ознакомлен", "Напомнили"]),
            roles: words(&["учитель", "сотрудник", "ученик", "родитель", ""]),
        }
    }

    #[test]
    fn a_table_has_a_line_for_each_person_and_times_only_where_there_are_any() {
        let badge = Badge {
            role: BadgeRole::Parent,
            name: "Кузнецова Ольга".into(),
            position: None,
            subjects: vec![],
            classes: vec!["5А".into(), "7Б".into()],
            homeroom: vec![],
            organisation: OrganisationKind::School,
        };
        let people = [
            one("Кузнецова Ольга", Some(5), Some(badge)),
            one("Гость «Без шапочки»", None, None),
        ];
        let times = [
            "2026-11-22 17:05",
            "1970-01-01 03:00",
            "1970-01-01 03:00",
            "1970-01-01 03:00",
        ]
        .map(String::from);
        assert_eq!(
            sheet().table(&people, &times),
            "\u{feff}\"Имя\";\"Роль\";\"Классы\";\"Ознакомлен\";\"Напомнили\"\r\n\
             \"Кузнецова Ольга\";\"родитель\";\"5А, 7Б\";\"2026-11-22 17:05\";\"\"\r\n\
             \"Гость «Без шапочки»\";\"\";\"\";\"\";\"\"\r\n"
        );
    }

    #[test]
    fn a_name_can_be_no_formula_and_end_no_field() {
        for (name, field) in [
            (
                "=HYPERLINK(\"http://x\")",
                "\"'=HYPERLINK(\"\"http://x\"\")\"",
            ),
            ("+7 900", "\"'+7 900\""),
            ("-1", "\"'-1\""),
            ("@SUM(1)", "\"'@SUM(1)\""),
            ("\tx", "\"'\tx\""),
            ("a;b\nc", "\"a;b\nc\""),
        ] {
            let mut out = String::new();
            line(&mut out, [name]);
            assert_eq!(out, format!("{field}\r\n"));
        }
    }
}
