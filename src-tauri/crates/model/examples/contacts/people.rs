//! Ten thousand people of a big school and a small college, the same on every machine: a cast who are looked for by
//! name, and a crowd around them.

use super::names::{ENDINGS, FAMILIES, MEN, ROOTS, WOMEN};
use parta_model::contacts::{Class, Contact};
use parta_model::{BadgeRole, PersonStatus};

const CAST: &str = include_str!("cast.txt");
const SUBJECTS: [&str; 12] = [
    "Математика",
    "Русский язык",
    "Литература",
    "Физика",
    "Химия",
    "Биология",
    "История",
    "География",
    "Английский язык",
    "Физическая культура",
    "Информатика",
    "Технология",
];
const POSITIONS: [&str; 5] = [
    "секретарь",
    "методист",
    "лаборант",
    "воспитатель",
    "заместитель директора по воспитательной работе",
];
const LETTERS: [&str; 6] = ["А", "Б", "В", "Г", "Д", "Е"];
const GROUPS: [&str; 3] = ["ИС", "ПР", "ЭК"];

/// Chance that is the same everywhere: SplitMix64.
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut value = self.0;
        value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((value ^ (value >> 31)) % end as u64) as usize
    }

    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    fn weighted<'a>(&mut self, list: &[(&'a str, usize)]) -> &'a str {
        let mut left = self.below(list.iter().map(|(_, weight)| weight).sum());
        let found = list.iter().find(|(_, weight)| {
            let here = left < *weight;
            left = left.saturating_sub(*weight);
            here
        });
        found.expect("the weights were summed").0
    }
}

/// `count` people: the cast, and a crowd made from a seed.
pub fn people(count: usize) -> Vec<Contact> {
    let mut people: Vec<Contact> = CAST
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(cast)
        .collect();
    let mut crowd = Crowd::new();
    while people.len() < count {
        let number = people.len();
        people.push(crowd.person(number));
    }
    people
}

fn class(label: &str) -> Class {
    let number: String = label.chars().filter(char::is_ascii_digit).collect();
    let number: u8 = number.parse().expect("a class has a number");
    let group = label.contains('-');
    Class {
        id: format!("class-{label}"),
        label: label.to_owned(),
        stage: Some(if group { number / 10 } else { number }),
    }
}

fn role(word: &str) -> BadgeRole {
    match word {
        "teacher" => BadgeRole::Teacher,
        "staff" => BadgeRole::Staff,
        "student" => BadgeRole::Student,
        "parent" => BadgeRole::Parent,
        _ => BadgeRole::Other,
    }
}

fn cast(line: &str) -> Contact {
    let fields: Vec<&str> = line.split(';').map(str::trim).collect();
    let list = |field: &str| -> Vec<String> {
        let words = field
            .split(',')
            .map(str::trim)
            .filter(|word| !word.is_empty());
        words.map(str::to_owned).collect()
    };
    let some = |field: &str| (!field.is_empty()).then(|| field.to_owned());
    Contact {
        id: format!("@{}:school", fields[0]).as_str().into(),
        organisation: format!("!{}", fields[5]).as_str().into(),
        family: fields[1].to_owned(),
        given: fields[2].to_owned(),
        patronymic: some(fields[3]),
        role: role(fields[4]),
        position: some(fields[6]),
        subjects: list(fields[7]),
        classes: list(fields[8]).iter().map(|label| class(label)).collect(),
        status: match fields[9] {
            "removed" => PersonStatus::Removed,
            _ => PersonStatus::Active,
        },
        own_class: fields[9] == "own",
        recent: fields[9]
            .strip_prefix("recent ")
            .and_then(|place| place.parse().ok()),
    }
}

