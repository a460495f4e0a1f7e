//! The outbox as people read it: steps with what has become of them, and fields with names instead of ids.

use parta_model::cabinet::OrgPlan;
use parta_model::edit::{Clash, Edit, FieldChange, STAFF, Target};
use parta_model::{About, ActState, Cabinet, ClashView, FieldView, OutboxAct, Refusal, UserId};
use parta_store::{EditState, KeptEdit};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};

/// Steps that are done and still told.
const DONE: usize = 30;

/// Why an edit does not go on, as the store keeps it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Stuck {
    Clashes(Vec<Clash>),
    Refused(Refusal),
}

impl Stuck {
    pub(super) fn read(kept: &KeptEdit) -> Option<Self> {
        serde_json::from_str(kept.theirs.as_deref()?).ok()
    }

    pub(super) fn write(&self) -> String {
        serde_json::to_string(self).expect("clashes have text keys and no floats")
    }
}

/// The steps of one organisation: those that are not done, the oldest first, and then the last that are.
pub(super) fn acts(rows: &[KeptEdit], cabinet: Option<&Cabinet>) -> Vec<OutboxAct> {
    let names = Names::new(cabinet);
    let undone: BTreeSet<&str> = rows
        .iter()
        .filter_map(|row| row.act.undoes.as_deref())
        .collect();
    let mut acts: Vec<OutboxAct> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for row in rows {
        let id = row.act.id.as_str();
        let place = *places.entry(id).or_insert_with(|| {
            acts.push(OutboxAct {
                id: id.to_owned(),
                about: serde_json::from_str(&row.act.about).unwrap_or(About::Info),
                undoes: row.act.undoes.is_some(),
                made_at: row.act.made_at,
                state: ActState::Done,
                done: 0,
                total: 0,
                clashes: vec![],
                refusal: None,
                undo: row.act.undoes.is_none() && !undone.contains(id),
            });
            acts.len() - 1
        });
        let act = &mut acts[place];
        act.total += 1;
        act.done += u32::from(row.state == EditState::Done);
        let state = state(row.state);
        if rank(state) > rank(act.state) {
            act.state = state;
        }
        match Stuck::read(row) {
            Some(Stuck::Clashes(clashes)) if row.state == EditState::Conflict => {
                act.clashes.extend(names.clashes(&row.edit, &clashes));
            }
            Some(Stuck::Refused(refusal)) if row.state == EditState::Refused => {
                act.refusal = Some(refusal);
            }
            _ => {}
        }
    }
    for act in &mut acts {
        act.undo &= !matches!(act.state, ActState::Conflict | ActState::Refused);
        // Of the same height nobody can take another down.
        let owner = matches!(act.about, About::MakeOwner { .. });
        act.undo &= !owner || act.state == ActState::Waiting;
    }
    let (done, mut told): (Vec<_>, Vec<_>) = acts
        .into_iter()
        .partition(|act| act.state == ActState::Done);
    told.extend(done.into_iter().rev().take(DONE));
    told
}

fn state(state: EditState) -> ActState {
    match state {
        EditState::Waiting => ActState::Waiting,
        EditState::Sent => ActState::Sent,
        EditState::Done => ActState::Done,
        EditState::Conflict => ActState::Conflict,
        EditState::Refused => ActState::Refused,
    }
}

/// What the person should know of first.
fn rank(state: ActState) -> u8 {
    match state {
        ActState::Done => 0,
        ActState::Sent => 1,
        ActState::Waiting => 2,
        ActState::Conflict => 3,
        ActState::Refused => 4,
    }
}

/// What ids are called.
pub(super) struct Names {
    people: HashMap<String, String>,
    classes: HashMap<String, String>,
}

impl Names {
    pub(super) fn new(cabinet: Option<&Cabinet>) -> Self {
        let people = cabinet.into_iter().flat_map(|cabinet| &cabinet.people);
        let classes = cabinet.into_iter().flat_map(|cabinet| &cabinet.classes);
        Self {
            people: people
                .map(|person| (bare(&person.id).to_owned(), person.name.clone()))
                .collect(),
            classes: classes
                .map(|class| (class.id.clone(), class.label.clone()))
                .collect(),
        }
    }

    fn clashes<'a>(
        &'a self,
        edit: &'a Edit,
        clashes: &'a [Clash],
    ) -> impl Iterator<Item = ClashView> + 'a {
        clashes.iter().filter_map(|clash| {
            let change = edit.changes.get(clash.change)?;
            let field = change.field.as_deref();
            Some(ClashView {
                field: self.field(&edit.target, change),
                theirs: self.text(field, &clash.theirs),
            })
        })
    }

    /// A change with names instead of ids.
    pub(super) fn field(&self, target: &Target, change: &FieldChange) -> FieldView {
        let class = match target {
            Target::Class(id) => Some(id.as_str()),
            Target::People(list) if list != STAFF => Some(list.as_str()),
            _ => None,
        };
        let whole = || {
            let content = if change.to.is_null() {
                &change.from
            } else {
                &change.to
            };
            self.text(None, content)
        };
        let class = class.map(|id| {
            let label = self.classes.get(id).cloned();
            let new = matches!(target, Target::Class(_)).then(whole).flatten();
            label.or(new).unwrap_or_else(|| id.to_owned())
        });
        let person = change.person.as_ref().map(|id| {
            let name = self.people.get(id).cloned();
            name.or_else(whole).unwrap_or_else(|| id.clone())
        });
        let field = change.field.as_deref();
        FieldView {
            class,
            person,
            field: change.field.clone(),
            from: self.text(field, &change.from),
            to: self.text(field, &change.to),
        }
    }

    /// A value of the plan as one line.
    fn text(&self, field: Option<&str>, value: &Value) -> Option<String> {
        let person = |id: &str| {
            self.people
                .get(id)
                .cloned()
                .unwrap_or_else(|| id.to_owned())
        };
        match value {
            Value::Null => None,
            Value::String(id) if field == Some("homeroom") => Some(person(id)),
            Value::String(text) => Some(text.clone()),
            Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
            Value::Array(items) => {
                let texts = items.iter().filter_map(Value::as_str);
                let texts: Vec<String> = match field {
                    Some("children") => texts.map(person).collect(),
                    _ => texts.map(str::to_owned).collect(),
                };
                Some(texts.join(", "))
            }
            Value::Object(fields) => match field {
                Some("verified") => fields
                    .get("by")
                    .and_then(Value::as_str)
                    .map(|by| person(by.trim_start_matches('@'))),
                Some("name") => Some(full_name(value)),
                Some("boards") => {
                    let active = fields.iter().filter(|(_, status)| **status == "active");
                    let boards: Vec<&str> = active.map(|(board, _)| board.as_str()).collect();
                    Some(boards.join(", "))
                }
                None if fields.contains_key("name") => Some(full_name(&value["name"])),
                None => serde_json::from_value::<parta_model::plan::Class>(value.clone())
                    .ok()
                    .map(|class| class.label()),
                Some(_) => Some(String::new()),
            },
        }
    }
}

fn full_name(name: &Value) -> String {
    let parts = ["family", "given", "patronymic"];
    let parts = parts.iter().filter_map(|part| name[*part].as_str());
    parts.collect::<Vec<_>>().join(" ")
}

pub(super) fn bare(person: &UserId) -> &str {
    person.as_str().trim_start_matches('@')
}

/// The names of some people, as a plan knows them.
pub(super) fn called(plan: &OrgPlan, people: &[UserId]) -> parta_model::Several {
    parta_model::Several::new(
        people
            .iter()
            .map(|id| plan.name_of(id).unwrap_or_else(|| id.to_string())),
    )
}
