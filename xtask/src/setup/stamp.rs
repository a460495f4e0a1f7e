//! Marks of finished work: a step is done when its stamp holds the hash of what it was made from.

use std::{
    fs,
    io::Read,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

/// A file written after the work it stands for, so that an interrupted run is seen and repeated.
pub struct Stamp {
    file: PathBuf,
    of: String,
}

impl Stamp {
    pub fn new(file: PathBuf, of: Hash) -> Self {
        Self {
            file,
            of: of.text(),
        }
    }

    pub fn holds(&self) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|old| old == self.of)
    }

    /// Takes the mark away before the work is touched.
    pub fn clear(&self) -> Result<()> {
        match fs::remove_file(&self.file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(error).with_context(|| format!("cannot remove {}", self.file.display()))
            }
            _ => Ok(()),
        }
    }

    pub fn set(&self) -> Result<()> {
        fs::write(&self.file, &self.of)
            .with_context(|| format!("cannot write {}", self.file.display()))
    }
}

/// FNV-1a over files and words: it tells changes apart and guards against nobody.
pub struct Hash(u64);

impl Hash {
    pub fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    pub fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
        self.0 = (self.0 ^ 0xff).wrapping_mul(0x0100_0000_01b3);
    }

    pub fn add_file(&mut self, file: &Path) -> Result<()> {
        let mut bytes = Vec::new();
        fs::File::open(file)
            .and_then(|mut open| open.read_to_end(&mut bytes))
            .with_context(|| format!("cannot read {}", file.display()))?;
        self.add(&bytes);
        Ok(())
    }

    /// Every file below `dir` by name and content, but for folders named in `without`.
    pub fn add_tree(&mut self, dir: &Path, without: &[&str]) -> Result<()> {
        let mut entries: Vec<PathBuf> = fs::read_dir(dir)
            .with_context(|| format!("cannot list {}", dir.display()))?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<std::io::Result<_>>()?;
        entries.sort();
        for entry in entries {
            let name = entry
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            if without.contains(&name.as_str()) {
                continue;
            }
            self.add(name.as_bytes());
            if entry.is_dir() {
                self.add_tree(&entry, without)?;
            } else {
                self.add_file(&entry)?;
            }
        }
        Ok(())
    }

    pub fn text(&self) -> String {
        format!("{:016x}\n", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scratch(name: &str) -> PathBuf {
        let dir = std::env::temp_dir().join(format!("parta-xtask-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&dir);
        fs::create_dir_all(dir.join("src")).unwrap();
        dir
    }

    fn tree(dir: &Path) -> Hash {
        let mut hash = Hash::new();
        hash.add_tree(dir, &["dist"]).unwrap();
        hash
    }

    #[test]
    fn a_stamp_holds_until_a_file_changes() {
        let dir = scratch("stamp");
        fs::write(dir.join("src/a.ts"), "one").unwrap();
        let stamp = || {
            Stamp::new(
                std::env::temp_dir().join(format!("parta-stamp-{}", std::process::id())),
                tree(&dir),
            )
        };
        stamp().set().unwrap();
        assert!(stamp().holds());
        fs::create_dir(dir.join("dist")).unwrap();
        fs::write(dir.join("dist/out.js"), "built").unwrap();
        assert!(stamp().holds(), "what is built is no source");
        fs::write(dir.join("src/a.ts"), "two").unwrap();
        assert!(!stamp().holds());
        stamp().clear().unwrap();
        stamp().clear().unwrap();
        fs::remove_dir_all(dir).unwrap();
    }

    #[test]
    fn a_moved_border_between_files_changes_the_hash() {
        let (mut one, mut two) = (Hash::new(), Hash::new());
        one.add(b"ab");
        one.add(b"c");
        two.add(b"a");
        two.add(b"bc");
        assert_ne!(one.text(), two.text());
    }
}
