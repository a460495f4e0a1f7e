//! Who runs the organisation. An owner stands above administrators; of the same height nobody can take another down.

use super::acts::{ActError, bare, edited, some};
use super::plan::OrgPlan;
use crate::UserId;
use crate::edit::{Edit, FieldChange, LEVEL, Target};
use crate::plan::level::{ADMINISTRATOR, OWNER};
use crate::plan::{MemberStatus, Role};

impl OrgPlan {
    /// Makes people administrators. Only who works here can be one.
    pub fn appoint(&self, people: &[UserId]) -> Result<Vec<Edit>, ActError> {
        self.stand(people, ADMINISTRATOR, |now| now < ADMINISTRATOR)
    }

    pub fn make_owner(&self, person: &UserId) -> Result<Vec<Edit>, ActError> {
        self.stand(std::slice::from_ref(person), OWNER, |now| now < OWNER)
    }

    /// Makes administrators people like the others. An owner can't be dismissed.
    pub fn dismiss(&self, people: &[UserId]) -> Result<Vec<Edit>, ActError> {
        let level = |person: &UserId| self.levels.get(person).copied().unwrap_or_default();
        if people.iter().any(|person| level(person) >= OWNER) {
            return Err(ActError::IsOwner);
        }
        let dismissed = people
            .iter()
            .filter(|person| level(person) >= ADMINISTRATOR)
            .map(|person| self.level_change(person, 0));
        some(
            edited(Target::Administrators, dismissed.collect())
                .into_iter()
                .collect(),
        )
    }

    /// Steps down as an owner, where there is another.
    pub fn step_down(&self, me: &UserId) -> Result<Vec<Edit>, ActError> {
        if self.is_last_owner(me) {
            return Err(ActError::LastOwner);
        }
        let change = self.level_change(me, 0);
        some(
            edited(Target::Administrators, vec![change])
                .into_iter()
                .collect(),
        )
    }

    /// Whether somebody owns the organisation alone.
    pub fn is_last_owner(&self, person: &UserId) -> bool {
        let owners = || self.levels.iter().filter(|(_, level)| **level >= OWNER);
        owners().any(|(id, _)| id == person) && owners().count() == 1
    }

    fn stand(
        &self,
        people: &[UserId],
        level: i64,
        below: impl Fn(i64) -> bool,
    ) -> Result<Vec<Edit>, ActError> {
        let mut changes = Vec::new();
        for person in people {
            let member = self.member(bare(person)).ok_or(ActError::PersonGone)?;
            let works = matches!(member.role, Role::Teacher | Role::Staff);
            if !works || member.status != MemberStatus::Active {
                return Err(ActError::NotStaff);
            }
            if below(self.levels.get(person).copied().unwrap_or_default()) {
                changes.push(self.level_change(person, level));
            }
        }
        some(
            edited(Target::Administrators, changes)
                .into_iter()
                .collect(),
        )
    }

    fn level_change(&self, person: &UserId, level: i64) -> FieldChange {
        self.change_of(
            &Target::Administrators,
            Some(bare(person)),
            LEVEL,
            level.into(),
        )
    }
}
