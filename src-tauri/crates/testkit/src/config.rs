//! What a homeserver of a test run is configured with, and the files that say so: `homeserver.yaml` (plain JSON),
//! its signing key, its log settings and the registration of the application service that seeds it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// How often one may ask.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Limits {
    /// So high that a test never meets them.
    #[default]
    Raised,
    /// Those a stock Synapse has: they bite at the ninth message and the fifth login.
    Stock,
}

/// How a homeserver is started.
#[derive(Clone, Debug)]
pub struct Options {
    /// Everything the server writes; may hold the state of an earlier run.
    pub dir: PathBuf,
    /// The Python of an environment that has matrix-synapse.
    pub python: PathBuf,
    /// `None` takes a free one at the first start and the same one afterwards.
    pub port: Option<u16>,
    pub server_name: String,
    pub limits: Limits,
    /// Whether the fine invitation filter (MSC4155) is on.
    pub msc4155: bool,
    /// Whether unread counts and pushes are worked out; off makes filling a server with history much quicker.
    pub push: bool,
    /// How far the server's clock runs behind: rooms and members of a history must be older than what is said.
    pub clock_behind: Duration,
    /// The address of a CAS server that people sign in with in a browser.
    pub cas: Option<String>,
}

impl Options {
    /// The usual options, with Python where [`python`] finds it.
    pub fn new(dir: impl Into<PathBuf>) -> Result<Self> {
        Ok(Self {
            dir: dir.into(),
            python: python()?,
            port: None,
            server_name: "localhost".to_owned(),
            limits: Limits::Raised,
            msc4155: true,
            push: true,
            clock_behind: Duration::ZERO,
            cas: None,
        })
    }
}

/// The Python that has Synapse: `$PARTA_PYTHON`, else the one `cargo xtask` sets up in the cache folder.
pub fn python() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os("PARTA_PYTHON") {
        return Ok(named.into());
    }
    let cache = std::env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .filter(|path| path.is_absolute())
        .or_else(|| std::env::var_os("HOME").map(|home| Path::new(&home).join(".cache")))
        .context("neither PARTA_PYTHON, XDG_CACHE_HOME nor HOME is set")?;
    let python = cache.join("parta/venv/bin/python");
    if !python.exists() {
        bail!(
            "no Synapse here: {} is missing; `cargo xtask test` sets it up, or name another in PARTA_PYTHON",
            python.display()
        );
    }
    Ok(python)
}

/// The secrets of one server, kept in its folder over restarts.
#[derive(Serialize, Deserialize)]
pub(crate) struct Secrets {
    pub registration: String,
    pub service_token: String,
    macaroon: String,
    form: String,
}

impl Secrets {
    /// Those of an earlier start, or new ones.
    pub(crate) fn of(dir: &Path) -> Result<Self> {
        let path = dir.join("secrets.json");
        if path.exists() {
            return Ok(serde_json::from_slice(&std::fs::read(&path)?)?);
        }
        let secrets = Self {
            registration: random()?,
            service_token: random()?,
            macaroon: random()?,
            form: random()?,
        };
        std::fs::write(&path, serde_json::to_vec_pretty(&secrets)?)?;
        Ok(secrets)
    }
}

fn random() -> Result<String> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)
        .map_err(|error| anyhow::anyhow!("the system has no randomness: {error}"))?;
    Ok(STANDARD_NO_PAD.encode(bytes))
}

/// The localpart of the application service itself; it is in no room.
const SERVICE_LOCALPART: &str = "parta-testkit";

