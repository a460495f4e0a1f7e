//! What people at school say for what the plan calls by its full name.

use crate::BadgeRole;

/// Beginnings of words that a position or a subject has, all of them, and how it is called then.
const SPOKEN: &[(&[&str], &[&str])] = &[
    (&["заместител", "директор"], &["завуч"]),
    (&["социальн", "педагог"], &["соцпедагог"]),
    (&["классн", "руководител"], &["классрук"]),
    (
        &["физическ", "культур"],
        &["физкультура", "физра", "физрук"],
    ),
    (&["физкультур"], &["физра", "физрук"]),
    (&["английск"], &["иняз", "англичанка", "англичанин"]),
    (&["немецк"], &["иняз", "немка"]),
    (&["французск"], &["иняз", "француженка"]),
    (&["иностранн"], &["иняз"]),
    (&["русск"], &["русичка", "русист"]),
    (&["литератур"], &["литераторша", "литератор"]),
    (&["истори"], &["историк", "историчка"]),
    (&["хими"], &["химик", "химичка"]),
    (&["биологи"], &["биологичка"]),
    (&["географи"], &["географичка"]),
    (&["технологи"], &["труд", "трудовик"]),
    (&["труд"], &["трудовик"]),
    (&["безопасност"], &["обж", "обзр"]),
    (&["изобразительн"], &["изо"]),
    (&["начальн", "класс"], &["началка"]),
    (&["бухгалтер"], &["бухгалтерия"]),
];

/// The other names of a position or a subject, which is given as its words.
pub(super) fn spoken(words: &[String]) -> impl Iterator<Item = &'static str> {
    let has = |beginning: &&str| words.iter().any(|word| word.starts_with(*beginning));
    SPOKEN
        .iter()
        .filter(move |(beginnings, _)| beginnings.iter().all(has))
        .flat_map(|(_, names)| names.iter().copied())
}

/// The words for a role, in any organisation.
pub(super) fn role_words(role: BadgeRole) -> &'static [&'static str] {
    match role {
        BadgeRole::Teacher => &["учитель", "учительница", "преподаватель", "педагог"],
        BadgeRole::Staff => &["сотрудник", "сотрудница"],
        BadgeRole::Student => &["ученик", "ученица", "обучающийся", "студент", "студентка"],
        BadgeRole::Parent => &["родитель"],
        BadgeRole::Other => &[],
    }
}
