//! A real Synapse, started for a test run or the demo and gone with whoever started it.

use std::net::{Ipv4Addr, TcpListener, UdpSocket};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use hmac::{Hmac, Mac};
use serde_json::{Value, json};
use sha1::Sha1;
use tokio::process::{Child, Command};
use tokio::time::Instant;

use crate::api::{Api, CallError, Caller, segment};
use crate::config::{self, Options, Secrets};

/// Ends Synapse when its standard input closes, so it dies with us however we die.
const RUN: &str = include_str!("../../../../tests/homeserver/run.py");

const READY_WITHIN: Duration = Duration::from_secs(60);
const STOPPED_WITHIN: Duration = Duration::from_secs(15);
const ASK_AGAIN: Duration = Duration::from_millis(40);

/// A signed-in session.
#[derive(Clone)]
pub struct Login {
    pub user_id: String,
    pub access_token: String,
    pub device_id: String,
}

/// A running (or stopped and restartable) Synapse. Dropping it kills the process.
pub struct Homeserver {
    options: Options,
    port: u16,
    /// Keeps other servers of ours from the port, also while this one is stopped.
    _claim: Option<UdpSocket>,
    secrets: Secrets,
    api: Api,
    child: Option<Child>,
}

impl Homeserver {
    /// Starts a server in `options.dir`, new or with what an earlier run left there, and waits until it answers.
    pub async fn start(options: Options) -> Result<Self> {
        std::fs::create_dir_all(&options.dir)
            .with_context(|| format!("cannot make the folder {}", options.dir.display()))?;
        let dir = options.dir.canonicalize()?;
        let options = Options { dir, ..options };
        let (port, claim) = port(&options).await?;
        let secrets = Secrets::of(&options.dir)?;
        let api = Api::new(format!("http://127.0.0.1:{port}"));
        let mut homeserver = Self {
            options,
            port,
            _claim: claim,
            secrets,
            api,
            child: None,
        };
        homeserver.spawn().await?;
        Ok(homeserver)
    }

