//! The next school year: what becomes of each class.

use super::acts::{ActError, edited};
use super::plan::OrgPlan;
use crate::OrganisationKind;
use crate::edit::{Edit, Target};
use crate::plan::{Class, ClassStatus, Org};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// The last years of a school and of a college; a kindergarten's groups have no numbers.
const LAST: u8 = 11;
const LAST_COURSE: u8 = 4;

/// What a class becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Becomes {
    /// Under this name, in this stage.
    Promoted {
        label: String,
        stage: u8,
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
                    Next::Stage(stage) => Becomes::Promoted {
                        label: in_stage(class, stage).label(),
                        stage,
                    },
                    Next::Graduates => Becomes::Graduated,
                    Next::None => Becomes::Unchanged,
                };
                PromotionStep {
                    class: (*id).to_owned(),
                    label: class.label(),
                    clashes: matches!(&becomes, Becomes::Promoted { label, .. } if staying.contains(label)),
                    becomes,
                }
            })
            .collect();
        steps.sort_by_cached_key(|step| crate::directory::natural(&step.label));
        steps
    }

    /// Leads these classes, or all, into the next year. Each says itself in which year it has become so: one event a
    /// class, and none but those.
    pub fn promote(&self, classes: Option<&[String]>) -> Result<Vec<Edit>, ActError> {
        let steps = self.promotion(classes);
        if steps.iter().any(|step| step.clashes) {
            return Err(ActError::ClassExists);
        }
        let last = self.last_stage();
        let known: BTreeMap<&str, Class> = self.readable_classes().collect();
        let founded = self.org().map(|org| org.school_year);
        let mut edits = Vec::new();
        for step in &steps {
            let target = Target::Class(step.class.clone());
            let changes = match next(&known[step.class.as_str()], last) {
                Next::Stage(stage) => vec![("stage", json!(stage))],
                Next::Graduates => vec![("status", json!(ClassStatus::Graduated))],
                Next::None => continue,
            };
            let year = known[step.class.as_str()].school_year.or(founded);
            let year = year.map(|year| ("school_year", json!(year + 1)));
            let changes = changes.into_iter().chain(year);
            let changes = changes.map(|(field, to)| self.change(&target, field, to));
            edits.extend(edited(target.clone(), changes.collect()));
        }
        if let (true, None, Some(year)) = (edits.is_empty(), classes, founded) {
            // Groups without numbers: the organisation alone knows the year.
            let target = Target::Organisation;
            let year = self.change(&target, "school_year", json!(year + 1));
            edits.extend(edited(target, vec![year]));
        }
        Ok(edits)
    }

    /// The year that most of the classes have come to.
    pub(super) fn school_year(&self, org: &Org) -> i64 {
        let mut years: BTreeMap<i64, usize> = BTreeMap::new();
        for (_, class) in self.readable_classes() {
            if class.status == ClassStatus::Active && class.stage.is_some() {
                let year = class.school_year.unwrap_or(org.school_year);
                *years.entry(year).or_default() += 1;
            }
        }
        let most = years
            .into_iter()
            .max_by_key(|(year, classes)| (*classes, *year));
        most.map_or(org.school_year, |(year, _)| year)
    }

    fn last_stage(&self) -> Option<u8> {
        match self.kind() {
            OrganisationKind::School => Some(LAST),
            OrganisationKind::College => Some(LAST_COURSE),
            OrganisationKind::Kindergarten => None,
        }
    }
}

#[derive(PartialEq)]
enum Next {
    Stage(u8),
    Graduates,
    None,
}

fn next(class: &Class, last: Option<u8>) -> Next {
    let Some(stage) = class.stage else {
        return Next::None;
    };
    if last.is_some_and(|last| stage >= last) {
        return Next::Graduates;
    }
    Next::Stage(stage.saturating_add(1))
}

fn in_stage(class: &Class, stage: u8) -> Class {
    Class {
        stage: Some(stage),
        ..class.clone()
    }
}
