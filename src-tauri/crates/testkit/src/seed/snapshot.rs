//! Copies of a server's folder: seeding is done once, afterwards a copy is enough.

use std::path::Path;

use anyhow::{Context, Result};

/// What belongs to one start of a server, not to its data.
const LEFT_BEHIND: &[&str] = &[
    "homeserver.log",
    "homeserver.pid",
    "port",
    "homeserver.yaml",
    "run.py",
];

/// Copies a stopped server's data to another folder, which keeps its own port if it has one.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)
        .with_context(|| format!("cannot make the folder {}", to.display()))?;
    for entry in
        std::fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))?
    {
        let entry = entry?;
        let name = entry.file_name();
        if LEFT_BEHIND.iter().any(|left| name == *left) {
            continue;
        }
        let target = to.join(&name);
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), &target)
                .with_context(|| format!("cannot copy to {}", target.display()))?;
        }
    }
    Ok(())
}

/// Whether a folder holds a server that was seeded to the end.
pub fn is_seeded(dir: &Path) -> bool {
    dir.join("rooms.json").is_file() && dir.join("homeserver.db").is_file()
}