    /// The base address, without a slash at its end.
    pub fn url(&self) -> &str {
        self.api.url()
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn server_name(&self) -> &str {
        &self.options.server_name
    }

    pub fn dir(&self) -> &Path {
        &self.options.dir
    }

    /// `@localpart:server`.
    pub fn user_id(&self, localpart: &str) -> String {
        format!("@{localpart}:{}", self.options.server_name)
    }

    pub fn api(&self) -> &Api {
        &self.api
    }

    /// Calls in the name of any local user, without a login and without limits.
    pub fn acting_as(&self, localpart: &str) -> Caller {
        self.api
            .masked(&self.secrets.service_token, self.user_id(localpart))
    }

    /// Stops it in order; data stays for [`Self::restart`].
    pub async fn stop(&mut self) -> Result<()> {
        let Some(mut child) = self.child.take() else {
            return Ok(());
        };
        drop(child.stdin.take());
        if tokio::time::timeout(STOPPED_WITHIN, child.wait())
            .await
            .is_err()
        {
            child.kill().await?;
        }
        Ok(())
    }

    /// Kills it at once, as a power cut would.
    pub async fn kill(&mut self) -> Result<()> {
        if let Some(mut child) = self.child.take() {
            child.kill().await?;
        }
        Ok(())
    }

    /// Lets it hang without an answer, as an overloaded server does, until [`Self::thaw`].
    pub async fn freeze(&self) -> Result<()> {
        self.signal("STOP").await
    }

    pub async fn thaw(&self) -> Result<()> {
        self.signal("CONT").await
    }

    async fn signal(&self, name: &str) -> Result<()> {
        let child = self.child.as_ref().and_then(Child::id);
        let pid = child.context("the server does not run")?.to_string();
        let sent = Command::new("kill").args(["-s", name, &pid]).status().await;
        ensure!(sent?.success(), "the server got no signal");
        Ok(())
    }

    /// Starts it again with the same port and data, stopping it first when it runs.
    pub async fn restart(&mut self) -> Result<()> {
        self.stop().await?;
        self.spawn().await
    }

    /// Like [`Self::restart`], with other options; folder, port and name stay.
    pub async fn restart_with(&mut self, change: impl FnOnce(&mut Options)) -> Result<()> {
        let mut options = self.options.clone();
        change(&mut options);
        options.dir.clone_from(&self.options.dir);
        options.server_name.clone_from(&self.options.server_name);
        self.options = options;
        self.restart().await
    }

    /// Makes an account that can sign in with the password; returns its user id.
    pub async fn register(
        &self,
        localpart: &str,
        password: &str,
        display_name: &str,
    ) -> Result<String> {
        self.register_account(localpart, password, display_name, false)
            .await
    }

    /// Like [`Self::register`], for an administrator of the server itself.
    pub async fn register_admin(
        &self,
        localpart: &str,
        password: &str,
        display_name: &str,
    ) -> Result<String> {
        self.register_account(localpart, password, display_name, true)
            .await
    }

    async fn register_account(
        &self,
        localpart: &str,
        password: &str,
        display_name: &str,
        admin: bool,
    ) -> Result<String> {
        const PATH: &str = "/_synapse/admin/v1/register";
        let nobody = self.api.nobody();
        let nonce = nobody.get(PATH).await?["nonce"]
            .as_str()
            .context("no nonce to register with")?
            .to_owned();
        let mut mac = Hmac::<Sha1>::new_from_slice(self.secrets.registration.as_bytes())
            .context("the shared secret can't be a key")?;
        let role = if admin { "admin" } else { "notadmin" };
        mac.update(
            [nonce.as_str(), localpart, password, role]
                .join("\0")
                .as_bytes(),
        );
        let code: String = mac
            .finalize()
            .into_bytes()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let body = json!({
            "nonce": nonce, "username": localpart, "password": password, "displayname": display_name,
            "admin": admin, "mac": code, "inhibit_login": true,
        });
        let answer = nobody.post(PATH, body).await?;
        Ok(answer["user_id"]
            .as_str()
            .context("no user id in the answer")?
            .to_owned())
    }

    /// A new session with the password.
    pub async fn login(&self, localpart: &str, password: &str) -> Result<Login, CallError> {
        let body = json!({
            "type": "m.login.password",
            "identifier": {"type": "m.id.user", "user": localpart},
            "password": password,
        });
        let answer = self
            .api
            .nobody()
            .post("/_matrix/client/v3/login", body)
            .await?;
        let text = |key: &str| answer[key].as_str().unwrap_or_default().to_owned();
        Ok(Login {
            user_id: text("user_id"),
            access_token: text("access_token"),
            device_id: text("device_id"),
        })
    }

    /// Ends every session of a person, as if he had done it elsewhere.
    pub async fn end_sessions(&self, localpart: &str) -> Result<()> {
        self.acting_as(localpart)
            .post("/_matrix/client/v3/logout/all", json!({}))
            .await?;
        Ok(())
    }

    /// The content of a state event, as `localpart` sees it.
    pub async fn state(
        &self,
        localpart: &str,
        room: &str,
        kind: &str,
        key: &str,
    ) -> Result<Value, CallError> {
        let path = format!(
            "/_matrix/client/v3/rooms/{}/state/{}/{}",
            segment(room),
            segment(kind),
            segment(key)
        );
        self.acting_as(localpart).get(&path).await
    }

    async fn spawn(&mut self) -> Result<()> {
        let config = config::write(&self.options, self.port, &self.secrets)?;
        let script = self.options.dir.join("run.py");
        std::fs::write(&script, RUN)?;
        let log = self.log_path();
        let file = std::fs::File::create(&log)?;
        let mut command = Command::new(&self.options.python);
        command
            .arg(&script)
            .arg("-c")
            .arg(&config)
            .current_dir(&self.options.dir)
            .env(
                "PARTA_CLOCK_BEHIND",
                self.options.clock_behind.as_secs().to_string(),
            )
            .stdin(Stdio::piped())
            .stdout(file.try_clone()?)
            .stderr(file)
            .kill_on_drop(true);
        // Ctrl-C reaches the starter alone, which then stops the server in order.
        #[cfg(unix)]
        command.process_group(0);
        let child = command
            .spawn()
            .with_context(|| format!("cannot run {}", self.options.python.display()))?;
        let child = self.child.insert(child);

        let deadline = Instant::now() + READY_WITHIN;
        let health = self.api.nobody();
        loop {
            if health.get("/health").await.is_ok() {
                return Ok(());
            }
            if let Some(status) = child.try_wait()? {
                self.child = None;
                bail!("Synapse ended at its start ({status}):\n{}", tail(&log));
            }
            if Instant::now() > deadline {
                self.kill().await?;
                bail!(
                    "Synapse was not ready within {} s:\n{}",
                    READY_WITHIN.as_secs(),
                    tail(&log)
                );
            }
            tokio::time::sleep(ASK_AGAIN).await;
        }
    }

    fn log_path(&self) -> PathBuf {
        self.options.dir.join("homeserver.log")
    }

    /// The end of what the server has logged since its last start.
    pub fn log_tail(&self) -> String {
        tail(&self.log_path())
    }
}

fn tail(log: &Path) -> String {
    let text = std::fs::read(log)
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(40)..].join("\n")
}

/// The port asked for, that of the last start, or a free one.
async fn port(options: &Options) -> Result<(u16, Option<UdpSocket>)> {
    let file = options.dir.join("port");
    let kept = std::fs::read_to_string(&file)
        .ok()
        .and_then(|text| text.trim().parse().ok());
    let (port, claim) = match options.port.or(kept) {
        Some(port) => {
            until_free(port).await?;
            (port, UdpSocket::bind((Ipv4Addr::LOCALHOST, port)).ok())
        }
        None => {
            let (port, claim) = free()?;
            (port, Some(claim))
        }
    };
    std::fs::write(&file, port.to_string())?;
    Ok((port, claim))
}

/// A port that no other server of ours is given, in whatever process: the UDP port of its number says that it is taken. It
/// lies below those that a system gives to connections by itself.
fn free() -> Result<(u16, UdpSocket)> {
    for _ in 0..100 {
        let mut random = [0; 2];
        getrandom::fill(&mut random).map_err(|error| anyhow::anyhow!("no randomness: {error}"))?;
        let here = (
            Ipv4Addr::LOCALHOST,
            20_000 + u16::from_ne_bytes(random) % 12_000,
        );
        if let Ok(claim) = UdpSocket::bind(here)
            && TcpListener::bind(here).is_ok()
        {
            return Ok((here.1, claim));
        }
    }
    bail!("no port is free")
}

/// A server that was just told to stop may hold the port for a moment.
async fn until_free(port: u16) -> Result<()> {
    let deadline = Instant::now() + STOPPED_WITHIN;
    // Connecting asks what matters: unlike binding, it isn't disturbed by connections that are still closing.
    while tokio::net::TcpStream::connect((Ipv4Addr::LOCALHOST, port))
        .await
        .is_ok()
    {
        if Instant::now() > deadline {
            bail!("port {port} is in use by another program");
        }
        tokio::time::sleep(ASK_AGAIN).await;
    }
    Ok(())
}
