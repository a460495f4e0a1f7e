//! What an administrator does, as edits of the plan.

use super::plan::OrgPlan;
use crate::edit::{Edit, FieldChange, Target};
use crate::plan::{As, ChatWish, Class, ClassStatus, Other, PlanContent};
use crate::{OrganisationKind, UserId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Why something can't be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActError {
    /// It is so already.
    Nothing,
    ClassExists,
    ClassGone,
    PersonGone,
    /// Only who works here can run the organisation.
    NotStaff,
    /// A body of the organisation is of people of another role.
    OtherRole,
    /// An owner can't be dismissed by others.
    IsOwner,
    /// Nobody else owns the organisation.
    LastOwner,
    /// A name is missing.
    NoName,
    BadInn,
    BadKpp,
    /// A part of the plan breaks the rules and is not overwritten.
    Unreadable,
}

/// What is told of an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrgFields {
    pub full_name: String,
    pub short_name: String,
    pub inn: Option<String>,
    pub kpp: Option<String>,
    pub region: Option<String>,
    pub municipality: Option<String>,
    pub locality: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewClass {
    pub stage: Option<u8>,
    pub letter: Option<String>,
    pub title: Option<String>,
}

impl NewClass {
    /// «5А», or the title.
    pub fn label(&self) -> String {
        Class::from(self).label()
    }
}

