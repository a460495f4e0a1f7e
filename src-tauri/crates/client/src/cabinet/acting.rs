//! What an administrator does: each step becomes edits of the plan, on the disk before it is shown.

use super::Shown;
use super::view::{Stuck, called};
use crate::Client;
use crate::error::{Error, Result};
use parta_model::cabinet::{ActError, OrgPlan};
use parta_model::edit::Edit;
use parta_model::plan::{As, Board, ClassStatus, Role};
use parta_model::{
    About, ChatId, ClassFields, NewClass, OrgFields, PersonFields, PromotionStep, Several, UserId,
};
use parta_store::{Act, EditId, EditState, KeptEdit};
use std::sync::Arc;
use ulid::Ulid;

/// Steps that are done and kept, so that they can be undone.
const KEPT: u32 = 100;

/// A step of an administrator.
#[derive(Clone, Debug)]
pub enum CabinetAct {
    Info(OrgFields),
    AddClasses(Vec<NewClass>),
    SetClass(String, ClassFields),
    ClassStatus(Vec<String>, ClassStatus),
    /// Of these classes, or of the whole organisation.
    Promote(Option<Vec<String>>),
    AddToClass(Vec<UserId>, String, As),
    LeaveClass(Vec<UserId>, String),
    MovePeople(Vec<UserId>, String, String),
    SetRole(Vec<UserId>, Role),
    /// Calls people into a body of the organisation, or lets them go from it.
    SetBoard(Vec<UserId>, Board, bool),
    Verify(Vec<UserId>),
    RemovePeople(Vec<UserId>),
    RestorePeople(Vec<UserId>),
    SetPerson(UserId, PersonFields),
    Appoint(Vec<UserId>),
    Dismiss(Vec<UserId>),
    MakeOwner(UserId),
}

impl CabinetAct {
    fn edits(&self, plan: &OrgPlan, me: &UserId, now: u64) -> Result<Vec<Edit>, ActError> {
        let id = || Ulid::new().to_string();
        match self {
            Self::Info(fields) => plan.set_org(fields),
            Self::AddClasses(classes) => plan.add_classes(classes, id),
            Self::SetClass(class, fields) => plan.set_class(class, fields),
            Self::ClassStatus(classes, status) => plan.set_class_status(classes, status),
            Self::Promote(classes) => plan.promote(classes.as_deref()),
            Self::AddToClass(people, class, part) => plan.add_to_class(people, class, part),
            Self::LeaveClass(people, class) => plan.leave_class(people, class),
            Self::MovePeople(people, from, to) => plan.move_people(people, from, to),
            Self::SetRole(people, role) => plan.set_role(people, role),
            Self::SetBoard(people, board, joined) => plan.set_board(people, board, *joined),
            Self::Verify(people) => plan.verify(people, me, now),
            Self::RemovePeople(people) => plan.remove_people(people),
            Self::RestorePeople(people) => plan.restore_people(people),
            Self::SetPerson(person, fields) => plan.set_person(person, fields),
            Self::Appoint(people) => plan.appoint(people),
            Self::Dismiss(people) => plan.dismiss(people),
            Self::MakeOwner(person) => plan.make_owner(person),
        }
    }

