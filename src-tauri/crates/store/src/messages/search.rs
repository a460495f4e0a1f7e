//! Asking the index.

use super::changes::content;
use super::pieces::pieces;
use super::query::Wanted;
use super::{Store, StoreError, chat_id};
use parta_model::{ChatId, Findable, MessageQuery, Piece, SearchKind, UserId};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// Messages of one millisecond that keep their order.
const PER_MOMENT: i64 = 1 << 10;
/// Milliseconds; later times are no times.
pub(super) const LATEST: u64 = 1 << 52;

/// A message that was looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundMessage {
    /// Where it was said.
    pub chat: ChatId,
    /// Which.
    pub event: String,
    /// Who said it.
    pub sender: UserId,
    /// The name he had, where it was known.
    pub sender_name: Option<String>,
    /// When.
    pub at: u64,
    /// What it is. Its text is whole.
    pub content: Findable,
    /// A part of its text, or of its file's name where it has no text, with the hits.
    pub pieces: Vec<Piece>,
}

/// A page of what was found, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoundPage {
    /// The messages.
    pub messages: Vec<FoundMessage>,
    /// Whether there are others after them.
    pub more: bool,
}

/// The first or the last id that a message of this time can have.
pub(super) fn id_of(at: u64, last: bool) -> i64 {
    let at = i64::try_from(at.min(LATEST)).unwrap_or(i64::MAX / PER_MOMENT / 2);
    at * PER_MOMENT + if last { PER_MOMENT - 1 } else { 0 }
}

/// The words that stand for where, by whom and of what kind a message is.
pub(super) fn place(chat: i64, sender: i64, kind: SearchKind, link: bool) -> String {
    let link = if link { " kl" } else { "" };
    format!("c{chat} u{sender} {}{link}", kind_word(kind))
}

fn kind_word(kind: SearchKind) -> &'static str {
    match kind {
        SearchKind::Text => "kt",
        SearchKind::Picture => "kp",
        SearchKind::File => "kf",
        SearchKind::Voice => "kv",
        SearchKind::Link => "kl",
    }
}

impl Store {
    /// Messages that have every word in some form, newest first. Without words it lists what the other conditions let
    /// through; without any condition nothing is looked for.
    pub fn search(&self, query: &MessageQuery) -> Result<FoundPage, StoreError> {
        let wanted = Wanted::new(&query.text);
        if wanted.is_empty() && !query.text.trim().is_empty() {
            // Signs alone are in no message's words.
            return Ok(FoundPage::default());
        }
        self.read_index(|conn| {
            let Some(expression) = expression(conn, query, &wanted)? else {
                return Ok(FoundPage::default());
            };
            let first = query.since.map_or(0, |at| id_of(at, false));
            let last = query.until.map_or(i64::MAX, |at| id_of(at, true));
            // Rows are looked up only for the page itself.
            let found = if expression.is_empty() {
                if query.since.is_none() && query.until.is_none() {
                    return Ok(FoundPage::default());
                }
                conn.prepare_cached(&sql(
                    "SELECT id FROM messages WHERE id BETWEEN ?1 AND ?2 ORDER BY id DESC LIMIT ?3 OFFSET ?4",
                ))?
                .query_map(params![first, last, query.most + 1, query.skip], |row| found(row, &wanted))?
                .collect::<rusqlite::Result<Vec<_>>>()?
            } else {
                conn.prepare_cached(&sql(
                    "SELECT rowid AS id FROM message_words WHERE message_words MATCH ?5 AND rowid BETWEEN ?1 AND ?2
                     ORDER BY rowid DESC LIMIT ?3 OFFSET ?4",
                ))?
                .query_map(
                    params![first, last, query.most + 1, query.skip, expression],
                    |row| found(row, &wanted),
                )?
                .collect::<rusqlite::Result<Vec<_>>>()?
            };
            let most = query.most as usize;
            let mut messages = found;
            let more = messages.len() > most;
            messages.truncate(most);
            Ok(FoundPage { messages, more })
        })
    }
}

fn sql(ids: &str) -> String {
    format!(
        "SELECT m.*, c.chat AS chat_name, s.user, s.name AS sender_name FROM ({ids}) AS hit
         CROSS JOIN messages m ON m.id = hit.id
         CROSS JOIN message_chats c ON c.id = m.chat
         CROSS JOIN message_senders s ON s.id = m.sender
         ORDER BY hit.id DESC"
    )
}

/// All conditions but the time; nothing where one of them names what the index has never heard of.
fn expression(
    conn: &Connection,
    query: &MessageQuery,
    wanted: &Wanted,
) -> rusqlite::Result<Option<String>> {
    let mut all = Vec::new();
    if let Some(chat) = &query.chat {
        let Some(id) = chat_id(conn, chat)? else {
            return Ok(None);
        };
        all.push(format!("place : \"c{id}\""));
    }
    if let Some(from) = &query.from {
        let id: Option<i64> = conn
            .prepare_cached("SELECT id FROM message_senders WHERE user = ?1")?
            .query_row([from.as_str()], |row| row.get(0))
            .optional()?;
        let Some(id) = id else { return Ok(None) };
        all.push(format!("place : \"u{id}\""));
    }
    if let Some(kind) = query.kind {
        all.push(format!("place : \"{}\"", kind_word(kind)));
    }
    all.extend(wanted.expression());
    Ok(Some(all.join(" AND ")))
}

fn found(row: &Row<'_>, wanted: &Wanted) -> rusqlite::Result<FoundMessage> {
    let content = content(row)?;
    let shown = match &content.name {
        Some(name) if content.text.is_empty() => name,
        _ => &content.text,
    };
    let (chat, sender): (String, String) = (row.get("chat_name")?, row.get("user")?);
    let at: i64 = row.get("at")?;
    Ok(FoundMessage {
        chat: ChatId::new(chat),
        event: row.get("event")?,
        sender: UserId::new(sender),
        sender_name: row.get("sender_name")?,
        at: u64::try_from(at).unwrap_or(0),
        pieces: pieces(shown, wanted),
        content,
    })
}
