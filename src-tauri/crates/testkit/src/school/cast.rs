//! Who plays in a scene, and what its `$words` are filled with: chosen once for a scene, so that it stays coherent.

use std::collections::HashMap;

use super::calendar::Day;
use super::history::Text;
use super::names::{Case, decline};
use super::random::Random;
use super::script::{by_gender, choose, in_mans_words};
use super::{Class, School};

/// Where the homeserver's name goes in markup, known only when a school is put on one.
pub(crate) const SERVER: &str = "%SERVER%";

/// Nominative, dative, genitive, accusative.
const SUBJECTS: &[[&str; 4]] = &[
    ["математика", "математике", "математики", "математику"],
    [
        "русский язык",
        "русскому языку",
        "русского языка",
        "русский язык",
    ],
    [
        "английский язык",
        "английскому языку",
        "английского языка",
        "английский язык",
    ],
    ["литература", "литературе", "литературы", "литературу"],
    ["история", "истории", "истории", "историю"],
    ["биология", "биологии", "биологии", "биологию"],
    ["география", "географии", "географии", "географию"],
    ["информатика", "информатике", "информатики", "информатику"],
];
const PRIMARY_SUBJECTS: usize = 4;

/// The people a chat's scenes are played by.
pub(super) struct Troupe<'a> {
    pub school: &'a School,
    pub class: Option<&'a Class>,
    /// Letters that always mean the same person.
    pub fixed: Vec<(char, usize)>,
    /// Everybody else who may speak.
    pub pool: Vec<usize>,
}

/// One scene's cast.
pub(super) struct Cast<'a> {
    troupe: &'a Troupe<'a>,
    today: Day,
    roles: HashMap<char, usize>,
    order: Vec<usize>,
    words: HashMap<String, String>,
}

impl<'a> Cast<'a> {
    pub fn new(troupe: &'a Troupe<'a>, today: Day, random: &mut Random) -> Self {
        let mut order = troupe.pool.clone();
        random.shuffle(&mut order);
        Self {
            troupe,
            today,
            roles: troupe.fixed.iter().copied().collect(),
            order,
            words: HashMap::new(),
        }
    }

    /// The person behind a letter (or one of several: `{B|T}`).
    pub fn person(&mut self, letter: &str, random: &mut Random) -> usize {
        let letter = choose(letter, random).chars().next().unwrap_or('A');
        if let Some(person) = self.roles.get(&letter) {
            return *person;
        }
        let person = self
            .order
            .pop()
            .unwrap_or_else(|| *random.pick(&self.troupe.pool));
        self.roles.insert(letter, person);
        person
    }

    /// A line as `speaker` says it.
    pub fn text(&mut self, template: &str, speaker: usize, random: &mut Random) -> Text {
        let person = &self.troupe.school.people[speaker];
        // Before the choices: `{a<|а>|b}` has two of them.
        let text = by_gender(template, ('<', '>'), person.female);
        let child = self.child(speaker);
        let text = by_gender(
            &text,
            ('[', ']'),
            child.is_some_and(|index| self.troupe.school.people[index].female),
        );
        let text = choose(&text, random);
        let text = if person.female {
            text
        } else {
            in_mans_words(&text)
        };
        let text = self.fill(&text, speaker, random).replace("\\n", "\n");
        self.mention(text.trim(), random)
    }

    fn child(&self, speaker: usize) -> Option<usize> {
        let class = self.troupe.class?;
        let children = &self.troupe.school.people[speaker].children;
        children
            .iter()
            .copied()
            .find(|child| class.pupils.contains(child))
    }

    fn fill(&mut self, text: &str, speaker: usize, random: &mut Random) -> String {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find('$') {
            filled.push_str(&rest[..at]);
            let word = &rest[at + 1..];
            let letters = word
                .find(|letter: char| !letter.is_alphabetic())
                .unwrap_or(word.len());
            let digits = word[letters..]
                .find(|letter: char| !letter.is_ascii_digit())
                .unwrap_or(word.len() - letters);
            filled.push_str(&self.word(
                &word[..letters],
                &word[letters..letters + digits],
                speaker,
                random,
            ));
            rest = &word[letters + digits..];
        }
        filled.push_str(rest);
        filled
    }

