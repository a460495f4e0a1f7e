//! Who is who in a name that is written in one piece: «Иванова Мария Петровна», «Мария Петровна Иванова».

/// What patronymics end with.
const ENDINGS: [&str; 12] = [
    "вич", "вна", "ична", "оглы", "оглу", "кызы", "гызы", "vich", "vna", "ichna", "ogly", "kyzy",
];
/// Patronymics with an ending that family names have as well.
const SHORT: [&str; 5] = ["ильич", "кузьмич", "лукич", "фомич", "никитич"];
/// Words that make a patronymic of the name before them.
const CHILD: [&str; 8] = [
    "оглы", "оглу", "кызы", "гызы", "угли", "уулу", "ogly", "kyzy",
];

/// A name in parts, each of which may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) family: String,
    pub(super) given: String,
    pub(super) patronymic: String,
}

/// Reads a name in one piece: the family name is first unless the name and the patronymic stand before it.
pub(super) fn guess(text: &str) -> Name {
    let words: Vec<&str> = text
        .split_whitespace()
        .map(|word| word.trim_matches(','))
        .filter(|word| !word.is_empty())
        .collect();
    if let Some((from, to)) = patronymic(&words) {
        let rest = [&words[..from - 1], &words[to..]].concat();
        return Name {
            family: rest.join(" "),
            given: words[from - 1].to_owned(),
            patronymic: words[from..to].join(" "),
        };
    }
    match words.as_slice() {
        [family, given @ ..] if !given.is_empty() => Name {
            family: (*family).to_owned(),
            given: given.join(" "),
            patronymic: String::new(),
        },
        _ => Name {
            given: words.join(" "),
            ..Name::default()
        },
    }
}

/// Where the patronymic is; somebody's name stands before it. A family name can have its ending («Абрамович Роман
/// Аркадьевич»), but then it is first, or after the patronymic.
fn patronymic(words: &[&str]) -> Option<(usize, usize)> {
    let child = words.iter().enumerate().skip(2);
    let child = child.into_iter().find(|(_, word)| is_one_of(word, &CHILD));
    if let Some((at, _)) = child {
        return Some((at - 1, at + 1));
    }
    let mut words = words.iter().enumerate().skip(1);
    let (at, _) = words.find(|(_, word)| is_patronymic(word))?;
    Some((at, at + 1))
}

fn is_patronymic(word: &str) -> bool {
    let word = word.to_lowercase();
    is_one_of(&word, &SHORT)
        || ENDINGS
            .iter()
            .any(|ending| word.ends_with(ending) && word.len() > ending.len())
}

fn is_one_of(word: &str, words: &[&str]) -> bool {
    let word = word.to_lowercase();
    words.contains(&word.as_str())
}

impl Name {
    pub(super) fn is_empty(&self) -> bool {
        self.family.is_empty() && self.given.is_empty() && self.patronymic.is_empty()
    }

    /// Better parted where the file has all of it in one place, as many telephones do.
    pub(super) fn parted(self) -> Self {
        if !self.patronymic.is_empty() {
            return self;
        }
        let several = |part: &str| part.contains(' ');
        match (self.family.is_empty(), self.given.is_empty()) {
            (false, true) if several(&self.family) => guess(&self.family),
            // Without a patronymic the file's word that it is no family name is all there is.
            (true, false) if several(&self.given) => {
                let parted = guess(&self.given);
                if parted.patronymic.is_empty() {
                    self
                } else {
                    parted
                }
            }
            (false, false) => {
                let parted = guess(&self.given);
                if parted.patronymic.is_empty() || !parted.family.is_empty() {
                    return self;
                }
                Self {
                    family: self.family,
                    ..parted
                }
            }
            _ => self,
        }
    }
}
