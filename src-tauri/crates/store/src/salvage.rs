//! Reading what can still be read out of a copy of a damaged database.

use crate::{
    DataKey, KeptEdit, StoreError, Unsent, book,
    connection::{self, PAGE},
    drafts, files, migrations, outbox, unsent,
};
use parta_model::{ChatId, Draft, Settings};
use rusqlite::{Connection, Row, types::ValueRef};
use std::{
    fs::{self, OpenOptions},
    io::Write,
    path::Path,
};

/// Rows tried one after the other past an unreadable one before longer jumps begin.
const SHORT_STEPS: u32 = 64;

/// What came out.
#[derive(Default)]
pub(crate) struct Salvaged {
    pub(crate) settings: Option<Settings>,
    pub(crate) session: Option<String>,
    pub(crate) drafts: Vec<(ChatId, Draft)>,
    pub(crate) unsent: Vec<Unsent>,
    pub(crate) outbox: Vec<KeptEdit>,
    pub(crate) book: Vec<(String, String)>,
    /// Something could not be read; how much can't be known.
    pub(crate) gaps: bool,
}

/// Reads the tables that no server has, with the columns of the first schema, which every later one keeps.
pub(crate) fn salvage(copy: &Path, key: &DataKey) -> Result<Salvaged, StoreError> {
    let whole = Reader::new(copy, key).sees_schema();
    if !whole {
        graft_first_page(copy, key, 1)?;
    }
    let mut reader = Reader::new(copy, key);
    let json = |row: &Row<'_>| row.get::<_, String>("json");
    let settings = reader.rows("settings", json).pop();
    let session = reader.rows("session", json).pop();
    let drafts = reader.rows("drafts", |row| {
        let chat: String = row.get("chat")?;
        Ok((
            ChatId::new(chat),
            Draft {
                text: row.get("text")?,
                reply_to: row.get("reply_to")?,
                mentions: drafts::mentions(row),
            },
        ))
    });
    let unsent = reader.rows("unsent", unsent::from_row);
    let mut gaps = reader.gaps;
    drop(reader);
    // A later step of the schema made this table. Where all steps ran at once, its pages are where a new database has
    // them; where they did not, what lies there is not read as edits.
    if !whole {
        graft_first_page(copy, key, migrations::known())?;
    }
    let mut reader = Reader::new(copy, key);
    let outbox = match reader.sees("outbox") {
        true => reader.rows("outbox", outbox::from_row),
        false => vec![],
    };
    let book = match reader.sees("address_book") {
        true => reader.rows("address_book", book::from_row),
        false => vec![],
    };
    gaps |= reader.gaps;
    let settings = settings.and_then(|json| serde_json::from_str(&json).ok());
    Ok(Salvaged {
        settings,
        session,
        drafts,
        unsent,
        outbox: outbox.into_iter().flatten().collect(),
        book,
        gaps,
    })
}

/// The first page holds the schema, without which no table is found. The first steps always make the same pages, so the
/// first page of a new database, as long as this one, leads to the same tables.
fn graft_first_page(copy: &Path, key: &DataKey, steps: u32) -> Result<(), StoreError> {
    let donor = files::with_suffix(copy, ".donor");
    files::remove_if_there(&donor)?;
    files::private_file(&donor)?;
    let grafted = (|| {
        let mut conn = connection::writer(&donor, key)?;
        migrations::run(&mut conn, steps)?;
        // The page says how many pages there are; more than the file has do no harm.
        let size = fs::metadata(copy)?.len();
        conn.execute_batch(&format!(
            "CREATE TABLE length (x); INSERT INTO length VALUES (zeroblob({size}));"
        ))?;
        drop(conn);
        let donated = fs::read(&donor)?;
        let page = donated.get(..PAGE).ok_or(StoreError::Corrupt)?;
        OpenOptions::new().write(true).open(copy)?.write_all(page)?;
        Ok(())
    })();
    files::remove_if_there(&donor)?;
    grafted
}

