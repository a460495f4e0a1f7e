//! A homeserver with a school for one test: seeded once for each build of the testing program, copied for every test.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use anyhow::{Context, Result};
use tempfile::TempDir;

use crate::config::Options;
use crate::homeserver::Homeserver;
use crate::school::{Chat, School, Size};
use crate::seed::{self, Rooms};

/// A server that one test may do anything to.
pub struct Seeded {
    pub homeserver: Homeserver,
    pub school: School,
    pub chats: Vec<Chat>,
    pub rooms: Rooms,
    _dir: TempDir,
}

impl Seeded {
    /// Starts one with a school of this size. `cache` is a folder that outlives the test, usually
    /// `env!("CARGO_TARGET_TMPDIR")`.
    pub async fn start(size: Size, cache: impl AsRef<Path>) -> Result<Self> {
        let school = School::generate(1, size);
        let snapshot = snapshot(&school, cache.as_ref()).await?;
        let dir = tempfile::tempdir()?;
        seed::copy_server(&snapshot, dir.path())?;
        let homeserver = Homeserver::start(Options::new(dir.path())?).await?;
        let rooms = seed::rooms(dir.path())?;
        let chats = school.chats(rooms.now);
        Ok(Self {
            homeserver,
            school,
            chats,
            rooms,
            _dir: dir,
        })
    }
}

/// The folder of a server seeded by this very program, made by whichever test comes first.
async fn snapshot(school: &School, cache: &Path) -> Result<PathBuf> {
    let program = std::env::current_exe()?;
    let built = program
        .metadata()?
        .modified()?
        .duration_since(UNIX_EPOCH)?
        .as_millis();
    let name = program
        .file_stem()
        .context("a program has a name")?
        .to_string_lossy()
        .into_owned();
    let prefix = format!("school-{}-{name}-", school.people.len());
    let snapshot = cache.join(format!("{prefix}{built}"));
    std::fs::create_dir_all(cache)?;
    let lock = File::create(cache.join(format!("{prefix}lock")))?;
    let lock = tokio::task::spawn_blocking(move || lock.lock().map(|()| lock)).await??;
    if !seed::is_seeded(&snapshot) {
        for entry in std::fs::read_dir(cache)?.flatten() {
            let old =
                entry.file_name().to_string_lossy().starts_with(&prefix) && entry.path().is_dir();
            if old {
                std::fs::remove_dir_all(entry.path())?;
            }
        }
        let (mut homeserver, _) =
            seed::start(Options::new(&snapshot)?, school, seed::now(), &|_| {}).await?;
        homeserver.stop().await?;
    }
    drop(lock);
    Ok(snapshot)
}
