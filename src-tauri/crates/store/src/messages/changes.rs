//! What a chat's history says, taken into the index. Every order of the same changes leads to the same index.

use super::search::{LATEST, id_of, place};
use super::words::{stem, words};
use parta_model::{Change, Findable, MediaSecret, SearchKind, UserId};
use rusqlite::{OptionalExtension, Row, Transaction, params};
use std::fmt::Write;

/// Keeps a phrase from reaching from a text into the name of its file.
const BETWEEN: char = '\u{e000}';

/// Whether the index already has the event, so that what lies before it has been read.
pub(super) fn knows(tx: &Transaction<'_>, chat: i64, event: &str) -> rusqlite::Result<bool> {
    tx.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM messages WHERE chat = ?1 AND event = ?2)
         OR EXISTS (SELECT 1 FROM message_edits WHERE chat = ?1 AND event = ?2)
         OR EXISTS (SELECT 1 FROM message_sealed WHERE chat = ?1 AND event = ?2)",
    )?
    .query_row(params![chat, event], |row| row.get(0))
}

pub(super) fn apply(tx: &Transaction<'_>, chat: i64, change: &Change) -> rusqlite::Result<()> {
    if let Change::Deleted { event } = change {
        return delete(tx, chat, event);
    }
    if is_deleted(tx, chat, change.event())? {
        return Ok(());
    }
    match change {
        Change::Said {
            event,
            sender,
            name,
            at,
            content,
        } => {
            unseal(tx, chat, event)?;
            said(tx, chat, event, sender, name.as_deref(), *at, content)
        }
        Change::Edited {
            event,
            target,
            sender,
            at,
            content,
        } => {
            unseal(tx, chat, event)?;
            if is_deleted(tx, chat, target)? {
                return Ok(());
            }
            tx.prepare_cached(
                "INSERT OR IGNORE INTO message_edits (chat, event, target, sender, at, content) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![chat, event, target, sender.as_str(), time(*at), json(content)])?;
            refresh(tx, chat, target)
        }
        Change::Sealed { event, session, at } => {
            if !knows(tx, chat, event)? {
                tx.prepare_cached(
                    "INSERT OR IGNORE INTO message_sealed (chat, event, session, at) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute(params![chat, event, session, time(*at)])?;
            }
            Ok(())
        }
        Change::Deleted { .. } => Ok(()),
    }
}

fn said(
    tx: &Transaction<'_>,
    chat: i64,
    event: &str,
    sender: &UserId,
    name: Option<&str>,
    at: u64,
    content: &Findable,
) -> rusqlite::Result<()> {
    let known = tx
        .prepare_cached("SELECT 1 FROM messages WHERE chat = ?1 AND event = ?2")?
        .exists(params![chat, event])?;
    if known {
        return Ok(());
    }
    let id = free_id(tx, at)?;
    let sender = sender_id(tx, sender, name)?;
    tx.prepare_cached(
        "INSERT INTO messages (id, chat, event, sender, at, kind, link, text) VALUES (?1, ?2, ?3, ?4, ?5, 0, 0, '')",
    )?
    .execute(params![id, chat, event, sender, time(at)])?;
    tx.prepare_cached("UPDATE message_chats SET messages = messages + 1 WHERE id = ?1")?
        .execute([chat])?;
    show(tx, id, content, None)?;
    enter(tx, id, chat, sender, content)?;
    refresh(tx, chat, event)
}

/// The first free id of this time. More messages of one millisecond than fit go on in the next one.
fn free_id(tx: &Transaction<'_>, at: u64) -> rusqlite::Result<i64> {
    let mut at = at.min(LATEST);
    loop {
        let (first, last) = (id_of(at, false), id_of(at, true));
        let taken: Option<i64> = tx
            .prepare_cached("SELECT max(id) FROM messages WHERE id BETWEEN ?1 AND ?2")?
            .query_row([first, last], |row| row.get(0))?;
        match taken {
            None => return Ok(first),
            Some(taken) if taken < last => return Ok(taken + 1),
            // A time beyond all clocks is the same as the one before it.
            Some(_) => {
                at = if id_of(at + 1, false) > last {
                    at + 1
                } else {
                    at / 2
                }
            }
        }
    }
}

fn sender_id(tx: &Transaction<'_>, sender: &UserId, name: Option<&str>) -> rusqlite::Result<i64> {
    let known = tx
        .prepare_cached("SELECT id, name FROM message_senders WHERE user = ?1")?
        .query_row([sender.as_str()], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, Option<String>>(1)?))
        })
        .optional()?;
    match known {
        Some((id, before)) => {
            if name.is_some() && before.is_none() {
                tx.prepare_cached("UPDATE message_senders SET name = ?2 WHERE id = ?1")?
                    .execute(params![id, name])?;
            }
            Ok(id)
        }
        None => {
            tx.prepare_cached("INSERT INTO message_senders (user, name) VALUES (?1, ?2)")?
                .execute(params![sender.as_str(), name])?;
            Ok(tx.last_insert_rowid())
        }
    }
}

