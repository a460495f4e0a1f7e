//! Rules about single files: length, whitespace, leftovers, places that exist on one machine only.

use super::{Finding, Tracked};

const LONGEST: usize = 400;
const COUNTED: &[&str] = &[".rs", ".ts", ".svelte", ".css"];
const GENERATED: &[&str] = &[".gen.ts", "Cargo.lock", "package-lock.json"];
const CODE: &[&str] = &[".rs", ".ts", ".js", ".mjs", ".svelte", ".css", ".py", ".sh"];

/// Long files that are better whole, each with its reason.
const LONG_ON_PURPOSE: &[(&str, &str)] = &[];

/// Written apart, so that this file doesn't break its own rule.
const LEFTOVERS: &[&str] = &[
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("to", "do!("),
    concat!("db", "g!("),
    concat!("unimple", "mented!("),
];
const PRIVATE_PLACES: &[&str] = &[
    concat!("/ro", "ot/"),
    concat!("/wo", "rk/"),
    concat!("/Use", "rs/"),
    concat!("/home/", "user"),
    concat!("C:\\", "Users\\"),
];

pub fn check(files: &[Tracked], found: &mut Vec<Finding>) {
    let test_files = test_modules(files);
    for file in files.iter().filter(|file| !file.text.is_empty()) {
        sources_of_packages(file, found);
        private_places(file, found);
        if file.ends_with(GENERATED) {
            continue;
        }
        length(file, found);
        whitespace(file, found);
        if file.ends_with(CODE) {
            leftovers(file, found);
        }
        if file.path.ends_with(".rs") && !is_test(&file.path) && !test_files.contains(&file.path) {
            unwraps(file, found);
        }
    }
}

fn length(file: &Tracked, found: &mut Vec<Finding>) {
    let lines = file.text.lines().count();
    let allowed = LONG_ON_PURPOSE.iter().any(|(path, _)| *path == file.path);
    if file.ends_with(COUNTED) && lines > LONGEST && !allowed {
        found.push(Finding::new(
            &file.path,
            LONGEST + 1,
            "length",
            format!("{lines} lines; over {LONGEST} asks for a split"),
        ));
    }
}

fn whitespace(file: &Tracked, found: &mut Vec<Finding>) {
    for (line, text) in file.lines() {
        if text.ends_with([' ', '\t', '\r']) {
            found.push(Finding::new(
                &file.path,
                line,
                "whitespace",
                "nothing stands after the end of a line",
            ));
        }
    }
    if !file.text.ends_with('\n') && !file.path.ends_with(".svg") {
        found.push(Finding::new(
            &file.path,
            file.text.lines().count(),
            "whitespace",
            "the last line ends too",
        ));
    }
}

fn leftovers(file: &Tracked, found: &mut Vec<Finding>) {
    for (line, text) in file.lines() {
        if let Some(word) = LEFTOVERS.iter().find(|word| has_word(text, word)) {
            found.push(Finding::new(
                &file.path,
                line,
                "leftover",
                format!("{word}: finish it, or open an issue"),
            ));
        }
    }
}

/// `word` in `text`, not as a piece of a longer name.
fn has_word(text: &str, word: &str) -> bool {
    let is_name = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    text.match_indices(word).any(|(at, _)| {
        let after = !word.ends_with('(') && is_name(text[at + word.len()..].chars().next());
        !is_name(text[..at].chars().next_back()) && !after
    })
}

fn private_places(file: &Tracked, found: &mut Vec<Finding>) {
    for (line, text) in file.lines() {
        // Inside a longer path or an address the words mean something else.
        let place = PRIVATE_PLACES.iter().find(|place| {
            text.match_indices(**place).any(|(at, _)| {
                !text[..at].ends_with(|c: char| {
                    c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '}' | '/' | '*' | '~')
                })
            })
        });
        if let Some(place) = place {
            found.push(Finding::new(
                &file.path,
                line,
                "private-place",
                format!("{place} exists on one machine only"),
            ));
        }
    }
}

/// Lock files name the public registries, or none.
fn sources_of_packages(file: &Tracked, found: &mut Vec<Finding>) {
    let rule = "registry";
    for (line, text) in file.lines() {
        let text = text.trim();
        let bad = if file.path.ends_with("package-lock.json") {
            text.starts_with("\"resolved\":") && !text.contains("\"https://registry.npmjs.org/")
        } else if file.path.ends_with("Cargo.lock") {
            text.starts_with("source = ")
                && !text.contains("\"registry+https://github.com/rust-lang/crates.io-index\"")
        } else if file.ends_with(&[".npmrc", ".cargo/config.toml", "pip.conf"]) {
            ["registry", "replace-with", "index-url"]
                .iter()
                .any(|key| text.starts_with(key) || text.starts_with(&format!("[{key}")))
        } else {
            false
        };
        if bad {
            found.push(Finding::new(
                &file.path,
                line,
                rule,
                "packages come from the public registries",
            ));
        }
    }
}

fn is_test(path: &str) -> bool {
    path.starts_with("tests/")
        || path.contains("/tests/")
        || path.ends_with("/tests.rs")
        || path.ends_with("_test.rs")
}

