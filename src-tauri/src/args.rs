//! What can be said on the command line: only where the profile lies.

use anyhow::{Context, bail};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

const IDENTIFIER: &str = "school.parta.app";

#[derive(Debug, PartialEq)]
pub struct Args {
    pub profile: PathBuf,
    /// The profile of a person who just starts the app.
    pub is_default: bool,
}

impl Args {
    pub fn from_process() -> anyhow::Result<Self> {
        let default = dirs::data_local_dir()
            .context("the system names no folder for local data")?
            .join(IDENTIFIER);
        let current = std::env::current_dir().unwrap_or_default();
        Self::parse(
            std::env::args_os().skip(1),
            std::env::var_os("PARTA_PROFILE"),
            &default,
            &current,
        )
    }

    fn parse(
        mut args: impl Iterator<Item = OsString>,
        variable: Option<OsString>,
        default: &Path,
        current: &Path,
    ) -> anyhow::Result<Self> {
        let mut profile = variable.filter(|dir| !dir.is_empty());
        while let Some(arg) = args.next() {
            match arg.to_str() {
                Some("--profile") => {
                    profile = Some(args.next().context("--profile needs a folder")?)
                }
                // macOS adds a process serial number to what the Finder starts.
                Some(text) if text.starts_with("-psn_") => {}
                _ => bail!("usage: parta [--profile DIR]"),
            }
        }
        let profile = profile.map_or_else(|| default.to_owned(), |dir| current.join(dir));
        Ok(Self {
            is_default: profile == default,
            profile,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(args: &[&str], variable: Option<&str>) -> anyhow::Result<Args> {
        let args = args.iter().map(OsString::from);
        Args::parse(
            args,
            variable.map(OsString::from),
            Path::new("/data/app"),
            Path::new("/here"),
        )
    }

    #[test]
    fn without_arguments_the_profile_is_the_default_one() {
        assert_eq!(
            parse(&[], None).unwrap(),
            Args {
                profile: "/data/app".into(),
                is_default: true
            }
        );
        assert_eq!(
            parse(&[], Some("")).unwrap(),
            Args {
                profile: "/data/app".into(),
                is_default: true
            }
        );
    }

    #[test]
    fn an_argument_wins_over_the_variable_and_may_be_relative() {
        let teacher = Args {
            profile: "/here/teacher".into(),
            is_default: false,
        };
        assert_eq!(
            parse(&["--profile", "teacher"], Some("/else")).unwrap(),
            teacher
        );
        assert_eq!(parse(&[], Some("/here/teacher")).unwrap(), teacher);
    }

    #[test]
    fn naming_the_default_profile_is_the_same_as_naming_none() {
        assert!(parse(&["--profile", "/data/app"], None).unwrap().is_default);
    }

    #[test]
    fn unknown_and_incomplete_arguments_are_refused() {
        assert!(parse(&["--profile"], None).is_err());
        assert!(parse(&["--test-keychain"], None).is_err());
    }
}
