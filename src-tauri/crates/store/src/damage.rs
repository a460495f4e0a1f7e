//! Finds damaged SQLite files that other libraries own (the SDK's stores), so that they can be rebuilt.

use crate::StoreError;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::{fs, path::Path};

/// Checks every `*.sqlite3` file in `dir` and renames the damaged ones (with their journals) to `<name>.broken-<n>`.
///
/// Gives the names of the files that were set aside. These files are ordinary SQLite whose values are encrypted by
/// their owner, so their structure can be checked without any key.
pub fn set_damaged_aside(dir: &Path) -> Result<Vec<String>, StoreError> {
    let mut aside = Vec::new();
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        let Some(name) = path
            .file_name()
            .and_then(|name| name.to_str())
            .map(str::to_owned)
        else {
            continue;
        };
        if path
            .extension()
            .is_none_or(|extension| extension != "sqlite3")
            || is_whole(&path)
        {
            continue;
        }
        let number = (1..)
            .find(|n| !dir.join(format!("{name}.broken-{n}")).exists())
            .unwrap_or(1);
        for suffix in ["", "-wal", "-shm"] {
            let from = dir.join(format!("{name}{suffix}"));
            if from.exists() {
                fs::rename(&from, dir.join(format!("{name}.broken-{number}{suffix}")))?;
            }
        }
        aside.push(name);
    }
    Ok(aside)
}

/// A file that is busy, unreadable by rights or short of memory is not damaged: setting aside a good one loses keys.
fn is_whole(path: &Path) -> bool {
    let check = || -> rusqlite::Result<String> {
        let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
    };
    match check() {
        Ok(answer) => answer == "ok",
        Err(error) => !matches!(
            error.sqlite_error_code(),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_damaged_file_is_set_aside() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["good.sqlite3", "bad.sqlite3"] {
            let connection = Connection::open(dir.path().join(name)).unwrap();
            connection
                .execute_batch("CREATE TABLE t (x); INSERT INTO t VALUES (1)")
                .unwrap();
        }
        fs::write(dir.path().join("bad.sqlite3"), [7; 8192]).unwrap();
        fs::write(dir.path().join("other.txt"), "not a database").unwrap();
        assert_eq!(set_damaged_aside(dir.path()).unwrap(), ["bad.sqlite3"]);
        assert!(dir.path().join("bad.sqlite3.broken-1").exists());
        assert!(dir.path().join("good.sqlite3").exists());
        assert!(dir.path().join("other.txt").exists());
        assert!(!dir.path().join("bad.sqlite3").exists());
    }
}