struct Reader<'a> {
    path: &'a Path,
    key: &'a DataKey,
    conn: Option<Connection>,
    gaps: bool,
}

impl<'a> Reader<'a> {
    fn new(path: &'a Path, key: &'a DataKey) -> Self {
        Self {
            path,
            key,
            conn: None,
            gaps: false,
        }
    }

    fn sees_schema(&mut self) -> bool {
        self.try_read(|conn| conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())))
            .is_some()
    }

    fn sees(&mut self, table: &str) -> bool {
        let query = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?1";
        self.try_read(|conn| conn.query_row(query, [table], |row| row.get::<_, u32>(0)))
            .is_some_and(|count| count > 0)
    }

    /// Every row that can be read. An unreadable page takes the rows of one stretch of ids with it; what is after it is
    /// found by trying one id after another, and from some point on by longer and longer jumps back and forth.
    fn rows<T>(&mut self, table: &str, map: impl Fn(&Row<'_>) -> rusqlite::Result<T>) -> Vec<T> {
        let mut rows = Vec::new();
        let (mut from, mut misses) = (1i64, 0u32);
        loop {
            match self.first_from(table, from, &map) {
                Some(None) => return rows,
                Some(Some((id, row))) => {
                    rows.push(row);
                    misses = 0;
                    let Some(next) = id.checked_add(1) else {
                        return rows;
                    };
                    from = next;
                }
                None => {
                    self.gaps = true;
                    misses += 1;
                    let jump = 1i64
                        .checked_shl(misses.saturating_sub(SHORT_STEPS))
                        .filter(|jump| *jump > 0);
                    let Some(next) = jump.and_then(|jump| from.checked_add(jump)) else {
                        return rows;
                    };
                    from = self.earliest(table, from, next, &map);
                }
            }
        }
    }

    /// The first id in `(bad, good]` from which a row can be read; `good` where that is not readable either.
    fn earliest<T>(
        &mut self,
        table: &str,
        mut bad: i64,
        mut good: i64,
        map: &impl Fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> i64 {
        if good - bad == 1 || self.first_from(table, good, map).is_none() {
            return good;
        }
        while good - bad > 1 {
            let middle = bad + (good - bad) / 2;
            if self.first_from(table, middle, map).is_some() {
                good = middle;
            } else {
                bad = middle;
            }
        }
        good
    }

    /// The row with the lowest id from `from` on; the outer `None` says that it can't be read.
    fn first_from<T>(
        &mut self,
        table: &str,
        from: i64,
        map: &impl Fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Option<Option<(i64, T)>> {
        self.try_read(|conn| {
            conn.execute_batch("BEGIN")?;
            let mut query = conn.prepare_cached(&format!(
                "SELECT * FROM {table} WHERE id >= ?1 ORDER BY id LIMIT 1"
            ))?;
            let mut found = query.query([from])?;
            let row = match found.next()? {
                Some(row) if has_zeros(row)? => return Err(rusqlite::Error::InvalidQuery),
                Some(row) => Some((row.get("id")?, map(row)?)),
                None => None,
            };
            drop(found);
            drop(query);
            // A damaged last page of a long text reads as zeros and shows only in the next read of the same transaction.
            conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
            conn.execute_batch("COMMIT")?;
            Ok(row)
        })
    }

    /// A connection that met a damaged page has had enough, so the next read gets a new one.
    fn try_read<T>(&mut self, read: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Option<T> {
        let conn = match self.conn.take() {
            Some(conn) => conn,
            None => connection::lenient(self.path, self.key).ok()?,
        };
        let done = read(&conn).ok()?;
        self.conn = Some(conn);
        Some(done)
    }
}

/// Texts of ours have no zero bytes; a damaged page is full of them.
fn has_zeros(row: &Row<'_>) -> rusqlite::Result<bool> {
    for column in 0..row.as_ref().column_count() {
        if let ValueRef::Text(text) = row.get_ref(column)?
            && text.contains(&0)
        {
            return Ok(true);
        }
    }
    Ok(false)
}
