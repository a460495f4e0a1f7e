//! Who is at the school: the head's office, teachers, and families with children in one class or two.

use parta_model::plan::Role;

use super::names::{adult, child, latin, patronymic, surname, surname_of};
use super::random::Random;
use super::{Awaited, Class, Person, School, Size};

/// The first classes of every size; the first of all is the one the demo's people belong to.
const FIRST_CLASSES: &[(u8, &str)] = &[(5, "А"), (7, "Б"), (1, "А"), (3, "Б"), (9, "А"), (10, "Б")];
const LETTERS: &[&str] = &["А", "Б", "В", "Г", "Д", "Е", "Ж", "З", "И", "К", "Л", "М"];

const SUBJECTS: &[&[&str]] = &[
    &["математика"],
    &["русский язык", "литература"],
    &["начальные классы"],
    &["начальные классы"],
    &["физика", "астрономия"],
    &["английский язык"],
    &["история", "обществознание"],
    &["биология", "химия"],
    &["физическая культура"],
    &["география"],
    &["информатика"],
    &["музыка"],
    &["технология", "изобразительное искусство"],
    &["русский язык", "литература"],
    &["алгебра", "геометрия"],
    &["английский язык", "немецкий язык"],
];

pub(super) fn generate(seed: u64, size: Size) -> School {
    let mut made = Making {
        random: Random::new(seed, "people"),
        people: Vec::new(),
    };
    let office = [
        ("Воронов", "Сергей", "Иванович", false, "Директор"),
        (
            "Соколова",
            "Елена",
            "Викторовна",
            true,
            "Заместитель директора по учебной работе",
        ),
        (
            "Гришин",
            "Андрей",
            "Павлович",
            false,
            "Заместитель директора по воспитательной работе",
        ),
        (
            "Лапина",
            "Наталья",
            "Юрьевна",
            true,
            "Секретарь учебной части",
        ),
        ("Ермакова", "Ирина", "Олеговна", true, "Социальный педагог"),
    ];
    for (index, (family, given, middle, female, position)) in office.into_iter().enumerate() {
        let person = made.add(
            family.to_owned(),
            given,
            middle.to_owned(),
            female,
            Role::Staff,
        );
        person.position = Some(position);
        person.administrator = index < 4;
    }
    let first_teacher = made.people.len();
    for index in 0..size.teachers {
        made.teacher(index);
    }
    let mut classes = made.classes(size, first_teacher);
    let mut awaited = Vec::new();
    made.families(size, &mut classes, &mut awaited);
    School {
        seed,
        size,
        name: "Школа № 1",
        full_name: "Муниципальное бюджетное общеобразовательное учреждение «Средняя общеобразовательная школа № 1»",
        people: made.people,
        classes,
        awaited,
    }
}

struct Making {
    random: Random,
    people: Vec<Person>,
}

impl Making {
    fn add(
        &mut self,
        family: String,
        given: &str,
        middle: String,
        female: bool,
        role: Role,
    ) -> &mut Person {
        let login = self.login(&family, given);
        self.people.push(Person {
            login,
            family,
            given: given.to_owned(),
            patronymic: middle,
            female,
            role,
            position: None,
            subjects: Vec::new(),
            administrator: false,
            children: Vec::new(),
        });
        self.people.last_mut().expect("one was just added")
    }

    /// `m.shchukina`, or `mariya.shchukina` for the second, or with a number for the third.
    fn login(&self, family: &str, given: &str) -> String {
        let (family, given) = (latin(family), latin(given));
        let initial = &given[..1];
        let free = |login: &String| !self.people.iter().any(|person| person.login == *login);
        [format!("{initial}.{family}"), format!("{given}.{family}")]
            .into_iter()
            .chain((2..).map(|number| format!("{given}.{family}{number}")))
            .find(free)
            .expect("the numbers don't end")
    }

    fn teacher(&mut self, index: usize) {
        if index == 0 {
            self.add(
                "Щукина".into(),
                "Мария",
                "Петровна".into(),
                true,
                Role::Teacher,
            );
        } else {
            let female = !self.random.chance(20);
            let family = surname_of(surname(&mut self.random), female);
            let given = adult(&mut self.random, female);
            let father = adult(&mut self.random, false);
            self.add(
                family,
                given,
                patronymic(father, female),
                female,
                Role::Teacher,
            );
        }
        let person = self.people.last_mut().expect("one was just added");
        person.position = Some("Учитель");
        person.subjects = SUBJECTS[index % SUBJECTS.len()].to_vec();
    }