/// Files that `#[cfg(test)] mod name;` brings in.
fn test_modules(files: &[Tracked]) -> Vec<String> {
    let mut names = Vec::new();
    for file in files.iter().filter(|file| file.path.ends_with(".rs")) {
        let mut marked = false;
        for (_, line) in file.lines() {
            let line = line.trim();
            if marked
                && let Some(name) = line
                    .trim_start_matches("pub ")
                    .trim_start_matches("pub(crate) ")
                    .strip_prefix("mod ")
                && let Some(name) = name.strip_suffix(';')
            {
                let (dir, stem) = file.path.rsplit_once('/').unwrap_or(("", &file.path));
                let inner = stem.trim_end_matches(".rs");
                names.push(format!("{dir}/{name}.rs"));
                names.push(format!("{dir}/{name}/mod.rs"));
                names.push(format!("{dir}/{inner}/{name}.rs"));
            }
            marked = line.starts_with("#[cfg(test)]") || (marked && line.starts_with("#["));
        }
    }
    names
}

fn unwraps(file: &Tracked, found: &mut Vec<Finding>) {
    let mut marked = false;
    // The indentation of a test module: it ends with the brace at the same depth.
    let mut inside: Option<usize> = None;
    for (line, text) in file.lines() {
        let depth = text.len() - text.trim_start().len();
        let code = text.split("//").next().unwrap_or_default().trim();
        if let Some(start) = inside {
            if depth == start && code.starts_with('}') {
                inside = None;
            }
            continue;
        }
        if marked && code.ends_with('{') {
            inside = Some(depth);
        }
        marked = code.starts_with("#[cfg(test)]")
            || code.starts_with("#[cfg(all(test")
            || (marked && code.starts_with("#["));
        if inside.is_none() && code.contains(concat!(".unw", "rap()")) {
            found.push(Finding::new(
                &file.path,
                line,
                "unwrap",
                "say with expect why it holds, or return the error",
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::tests::*, *};

    fn rules(path: &str, text: &str) -> Vec<String> {
        let mut found = Vec::new();
        check(&[file(path, text)], &mut found);
        found
            .into_iter()
            .map(|finding| format!("{} {}", finding.line, finding.rule))
            .collect()
    }

    #[test]
    fn long_files_ask_for_a_split() {
        assert!(rules("a.rs", &"// x\n".repeat(400)).is_empty());
        assert_eq!(rules("a.rs", &"// x\n".repeat(401)), ["401 length"]);
        assert!(rules("a.md", &"x\n".repeat(401)).is_empty());
        assert!(rules("ui/src/host/bindings.gen.ts", &"x\n".repeat(900)).is_empty());
    }

    #[test]
    fn lines_end_where_they_end() {
        assert_eq!(
            rules("a.ts", "a \nb\t\nc"),
            ["1 whitespace", "2 whitespace", "3 whitespace"]
        );
    }

    #[test]
    fn unfinished_work_is_seen() {
        let fixme = concat!("// FIX", "ME: later\n");
        let mark = concat!("    to", "do!()\n");
        assert_eq!(rules("a.ts", fixme), ["1 leftover"]);
        assert_eq!(rules("a.rs", mark), ["1 leftover"]);
        assert!(rules("a.rs", concat!("// a MASTO", "DON\n")).is_empty());
    }

    #[test]
    fn unwrap_is_for_tests() {
        let call = concat!("x.unw", "rap();\n");
        assert_eq!(rules("a.rs", call), ["1 unwrap"]);
        assert!(rules("a.rs", &format!("// says {call}")).is_empty());
        assert!(rules("tests/journeys/a.rs", call).is_empty());
        assert!(
            rules(
                "a.rs",
                &format!("#[cfg(test)]\nmod tests {{\n    {call}}}\n")
            )
            .is_empty()
        );
        let after = format!("#[cfg(test)]\nmod tests {{\n    {call}}}\nfn f() {{\n    {call}}}\n");
        assert_eq!(rules("a.rs", &after), ["6 unwrap"]);
        let apart = [
            file("src/main.rs", "#[cfg(test)]\nmod a;\nfn f() {}\n"),
            file("src/a.rs", call),
        ];
        assert!(broken(check, &apart).is_empty());
    }

    #[test]
    fn places_of_one_machine_are_refused() {
        let place = concat!("see /ro", "ot/x\n");
        assert_eq!(rules("README.md", place), ["1 private-place"]);
        assert!(rules("README.md", concat!("https://a.example/ro", "ot/x\n")).is_empty());
    }

    #[test]
    fn packages_come_from_public_registries() {
        let lock = "    \"resolved\": \"https://mirror.example/a.tgz\",\n";
        assert_eq!(rules("ui/package-lock.json", lock), ["1 registry"]);
        assert!(
            rules(
                "ui/package-lock.json",
                "\"resolved\": \"https://registry.npmjs.org/a.tgz\"\n"
            )
            .is_empty()
        );
        assert_eq!(
            rules(
                "Cargo.lock",
                "source = \"registry+https://mirror.example/index\"\n"
            ),
            ["1 registry"]
        );
        assert_eq!(
            rules("ui/.npmrc", "registry=https://mirror.example\n"),
            ["1 registry"]
        );
    }
}
