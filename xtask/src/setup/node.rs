//! Node.js and the packages of `ui` and of the tests that are written in JavaScript.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use super::{
    python,
    stamp::{Hash, Stamp},
};
use crate::{paths, proc, term::Work};

/// What Vite asks for.
const OLDEST: (u32, u32) = (20, 19);

/// Node.js and npm, from the PATH or from our Python environment.
#[derive(Clone)]
pub struct Node {
    /// Put in front of the PATH, unless Node is on it already.
    dir: Option<PathBuf>,
    pub version: String,
}

impl Node {
    /// What is there, without installing anything.
    pub fn find() -> Option<Self> {
        let on_path = Self::at(None);
        on_path.or_else(|| python::wheel_node().and_then(|dir| Self::at(Some(dir))))
    }

    /// What is there, or what PyPI has.
    pub fn ensure() -> Result<Self> {
        if let Some(node) = Self::find() {
            return Ok(node);
        }
        let dir = python::node()?;
        Self::at(Some(dir.clone()))
            .with_context(|| format!("Node.js in {} doesn't run", dir.display()))
    }

    fn at(dir: Option<PathBuf>) -> Option<Self> {
        let mut node = Self {
            dir,
            version: String::new(),
        };
        if node.dir.is_none() && (proc::which("node").is_none() || proc::which("npm").is_none()) {
            return None;
        }
        let said = proc::output(node.command("node").arg("--version")).ok()?;
        node.version = said.trim().trim_start_matches('v').to_owned();
        is_new_enough(&node.version).then_some(node)
    }

    /// `node` or `npm` as a command.
    pub fn command(&self, program: &str) -> Command {
        let named = format!("{program}{}", std::env::consts::EXE_SUFFIX);
        let file = self
            .dir
            .as_ref()
            .map(|dir| dir.join(named))
            .or_else(|| proc::which(program));
        let mut command = Command::new(file.unwrap_or_else(|| program.into()));
        if let Some(dir) = &self.dir {
            command.env("PATH", proc::path_with(dir));
        }
        command
            .env("NO_UPDATE_NOTIFIER", "1")
            .env("npm_config_fund", "false")
            .env("npm_config_audit", "false");
        command
    }

    /// `npm run SCRIPT` in a folder.
    pub fn script(&self, dir: &Path, script: &str) -> Command {
        let mut npm = self.command("npm");
        npm.args(["run", "--silent", script]).current_dir(dir);
        npm
    }
}

fn is_new_enough(version: &str) -> bool {
    let mut parts = version
        .split('.')
        .map(|part| part.parse::<u32>().unwrap_or(0));
    let version = (parts.next().unwrap_or(0), parts.next().unwrap_or(0));
    version >= OLDEST
}

/// Installs what the lock file of `folder` names.
pub fn packages(node: &Node, folder: &str) -> Result<()> {
    let dir = paths::root().join(folder);
    let lock = dir.join("package-lock.json");
    if !lock.exists() {
        bail!("{folder}/package-lock.json is missing");
    }
    let mut hash = Hash::new();
    hash.add_file(&lock)?;
    let stamp = Stamp::new(dir.join("node_modules/.parta-packages"), hash);
    if stamp.holds() {
        return Ok(());
    }
    // npm ci takes node_modules away first, and the stamp with it.
    let work = Work::begin(format!("npm packages of {folder}"));
    let done = proc::output(
        node.command("npm")
            .args(["ci", "--loglevel=error"])
            .current_dir(&dir),
    );
    work.finish(done, "")?;
    fs::create_dir_all(dir.join("node_modules"))?;
    stamp.set()
}

/// Builds `ui/dist` when a source of it has changed.
pub fn build_ui(node: &Node) -> Result<()> {
    if is_ui_built()? {
        return Ok(());
    }
    let work = Work::begin("interface");
    let done = proc::output(&mut node.script(&paths::root().join("ui"), "build"));
    work.finish(done, "ui/dist")?;
    note_built_ui()
}

/// Whether `ui/dist` is made from the sources as they are now.
pub fn is_ui_built() -> Result<bool> {
    let dir = paths::root().join("ui");
    Ok(ui_stamp(&dir)?.holds() && dir.join("dist/index.html").exists())
}

/// Notes that `ui/dist` was just made; the build may have written sources of its own, so they are looked at anew.
pub fn note_built_ui() -> Result<()> {
    ui_stamp(&paths::root().join("ui"))?.set()
}

fn ui_stamp(dir: &Path) -> Result<Stamp> {
    let mut hash = Hash::new();
    hash.add_tree(dir, &["node_modules", "dist", "coverage", ".svelte-kit"])?;
    Ok(Stamp::new(dir.join("node_modules/.parta-dist"), hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_as_numbers() {
        assert!(is_new_enough("20.19.0"));
        assert!(is_new_enough("22.2.1"));
        assert!(!is_new_enough("20.9.0"));
        assert!(!is_new_enough("18.20.4"));
        assert!(!is_new_enough(""));
    }
}