impl From<&NewClass> for Class {
    fn from(new: &NewClass) -> Self {
        Self {
            stage: new.stage,
            letter: line(new.letter.as_deref()),
            title: line(new.title.as_deref()),
            kind: None,
            status: ClassStatus::Active,
            school_year: None,
            homeroom: None,
            chats: vec![ChatWish::Students, ChatWish::Parents, ChatWish::Teachers],
            base: None,
            other: Other::new(),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassFields {
    pub stage: Option<u8>,
    pub letter: Option<String>,
    pub title: Option<String>,
    pub homeroom: Option<UserId>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonFields {
    pub family: String,
    pub given: String,
    pub patronymic: Option<String>,
    pub position: Option<String>,
    pub subjects: Vec<String>,
}

/// An edit of one target, if anything changes.
pub(super) fn edited(target: Target, mut changes: Vec<FieldChange>) -> Option<Edit> {
    changes.retain(|change| change.from != change.to);
    (!changes.is_empty()).then_some(Edit { target, changes })
}

pub(super) fn some(edits: Vec<Edit>) -> Result<Vec<Edit>, ActError> {
    if edits.is_empty() {
        Err(ActError::Nothing)
    } else {
        Ok(edits)
    }
}

/// One line, or nothing.
pub(super) fn line(text: Option<&str>) -> Option<String> {
    let clean = crate::directory::clean(text?);
    (!clean.is_empty()).then_some(clean)
}

pub(super) fn named(text: &str) -> Result<String, ActError> {
    line(Some(text)).ok_or(ActError::NoName)
}

/// A plan's user id is written without its sign.
pub(super) fn bare(person: &UserId) -> &str {
    person.as_str().trim_start_matches('@')
}

impl OrgPlan {
    pub fn set_org(&self, fields: &OrgFields) -> Result<Vec<Edit>, ActError> {
        fields.check()?;
        let (inn, kpp) = (line(fields.inn.as_deref()), line(fields.kpp.as_deref()));
        let wanted = [
            ("full_name", json!(named(&fields.full_name)?)),
            ("short_name", json!(named(&fields.short_name)?)),
            ("inn", json!(inn)),
            ("kpp", json!(kpp)),
            ("region", json!(line(fields.region.as_deref()))),
            ("municipality", json!(line(fields.municipality.as_deref()))),
            ("locality", json!(line(fields.locality.as_deref()))),
            ("phone", json!(line(fields.phone.as_deref()))),
            ("email", json!(line(fields.email.as_deref()))),
        ];
        let target = Target::Organisation;
        let changes = wanted
            .into_iter()
            .map(|(field, to)| self.change(&target, field, to))
            .collect();
        some(edited(target, changes).into_iter().collect())
    }

    /// New classes; `ids` gives each the id it keeps for life.
    pub fn add_classes(
        &self,
        classes: &[NewClass],
        mut ids: impl FnMut() -> String,
    ) -> Result<Vec<Edit>, ActError> {
        let mut taken = self.labels(None);
        let mut edits = Vec::new();
        for new in classes {
            let mut class = Class {
                school_year: self.org().map(|org| self.school_year(&org)),
                ..Class::from(new)
            };
            if self.kind() == OrganisationKind::Kindergarten {
                // Its pupils can't read yet.
                class.chats.retain(|chat| *chat != ChatWish::Students);
            }
            if class.label().is_empty() {
                return Err(ActError::NoName);
            }
            if !taken.insert(class.label()) {
                return Err(ActError::ClassExists);
            }
            edits.push(Edit {
                target: Target::Class(ids()),
                changes: vec![FieldChange {
                    person: None,
                    field: None,
                    from: Value::Null,
                    to: class.write(),
                }],
            });
        }
        some(edits)
    }

    pub fn set_class(&self, id: &str, fields: &ClassFields) -> Result<Vec<Edit>, ActError> {
        let content = self.classes.get(id).ok_or(ActError::ClassGone)?;
        let before = Class::read(id, content).map_err(|_| ActError::Unreadable)?;
        let after = Class {
            stage: fields.stage,
            letter: line(fields.letter.as_deref()),
            title: line(fields.title.as_deref()),
            homeroom: fields
                .homeroom
                .as_ref()
                .map(|person| bare(person).to_owned()),
            ..before.clone()
        };
        if after.label().is_empty() {
            return Err(ActError::NoName);
        }
        if self.labels(Some(id)).contains(&after.label()) {
            return Err(ActError::ClassExists);
        }
        let target = Target::Class(id.to_owned());
        let changes = vec![
            self.change(&target, "stage", json!(after.stage)),
            self.change(&target, "letter", json!(after.letter)),
            self.change(&target, "title", json!(after.title)),
            self.change(&target, "homeroom", json!(after.homeroom)),
        ];
        let mut edits: Vec<Edit> = edited(target, changes).into_iter().collect();
        if before.homeroom != after.homeroom {
            edits.extend(self.hand_over(id, after.homeroom.as_deref())?);
        }
        some(edits)
    }

    /// The list of a class names its homeroom teacher as well.
    fn hand_over(&self, class: &str, to: Option<&str>) -> Result<Option<Edit>, ActError> {
        let target = Target::People(class.to_owned());
        let mut changes = Vec::new();
        for member in self.members(class) {
            if member.part == Some(As::Homeroom) && Some(member.id.as_str()) != to {
                changes.push(self.change_of(&target, Some(&member.id), "as", json!(As::Teacher)));
            }
        }
        if let Some(person) = to {
            changes.extend(self.put_in(class, person, &As::Homeroom)?);
        }
        Ok(edited(target, changes))
    }

    pub fn set_class_status(
        &self,
        ids: &[String],
        status: &ClassStatus,
    ) -> Result<Vec<Edit>, ActError> {
        let mut edits = Vec::new();
        for id in ids {
            let content = self.classes.get(id).ok_or(ActError::ClassGone)?;
            let class = Class::read(id, content).map_err(|_| ActError::Unreadable)?;
            let back = *status == ClassStatus::Active && class.status != ClassStatus::Active;
            if back && self.labels(Some(id)).contains(&class.label()) {
                return Err(ActError::ClassExists);
            }
            let target = Target::Class(id.clone());
            let change = self.change(&target, "status", json!(status));
            edits.extend(edited(target, vec![change]));
        }
        some(edits)
    }

    /// What the active classes are called, but for one.
    fn labels(&self, but: Option<&str>) -> BTreeSet<String> {
        self.readable_classes()
            .filter(|(id, class)| Some(*id) != but && class.status == ClassStatus::Active)
            .map(|(_, class)| class.label())
            .collect()
    }
}
