//! `parta-bridge`: the core behind a loopback address, for a browser. See the library's head.
#![recursion_limit = "256"]

use anyhow::{Context, bail};
use parta_api::{Client, ClientOptions, Keychain, MemoryKeychain, OsKeychain, system_now};
use parta_bridge::{Bridge, SealedKeychain};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tracing_subscriber::EnvFilter;

const USAGE: &str = "usage: parta-bridge --profile DIR --ui DIR [--port N] [--token-file FILE] \
                     [--memory-keychain | --key-from-env] [--exit-with-stdin]";
/// The 64 hexadecimal digits that `--key-from-env` takes.
const KEY_VARIABLE: &str = "PARTA_BRIDGE_KEY";
const FAREWELL: Duration = Duration::from_secs(2);

#[derive(Default)]
struct Args {
    profile: PathBuf,
    ui: PathBuf,
    port: u16,
    /// Gets the line that is printed, for a harness that does not read it.
    token_file: Option<PathBuf>,
    memory_keychain: bool,
    key_from_env: bool,
    exit_with_stdin: bool,
}

impl Args {
    fn parse(mut args: impl Iterator<Item = String>) -> anyhow::Result<Self> {
        let mut parsed = Self::default();
        while let Some(arg) = args.next() {
            let mut value = || {
                args.next()
                    .with_context(|| format!("{arg} needs a value; {USAGE}"))
            };
            match arg.as_str() {
                "--profile" => parsed.profile = value()?.into(),
                "--ui" => parsed.ui = value()?.into(),
                "--port" => parsed.port = value()?.parse().context("--port needs a number")?,
                "--token-file" => parsed.token_file = Some(value()?.into()),
                "--memory-keychain" => parsed.memory_keychain = true,
                "--key-from-env" => parsed.key_from_env = true,
                "--exit-with-stdin" => parsed.exit_with_stdin = true,
                _ => bail!(USAGE),
            }
        }
        if parsed.profile.as_os_str().is_empty() || parsed.ui.as_os_str().is_empty() {
            bail!(USAGE);
        }
        Ok(parsed)
    }

    fn keychain(&self) -> anyhow::Result<Arc<dyn Keychain>> {
        Ok(match (self.memory_keychain, self.key_from_env) {
            (true, true) => bail!(USAGE),
            (true, false) => Arc::new(MemoryKeychain::new()),
            (false, false) => Arc::new(OsKeychain),
            (false, true) => {
                let key = std::env::var(KEY_VARIABLE)
                    .with_context(|| format!("{KEY_VARIABLE} is not set"))?;
                // Beside the profile, as a system's keychain is: an emptied profile does not empty it.
                let mut file = self.profile.clone().into_os_string();
                file.push(".keychain");
                Arc::new(SealedKeychain::new(&key, file.into())?)
            }
        })
    }
}

fn main() -> anyhow::Result<()> {
    parta_api::runtime()?.block_on(run())
}

async fn run() -> anyhow::Result<()> {
    let args = Args::parse(std::env::args().skip(1))?;
    let filter = EnvFilter::try_from_env("PARTA_LOG")
        .unwrap_or_else(|_| EnvFilter::new("warn,parta_bridge=info"));
    let colour = std::io::stderr().is_terminal();
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(colour)
        .with_writer(std::io::stderr)
        .init();
    let downloads = args.profile.join("downloads");
    for folder in [&args.profile, &downloads] {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("{} can't be made", folder.display()))?;
    }
    let client = Client::start(ClientOptions {
        profile: args.profile.clone(),
        keychain: args.keychain()?,
        downloads,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        device: "Парта (браузер)".to_owned(),
        now: system_now,
        steward: false,
    });
    let bridge = Bridge::bind(Arc::clone(&client), &args.ui, args.port).await?;
    if let Some(file) = &args.token_file {
        announce(file, &bridge.url())?;
    }
    println!("{}", bridge.url());
    bridge.run(stop(args.exit_with_stdin)).await?;
    if tokio::time::timeout(FAREWELL, client.shutdown())
        .await
        .is_err()
    {
        tracing::warn!("the core did not come to rest in time");
    }
    Ok(())
}

/// Whoever waits for the file never sees half of it.
fn announce(file: &Path, url: &str) -> anyhow::Result<()> {
    let half = file.with_extension("half");
    let mut options = std::fs::File::options();
    options.create(true).truncate(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    std::io::Write::write_all(&mut options.open(&half)?, format!("{url}\n").as_bytes())?;
    Ok(std::fs::rename(half, file)?)
}

/// Ready when the process is asked to end, or with its parent if that was wished.
async fn stop(with_stdin: bool) {
    tokio::select! {
        () = asked_to_end() => {}
        () = stdin_closed(), if with_stdin => {}
    }
}

async fn stdin_closed() {
    let (closed, end) = tokio::sync::oneshot::channel();
    // A plain thread: the runtime would wait for one of its own to finish reading before the process ends.
    std::thread::spawn(move || {
        let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        let _ = closed.send(());
    });
    let _ = end.await;
}

#[cfg(unix)]
async fn asked_to_end() {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate()).expect("the runtime handles signals");
    let mut interrupt = signal(SignalKind::interrupt()).expect("the runtime handles signals");
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}

#[cfg(not(unix))]
async fn asked_to_end() {
    // Without a console there is nobody to ask.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
