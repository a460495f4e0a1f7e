//! The person's own contacts.

use crate::UserId;
use serde::{Deserialize, Serialize};

/// Somebody of the person's own address book.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OwnContact {
    /// Empty before it is kept.
    pub id: String,
    pub family: String,
    pub given: String,
    pub patronymic: String,
    /// Where he works, as the person calls it.
    pub company: String,
    pub phones: Vec<String>,
    pub emails: Vec<String>,
    /// His account here, where the person knows it.
    pub account: Option<UserId>,
    pub note: String,
}

/// Characters that the texts may have, and how many telephones and addresses there may be.
pub(super) const NAME: usize = 120;
pub(super) const PHONE: usize = 60;
pub(super) const EMAIL: usize = 254;
pub(super) const NOTE: usize = 4_000;
pub(super) const SEVERAL: usize = 20;

impl OwnContact {
    /// The contact without what is too long to be kept.
    pub fn cut(self) -> Self {
        let text = |text: String, most: usize| text.trim().chars().take(most).collect::<String>();
        let all = |texts: Vec<String>, most: usize| {
            let texts = texts.into_iter().map(|one| text(one, most));
            texts
                .filter(|text| !text.is_empty())
                .take(SEVERAL)
                .collect()
        };
        Self {
            family: text(self.family, NAME),
            given: text(self.given, NAME),
            patronymic: text(self.patronymic, NAME),
            company: text(self.company, NAME),
            phones: all(self.phones, PHONE),
            emails: all(self.emails, EMAIL),
            note: text(self.note, NOTE),
            ..self
        }
    }

    /// «Щукина Мария Петровна»; where there is no name, what there is.
    pub fn name(&self) -> String {
        let name = [&self.family, &self.given, &self.patronymic];
        let name: Vec<&str> = name
            .into_iter()
            .map(|part| part.trim())
            .filter(|part| !part.is_empty())
            .collect();
        if !name.is_empty() {
            return name.join(" ");
        }
        let rest = [
            Some(&self.company),
            self.phones.first(),
            self.emails.first(),
        ];
        let rest = rest.into_iter().flatten();
        rest.map(|text| text.trim())
            .find(|text| !text.is_empty())
            .unwrap_or_default()
            .to_owned()
    }
}
