//! Which crate may know which: hosts -> api -> client -> {matrix, store} -> model, and each big library has one home.

use super::{Finding, Tracked};

/// A crate and those of ours it may depend on.
const EDGES: &[(&str, &[&str])] = &[
    ("parta", &["parta-api"]),
    ("parta-bridge", &["parta-api"]),
    ("parta-steward", &["parta-api", "parta-client"]),
    ("parta-api", &["parta-client", "parta-model"]),
    (
        "parta-client",
        &["parta-matrix", "parta-store", "parta-model"],
    ),
    ("parta-matrix", &["parta-model"]),
    ("parta-store", &["parta-model"]),
    ("parta-model", &[]),
    ("parta-testkit", &["parta-model"]),
    ("xtask", &["parta-testkit"]),
];

/// A crate of tests only, which may look at every layer.
const TESTS: &str = "parta-journeys";

/// Libraries that one crate alone names.
const HOMES: &[(&str, &str, &str)] = &[
    ("matrix-sdk", "parta-matrix", "the SDK's types stop there"),
    ("ruma", "parta-matrix", "the SDK's types stop there"),
    ("tauri", "parta", "the core must run under any host"),
    (
        "rusqlite",
        "parta-store",
        "what lies on the disk is known in one place",
    ),
    (
        "libsqlite3-sys",
        "parta-store",
        "what lies on the disk is known in one place",
    ),
    (
        "keyring",
        "parta-store",
        "the data key has one way in and out",
    ),
];

pub fn check(files: &[Tracked], found: &mut Vec<Finding>) {
    for file in files
        .iter()
        .filter(|file| file.path.ends_with("/Cargo.toml"))
    {
        check_manifest(file, found);
    }
}

fn check_manifest(file: &Tracked, found: &mut Vec<Finding>) {
    let manifest = Manifest::read(&file.text);
    if manifest.name.is_empty() {
        return;
    }
    let known = EDGES.iter().find(|(name, _)| *name == manifest.name);
    if known.is_none() && manifest.name != TESTS {
        let why = format!(
            "«{}» has no place in the direction: add it to xtask/src/tidy/crates.rs",
            manifest.name
        );
        found.push(Finding::new(&file.path, 1, "crate-edges", why));
    }
    if !file.text.contains("[lints]\nworkspace = true") {
        found.push(Finding::new(
            &file.path,
            1,
            "lints",
            "the workspace's lints hold for every crate",
        ));
    }
    for dependency in &manifest.dependencies {
        let mut refuse =
            |rule, why: String| found.push(Finding::new(&file.path, dependency.line, rule, why));
        let home = HOMES
            .iter()
            .find(|(library, ..)| is_of(&dependency.name, library));
        if let Some((library, home, why)) = home
            && *home != manifest.name
        {
            refuse("one-home", format!("only {home} names {library}: {why}"));
        }
        let ours = dependency.name.starts_with("parta") || dependency.name == "xtask";
        if !ours || manifest.name == TESTS {
            continue;
        }
        if dependency.name == "parta-testkit" && (dependency.dev || manifest.name == "xtask") {
            continue;
        }
        if dependency.name == "parta-testkit" {
            refuse(
                "crate-edges",
                "the testkit is a dev-dependency only: it must not ship".to_owned(),
            );
        } else if let Some((_, below)) = known
            && !below.contains(&dependency.name.as_str())
        {
            let why = format!(
                "{} may know {}, not {}",
                manifest.name,
                list(below),
                dependency.name
            );
            refuse("crate-edges", why);
        }
    }
}

