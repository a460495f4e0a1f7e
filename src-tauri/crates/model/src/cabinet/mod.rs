//! The cabinet: an organisation as its administrators see it, with the edits that wait to be sent, and what they may do
//! to it as edits of the plan.

mod acted;
mod acts;
mod administrators;
mod founding;
mod history;
mod people;
mod plan;
mod promotion;
mod requisites;
mod show;

pub use acted::{
    About, ActState, CabinetLink, ClashView, FieldView, Founding, JournalEntry, JournalPage,
    MyOrganisation, OutboxAct, Refusal, Several, Work, Worker,
};
pub use acts::{ActError, ClassFields, NewClass, OrgFields, PersonFields};
pub use founding::{first_policy, first_staff, school_year};
pub use history::what_changed;
pub(crate) use people::{boards_of, part_of};
pub use plan::OrgPlan;
pub(crate) use plan::list_of;
pub use promotion::{Becomes, PromotionStep};
pub use requisites::{is_inn, is_kpp};
pub use show::{
    Administrator, Cabinet, CabinetClass, CabinetPerson, InClass, Pending, PersonStatus, Progress,
};

#[cfg(test)]
pub(crate) mod tests;
