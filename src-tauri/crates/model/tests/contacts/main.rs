//! The search for a person among ten thousand, as one types.

#[path = "../../examples/contacts/names.rs"]
mod names;
#[path = "../../examples/contacts/people.rs"]
mod people;
#[path = "../../examples/contacts/typing.rs"]
mod typing;

mod filters;
mod properties;
mod shown;
mod table;

use parta_model::contacts::{Contacts, Hit, Page, Query};
use std::sync::LazyLock;

const PEOPLE: usize = 10_000;

static EVERYBODY: LazyLock<Contacts> = LazyLock::new(|| Contacts::new(people::people(PEOPLE)));

fn find(text: &str) -> Page<'static> {
    EVERYBODY.find(&Query {
        text: text.to_owned(),
        most: 20,
        ..Query::default()
    })
}

/// The name before the server's.
fn login<'a>(hit: &Hit<'a>) -> &'a str {
    let id = hit.contact.id.as_str();
    id.split(['@', ':']).nth(1).unwrap_or(id)
}

fn logins<'a>(page: &Page<'a>) -> Vec<&'a str> {
    page.hits.iter().map(login).collect()
}
