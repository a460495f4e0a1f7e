//! Puts the app together: one instance, the core, the window, and a quiet end.

use crate::args::Args;
use crate::files::SavedFiles;
use crate::instance::{self, Claim};
use crate::streams::Streams;
use crate::{ipc, media};
use anyhow::Context;
use parta_api::{Client, ClientOptions, OsKeychain, system_now};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tauri::webview::{NewWindowResponse, PageLoadEvent, PermissionKind, PermissionResponse};
use tauri::{App, AppHandle, Manager, RunEvent, Url, WebviewWindowBuilder, WindowEvent, Wry};
use tauri_plugin_window_state::StateFlags;

const MAIN: &str = "main";
/// How long the core may take to put everything on disk when the app ends.
const FAREWELL: Duration = Duration::from_secs(2);

/// Whether the app is already on its way out.
#[derive(Default)]
struct Leaving(AtomicBool);

pub fn run(args: Args) -> anyhow::Result<()> {
    let mut builder = tauri::Builder::default();
    if args.is_default {
        // First of all plugins, so that a second start does nothing else.
        builder = builder.plugin(tauri_plugin_single_instance::init(|app, _, _| {
            come_forward(app)
        }));
    }
    // The plugin takes a place as text only; elsewhere the window opens as it does the first time.
    if let Some(file) = args.profile.join("window.json").to_str() {
        let flags = StateFlags::SIZE
            | StateFlags::POSITION
            | StateFlags::MAXIMIZED
            | StateFlags::FULLSCREEN;
        let plugin = tauri_plugin_window_state::Builder::new()
            .with_filename(file)
            .with_state_flags(flags);
        builder = builder.plugin(plugin.build());
    }
    let app = builder
        .plugin(tauri_plugin_dialog::init())
        .manage(Streams::default())
        .manage(SavedFiles::default())
        .manage(Leaving::default())
        .register_asynchronous_uri_scheme_protocol(media::SCHEME, media::serve)
        .invoke_handler(ipc::handle)
        .setup(move |app| Ok(start(app, &args.profile)?))
        .build(tauri::generate_context!())?;
    app.run(on_event);
    Ok(())
}

fn start(app: &App, profile: &Path) -> anyhow::Result<()> {
    match instance::claim(profile) {
        Ok(Claim::First(instance)) => {
            let app = app.handle().clone();
            instance.listen(move || come_forward(&app));
        }
        Ok(Claim::Running) => leave(app, 0),
        Err(error) => {
            tracing::error!("{error:#}");
            leave(app, 1);
        }
    }
    let options = ClientOptions {
        profile: profile.to_owned(),
        keychain: Arc::new(OsKeychain),
        downloads: downloads()?,
        version: app.package_info().version.to_string(),
        device: format!("Парта ({})", system()),
        now: system_now,
        steward: false,
    };
    let client = tauri::async_runtime::block_on(async { Client::start(options) });
    app.manage(client);
    open_window(app, profile)?;
    leave_when_asked(app.handle());
    tracing::info!(profile = %profile.display(), "started");
    Ok(())
}

/// Ends the process before the core has begun.
fn leave(app: &App, code: i32) -> ! {
    app.cleanup_before_exit();
    std::process::exit(code)
}

fn downloads() -> anyhow::Result<PathBuf> {
    let folder = dirs::download_dir().or_else(|| Some(dirs::home_dir()?.join("Downloads")));
    folder.context("the system names no folder for downloads")
}

/// How people call the system they sit at.
fn system() -> &'static str {
    match std::env::consts::OS {
        "windows" => "Windows",
        "macos" => "macOS",
        _ => "Linux",
    }
}