    fn about(&self, plan: &OrgPlan) -> About {
        let label = |id: &String| plan.class_label(id).unwrap_or_else(|| id.clone());
        let labels = |ids: &[String]| Several::new(ids.iter().map(label));
        let called = |people: &[UserId]| called(plan, people);
        let one = |person: &UserId| plan.name_of(person).unwrap_or_else(|| person.to_string());
        match self {
            Self::Info(_) => About::Info,
            Self::AddClasses(classes) => About::AddClasses {
                classes: Several::new(classes.iter().map(NewClass::label)),
            },
            Self::SetClass(class, _) => About::SetClass {
                class: label(class),
            },
            Self::ClassStatus(classes, status) => {
                let classes = labels(classes);
                match status {
                    ClassStatus::Graduated => About::GraduateClasses { classes },
                    ClassStatus::Deleted => About::DeleteClasses { classes },
                    _ => About::RestoreClasses { classes },
                }
            }
            Self::Promote(classes) => About::Promote {
                classes: u32::try_from(plan.promotion(classes.as_deref()).len())
                    .unwrap_or(u32::MAX),
                school: classes.is_none(),
            },
            Self::AddToClass(people, class, _) => About::AddToClass {
                people: called(people),
                class: label(class),
            },
            Self::LeaveClass(people, class) => About::LeaveClass {
                people: called(people),
                class: label(class),
            },
            Self::MovePeople(people, from, to) => About::MovePeople {
                people: called(people),
                from: label(from),
                to: label(to),
            },
            Self::SetRole(people, role) => About::SetRole {
                people: called(people),
                role: role.into(),
            },
            Self::SetBoard(people, board, joined) => {
                let (people, board) = (called(people), board.clone());
                match joined {
                    true => About::JoinBoard { people, board },
                    false => About::LeaveBoard { people, board },
                }
            }
            Self::Verify(people) => About::Verify {
                people: called(people),
            },
            Self::RemovePeople(people) => About::RemovePeople {
                people: called(people),
            },
            Self::RestorePeople(people) => About::RestorePeople {
                people: called(people),
            },
            Self::SetPerson(person, _) => About::SetPerson {
                person: one(person),
            },
            Self::Appoint(people) => About::Appoint {
                people: called(people),
            },
            Self::Dismiss(people) => About::Dismiss {
                people: called(people),
            },
            Self::MakeOwner(person) => About::MakeOwner {
                person: one(person),
            },
        }
    }
}

impl Client {
    /// Does a step: it is on the disk and shown when this returns, and sent when it can be. Gives its id.
    pub async fn act(&self, organisation: &ChatId, act: CabinetAct) -> Result<String> {
        let _turn = self.cabinets.acting.lock().await;
        let shown = self.shown(organisation).await?;
        let plan = shown
            .plan
            .as_ref()
            .ok_or(Error::Matrix(parta_matrix::Error::NotAllowed))?;
        let me = UserId::new(self.account()?.saved().user.clone());
        let now = (self.options.now)();
        let edits = act.edits(plan, &me, now).map_err(Error::Cabinet)?;
        self.keep_act(organisation, &act.about(plan), None, edits)
            .await
    }

    async fn keep_act(
        &self,
        organisation: &ChatId,
        about: &About,
        undoes: Option<String>,
        edits: Vec<Edit>,
    ) -> Result<String> {
        let about = serde_json::to_string(about).map_err(|_| Error::Internal("an act is JSON"))?;
        let act = Act {
            id: Ulid::new().to_string(),
            organisation: organisation.clone(),
            about,
            made_at: (self.options.now)(),
            undoes,
        };
        let id = act.id.clone();
        let organisation = organisation.clone();
        self.profile()?
            .store(move |store| {
                store.queue_act(&act, &edits)?;
                store.forget_done(&organisation, KEPT)
            })
            .await?;
        self.show_outbox().await;
        Ok(id)
    }

    /// Waits until what is on the disk is shown.
    async fn show_outbox(&self) {
        let version = self.cabinets.outbox_changed();
        let mut desk = self.cabinets.desk.subscribe();
        // Without an account nothing is shown, and nobody waits.
        let _ = desk
            .wait_for(|desk| desk.as_ref().is_none_or(|desk| desk.version >= version))
            .await;
    }

    /// An organisation with the edits that wait, as soon as the plans are known.
    pub(crate) async fn shown(&self, organisation: &ChatId) -> Result<Arc<Shown>> {
        self.directory().await?;
        let desk = self.cabinets.desk.borrow();
        let found = desk
            .as_ref()
            .and_then(|desk| desk.organisations.get(organisation));
        found
            .cloned()
            .ok_or(Error::Matrix(parta_matrix::Error::NotAllowed))
    }