/// Writes every file Synapse starts from and returns the path of the main one.
pub(crate) fn write(options: &Options, port: u16, secrets: &Secrets) -> Result<PathBuf> {
    let dir = &options.dir;
    let key = dir.join("signing.key");
    if !key.exists() {
        std::fs::write(&key, format!("ed25519 a_1 {}\n", random()?))?;
    }
    let service = dir.join("service.yaml");
    put(
        &service,
        &json!({
            "id": "parta-testkit",
            "url": null,
            "as_token": secrets.service_token,
            "hs_token": secrets.form,
            "sender_localpart": SERVICE_LOCALPART,
            "rate_limited": false,
            "namespaces": {"users": [{"regex": "@.*", "exclusive": false}], "rooms": [], "aliases": []},
        }),
    )?;
    let log = dir.join("log.yaml");
    put(
        &log,
        &json!({
            "version": 1,
            "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
            "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
            "root": {"level": "WARNING", "handlers": ["console"]},
            "disable_existing_loggers": false,
        }),
    )?;
    let main = dir.join("homeserver.yaml");
    put(
        &main,
        &homeserver(options, port, secrets, &key, &service, &log),
    )?;
    Ok(main)
}

fn put(path: &Path, value: &Value) -> Result<()> {
    std::fs::write(path, serde_json::to_vec_pretty(value)?)
        .with_context(|| format!("cannot write {}", path.display()))
}

fn homeserver(
    options: &Options,
    port: u16,
    secrets: &Secrets,
    key: &Path,
    service: &Path,
    log: &Path,
) -> Value {
    let dir = &options.dir;
    let mut config = json!({
        "server_name": options.server_name,
        // With this, Synapse answers .well-known/matrix/client, so typing `localhost:PORT` finds the server.
        "public_baseurl": format!("http://127.0.0.1:{port}/"),
        "serve_client_wellknown": true,
        "pid_file": dir.join("homeserver.pid"),
        "report_stats": false,
        "listeners": [{
            "port": port,
            "tls": false,
            "type": "http",
            "bind_addresses": ["127.0.0.1"],
            "resources": [{"names": ["client"], "compress": true}],
        }],
        "database": {"name": "sqlite3", "args": {"database": dir.join("homeserver.db")}},
        "media_store_path": dir.join("media"),
        "signing_key_path": key,
        "log_config": log,
        "app_service_config_files": [service],
        "registration_shared_secret": secrets.registration,
        "macaroon_secret_key": secrets.macaroon,
        "form_secret": secrets.form,
        "enable_registration": true,
        "registration_requires_token": true,
        "bcrypt_rounds": 4,
        "federation_domain_whitelist": [],
        "trusted_key_servers": [],
        "suppress_key_server_warning": true,
        // Nobody listens: without these two Synapse looks after both for every single event.
        "notify_appservices_from_worker": "nobody",
        "federation_sender_instances": ["nobody"],
        "send_federation": false,
        "presence": {"enabled": false},
        "push": {"enabled": options.push},
        "max_event_delay_duration": "24h",
        "experimental_features": {"msc4155_enabled": options.msc4155},
        // The directory of private rooms grows with the square of their members.
        "update_user_directory_from_worker": "nobody",
        "user_directory": {"search_all_users": true},
        "encryption_enabled_by_default_for_room_type": "off",
        "url_preview_enabled": false,
    });
    if let Some(cas) = &options.cas {
        config["cas_config"] =
            json!({"enabled": true, "server_url": cas, "idp_name": "Школьный вход"});
        config["sso"] =
            json!({"client_whitelist": ["http://127.0.0.1", "http://localhost", "http://[::1]"]});
    }
    if options.limits == Limits::Raised {
        let raised = json!({"per_second": 100_000, "burst_count": 100_000});
        for name in [
            "rc_message",
            "rc_registration",
            "rc_registration_token_validity",
            "rc_admin_redaction",
            "rc_joins_per_room",
            "rc_key_requests",
            "rc_third_party_invite",
            "rc_media_create",
            "rc_presence_per_user",
            "rc_delayed_event_mgmt",
            "rc_room_creation",
            "rc_reports",
            "rc_user_directory",
            "rc_profile",
        ] {
            config[name] = raised.clone();
        }
        config["rc_login"] =
            json!({"address": raised, "account": raised, "failed_attempts": raised});
        config["rc_joins"] = json!({"local": raised, "remote": raised});
        config["rc_invites"] =
            json!({"per_room": raised, "per_user": raised, "per_issuer": raised});
    }
    config
}
