//! Scenes: little scripts that chats are made of, written as text in `scenes/`.
//!
//! ```text
//! = name WEIGHT FROM-TO [any|weekend]  how often, and between which hours it begins; on school days if not said
//! = name once -3 16:02                 at one moment: so many days before the last school day
//! A: text                              somebody says it; T, D, Z, S, P are certain people, other letters anybody
//! B > 1: text                          an answer to the first line
//! T [image museum]: caption            an attachment
//! * 1 👍 3 ❤️ 1                         reactions to the first line, by so many people
//! ~ 2: text                            the second line is edited
//! - 2                                  it is deleted
//! ^ 2                                  it is pinned
//! ```
//! In texts `{a|b}` is one of several, `<m|f>` goes by the speaker's gender, `[m|f]` by that of the speaker's child,
//! `$word` is filled in by the cast, `@A` mentions somebody, `@all` everybody, `\n` begins a new line.

use super::random::Random;

pub(super) struct Scene {
    pub when: When,
    pub lines: Vec<Line>,
}

#[derive(Clone, Copy)]
pub(super) enum When {
    Often {
        weight: usize,
        from: u64,
        to: u64,
        days: Days,
    },
    Once {
        days_before: u64,
        minutes: u64,
    },
}

/// On which days a scene may happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Days {
    School,
    Any,
    Weekend,
}

impl Days {
    pub fn fit(self, weekend: bool) -> bool {
        match self {
            Self::School => !weekend,
            Self::Any => true,
            Self::Weekend => weekend,
        }
    }
}

pub(super) enum Line {
    Say {
        speaker: &'static str,
        reply: Option<usize>,
        attach: Option<(&'static str, &'static str)>,
        text: &'static str,
    },
    React {
        to: usize,
        emoji: &'static str,
    },
    Edit {
        of: usize,
        text: &'static str,
    },
    Delete {
        of: usize,
    },
    Pin {
        of: usize,
    },
}

/// Reads a file of scenes; they are part of the program, so a mistake in one is a panic that its test finds.
pub(super) fn parse(text: &'static str) -> Vec<Scene> {
    let mut scenes: Vec<Scene> = Vec::new();
    for line in text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        match line.strip_prefix("= ") {
            Some(head) => scenes.push(header(head)),
            None => {
                let scene = scenes
                    .last_mut()
                    .expect("a file of scenes begins with a header");
                scene.lines.push(body(line));
            }
        }
    }
    scenes
}

fn header(head: &'static str) -> Scene {
    let mut words: Vec<&'static str> = head.split(' ').collect();
    let days = match words.pop_if(|word| ["any", "weekend"].contains(word)) {
        Some("any") => Days::Any,
        Some(_) => Days::Weekend,
        None => Days::School,
    };
    let hours = words.pop().expect("a header has hours");
    let often = words.pop().expect("a header has a weight");
    let when = match hours.split_once('-') {
        Some((from, to)) if words.last() != Some(&"once") => When::Often {
            weight: number(often),
            from: number(from) as u64,
            to: number(to) as u64,
            days,
        },
        _ => {
            let (hour, minute) = hours.split_once(':').expect("a moment is written as HH:MM");
            let days_before = number(often.trim_start_matches('-')) as u64;
            When::Once {
                days_before,
                minutes: (number(hour) * 60 + number(minute)) as u64,
            }
        }
    };
    Scene {
        when,
        lines: Vec::new(),
    }
}

fn body(line: &'static str) -> Line {
    if let Some(rest) = line.strip_prefix("* ") {
        let (to, emoji) = rest.split_once(' ').expect("a reaction has an emoji");
        return Line::React {
            to: number(to) - 1,
            emoji,
        };
    }
    if let Some(rest) = line.strip_prefix("~ ") {
        let (of, text) = rest.split_once(": ").expect("an edit has a text");
        return Line::Edit {
            of: number(of) - 1,
            text,
        };
    }
    if let Some(of) = line.strip_prefix("- ") {
        return Line::Delete { of: number(of) - 1 };
    }
    if let Some(of) = line.strip_prefix("^ ") {
        return Line::Pin { of: number(of) - 1 };
    }
    let (head, text) = line.split_once(": ").expect("a line is SPEAKER: text");
    let (head, attach) = match head.split_once(" [") {
        Some((head, rest)) => (head, rest.trim_end_matches(']').split_once(' ')),
        None => (head, None),
    };
    let (speaker, reply) = match head.split_once(" > ") {
        Some((speaker, to)) => (speaker, Some(number(to) - 1)),
        None => (head, None),
    };
    Line::Say {
        speaker,
        reply,
        attach,
        text,
    }
}

