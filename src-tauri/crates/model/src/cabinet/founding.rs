//! The first events of an organisation's plan.

use super::acts::{ActError, OrgFields, bare, named};
use super::requisites::{is_inn, is_kpp};
use crate::plan::{
    Member, MemberStatus, Name, Org, OrgKind, OrgRooms, Other, People, Policy, Role, SafeMode,
    Verified,
};
use crate::{OrganisationKind, UserId};
use std::collections::BTreeMap;

/// A school year begins in September, and is prepared from July.
const PREPARED: u32 = 7;

impl OrgFields {
    /// Whether an organisation can be told so.
    pub fn check(&self) -> Result<(), ActError> {
        named(&self.full_name)?;
        named(&self.short_name)?;
        let bad = |text: &Option<String>, good: fn(&str) -> bool| {
            let text = super::acts::line(text.as_deref());
            text.is_some_and(|text| !good(&text))
        };
        if bad(&self.inn, is_inn) {
            return Err(ActError::BadInn);
        }
        if bad(&self.kpp, is_kpp) {
            return Err(ActError::BadKpp);
        }
        Ok(())
    }

    /// The organisation's own event.
    pub fn founded(&self, kind: OrganisationKind, school_year: i64, rooms: OrgRooms) -> Org {
        let line = |text: &Option<String>| super::acts::line(text.as_deref());
        Org {
            kind: match kind {
                OrganisationKind::School => OrgKind::School,
                OrganisationKind::College => OrgKind::College,
                OrganisationKind::Kindergarten => OrgKind::Kindergarten,
            },
            full_name: crate::directory::clean(&self.full_name),
            short_name: crate::directory::clean(&self.short_name),
            inn: line(&self.inn),
            kpp: line(&self.kpp),
            region: line(&self.region),
            municipality: line(&self.municipality),
            locality: line(&self.locality),
            phone: line(&self.phone),
            email: line(&self.email),
            school_year,
            rooms,
            base: None,
            other: Other::new(),
        }
    }
}

/// The year that a school year began in, by a month (1 to 12) in it or before it.
pub fn school_year(year: i64, month: u32) -> i64 {
    if month >= PREPARED { year } else { year - 1 }
}

/// What holds in a new organisation until its administrators say otherwise.
pub fn first_policy() -> Policy {
    let adults = || vec![Role::Teacher, Role::Staff];
    let and = |role: Role| [vec![role], adults()].concat();
    Policy {
        safe_mode: BTreeMap::from([
            (Role::Student, SafeMode::Forced),
            (Role::Parent, SafeMode::Default),
            (Role::Teacher, SafeMode::Off),
            (Role::Staff, SafeMode::Off),
        ]),
        write_to: BTreeMap::from([
            (Role::Student, and(Role::Student)),
            (Role::Parent, and(Role::Parent)),
        ]),
        create_chats: adults(),
        quiet_hours: None,
        encrypt_direct: false,
        base: None,
        other: Other::new(),
    }
}

/// The staff of a new organisation: its founder, by the name that his account has. `at` in milliseconds since 1970.
pub fn first_staff(founder: &UserId, called: &str, at: u64) -> People {
    let member = Member {
        id: bare(founder).to_owned(),
        role: Role::Staff,
        name: name(called),
        part: None,
        subjects: vec![],
        position: None,
        boards: BTreeMap::new(),
        children: vec![],
        verified: Some(Verified {
            by: founder.clone(),
            at,
            other: Other::new(),
        }),
        via: None,
        status: MemberStatus::Active,
        other: Other::new(),
    };
    People {
        people: vec![member],
        base: None,
        other: Other::new(),
    }
}

/// «Мария Щукина» and «Щукина Мария Петровна»: with a patronymic the family name comes first.
fn name(called: &str) -> Name {
    let clean = crate::directory::clean(called);
    let words: Vec<&str> = clean.split(' ').collect();
    let (family, given, patronymic) = match words.as_slice() {
        [family, given, patronymic] => (*family, *given, Some((*patronymic).to_owned())),
        [given, family] => (*family, *given, None),
        _ => (clean.as_str(), "", None),
    };
    Name {
        family: family.to_owned(),
        given: given.to_owned(),
        patronymic,
        other: Other::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_school_year_is_called_after_the_autumn_it_begins_in() {
        assert_eq!(school_year(2026, 11), 2026);
        assert_eq!(school_year(2027, 5), 2026);
        assert_eq!(school_year(2027, 8), 2027);
    }

    #[test]
    fn the_founder_is_called_by_the_parts_of_his_name() {
        let parts = |called: &str| {
            let name = name(called);
            (name.family, name.given, name.patronymic)
        };
        assert_eq!(
            parts("Щукина Мария Петровна"),
            ("Щукина".into(), "Мария".into(), Some("Петровна".into()))
        );
        assert_eq!(
            parts("Мария  Щукина"),
            ("Щукина".into(), "Мария".into(), None)
        );
        assert_eq!(parts("zavuch"), ("zavuch".into(), String::new(), None));
    }
}
