//! The desktop window around the core: it forwards commands and streams, serves decrypted pictures, and keeps one
//! instance per profile. What the app does is decided below, in `parta_api`.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod args;
mod files;
mod instance;
mod ipc;
mod links;
#[cfg(target_os = "linux")]
mod linux;
mod logging;
mod media;
#[cfg(test)]
mod permissions;
mod shell;
mod streams;

fn main() -> anyhow::Result<()> {
    let args = args::Args::from_process()?;
    logging::start();
    #[cfg(target_os = "linux")]
    linux::choose_renderer();
    // Lives as long as the process: the window's own tasks run on it as well.
    let runtime = parta_api::runtime()?;
    tauri::async_runtime::set(runtime.handle().clone());
    shell::run(args)
}
