//! From edits that wait to what is written, and whether it has stayed written. Matrix has no compare-and-set: two who
//! write at once both succeed, and only the `base` of the later event tells that it was made without the earlier one.

use super::{Document, Edit, FieldChange, Merged, Target};
use serde_json::Value;
use std::collections::BTreeMap;

/// What becomes of one edit when it is sent.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It is in what is to be written.
    Written,
    /// The server has it already.
    Done,
    /// Another has changed these of its changes to something else; the others are in what is to be written.
    Conflict(Vec<Clash>),
    /// What is there breaks the rules and is not overwritten.
    Unreadable,
}

/// A change that another was quicker with.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Clash {
    /// The place of the change in its edit.
    pub change: usize,
    /// What is there now.
    pub theirs: Value,
}

/// What is to be written for the edits of one target, however many they are.
#[derive(Clone, Debug, PartialEq)]
pub struct Sending {
    /// New contents by state key, without `base`; a target that is one event has the empty one.
    pub write: BTreeMap<String, Value>,
    /// One for each edit.
    pub outcomes: Vec<Outcome>,
}

/// Merges the edits of one target, in their order, into what the server has now.
pub fn send(edits: &[&Edit], current: &Document) -> Sending {
    let mut document = current.clone();
    let mut outcomes = Vec::with_capacity(edits.len());
    for edit in edits {
        let merged = document.merge_all(edit);
        let clash = |(change, merged): (usize, &Merged)| match merged {
            Merged::Conflict(theirs) => Some(Clash {
                change,
                theirs: theirs.clone(),
            }),
            _ => None,
        };
        let clashes: Vec<Clash> = merged.iter().enumerate().filter_map(clash).collect();
        outcomes.push(if merged.contains(&Merged::Unreadable) {
            Outcome::Unreadable
        } else if !clashes.is_empty() {
            Outcome::Conflict(clashes)
        } else if merged.contains(&Merged::Applied) {
            Outcome::Written
        } else {
            Outcome::Done
        });
    }
    let before = contents(current);
    let mut write = contents(&document);
    write.retain(|key, content| before.get(key) != Some(content));
    Sending { write, outcomes }
}

fn contents(document: &Document) -> BTreeMap<String, Value> {
    match document {
        Document::Single(content) | Document::Levels(content) => {
            BTreeMap::from([(String::new(), content.clone())])
        }
        Document::People { parts, .. } => parts.clone(),
    }
}

/// What the server shows after an edit was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// It is there, or somebody who had seen it has gone on from it.
    Done,
    /// It was overwritten by somebody who had not seen it: merge and write once more.
    Lost,
    /// This event has to be read first, to learn what it was made from.
    Ask(String),
}

/// An event of the plan as far as its history goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub event: String,
    /// The event that its writer merged from.
    pub base: Option<String>,
}

/// Whether an edit that was written as the event `written` is still in the plan. `chain` begins with the current event
/// and goes on with those that were read of its bases.
pub fn seen(edit: &Edit, written: &Link, current: &Document, chain: &[Link]) -> Seen {
    if current.has(edit) || chain.iter().any(|link| link.event == written.event) {
        return Seen::Done;
    }
    match chain.last().map(|link| link.base.as_deref()) {
        Some(Some(base)) if base == written.event => Seen::Done,
        // Made from what ours was made from as well: whoever wrote it had not seen ours.
        Some(base) if base == written.base.as_deref() => Seen::Lost,
        Some(Some(base)) if chain.len() < LONGEST => Seen::Ask(base.to_owned()),
        // So many have written since that this is history and no race.
        Some(Some(_)) => Seen::Done,
        Some(None) | None => Seen::Lost,
    }
}

/// Steps back that are looked at.
const LONGEST: usize = 20;

impl Edit {
    /// An edit as the administrator has decided about its clashes: his own word over theirs, or theirs. Nothing is left
    /// where he gives way in everything.
    pub fn resolve(&self, clashes: &[Clash], mine: bool) -> Option<Self> {
        let clash = |at: usize| clashes.iter().find(|clash| clash.change == at);
        let changes: Vec<FieldChange> = self
            .changes
            .iter()
            .enumerate()
            .filter_map(|(at, change)| match clash(at) {
                None => Some(change.clone()),
                Some(_) if !mine => None,
                Some(clash) => Some(FieldChange {
                    from: clash.theirs.clone(),
                    ..change.clone()
                }),
            })
            .collect();
        (!changes.is_empty()).then(|| Self {
            target: self.target.clone(),
            changes,
        })
    }
}

/// The edits that can be sent together: those of one target, in their order, so that thirty changes of a class are one
/// event. Whoever waits behind a conflict about the same field waits with it.
pub fn batches<'a, T>(
    edits: impl IntoIterator<Item = (T, &'a Edit, bool)>,
) -> Vec<(Target, Vec<(T, &'a Edit)>)> {
    let mut batches: Vec<(Target, Vec<(T, &'a Edit)>)> = Vec::new();
    let mut stuck: Vec<&Edit> = Vec::new();
    for (id, edit, waiting) in edits {
        let behind = stuck.iter().any(|other| {
            let clashes =
                |change: &FieldChange| other.changes.iter().any(|one| one.overlaps(change));
            other.target == edit.target && edit.changes.iter().any(clashes)
        });
        if !waiting || behind {
            stuck.push(edit);
            continue;
        }
        match batches
            .iter_mut()
            .find(|(target, _)| *target == edit.target)
        {
            Some((_, batch)) => batch.push((id, edit)),
            None => batches.push((edit.target.clone(), vec![(id, edit)])),
        }
    }
    batches
}
