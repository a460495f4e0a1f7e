//! What the places of an organisation are called, and what is drawn on them: by the words of its kind.

use crate::OrganisationKind::{self, College, Kindergarten, School};
use crate::cabinet::OrgPlan;
use crate::directory::clean;
use crate::plan::{ChatWish, Class};

/// A picture that is drawn for a place: a short text on one of the colours.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Picture {
    pub text: String,
    pub tone: Tone,
}

/// Whose the place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tone {
    Students,
    Parents,
    Teachers,
    Staff,
    Everybody,
}

impl Picture {
    /// By this it is known again in the room that shows it; another version of the drawing is another mark.
    pub fn mark(&self) -> String {
        format!("1:{:?}:{}", self.tone, self.text).to_lowercase()
    }

    fn new(text: &str, tone: Tone) -> Self {
        let text = text.chars().take(LETTERS).collect();
        Self { text, tone }
    }
}

/// More of them can't be read in a list.
const LETTERS: usize = 4;

/// The rooms without talk that an organisation is founded with, as other programs show them: of the staff, of the
/// administrators, and for applications.
pub fn quiet_names(kind: OrganisationKind) -> [&'static str; 3] {
    let staff = match kind {
        School => "Учительская",
        College => "Преподавательская",
        Kindergarten => "Педагогическая",
    };
    [staff, "Канцелярия", "Приёмная"]
}

/// What an organisation calls itself and things, read once for all its places.
pub(super) struct Words {
    kind: OrganisationKind,
    /// The short name.
    school: String,
}

impl Words {
    pub(super) fn new(plan: &OrgPlan) -> Self {
        let org = plan.org();
        Self {
            kind: plan.kind(),
            school: org.map(|org| clean(&org.short_name)).unwrap_or_default(),
        }
    }

    /// «5 «А» · родители», «Учительский чат».
    pub(super) fn chat_name(&self, wish: &ChatWish, class: Option<&Class>) -> String {
        let Self { kind, school } = self;
        let what = match (wish, kind) {
            (ChatWish::Students, School) => "ученики",
            (ChatWish::Students, College) => "студенты",
            (ChatWish::Students, Kindergarten) => "воспитанники",
            (ChatWish::Parents, _) => "родители",
            (ChatWish::Teachers, School) => "учителя",
            (ChatWish::Teachers, College) => "преподаватели",
            (ChatWish::Teachers, Kindergarten) => "воспитатели",
            (ChatWish::Staff, School) => return "Учительский чат".to_owned(),
            (ChatWish::Staff, College) => return "Преподаватели и сотрудники".to_owned(),
            (ChatWish::Staff, Kindergarten) => return "Воспитатели и сотрудники".to_owned(),
            (ChatWish::Heads, _) => return "Администрация".to_owned(),
            (ChatWish::AllStaff, _) => return "Объявления для сотрудников".to_owned(),
            (ChatWish::Committee, _) => return format!("{school} · родительский комитет"),
            (ChatWish::Council, School) => return format!("{school} · совет учеников"),
            (ChatWish::Council, College) => return format!("{school} · студенческий совет"),
            (ChatWish::Council, Kindergarten) => return format!("{school} · совет воспитанников"),
            (ChatWish::News, _) => return format!("{school} · новости"),
            (ChatWish::Unknown(word), _) => word,
        };
        match class {
            Some(class) => format!("{} · {what}", class.quoted()),
            None => what.to_owned(),
        }
    }

    /// What is drawn on a place; nothing on chats of a later version.
    pub(super) fn picture(
        &self,
        wish: Option<&ChatWish>,
        class: Option<&Class>,
    ) -> Option<Picture> {
        let (letters, tone) = match wish {
            None => ("", Tone::Everybody),
            Some(ChatWish::Students) => ("", Tone::Students),
            Some(ChatWish::Parents) => ("", Tone::Parents),
            Some(ChatWish::Teachers) => ("", Tone::Teachers),
            Some(ChatWish::Staff) => ("УЧ", Tone::Staff),
            Some(ChatWish::Heads) => ("АД", Tone::Staff),
            Some(ChatWish::AllStaff) => ("ОС", Tone::Staff),
            Some(ChatWish::Committee) => ("РК", Tone::Parents),
            Some(ChatWish::Council) => ("СУ", Tone::Students),
            Some(ChatWish::News) => ("Н", Tone::Everybody),
            Some(ChatWish::Unknown(_)) => return None,
        };
        let letters = match (wish, self.kind) {
            (Some(ChatWish::Staff), College) => "ПС",
            (Some(ChatWish::Staff), Kindergarten) => "ВС",
            (Some(ChatWish::Council), College) => "СС",
            (Some(ChatWish::Council), Kindergarten) => "СВ",
            _ => letters,
        };
        let label = class.map(|class| clean(&class.label()));
        Some(Picture::new(label.as_deref().unwrap_or(letters), tone))
    }
}