fn is_of(name: &str, library: &str) -> bool {
    name.strip_prefix(library)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

fn list(names: &[&str]) -> String {
    if names.is_empty() {
        "none of ours".to_owned()
    } else {
        names.join(", ")
    }
}

/// What matters here of a Cargo.toml, which cargo itself has accepted already.
#[derive(Default)]
struct Manifest {
    name: String,
    dependencies: Vec<Dependency>,
}

struct Dependency {
    name: String,
    dev: bool,
    line: usize,
}

impl Manifest {
    fn read(text: &str) -> Self {
        let mut manifest = Self::default();
        let mut section = String::new();
        for (at, line) in text.lines().enumerate() {
            let line = line.trim();
            if let Some(head) = line
                .strip_prefix('[')
                .and_then(|line| line.strip_suffix(']'))
            {
                section = head.to_owned();
                if let Some((table, name)) = section.rsplit_once("dependencies.") {
                    let dev = table.ends_with("dev-");
                    manifest.dependencies.push(Dependency {
                        name: name.to_owned(),
                        dev,
                        line: at + 1,
                    });
                }
                continue;
            }
            let Some((key, value)) = line.split_once('=').filter(|_| !line.starts_with('#')) else {
                continue;
            };
            let key = key
                .trim()
                .split('.')
                .next()
                .unwrap_or_default()
                .trim_matches('"');
            if section == "package" && key == "name" {
                manifest.name = value.trim().trim_matches('"').to_owned();
            } else if section.ends_with("dependencies") {
                // A renamed dependency counts under the name it has in the registry.
                let name = value
                    .split("package = \"")
                    .nth(1)
                    .and_then(|rest| rest.split('"').next())
                    .unwrap_or(key);
                let dev = section.ends_with("dev-dependencies");
                manifest.dependencies.push(Dependency {
                    name: name.to_owned(),
                    dev,
                    line: at + 1,
                });
            }
        }
        manifest
    }
}

#[cfg(test)]
mod tests {
    use super::{super::tests::*, *};

    fn manifest(name: &str, rest: &str) -> Vec<Tracked> {
        let head = format!("[package]\nname = \"{name}\"\n[lints]\nworkspace = true\n");
        vec![file(
            &format!("src-tauri/crates/{name}/Cargo.toml"),
            &(head + rest),
        )]
    }

    fn rules(name: &str, rest: &str) -> Vec<String> {
        let mut found = Vec::new();
        check(&manifest(name, rest), &mut found);
        found
            .into_iter()
            .map(|finding| format!("{} {}", finding.line, finding.rule))
            .collect()
    }

    #[test]
    fn edges_go_down_only() {
        assert!(
            rules(
                "parta-client",
                "[dependencies]\nparta-matrix.workspace = true\n"
            )
            .is_empty()
        );
        assert_eq!(
            rules(
                "parta-matrix",
                "[dependencies]\nparta-client.workspace = true\n"
            ),
            ["6 crate-edges"]
        );
        assert_eq!(
            rules(
                "parta-bridge",
                "[dependencies]\nparta-model = { path = \"../model\" }\n"
            ),
            ["6 crate-edges"]
        );
        assert_eq!(
            rules(
                "parta-model",
                "[dependencies.parta-store]\nworkspace = true\n"
            ),
            ["5 crate-edges"]
        );
    }

    #[test]
    fn the_testkit_is_for_tests() {
        assert!(
            rules(
                "parta-store",
                "[dev-dependencies]\nparta-testkit.workspace = true\n"
            )
            .is_empty()
        );
        assert_eq!(
            rules(
                "parta-store",
                "[dependencies]\nparta-testkit.workspace = true\n"
            ),
            ["6 crate-edges"]
        );
        assert!(rules("xtask", "[dependencies]\nparta-testkit.workspace = true\n").is_empty());
    }

    #[test]
    fn big_libraries_have_one_home() {
        assert!(
            rules(
                "parta-matrix",
                "[dependencies]\nmatrix-sdk-ui.workspace = true\n"
            )
            .is_empty()
        );
        assert_eq!(
            rules(
                "parta-client",
                "[dependencies]\nmatrix-sdk.workspace = true\n"
            ),
            ["6 one-home"]
        );
        assert_eq!(
            rules(
                "parta-api",
                "[target.'cfg(unix)'.dependencies]\ntauri-plugin-opener = \"2\"\n"
            ),
            ["6 one-home"]
        );
        assert_eq!(
            rules(
                "parta-client",
                "[dependencies]\nsql = { package = \"rusqlite\", version = \"0\" }\n"
            ),
            ["6 one-home"]
        );
    }

    #[test]
    fn a_crate_without_a_place_or_without_lints_is_seen() {
        assert_eq!(rules("parta-magic", ""), ["1 crate-edges"]);
        let bare = vec![file("xtask/Cargo.toml", "[package]\nname = \"xtask\"\n")];
        assert_eq!(broken(check, &bare), ["xtask/Cargo.toml:1 lints"]);
    }
}