    fn classes(&mut self, size: Size, first_teacher: usize) -> Vec<Class> {
        let more = (1..=11u8)
            .flat_map(|stage| LETTERS.iter().map(move |letter| (stage, *letter)))
            .filter(|class| !FIRST_CLASSES.contains(class));
        let labels: Vec<(u8, &'static str)> = FIRST_CLASSES
            .iter()
            .copied()
            .chain(more)
            .take(size.classes)
            .collect();
        let mut free: Vec<usize> = (first_teacher..first_teacher + size.teachers).collect();
        let mut classes = Vec::new();
        for (stage, letter) in labels {
            let primary = stage <= 4;
            let suits = |index: &usize| {
                self.people[*index].subjects.contains(&"начальные классы") == primary
            };
            let place = free.iter().position(suits).unwrap_or(0);
            // With more classes than teachers somebody leads two.
            let homeroom = if free.is_empty() {
                first_teacher + classes.len() % size.teachers
            } else {
                free.remove(place)
            };
            let mut others: Vec<usize> = (first_teacher..first_teacher + size.teachers)
                .filter(|index| *index != homeroom)
                .filter(|index| !self.people[*index].subjects.contains(&"начальные классы"))
                .collect();
            self.random.shuffle(&mut others);
            others.truncate(if primary { 3 } else { 7 });
            let mut teachers = vec![homeroom];
            teachers.extend(others);
            let id = self.ulid();
            classes.push(Class {
                id,
                stage,
                letter,
                homeroom,
                pupils: vec![],
                parents: vec![],
                teachers,
            });
        }
        classes
    }

    fn ulid(&mut self) -> String {
        const DIGITS: &[u8] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let tail: String = (0..16)
            .map(|_| char::from(*self.random.pick(DIGITS)))
            .collect();
        // The time part is the first of September of the school year.
        format!("01M1H9E800{tail}")
    }

    fn families(&mut self, size: Size, classes: &mut [Class], awaited: &mut Vec<Awaited>) {
        if classes.len() > 1 {
            self.family(
                "Кузнецов",
                &[(0, "Дарья", true), (1, "Илья", false)],
                Some(("Ольга", "Андреевна", true)),
                classes,
            );
        }
        self.family(
            "Власов",
            &[(0, "Артём", false)],
            Some(("Дмитрий", "Игоревич", false)),
            classes,
        );
        for class in 0..classes.len() {
            while classes[class].pupils.len() < size.pupils {
                let root = surname(&mut self.random);
                let female = self.random.chance(50);
                let mut children = vec![(class, child(&mut self.random, female), female)];
                let later = class + 1 + self.random.between(0, 2);
                if self.random.chance(15)
                    && later < classes.len()
                    && classes[later].pupils.len() < size.pupils
                {
                    let female = self.random.chance(50);
                    children.push((later, child(&mut self.random, female), female));
                }
                let comes = self.random.chance(size.parents_percent);
                let mother = self.random.chance(78);
                let given = adult(&mut self.random, mother);
                let middle = patronymic(adult(&mut self.random, false), mother);
                if comes {
                    self.family(root, &children, Some((given, &middle, mother)), classes);
                } else {
                    self.family(root, &children, None, classes);
                    let number = self.random.between(1_000_000, 9_999_999).to_string();
                    awaited.push(Awaited {
                        id: self.ulid(),
                        family: surname_of(root, mother),
                        given: given.to_owned(),
                        patronymic: middle,
                        class,
                        phone: format!(
                            "+7 900 {}-{}-{}",
                            &number[..3],
                            &number[3..5],
                            &number[5..]
                        ),
                    });
                }
            }
        }
    }

    /// Children (class, name, whether a girl) with one surname, and a parent who has an account or not.
    fn family(
        &mut self,
        root: &str,
        children: &[(usize, &str, bool)],
        parent: Option<(&str, &str, bool)>,
        classes: &mut [Class],
    ) {
        let father = match parent {
            Some((given, _, false)) => given.to_owned(),
            _ => adult(&mut self.random, false).to_owned(),
        };
        let mut indexes = Vec::new();
        for (class, given, female) in children {
            indexes.push(self.people.len());
            classes[*class].pupils.push(self.people.len());
            self.add(
                surname_of(root, *female),
                given,
                patronymic(&father, *female),
                *female,
                Role::Student,
            );
        }
        if let Some((given, middle, female)) = parent {
            for (class, ..) in children {
                classes[*class].parents.push(self.people.len());
            }
            let parent = self.add(
                surname_of(root, female),
                given,
                middle.to_owned(),
                female,
                Role::Parent,
            );
            parent.children = indexes;
        }
    }
}