/// Shows the message as its author's last edit says, or as it was where there is none.
fn refresh(tx: &Transaction<'_>, chat: i64, target: &str) -> rusqlite::Result<()> {
    let found = tx
        .prepare_cached(
            "SELECT m.*, s.user FROM messages m JOIN message_senders s ON s.id = m.sender WHERE m.chat = ?1 AND m.event = ?2",
        )?
        .query_row(params![chat, target], |row| {
            Ok((
                row.get::<_, i64>("id")?,
                row.get::<_, i64>("sender")?,
                row.get::<_, String>("user")?,
                row.get::<_, Option<String>>("original")?,
                content(row)?,
            ))
        })
        .optional()?;
    let Some((id, sender, user, original, shown)) = found else {
        return Ok(());
    };
    // Nobody edits the words of others.
    let edit: Option<String> = tx
        .prepare_cached(
            "SELECT content FROM message_edits WHERE chat = ?1 AND target = ?2 AND sender = ?3 ORDER BY at DESC, event DESC LIMIT 1",
        )?
        .query_row(params![chat, target, user], |row| row.get(0))
        .optional()?;
    let first = original
        .as_deref()
        .and_then(from_json)
        .unwrap_or_else(|| shown.clone());
    let (next, original) = match edit.as_deref().and_then(from_json) {
        Some(edit) => (edit, Some(json(&first))),
        None => (first, None),
    };
    show(tx, id, &next, original)?;
    if next != shown {
        remove_words(tx, id)?;
        enter(tx, id, chat, sender, &next)?;
    }
    Ok(())
}

fn show(
    tx: &Transaction<'_>,
    id: i64,
    content: &Findable,
    original: Option<String>,
) -> rusqlite::Result<()> {
    tx.prepare_cached(
        "UPDATE messages SET kind = ?2, link = ?3, text = ?4, name = ?5, mime = ?6, size = ?7, seconds = ?8, media = ?9, original = ?10 WHERE id = ?1",
    )?
    .execute(params![
        id,
        kind_number(content.kind),
        content.link,
        content.text,
        content.name,
        content.mime,
        content.size.map(time),
        content.seconds,
        content.media.as_ref().map(MediaSecret::expose),
        original,
    ])?;
    Ok(())
}

fn enter(
    tx: &Transaction<'_>,
    id: i64,
    chat: i64,
    sender: i64,
    content: &Findable,
) -> rusqlite::Result<()> {
    let (mut stems, mut plain) = (String::new(), String::new());
    for (n, text) in [content.text.as_str()]
        .into_iter()
        .chain(content.name.as_deref())
        .enumerate()
    {
        if n > 0 {
            let _ = write!(plain, "{BETWEEN} ");
        }
        for word in words(text) {
            let _ = write!(stems, "{} ", stem(&word.text));
            let _ = write!(plain, "{} ", word.text);
        }
    }
    tx.prepare_cached(
        "INSERT INTO message_words (rowid, place, stems, words) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![
        id,
        place(chat, sender, content.kind, content.link),
        stems,
        plain
    ])?;
    Ok(())
}

fn remove_words(tx: &Transaction<'_>, id: i64) -> rusqlite::Result<()> {
    tx.prepare_cached("DELETE FROM message_words WHERE rowid = ?1")?
        .execute([id])?;
    Ok(())
}

fn delete(tx: &Transaction<'_>, chat: i64, event: &str) -> rusqlite::Result<()> {
    tx.prepare_cached("INSERT OR IGNORE INTO message_deleted (chat, event) VALUES (?1, ?2)")?
        .execute(params![chat, event])?;
    unseal(tx, chat, event)?;
    let message: Option<i64> = tx
        .prepare_cached("DELETE FROM messages WHERE chat = ?1 AND event = ?2 RETURNING id")?
        .query_row(params![chat, event], |row| row.get(0))
        .optional()?;
    if let Some(id) = message {
        remove_words(tx, id)?;
        tx.prepare_cached("UPDATE message_chats SET messages = messages - 1 WHERE id = ?1")?
            .execute([chat])?;
    }
    // What a deleted message had become is deleted with it.
    tx.prepare_cached("DELETE FROM message_edits WHERE chat = ?1 AND target = ?2")?
        .execute(params![chat, event])?;
    let edited: Option<String> = tx
        .prepare_cached(
            "DELETE FROM message_edits WHERE chat = ?1 AND event = ?2 RETURNING target",
        )?
        .query_row(params![chat, event], |row| row.get(0))
        .optional()?;
    match edited {
        Some(target) => refresh(tx, chat, &target),
        None => Ok(()),
    }
}

fn is_deleted(tx: &Transaction<'_>, chat: i64, event: &str) -> rusqlite::Result<bool> {
    tx.prepare_cached("SELECT 1 FROM message_deleted WHERE chat = ?1 AND event = ?2")?
        .exists(params![chat, event])
}

fn unseal(tx: &Transaction<'_>, chat: i64, event: &str) -> rusqlite::Result<()> {
    tx.prepare_cached("DELETE FROM message_sealed WHERE chat = ?1 AND event = ?2")?
        .execute(params![chat, event])?;
    Ok(())
}

/// What a row shows.
pub(super) fn content(row: &Row<'_>) -> rusqlite::Result<Findable> {
    Ok(Findable {
        kind: kind_of(row.get("kind")?),
        link: row.get("link")?,
        text: row.get("text")?,
        name: row.get("name")?,
        mime: row.get("mime")?,
        size: row
            .get::<_, Option<i64>>("size")?
            .and_then(|size| u64::try_from(size).ok()),
        seconds: row.get("seconds")?,
        media: row.get::<_, Option<String>>("media")?.map(MediaSecret::new),
    })
}

/// A sender may write any number; ours end sooner.
fn time(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn json(content: &Findable) -> String {
    serde_json::to_string(content).expect("texts and numbers are JSON")
}

fn from_json(json: &str) -> Option<Findable> {
    serde_json::from_str(json).ok()
}

fn kind_number(kind: SearchKind) -> u8 {
    match kind {
        SearchKind::Text | SearchKind::Link => 0,
        SearchKind::Picture => 1,
        SearchKind::File => 2,
        SearchKind::Voice => 3,
    }
}

fn kind_of(number: u8) -> SearchKind {
    match number {
        1 => SearchKind::Picture,
        2 => SearchKind::File,
        3 => SearchKind::Voice,
        _ => SearchKind::Text,
    }
}