fn number(text: &str) -> usize {
    text.parse()
        .unwrap_or_else(|_| panic!("«{text}» stands where a number belongs"))
}

/// Chooses in every `{a|b}`, the innermost first.
pub(super) fn choose(text: &str, random: &mut Random) -> String {
    let mut text = text.to_owned();
    while let Some(end) = text.find('}') {
        let Some(start) = text[..end].rfind('{') else {
            break;
        };
        let options: Vec<&str> = text[start + 1..end].split('|').collect();
        let choice = (*random.pick(&options)).to_owned();
        text.replace_range(start..=end, &choice);
    }
    text
}

/// Replaces every `<m|f>` (or with other brackets) by one side.
pub(super) fn by_gender(text: &str, brackets: (char, char), female: bool) -> String {
    let mut text = text.to_owned();
    let mut from = 0;
    while let Some(start) = text[from..].find(brackets.0).map(|at| at + from) {
        let Some(end) = text[start..].find(brackets.1).map(|at| at + start) else {
            break;
        };
        let inner = text[start + brackets.0.len_utf8()..end].to_owned();
        match inner.split_once('|') {
            Some((man, woman)) => {
                let side = if female { woman } else { man };
                text.replace_range(start..end + brackets.1.len_utf8(), side);
                from = start + side.len();
            }
            None => from = end,
        }
    }
    text
}

/// Scenes say «Поняла»: what a man says in the first person instead.
const FIRST_PERSON: &[(&str, &str)] = &[
    ("поняла", "понял"),
    ("приняла", "принял"),
    ("записала", "записал"),
    ("отметила", "отметил"),
    ("положила", "положил"),
    ("перевела", "перевёл"),
    ("отправила", "отправил"),
    ("купила", "купил"),
    ("сохранила", "сохранил"),
    ("исправила", "исправил"),
    ("добавила", "добавил"),
    ("удалила", "удалил"),
    ("ошиблась", "ошибся"),
    ("согласна", "согласен"),
    ("благодарна", "благодарен"),
    ("должна", "должен"),
    ("думала", "думал"),
    ("передала", "передал"),
    ("забрала", "забрал"),
    ("заметила", "заметил"),
    ("перезагрузила", "перезагрузил"),
    ("ознакомилась", "ознакомился"),
    ("сама", "сам"),
    ("самой", "самому"),
];

/// Puts a text written for a woman into a man's mouth.
pub(super) fn in_mans_words(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut word = String::new();
    for letter in text.chars().chain(std::iter::once('\0')) {
        if letter.is_alphabetic() {
            word.push(letter);
            continue;
        }
        let lower = word.to_lowercase();
        match FIRST_PERSON.iter().find(|(woman, _)| *woman == lower) {
            Some((_, man)) if lower == word => result.push_str(man),
            Some((_, man)) => {
                let mut letters = man.chars();
                result.extend(letters.next().into_iter().flat_map(char::to_uppercase));
                result.push_str(letters.as_str());
            }
            None => result.push_str(&word),
        }
        word.clear();
        if letter != '\0' {
            result.push(letter);
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scene_reads_as_it_is_written() {
        let scenes = parse(
            "= дз 10 16-21\nA: раз\nB > 1: {два|два}\n* 2 👍 3\n= один once -3 16:02\nT [image museum]: Афиша\n^ 1",
        );
        assert!(matches!(
            scenes[0].when,
            When::Often {
                weight: 10,
                from: 16,
                to: 21,
                days: Days::School
            }
        ));
        assert!(matches!(
            scenes[0].lines[1],
            Line::Say {
                speaker: "B",
                reply: Some(0),
                attach: None,
                ..
            }
        ));
        assert!(matches!(
            scenes[0].lines[2],
            Line::React {
                to: 1,
                emoji: "👍 3"
            }
        ));
        assert!(matches!(
            scenes[1].when,
            When::Once {
                days_before: 3,
                minutes: 962
            }
        ));
        assert!(matches!(
            scenes[1].lines[0],
            Line::Say {
                attach: Some(("image", "museum")),
                text: "Афиша",
                ..
            }
        ));
    }

    #[test]
    fn words_agree_with_the_speaker() {
        assert_eq!(
            by_gender("забыл<|а> и перевёл<|а>", ('<', '>'), true),
            "забыла и перевёла"
        );
        assert_eq!(by_gender("лучш<ий|ая>", ('<', '>'), false), "лучший");
        assert_eq!(
            in_mans_words("Поняла, сама передала."),
            "Понял, сам передал."
        );
    }

    #[test]
    fn nested_choices_are_made_from_the_inside() {
        let text = choose("{a {b|b}|a {b|b}}!", &mut Random::new(1, "x"));
        assert_eq!(text, "a b!");
    }
}
