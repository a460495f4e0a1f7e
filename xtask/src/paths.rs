//! Where things lie: the repository, the build folder, the cache shared by all clones, the demo's data.

use std::{
    env,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

/// The repository this xtask was built from.
pub fn root() -> PathBuf {
    let manifest = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().map(Path::to_path_buf).unwrap_or(manifest)
}

/// Cargo's build folder, where the programs appear: we lie in it ourselves.
pub fn target() -> PathBuf {
    let exe = env::current_exe().unwrap_or_default();
    let profile = exe
        .ancestors()
        .find(|dir| dir.file_name().is_some_and(|name| name == "debug"));
    profile
        .and_then(Path::parent)
        .map(Path::to_path_buf)
        .unwrap_or_else(|| root().join("target"))
}

/// A program built with the dev profile.
pub fn built(name: &str) -> PathBuf {
    target()
        .join("debug")
        .join(format!("{name}{}", env::consts::EXE_SUFFIX))
}

/// Tools that every clone shares: the Python environment, the WebDriver.
pub fn cache() -> Result<PathBuf> {
    base("XDG_CACHE_HOME", ".cache").map(|dir| dir.join("parta"))
}

/// The demo's server and profiles.
pub fn demo() -> Result<PathBuf> {
    base("XDG_DATA_HOME", ".local/share").map(|dir| dir.join("parta-demo"))
}

fn base(variable: &str, below_home: &str) -> Result<PathBuf> {
    if let Some(dir) = env::var_os(variable)
        .map(PathBuf::from)
        .filter(|dir| dir.is_absolute())
    {
        return Ok(dir);
    }
    if cfg!(windows)
        && let Some(local) = env::var_os("LOCALAPPDATA")
    {
        return Ok(PathBuf::from(local));
    }
    let home = env::home_dir().context("there is no home folder: set HOME")?;
    Ok(home.join(below_home))
}

/// A path as a person would write it, short where it lies in the home folder.
pub fn shown(path: &Path) -> String {
    let home = env::home_dir().filter(|home| home.components().count() > 1);
    match home.and_then(|home| path.strip_prefix(home).ok().map(Path::to_path_buf)) {
        Some(below) if !cfg!(windows) => format!("~/{}", below.display()),
        _ => path.display().to_string(),
    }
}
