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

impl OwnContact {
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