    /// What becomes of classes in the next school year, before anything is done.
    pub async fn promotion(
        &self,
        organisation: &ChatId,
        classes: Option<&[String]>,
    ) -> Result<Vec<PromotionStep>> {
        let shown = self.shown(organisation).await?;
        Ok(shown
            .plan
            .as_ref()
            .map(|plan| plan.promotion(classes))
            .unwrap_or_default())
    }

    async fn rows_of(&self, organisation: &ChatId, act: &str) -> Result<Vec<(EditId, KeptEdit)>> {
        let (organisation, act) = (organisation.clone(), act.to_owned());
        let rows = self
            .profile()?
            .store(move |store| store.outbox(&organisation))
            .await?;
        Ok(rows
            .into_iter()
            .filter(|(_, row)| row.act.id == act)
            .collect())
    }

    async fn change(&self, rows: Vec<(EditId, KeptEdit)>) -> Result<()> {
        self.profile()?
            .store(move |store| store.change_edits(&rows))
            .await?;
        self.show_outbox().await;
        Ok(())
    }

    /// Takes a step back: what has not gone out is dropped, what has is written back.
    pub async fn undo_act(&self, organisation: &ChatId, act: &str) -> Result<()> {
        let _turn = self.cabinets.acting.lock().await;
        let (place, id) = (organisation.clone(), act.to_owned());
        let dropped = self
            .profile()?
            .store(move |store| store.drop_act(&place, &id))
            .await?;
        if dropped {
            self.show_outbox().await;
            return Ok(());
        }
        let shown = self.shown(organisation).await?;
        let told = shown.acts.iter().find(|one| one.id == act && one.undo);
        let about = told.ok_or(Error::NoUndo)?.about.clone();
        let rows = self.rows_of(organisation, act).await?;
        let edits = rows.iter().rev().map(|(_, row)| row.edit.taken_back());
        self.keep_act(organisation, &about, Some(act.to_owned()), edits.collect())
            .await?;
        Ok(())
    }

    /// Settles the conflicts of a step: with the person's own values over theirs, or with theirs.
    pub async fn resolve_act(&self, organisation: &ChatId, act: &str, mine: bool) -> Result<()> {
        let _turn = self.cabinets.acting.lock().await;
        let mut rows = self.rows_of(organisation, act).await?;
        rows.retain(|(_, row)| row.state == EditState::Conflict);
        for (_, row) in &mut rows {
            let Some(Stuck::Clashes(clashes)) = Stuck::read(row) else {
                continue;
            };
            row.theirs = None;
            match row.edit.resolve(&clashes, mine) {
                Some(edit) => (row.edit, row.state) = (edit, EditState::Waiting),
                // He gives way in everything: what is left of it is done.
                None => row.state = EditState::Done,
            }
        }
        self.change(rows).await
    }

    /// Tries a refused step again.
    pub async fn retry_act(&self, organisation: &ChatId, act: &str) -> Result<()> {
        let _turn = self.cabinets.acting.lock().await;
        let mut rows = self.rows_of(organisation, act).await?;
        rows.retain(|(_, row)| row.state == EditState::Refused);
        for (_, row) in &mut rows {
            (row.state, row.theirs) = (EditState::Waiting, None);
        }
        self.change(rows).await
    }

    /// Drops a refused step; what of it the server has stays there.
    pub async fn drop_act(&self, organisation: &ChatId, act: &str) -> Result<()> {
        let _turn = self.cabinets.acting.lock().await;
        let mut rows = self.rows_of(organisation, act).await?;
        rows.retain(|(_, row)| row.state == EditState::Refused);
        let rows = rows.into_iter().map(|(id, _)| id).collect::<Vec<_>>();
        self.profile()?
            .store(move |store| store.drop_edits(&rows))
            .await?;
        self.show_outbox().await;
        Ok(())
    }
}
