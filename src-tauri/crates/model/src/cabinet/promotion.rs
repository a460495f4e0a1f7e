//! The next school year: what becomes of each class.

use super::acts::{ActError, edited};
use super::plan::OrgPlan;
use crate::edit::{Edit, Target};
use crate::plan::{Class, ClassStatus, Org, OrgKind, PlanContent};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// The last year of a school; a college and a kindergarten say their own.
const LAST: u8 = 11;

/// What a class becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Becomes {
    /// Under this name.
    Promoted {
        label: String,
    },
    Graduated,
    /// It has no stage that could be counted on.
    Unchanged,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromotionStep {
    pub class: String,
    pub label: String,
    pub becomes: Becomes,
    /// A class of that name would be there already, and is not promoted itself.
    pub clashes: bool,
}

impl OrgPlan {
    /// What becomes of these classes, or of all, before anything is done; in the order people count them.
    pub fn promotion(&self, classes: Option<&[String]>) -> Vec<PromotionStep> {
        let wanted = |id: &str| classes.is_none_or(|wanted| wanted.iter().any(|other| other == id));
        let active: Vec<(&str, Class)> = self
            .readable_classes()
            .filter(|(_, class)| class.status == ClassStatus::Active)
            .collect();
        let last = self.last_stage();
        let staying: BTreeSet<String> = active
            .iter()
            .filter(|(id, class)| !wanted(id) || next(class, last) == Next::None)
            .map(|(_, class)| class.label())
            .collect();
        let mut steps: Vec<PromotionStep> = active
            .iter()
            .filter(|(id, _)| wanted(id))
            .map(|(id, class)| {
                let becomes = match next(class, last) {
                    Next::Class(next) => Becomes::Promoted {
                        label: next.label(),
                    },
                    Next::Graduates => Becomes::Graduated,
                    Next::None => Becomes::Unchanged,
                };
                PromotionStep {
                    class: (*id).to_owned(),
                    label: class.label(),
                    clashes: matches!(&becomes, Becomes::Promoted { label } if staying.contains(label)),
                    becomes,
                }
            })
            .collect();
        steps.sort_by_cached_key(|step| crate::directory::natural(&step.label));
        steps
    }

    /// Leads these classes, or all, into the next year; all of them lead the organisation there too.
    pub fn promote(&self, classes: Option<&[String]>) -> Result<Vec<Edit>, ActError> {
        let steps = self.promotion(classes);
        if steps.iter().any(|step| step.clashes) {
            return Err(ActError::ClassExists);
        }
        let last = self.last_stage();
        let known: BTreeMap<&str, Class> = self.readable_classes().collect();
        let mut edits = Vec::new();
        for step in &steps {
            let target = Target::Class(step.class.clone());
            let changes = match next(&known[step.class.as_str()], last) {
                Next::Class(next) => vec![self.change(&target, "stage", json!(next.stage))],
                Next::Graduates => {
                    vec![self.change(&target, "status", json!(ClassStatus::Graduated))]
                }
                Next::None => vec![],
            };
            edits.extend(edited(target, changes));
        }
        if classes.is_none()
            && let Ok(org) = Org::read("", &self.org)
        {
            let year = self.change(
                &Target::Organisation,
                "school_year",
                json!(org.school_year + 1),
            );
            edits.extend(edited(Target::Organisation, vec![year]));
        }
        Ok(edits)
    }

    fn last_stage(&self) -> Option<u8> {
        match Org::read("", &self.org).map(|org| org.kind) {
            Ok(OrgKind::School) => Some(LAST),
            _ => None,
        }
    }
}

#[derive(PartialEq)]
enum Next {
    Class(Class),
    Graduates,
    None,
}

fn next(class: &Class, last: Option<u8>) -> Next {
    let Some(stage) = class.stage.filter(|_| class.title.is_none()) else {
        return Next::None;
    };
    if last.is_some_and(|last| stage >= last) {
        return Next::Graduates;
    }
    Next::Class(Class {
        stage: stage.checked_add(1),
        ..class.clone()
    })
}