fn open_window(app: &App, profile: &Path) -> anyhow::Result<()> {
    let config = app
        .config()
        .app
        .windows
        .iter()
        .find(|window| window.label == MAIN);
    let config = config.context("the configuration has a main window")?;
    // The web view keeps nothing on disk; only a WebDriver can't reach one that does not.
    let driven = std::env::var_os("TAURI_WEBVIEW_AUTOMATION").is_some();
    let window = WebviewWindowBuilder::from_config(app, config)?
        .incognito(!driven)
        .data_directory(profile.join("webview"))
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_permission_request(|view, kind| may_have(view.url().ok().as_ref(), kind))
        .on_page_load(|window, page| {
            if page.event() == PageLoadEvent::Started {
                window.state::<Streams>().close_all(window.label());
            }
        })
        .build()?;
    #[cfg(target_os = "linux")]
    window.with_webview(|view| crate::linux::enable_features(&view.inner()))?;
    #[cfg(not(target_os = "linux"))]
    let _ = window;
    Ok(())
}

/// The window shows the UI inside the executable and nothing else; links leave through `open_link`.
fn is_own_page(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        "http" | "https" => url.host_str() == Some("tauri.localhost"),
        _ => false,
    }
}

/// Our own page may hear the microphone, for voice messages; nothing else is given to anybody.
fn may_have(page: Option<&Url>, kind: PermissionKind) -> PermissionResponse {
    if kind == PermissionKind::Microphone && page.is_some_and(is_own_page) {
        PermissionResponse::Allow
    } else {
        PermissionResponse::Deny
    }
}

fn come_forward(app: &AppHandle) {
    let Some(window) = app.get_webview_window(MAIN) else {
        return;
    };
    tracing::info!("started again: coming forward");
    for step in [window.unminimize(), window.show(), window.set_focus()] {
        if let Err(error) = step {
            tracing::warn!(%error, "the window does not come forward");
        }
    }
}

fn on_event(app: &AppHandle<Wry>, event: RunEvent) {
    match event {
        RunEvent::WindowEvent {
            label,
            event: WindowEvent::Destroyed,
            ..
        } => app.state::<Streams>().close_all(&label),
        RunEvent::ExitRequested { api, code, .. }
            if !app.state::<Leaving>().0.swap(true, Ordering::Relaxed) =>
        {
            let Some(client) = app.try_state::<Arc<Client>>() else {
                return;
            };
            let (client, app) = (client.inner().clone(), app.clone());
            api.prevent_exit();
            tauri::async_runtime::spawn(async move {
                if tokio::time::timeout(FAREWELL, client.shutdown())
                    .await
                    .is_err()
                {
                    tracing::warn!("the core did not come to rest in time");
                }
                app.exit(code.unwrap_or_default());
            });
        }
        _ => {}
    }
}

/// A terminal or the system that asks the process to end gets the same quiet end as a closed window.
fn leave_when_asked(app: &AppHandle) {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let app = app.clone();
        tauri::async_runtime::spawn(async move {
            let (Ok(mut terminate), Ok(mut interrupt)) = (
                signal(SignalKind::terminate()),
                signal(SignalKind::interrupt()),
            ) else {
                return;
            };
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            app.exit(0);
        });
    }
    #[cfg(not(unix))]
    let _ = app;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_stays_on_its_own_pages() {
        let own = |url: &str| is_own_page(&url.parse().unwrap());
        assert!(own("tauri://localhost/") && own("http://tauri.localhost/index.html"));
        for url in [
            "https://example.org/",
            "file:///etc/passwd",
            "data:text/html,x",
            "media://localhost/k",
            "http://localhost/",
        ] {
            assert!(!own(url), "{url}");
        }
    }

    #[test]
    fn the_microphone_is_for_our_own_page_and_nothing_else_is_for_anybody() {
        use PermissionKind::{
            Camera, DisplayCapture, Geolocation, Microphone, Notifications, Other,
        };
        let own: Url = "tauri://localhost/".parse().unwrap();
        let strange: Url = "https://example.org/".parse().unwrap();
        let allowed = |page, kind| matches!(may_have(page, kind), PermissionResponse::Allow);
        assert!(allowed(Some(&own), Microphone));
        assert!(!allowed(Some(&strange), Microphone) && !allowed(None, Microphone));
        for kind in [Camera, DisplayCapture, Geolocation, Notifications, Other] {
            assert!(!allowed(Some(&own), kind), "{kind:?}");
        }
    }
}
