//! Command-line flags: a table of what a command accepts, read strictly and explained by `--help`.

use anyhow::{Result, bail};

/// One flag that a command accepts.
#[derive(Clone, Copy)]
pub struct Flag {
    pub name: &'static str,
    /// What stands after it; `None` for a switch.
    pub value: Option<&'static str>,
    pub about: &'static str,
}

/// A switch without a value.
pub const fn switch(name: &'static str, about: &'static str) -> Flag {
    Flag {
        name,
        value: None,
        about,
    }
}

/// A flag followed by a value.
pub const fn option(name: &'static str, value: &'static str, about: &'static str) -> Flag {
    Flag {
        name,
        value: Some(value),
        about,
    }
}

/// What stood on the command line.
#[derive(Default)]
pub struct Args {
    flags: Vec<(&'static str, String)>,
    pub words: Vec<String>,
    pub help: bool,
}

impl Args {
    /// Reads `line`, refusing every flag that is not in `accepted`.
    pub fn read(accepted: &[Flag], line: &[String]) -> Result<Self> {
        let mut args = Self::default();
        let mut rest = line.iter();
        while let Some(item) = rest.next() {
            if item == "--help" || item == "-h" {
                args.help = true;
                continue;
            }
            let Some(long) = item.strip_prefix("--") else {
                args.words.push(item.clone());
                continue;
            };
            let (name, inline) = match long.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (long, None),
            };
            let Some(flag) = accepted.iter().find(|flag| flag.name == name) else {
                bail!("there is no flag --{name} here{}", nearest(accepted, name));
            };
            let value = match (flag.value, inline) {
                (None, None) => String::new(),
                (None, Some(_)) => bail!("--{name} takes no value"),
                (Some(_), Some(value)) => value,
                (Some(what), None) => match rest.next() {
                    Some(value) if !value.starts_with("--") => value.clone(),
                    _ => bail!("--{name} wants a value: --{name} {what}"),
                },
            };
            args.flags.push((flag.name, value));
        }
        Ok(args)
    }

    pub fn has(&self, name: &str) -> bool {
        self.flags.iter().any(|(flag, _)| *flag == name)
    }

    pub fn value(&self, name: &str) -> Option<&str> {
        self.flags
            .iter()
            .rev()
            .find(|(flag, _)| *flag == name)
            .map(|(_, value)| value.as_str())
    }

    /// All values of a flag that may be repeated or given as a comma-separated list.
    pub fn values(&self, name: &str) -> Vec<String> {
        let given = self.flags.iter().filter(|(flag, _)| *flag == name);
        given
            .flat_map(|(_, value)| value.split(','))
            .map(str::trim)
            .filter(|value| !value.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// Refuses words on a command that takes none.
    pub fn no_words(&self) -> Result<()> {
        match self.words.first() {
            Some(word) => bail!("«{word}» means nothing here"),
            None => Ok(()),
        }
    }
}

fn nearest(accepted: &[Flag], name: &str) -> String {
    let close = accepted.iter().find(|flag| {
        let longer = flag.name.starts_with(name) || name.starts_with(flag.name);
        longer || distance(flag.name, name) <= 2
    });
    close
        .map(|flag| format!("; did you mean --{}?", flag.name))
        .unwrap_or_default()
}

fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

/// The flags as a table for `--help`.
pub fn table(flags: &[Flag]) -> String {
    let mut text = String::new();
    for flag in flags {
        let left = match flag.value {
            Some(value) => format!("--{} {value}", flag.name),
            None => format!("--{}", flag.name),
        };
        text.push_str(&format!("  {left:<24} {}\n", flag.about));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const FLAGS: &[Flag] = &[
        switch("fresh", "start over"),
        option("as", "WHO", "sign in"),
        option("only", "NAME", "some"),
    ];

    fn read(line: &str) -> Result<Args> {
        let line: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        Args::read(FLAGS, &line)
    }

    fn refusal(line: &str) -> String {
        read(line).err().expect("the line is wrong").to_string()
    }

    #[test]
    fn reads_values_after_a_space_and_after_an_equals_sign() {
        assert_eq!(read("--as teacher").unwrap().value("as"), Some("teacher"));
        assert_eq!(
            read("--as=teacher --fresh").unwrap().value("as"),
            Some("teacher")
        );
    }

    #[test]
    fn collects_repeated_and_listed_values() {
        let args = read("--only fmt,tidy --only clippy journeys").unwrap();
        assert_eq!(args.values("only"), ["fmt", "tidy", "clippy"]);
        assert_eq!(args.words, ["journeys"]);
    }

    #[test]
    fn refuses_unknown_flags_with_a_hint() {
        assert_eq!(
            refusal("--frsh"),
            "there is no flag --frsh here; did you mean --fresh?"
        );
        assert_eq!(refusal("--colour"), "there is no flag --colour here");
    }

    #[test]
    fn refuses_a_missing_or_needless_value() {
        assert_eq!(refusal("--as --fresh"), "--as wants a value: --as WHO");
        assert_eq!(refusal("--fresh=yes"), "--fresh takes no value");
    }
}
