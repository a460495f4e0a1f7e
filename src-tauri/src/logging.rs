//! The log goes to standard error: ids and states, never what people wrote.

use std::io::IsTerminal;
use tracing_subscriber::EnvFilter;

pub fn start() {
    let filter =
        EnvFilter::try_from_env("PARTA_LOG").unwrap_or_else(|_| EnvFilter::new("warn,parta=info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .init();
    std::panic::set_hook(Box::new(|panic| {
        // The message of a panic may quote what a person wrote, so only the place is told.
        let place = panic
            .location()
            .map(ToString::to_string)
            .unwrap_or_default();
        tracing::error!(%place, thread = std::thread::current().name(), "panicked");
    }));
}