struct Crowd {
    random: Random,
    families: Vec<(String, usize)>,
    men: Vec<(&'static str, usize)>,
    women: Vec<(&'static str, usize)>,
}

impl Crowd {
    fn new() -> Self {
        let common = FAMILIES
            .split(' ')
            .enumerate()
            .map(|(rank, family)| (family.to_owned(), 40_000 / (rank + 12)));
        let rare = ROOTS
            .split(' ')
            .flat_map(|root| ENDINGS.map(|ending| (format!("{root}{ending}"), 40)));
        Self {
            random: Random(20_260_901),
            families: common.chain(rare).collect(),
            men: weights(MEN),
            women: weights(WOMEN),
        }
    }

    fn person(&mut self, number: usize) -> Contact {
        let female = self.random.below(100) < 56;
        let families: Vec<(&str, usize)> = self
            .families
            .iter()
            .map(|(family, weight)| (family.as_str(), *weight))
            .collect();
        let family = of_woman(self.random.weighted(&families), female);
        let given = self
            .random
            .weighted(if female { &self.women } else { &self.men });
        let father = self.random.weighted(&self.men);
        let college = self.random.below(100) < 15;
        let (role, classes) = match self.random.below(100) {
            0..40 => (BadgeRole::Student, 1),
            40..85 => (BadgeRole::Parent, 1 + self.random.below(5) / 4),
            85..97 => (BadgeRole::Teacher, 1 + self.random.below(6)),
            _ => (BadgeRole::Staff, 0),
        };
        let teaches = role == BadgeRole::Teacher;
        Contact {
            id: format!("@p{number}:school").as_str().into(),
            organisation: if college { "!college" } else { "!school" }.into(),
            family,
            given: given.to_owned(),
            patronymic: (self.random.below(100) < 97).then(|| patronymic(father, female)),
            role,
            position: (role == BadgeRole::Staff)
                .then(|| (*self.random.pick(&POSITIONS)).to_owned()),
            subjects: if teaches {
                vec![(*self.random.pick(&SUBJECTS)).to_owned()]
            } else {
                vec![]
            },
            classes: (0..classes).map(|_| self.class(college)).collect(),
            status: match self.random.below(100) {
                0 => PersonStatus::Removed,
                _ => PersonStatus::Active,
            },
            own_class: false,
            recent: None,
        }
    }

    fn class(&mut self, college: bool) -> Class {
        let label = if college {
            format!(
                "{}-{}{}",
                self.random.pick(&GROUPS),
                1 + self.random.below(4),
                1 + self.random.below(2)
            )
        } else {
            format!(
                "{}{}",
                1 + self.random.below(11),
                self.random.pick(&LETTERS)
            )
        };
        class(&label)
    }
}

fn weights(list: &'static str) -> Vec<(&'static str, usize)> {
    let words: Vec<&str> = list.split(' ').collect();
    words
        .chunks(2)
        .map(|pair| (pair[0], pair[1].parse().expect("a weight is a number")))
        .collect()
}

/// «Кузнецов» → «Кузнецова», «Вишневский» → «Вишневская», «Шевченко» stays.
fn of_woman(family: &str, female: bool) -> String {
    if !female {
        return family.to_owned();
    }
    if let Some(stem) = family.strip_suffix("ий") {
        return format!("{stem}ая");
    }
    let changes = ["ов", "ев", "ёв", "ин"]
        .iter()
        .any(|ending| family.ends_with(ending));
    if changes {
        format!("{family}а")
    } else {
        family.to_owned()
    }
}

fn patronymic(father: &str, female: bool) -> String {
    let (stem, ending) = match father {
        "Илья" => ("Иль", ["ич", "инична"]),
        "Никита" => ("Никит", ["ич", "ична"]),
        "Павел" => ("Павл", ["ович", "овна"]),
        "Пётр" => ("Петр", ["ович", "овна"]),
        "Лев" => ("Льв", ["ович", "овна"]),
        "Михаил" => ("Михайл", ["ович", "овна"]),
        "Дмитрий" | "Георгий" => (father.trim_end_matches('й'), ["евич", "евна"]),
        _ => match father.strip_suffix("ий") {
            Some(stem) => (stem, ["ьевич", "ьевна"]),
            None => match father.strip_suffix(['й', 'ь']) {
                Some(stem) => (stem, ["евич", "евна"]),
                None => (father, ["ович", "овна"]),
            },
        },
    };
    format!("{stem}{}", ending[usize::from(female)])
}
