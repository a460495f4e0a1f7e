//! `parta-steward`: the core without a window, signed in as an organisation's service account. It holds the lease for as
//! long as it runs, so that chats and memberships follow the plan whoever is online.
#![recursion_limit = "256"]

mod args;
mod host;
mod status;

use anyhow::Context;
use args::{Args, Command};
use host::Failure;
use std::io::IsTerminal;
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    let filter = EnvFilter::try_from_env("PARTA_LOG").unwrap_or_else(|_| {
        EnvFilter::new("warn,parta_steward=info,parta_client::reconciler=info")
    });
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .init();
    let done = Args::parse(std::env::args().skip(1)).and_then(|args| {
        let runtime = parta_api::runtime().context("no threads to run on")?;
        runtime.block_on(obey(args))
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("parta-steward: {error:#}");
            let code = error.downcast_ref::<Failure>().map_or(1, Failure::code);
            ExitCode::from(code)
        }
    }
}

async fn obey(args: Args) -> anyhow::Result<()> {
    match &args.command {
        Command::Setup { server, user } => host::setup(&args, server, user).await,
        Command::Run => host::run(&args).await,
        Command::Status => status::print(&args.store),
    }
}
