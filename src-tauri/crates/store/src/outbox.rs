//! The outbox of the cabinet: edits of a plan from the moment an administrator makes them until the server has them, and
//! for a while longer, so that they can be undone.

use crate::{Store, StoreError};
use parta_model::ChatId;
use parta_model::edit::Edit;
use rusqlite::{Row, Transaction, params};

/// How far an edit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditState {
    /// It has not gone out.
    Waiting,
    /// The server has taken an event with it, and has not shown it yet.
    Sent,
    /// The plan on the server has it.
    Done,
    /// Another has changed the same; the administrator has to decide.
    Conflict,
    /// The server did not take it.
    Refused,
}

impl EditState {
    const ALL: [(Self, &'static str); 5] = [
        (Self::Waiting, "waiting"),
        (Self::Sent, "sent"),
        (Self::Done, "done"),
        (Self::Conflict, "conflict"),
        (Self::Refused, "refused"),
    ];

    fn word(self) -> &'static str {
        let found = Self::ALL.iter().find(|(state, _)| *state == self);
        found.expect("every state has a word").1
    }

    fn read(word: &str) -> Option<Self> {
        let found = Self::ALL.iter().find(|(_, known)| *known == word);
        found.map(|(state, _)| *state)
    }
}

/// What an administrator has done in one step.
#[derive(Clone, Debug, PartialEq)]
pub struct Act {
    /// Given by who keeps it; never twice.
    pub id: String,
    /// The space of the organisation.
    pub organisation: ChatId,
    /// What it was, as JSON that only the client reads.
    pub about: String,
    /// Milliseconds since 1970.
    pub made_at: u64,
    /// The act that this one takes back.
    pub undoes: Option<String>,
}

/// Names a kept edit; never given twice, and in the order in which they were made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EditId(i64);

/// An edit with the act that it belongs to.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptEdit {
    /// What it is a part of.
    pub act: Act,
    /// What it changes.
    pub edit: Edit,
    /// How far it is.
    pub state: EditState,
    /// The event that carries it.
    pub event: Option<String>,
    /// What another has written instead, as JSON that only the client reads.
    pub theirs: Option<String>,
}

impl Store {
    /// Keeps all edits of an act, or none. On return they are on the disk.
    pub fn queue_act(&self, act: &Act, edits: &[Edit]) -> Result<(), StoreError> {
        self.write(|tx| {
            edits.iter().try_for_each(|edit| {
                let kept = KeptEdit {
                    act: act.clone(),
                    edit: edit.clone(),
                    state: EditState::Waiting,
                    event: None,
                    theirs: None,
                };
                insert(tx, &kept)
            })
        })
    }

    /// The kept edits of an organisation in the order in which they were made. One that this version can't read stays on
    /// the disk and is left out.
    pub fn outbox(&self, organisation: &ChatId) -> Result<Vec<(EditId, KeptEdit)>, StoreError> {
        self.read(|conn| {
            conn.prepare_cached("SELECT * FROM outbox WHERE organisation = ?1 ORDER BY id")?
                .query_map([organisation.as_str()], row)?
                .filter_map(Result::transpose)
                .collect()
        })
    }

    /// The kept edits of all organisations in the order in which they were made.
    pub fn whole_outbox(&self) -> Result<Vec<(EditId, KeptEdit)>, StoreError> {
        self.read(|conn| {
            conn.prepare_cached("SELECT * FROM outbox ORDER BY id")?
                .query_map([], row)?
                .filter_map(Result::transpose)
                .collect()
        })
    }

    /// Writes down together how far some edits are; an edit may have been changed by the administrator's decision.
    pub fn change_edits(&self, edits: &[(EditId, KeptEdit)]) -> Result<(), StoreError> {
        self.write(|tx| {
            for (id, kept) in edits {
                tx.execute(
                    "UPDATE outbox SET edit = ?2, state = ?3, event = ?4, theirs = ?5 WHERE id = ?1",
                    params![id.0, json(&kept.edit), kept.state.word(), kept.event, kept.theirs],
                )?;
            }
            Ok(())
        })
    }

    /// Takes an act back that has not gone out at all; `false` where a part of it has, or there is none.
    pub fn drop_act(&self, organisation: &ChatId, act: &str) -> Result<bool, StoreError> {
        self.write(|tx| {
            let gone: u32 = tx.query_row(
                "SELECT count(*) FROM outbox WHERE organisation = ?1 AND act = ?2 AND state IN ('sent', 'done')",
                [organisation.as_str(), act],
                |row| row.get(0),
            )?;
            if gone > 0 {
                return Ok(false);
            }
            let dropped = tx.execute(
                "DELETE FROM outbox WHERE organisation = ?1 AND act = ?2",
                [organisation.as_str(), act],
            )?;
            Ok(dropped > 0)
        })
    }

    /// Forgets some edits.
    pub fn drop_edits(&self, edits: &[EditId]) -> Result<(), StoreError> {
        self.write(|tx| {
            for id in edits {
                tx.execute("DELETE FROM outbox WHERE id = ?1", [id.0])?;
            }
            Ok(())
        })
    }

    /// Forgets acts that are wholly done, but for the newest ones.
    pub fn forget_done(&self, organisation: &ChatId, keep: u32) -> Result<(), StoreError> {
        self.write(|tx| {
            tx.execute(
                "DELETE FROM outbox WHERE organisation = ?1 AND act NOT IN (
                    SELECT act FROM outbox WHERE organisation = ?1 AND state != 'done'
                    UNION
                    SELECT act FROM (
                        SELECT act, max(id) AS newest FROM outbox WHERE organisation = ?1
                        GROUP BY act ORDER BY newest DESC LIMIT ?2
                    )
                )",
                params![organisation.as_str(), keep],
            )
        })?;
        Ok(())
    }
}

fn json(edit: &Edit) -> String {
    serde_json::to_string(edit).expect("edits have text keys and no floats")
}

pub(crate) fn insert(tx: &Transaction<'_>, kept: &KeptEdit) -> rusqlite::Result<()> {
    let Act {
        id,
        organisation,
        about,
        made_at,
        undoes,
    } = &kept.act;
    tx.prepare_cached(
        "INSERT INTO outbox (act, organisation, about, made_at, undoes, edit, state, event, theirs)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        id,
        organisation.as_str(),
        about,
        i64::try_from(*made_at).unwrap_or(i64::MAX),
        undoes,
        json(&kept.edit),
        kept.state.word(),
        kept.event,
        kept.theirs
    ])?;
    Ok(())
}

fn row(row: &Row<'_>) -> rusqlite::Result<Option<(EditId, KeptEdit)>> {
    let id = EditId(row.get("id")?);
    Ok(from_row(row)?.map(|kept| (id, kept)))
}

pub(crate) fn from_row(row: &Row<'_>) -> rusqlite::Result<Option<KeptEdit>> {
    let (edit, state): (String, String) = (row.get("edit")?, row.get("state")?);
    let organisation: String = row.get("organisation")?;
    let made_at: i64 = row.get("made_at")?;
    let act = Act {
        id: row.get("act")?,
        organisation: ChatId::new(organisation),
        about: row.get("about")?,
        made_at: u64::try_from(made_at).unwrap_or(0),
        undoes: row.get("undoes")?,
    };
    let (event, theirs) = (row.get("event")?, row.get("theirs")?);
    let read = serde_json::from_str(&edit)
        .ok()
        .zip(EditState::read(&state));
    Ok(read.map(|(edit, state)| KeptEdit {
        act,
        edit,
        state,
        event,
        theirs,
    }))
}
