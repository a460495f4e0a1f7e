//! The catalogues of `ui/messages`: both languages say the same things, with the plural forms each of them has.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{Finding, Tracked};

/// A language and the forms its numbers take.
const LANGUAGES: &[(&str, &[&str])] = &[("ru", &["one", "few", "many"]), ("en", &["one", "other"])];

pub fn check(files: &[Tracked], found: &mut Vec<Finding>) {
    let mut read: Vec<(&Tracked, Map<String, Value>)> = Vec::new();
    for (language, forms) in LANGUAGES {
        let path = format!("ui/messages/{language}.json");
        let Some(file) = files.iter().find(|file| file.path == path) else {
            // Before the interface exists there is nothing to say.
            if files
                .iter()
                .any(|file| file.path.starts_with("ui/messages/"))
            {
                found.push(Finding::new(
                    &path,
                    1,
                    "messages",
                    "the catalogue is missing",
                ));
            }
            continue;
        };
        match serde_json::from_str(&file.text) {
            Ok(Value::Object(entries)) => {
                check_entries(file, &entries, forms, found);
                read.push((file, entries));
            }
            Ok(_) => found.push(Finding::new(
                &path,
                1,
                "messages",
                "a catalogue is one object",
            )),
            Err(error) => found.push(Finding::new(
                &path,
                error.line(),
                "messages",
                error.to_string(),
            )),
        }
    }
    if let [(one, in_one), (other, in_other)] = read.as_slice() {
        compare(one, in_one, other, in_other, found);
        compare(other, in_other, one, in_one, found);
    }
}

fn check_entries(
    file: &Tracked,
    entries: &Map<String, Value>,
    forms: &[&str],
    found: &mut Vec<Finding>,
) {
    let mut seen = BTreeSet::new();
    for (line, text) in file.lines() {
        // A key said twice is lost silently when JSON is read.
        if let Some(key) = text
            .strip_prefix("  \"")
            .and_then(|rest| rest.split_once("\":"))
            .map(|(key, _)| key)
            && !seen.insert(key.to_owned())
        {
            found.push(Finding::new(
                &file.path,
                line,
                "messages",
                format!("«{key}» is there twice"),
            ));
        }
    }
    for (key, value) in entries {
        let mut refuse = |why: String| {
            found.push(Finding::new(
                &file.path,
                line_of(file, key),
                "messages",
                why,
            ))
        };
        match value {
            Value::String(text) if text.trim().is_empty() => {
                refuse(format!("«{key}» says nothing"))
            }
            Value::String(_) => {}
            Value::Object(plural) => {
                for form in forms.iter().filter(|form| !plural.contains_key(**form)) {
                    refuse(format!("«{key}» has no form «{form}»"));
                }
            }
            _ => refuse(format!("«{key}» is neither a text nor plural forms")),
        }
    }
}

/// What `one` has and `other` lacks or says with other gaps to fill.
fn compare(
    one: &Tracked,
    in_one: &Map<String, Value>,
    other: &Tracked,
    in_other: &Map<String, Value>,
    found: &mut Vec<Finding>,
) {
    for (key, value) in in_one {
        let line = line_of(one, key);
        let Some(theirs) = in_other.get(key) else {
            found.push(Finding::new(
                &one.path,
                line,
                "messages",
                format!("«{key}» is missing in {}", other.path),
            ));
            continue;
        };
        let (ours, theirs) = (gaps(value), gaps(theirs));
        if let Some(gap) = ours.difference(&theirs).next() {
            let why = format!("«{key}» fills in {{{gap}}}, and {} doesn't", other.path);
            found.push(Finding::new(&one.path, line, "messages", why));
        }
    }
}

fn line_of(file: &Tracked, key: &str) -> usize {
    let quoted = format!("\"{key}\":");
    file.lines()
        .find(|(_, text)| text.trim_start().starts_with(&quoted))
        .map_or(1, |(line, _)| line)
}

/// The `{names}` in a message and in its forms.
fn gaps(value: &Value) -> BTreeSet<String> {
    match value {
        Value::String(text) => text
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split_once('}').map(|(name, _)| name.to_owned()))
            .collect(),
        Value::Object(forms) => forms.values().flat_map(gaps).collect(),
        _ => BTreeSet::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{super::tests::*, *};

    fn found(ru: &str, en: &str) -> Vec<String> {
        broken(
            check,
            &[
                file("ui/messages/ru.json", ru),
                file("ui/messages/en.json", en),
            ],
        )
    }

    #[test]
    fn both_languages_have_every_message() {
        assert!(found("{\n  \"a\": \"А\"\n}", "{\n  \"a\": \"A\"\n}").is_empty());
        assert_eq!(
            found(
                "{\n  \"a\": \"А\",\n  \"b\": \"Б\"\n}",
                "{\n  \"a\": \"A\"\n}"
            ),
            ["ui/messages/ru.json:3 messages"]
        );
        assert_eq!(
            found("{}", "{\n  \"a\": \"A\"\n}"),
            ["ui/messages/en.json:2 messages"]
        );
    }

    #[test]
    fn russian_numbers_have_three_forms() {
        let en = "{\n  \"n\": { \"one\": \"{count} chat\", \"other\": \"{count} chats\" }\n}";
        let good = "{\n  \"n\": { \"one\": \"{count} чат\", \"few\": \"{count} чата\", \"many\": \"{count} чатов\" }\n}";
        assert!(found(good, en).is_empty());
        let poor = "{\n  \"n\": { \"one\": \"{count} чат\", \"many\": \"{count} чатов\" }\n}";
        assert_eq!(found(poor, en), ["ui/messages/ru.json:2 messages"]);
    }

    #[test]
    fn gaps_are_the_same_and_keys_are_said_once() {
        assert_eq!(
            found(
                "{\n  \"a\": \"Привет\"\n}",
                "{\n  \"a\": \"Hello {name}\"\n}"
            ),
            ["ui/messages/en.json:2 messages"]
        );
        let twice = "{\n  \"a\": \"А\",\n  \"a\": \"Я\"\n}";
        assert_eq!(
            found(twice, "{\n  \"a\": \"A\"\n}"),
            ["ui/messages/ru.json:3 messages"]
        );
        assert_eq!(
            found("{\n  \"a\": \"\"\n}", "{\n  \"a\": \"A\"\n}"),
            ["ui/messages/ru.json:2 messages"]
        );
        assert_eq!(found("{", "{}").len(), 1);
    }
}
