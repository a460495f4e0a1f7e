//! What the steward is told at its start. Secrets never stand in arguments, where every user of the machine reads them.

use anyhow::{Context, bail};
use std::path::{Path, PathBuf};

pub const USAGE: &str = "usage: parta-steward setup  --store DIR --server NAME --user NAME [--secret-file FILE]
       parta-steward run    --store DIR [--secret-file FILE]
       parta-steward status --store DIR
The account's password is read from PARTA_STEWARD_PASSWORD or the standard input.
The secret that the store is sealed with is read from --secret-file, from the systemd credential «parta-steward», or from
PARTA_STEWARD_SECRET.";
/// The name of the systemd credential.
const CREDENTIAL: &str = "parta-steward";

#[derive(Debug, PartialEq)]
pub enum Command {
    Setup { server: String, user: String },
    Run,
    Status,
}

#[derive(Debug, PartialEq)]
pub struct Args {
    pub command: Command,
    pub store: PathBuf,
    pub secret_file: Option<PathBuf>,
}

impl Args {
    pub fn parse(mut args: impl Iterator<Item = String>) -> anyhow::Result<Self> {
        let command = args.next().context(USAGE)?;
        let (mut store, mut secret_file) = (None, None);
        let (mut server, mut user) = (None, None);
        while let Some(arg) = args.next() {
            let value = args.next();
            let value = value.with_context(|| format!("{arg} needs a value\n{USAGE}"))?;
            match arg.as_str() {
                "--store" => store = Some(PathBuf::from(value)),
                "--secret-file" => secret_file = Some(PathBuf::from(value)),
                "--server" => server = Some(value),
                "--user" => user = Some(value),
                _ => bail!(USAGE),
            }
        }
        let command = match (command.as_str(), server, user) {
            ("setup", Some(server), Some(user)) => Command::Setup { server, user },
            ("run", None, None) => Command::Run,
            ("status", None, None) => Command::Status,
            _ => bail!(USAGE),
        };
        Ok(Self {
            command,
            store: store.context(USAGE)?,
            secret_file,
        })
    }

    /// What the store is sealed with: a server has no keychain to ask.
    pub fn secret(&self) -> anyhow::Result<String> {
        let credential = std::env::var_os("CREDENTIALS_DIRECTORY")
            .map(|dir| Path::new(&dir).join(CREDENTIAL))
            .filter(|file| file.exists());
        let secret = match self.secret_file.as_ref().or(credential.as_ref()) {
            Some(file) => std::fs::read_to_string(file)
                .with_context(|| format!("{} can't be read", file.display()))?,
            None => {
                std::env::var("PARTA_STEWARD_SECRET").context("no secret to open the store with")?
            }
        };
        let secret = secret.trim();
        if secret.is_empty() {
            bail!("the secret is empty");
        }
        Ok(secret.to_owned())
    }
}

/// The password of the service account.
pub fn password() -> anyhow::Result<String> {
    if let Ok(password) = std::env::var("PARTA_STEWARD_PASSWORD") {
        return Ok(password);
    }
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Option<Args> {
        Args::parse(line.split_whitespace().map(str::to_owned)).ok()
    }

    #[test]
    fn a_command_has_what_it_needs_and_nothing_else() {
        let setup = parse("setup --store /var/lib/s --server school1.ru --user steward").unwrap();
        assert_eq!(setup.store, PathBuf::from("/var/lib/s"));
        assert_eq!(parse("run --store d").unwrap().command, Command::Run);
        for wrong in [
            "",
            "run",
            "run --store",
            "setup --store d",
            "status --store d --user u",
            "dance --store d",
            "run --store d --password secret",
        ] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
