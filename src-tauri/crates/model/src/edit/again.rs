//! Edits of one target that were written one after the other: what of each the plan should show, and how what is not
//! there is written again.

use super::{Document, Edit, FieldChange, Target};
use serde_json::{Value, json};

/// What of each edit the plan should show: a field that a later one of them changed is the later one's to show.
pub fn lasting(edits: &[&Edit]) -> Vec<Edit> {
    let left = |(at, edit): (usize, &&Edit)| Edit {
        target: edit.target.clone(),
        changes: edit
            .changes
            .iter()
            .flat_map(|change| shown(change, &edit.target))
            .filter(|change| !later(edits, at).any(|other| covers(other, change)))
            .collect(),
    };
    edits.iter().enumerate().map(left).collect()
}

/// The lost ones as they are written again: each without what a later one says anew, and from what is there now where
/// that is what one of the earlier ones began from. A field that somebody else has written stays a conflict.
pub fn written_again(edits: &[&Edit], lost: &[bool], current: &Document) -> Vec<Option<Edit>> {
    let again = |(at, edit): (usize, &&Edit)| {
        lost[at].then(|| Edit {
            target: edit.target.clone(),
            changes: edit
                .changes
                .iter()
                .filter(|change| !later(edits, at).any(|other| covers(other, change)))
                .map(|change| {
                    let earlier = edits[..at].iter().flat_map(|edit| &edit.changes);
                    once_more(change, earlier, later(edits, at), current)
                })
                .collect(),
        })
    };
    edits.iter().enumerate().map(again).collect()
}

fn later<'a>(edits: &[&'a Edit], at: usize) -> impl Iterator<Item = &'a FieldChange> {
    edits[at + 1..].iter().flat_map(|edit| &edit.changes)
}

/// Whether what one change said is wholly the other's to say.
fn covers(later: &FieldChange, change: &FieldChange) -> bool {
    later.overlaps(change) && (later.field.is_none() || later.field == change.field)
}

/// Who or what has come is told by its fields, so that a later change of one of them leaves the others to look for; and
/// nobody has an empty field who is not there.
fn shown(change: &FieldChange, target: &Target) -> Vec<FieldChange> {
    let field = |name: &str, to: Value| FieldChange {
        field: Some(name.to_owned()),
        from: Value::Null,
        to,
        ..change.clone()
    };
    match (&change.field, &change.to, &change.person) {
        (None, Value::Object(fields), _) => fields
            .iter()
            .map(|(name, value)| field(name, value.clone()))
            .collect(),
        (Some(_), Value::Null, Some(person)) if matches!(target, Target::People(_)) => {
            vec![change.clone(), field("id", json!(person))]
        }
        _ => vec![change.clone()],
    }
}

fn once_more<'a>(
    change: &FieldChange,
    mut earlier: impl Iterator<Item = &'a FieldChange>,
    later: impl Iterator<Item = &'a FieldChange>,
    current: &Document,
) -> FieldChange {
    let mut again = change.clone();
    match &change.field {
        // Who comes once more comes as he is by now.
        None => {
            for field in later.filter(|other| other.overlaps(change)) {
                if let (Some(name), Some(fields)) = (&field.field, again.to.as_object_mut()) {
                    if field.to.is_null() {
                        fields.remove(name);
                    } else {
                        fields.insert(name.clone(), field.to.clone());
                    }
                }
            }
        }
        Some(name) => {
            let now = current.get(change);
            let began = |other: &FieldChange| match &other.field {
                None => other.to.get(name).cloned().unwrap_or_default(),
                Some(_) => other.from.clone(),
            };
            if let Some(now) = now
                && earlier.any(|other| other.overlaps(change) && began(other) == now)
            {
                again.from = now;
            }
        }
    }
    again
}