    fn word(&mut self, name: &str, number: &str, speaker: usize, random: &mut Random) -> String {
        if name == "ребенок" {
            return match self.child(speaker) {
                Some(child) => self.troupe.school.people[child].given.clone(),
                None => "ребёнок".to_owned(),
            };
        }
        // The cases of one word belong to one choice.
        let (stem, case) = match name {
            "предмет" => ("предмет", 0),
            "предмету" => ("предмет", 1),
            "предмета" => ("предмет", 2),
            "предметВ" => ("предмет", 3),
            "имяИ" => ("имя", 0),
            "имяР" => ("имя", 1),
            "имяВ" => ("имя", 2),
            other => (other, 0),
        };
        let key = format!("{stem}{number}");
        let chosen = match self.words.get(&key) {
            Some(chosen) => chosen.clone(),
            None => {
                let chosen = self.choose_word(stem, number, random);
                self.words.insert(key, chosen.clone());
                chosen
            }
        };
        match stem {
            "предмет" => SUBJECTS[chosen.parse::<usize>().unwrap_or(0)][case].to_owned(),
            "имя" => {
                let person = &self.troupe.school.people[chosen.parse::<usize>().unwrap_or(0)];
                let case = [Case::Nominative, Case::Genitive, Case::Accusative][case];
                decline(&person.given, person.female, case)
            }
            _ => chosen,
        }
    }

    fn choose_word(&self, stem: &str, number: &str, random: &mut Random) -> String {
        let primary = self.troupe.class.is_some_and(|class| class.stage <= 4);
        let soon = |random: &mut Random| {
            self.today
                .after(random.between(1, 9) as u64)
                .next_school_day()
        };
        match stem {
            "предмет" => random
                .between(
                    0,
                    if primary {
                        PRIMARY_SUBJECTS
                    } else {
                        SUBJECTS.len()
                    } - 1,
                )
                .to_string(),
            "имя" => match self.troupe.class {
                Some(class) => random.pick(&class.pupils).to_string(),
                None => random.pick(&self.troupe.pool).to_string(),
            },
            "классный" => self.troupe.class.map_or_else(
                || "Мария Петровна".to_owned(),
                |class| self.troupe.school.people[class.homeroom].address(),
            ),
            "класс" => self.troupe.class.map(Class::label).unwrap_or_default(),
            "дата" => soon(random).date(),
            "день" => soon(random).on().to_owned(),
            "деньвин" => soon(random).accusative().to_owned(),
            "каб" => (random.between(1, 3) * 100 + random.between(1, 18)).to_string(),
            "упр" => random.between(40, 420).to_string(),
            "стр" => random.between(12, 160).to_string(),
            "пар" => random.between(4, 32).to_string(),
            "номер" => random.between(101, 860).to_string(),
            "сумма" if number == "3" => random.between(65, 120).to_string(),
            "сумма" => (random.between(4, 24) * 50).to_string(),
            "минут" => (random.between(1, 4) * 5).to_string(),
            "градус" => random.between(21, 29).to_string(),
            "н" if number == "2" => random.between(8, 60).to_string(),
            "н" => random.between(5, 9).to_string(),
            other => panic!("no cast knows the word «${other}»"),
        }
    }

    /// Turns `@A` into a person's name with a mention, `@all` into `@room`.
    fn mention(&mut self, text: &str, random: &mut Random) -> Text {
        let mut result = Text::default();
        let mut html = String::new();
        let mut rest = text;
        while let Some(at) = rest.find('@') {
            result.body.push_str(&rest[..at]);
            html.push_str(&escape(&rest[..at]));
            rest = &rest[at + 1..];
            if let Some(after) = rest.strip_prefix("all") {
                result.room = true;
                result.body.push_str("@room");
                html.push_str("@room");
                rest = after;
                continue;
            }
            let letter = rest.chars().next().unwrap_or('A');
            rest = &rest[letter.len_utf8()..];
            let index = self.person(&letter.to_string(), random);
            let person = &self.troupe.school.people[index];
            let name = person.address();
            result.body.push_str(&name);
            html.push_str(&format!(
                "<a href=\"https://matrix.to/#/@{}:{SERVER}\">{name}</a>",
                person.login
            ));
            if !result.mentions.contains(&index) {
                result.mentions.push(index);
            }
        }
        result.body.push_str(rest);
        html.push_str(&escape(rest));
        if !result.mentions.is_empty() {
            result.html = Some(html);
        }
        result
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('\n', "<br>")
}
