//! Finding people as one types: by whatever one remembers of them, and however it is written.

use crate::Client;
use crate::contacts::{IN_BOOK, People, typed};
use crate::error::Result;
use parta_matrix::Account;
use parta_model::contacts::{Contact, Contacts, Filters, Query};
use parta_model::{BadgeRole, ChatId, Directory, Found, Link, Person, PersonStatus, UserId};
use std::collections::{HashMap, HashSet};

/// Fewer letters find half of a server.
const SERVER_LETTERS: usize = 3;

impl Client {
    /// People of the organisations and of common chats, then those the server's directory finds; `chat` looks in one
    /// chat alone. The best come first: without a text those one talks to and meets in class.
    pub async fn find_people(
        &self,
        text: &str,
        chat: Option<&ChatId>,
        most: u32,
    ) -> Result<Vec<Found>> {
        let (account, directory) = (self.account()?, self.directory().await?);
        let mut found = match chat {
            Some(chat) => {
                let members = self.members_of(chat).await?;
                let others = members.into_iter().filter(|member| !member.me);
                let others = others.map(|member| Found {
                    person: member.person,
                    badge: member.badge,
                });
                among(
                    others.collect(),
                    &account.recent_people().await,
                    &directory,
                    text,
                    most,
                )
            }
            None => {
                let people = self.everybody(&account, &directory).await?;
                whom_to_write_to(&people, text, most)
            }
        };
        let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
        if chat.is_none()
            && letters >= SERVER_LETTERS
            && found.len() < most as usize
            && self.connection.borrow().link == Link::Online
            && may_ask_the_server(&directory, &me(&account))
        {
            let known: HashSet<UserId> = found.iter().map(|f| f.person.id.clone()).collect();
            match account.search_people(text.trim(), most).await {
                Ok(more) => {
                    let me = me(&account);
                    let new = more.into_iter().filter(|person| {
                        person.id != me
                            && !known.contains(&person.id)
                            && !directory.is_service(&person.id)
                    });
                    found.extend(new.map(|person| named(&directory, person)));
                    found.truncate(most as usize);
                }
                Err(error) => tracing::debug!(%error, "the server's directory was not asked"),
            }
        }
        Ok(found)
    }
}

fn me(account: &Account) -> UserId {
    UserId::new(account.saved().user.clone())
}

fn named(directory: &Directory, person: Person) -> Found {
    let (person, badge) = directory.named(person);
    Found { person, badge }
}

/// The directory of a school's server knows everyone by name, and pupils and parents are not to.
fn may_ask_the_server(directory: &Directory, me: &UserId) -> bool {
    let mut roles = directory.badges(me).map(|(_, badge)| badge.role).peekable();
    roles.peek().is_none()
        || roles.any(|role| matches!(role, BadgeRole::Teacher | BadgeRole::Staff))
}

/// Those of some people who are meant, the best first.
fn among(
    people: Vec<Found>,
    recent: &[UserId],
    directory: &Directory,
    text: &str,
    most: u32,
) -> Vec<Found> {
    let own = directory.own_classes();
    let place: HashMap<&UserId, u32> = recent.iter().zip(0..).collect();
    let contact = |Found { person, badge }: &Found| Contact {
        own_class: own.contains(&person.id),
        recent: place.get(&person.id).copied(),
        ..match badge {
            Some(badge) => Contact::of(&person.id, badge),
            None => Contact::named(&person.id, &person.name),
        }
    };
    let contacts = Contacts::new(people.iter().map(contact).collect());
    let query = Query {
        text: typed(text),
        most: most as usize,
        ..Query::default()
    };
    let mut found: HashMap<&UserId, &Found> = people
        .iter()
        .map(|found| (&found.person.id, found))
        .collect();
    let hits = contacts.find(&query).hits.into_iter();
    hits.filter_map(|hit| found.remove(&hit.contact.id).cloned())
        .collect()
}

/// Those who can be written to: everybody but the person himself, and who is an entry of the address book alone.
fn whom_to_write_to(people: &People, text: &str, most: u32) -> Vec<Found> {
    let query = Query {
        text: typed(text),
        filters: Filters {
            statuses: [PersonStatus::Active].into(),
            ..Filters::default()
        },
        ..Query::default()
    };
    let all = people.contacts.order_of(&query).map(|contact| &contact.id);
    let others = all.filter(|id| **id != people.sources.me && !id.as_str().starts_with(IN_BOOK));
    others
        .map(|id| people.found(id))
        .take(most as usize)
        .collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::contacts::Sources;
    use parta_model::{ChatId, PlanEvent, PlanSource};
    use serde_json::{Value, json};

    pub(crate) fn directory(me: &str) -> Directory {
        let event = |kind: &str, key: &str, content: Value| PlanEvent {
            kind: format!("school.parta.{kind}"),
            key: key.into(),
            event: String::new(),
            content,
        };
        let person = |id: &str, role: &str, family: &str| json!({"id": format!("{id}:x"), "role": role, "as": role, "status": "active", "name": {"family": family, "given": "А"}});
        let place = |id: &str, events: Vec<PlanEvent>| PlanSource {
            id: ChatId::new(id),
            kind: Some("m.space".into()),
            founder: None,
            guarded: true,
            administrator: false,
            levels: Default::default(),
            events,
        };
        let rooms = json!({"staff": "!s", "office": "!o", "reception": "!r"});
        let org = json!({"kind": "school", "full_name": "Ш", "short_name": "Ш", "school_year": 2026, "rooms": rooms});
        let class = vec![
            person("pupil", "student", "Белова"),
            person("friend", "student", "Яшин"),
        ];
        let staff = vec![person("teacher", "teacher", "Агеева")];
        let sources = [
            place(
                "!org",
                vec![
                    event("org", "", org),
                    event(
                        "class",
                        "c",
                        json!({"stage": 5, "letter": "А", "status": "active"}),
                    ),
                    event("chat", "class/c", json!({"room_id": "!c"})),
                    event("people", "staff/1", json!({ "people": staff })),
                ],
            ),
            place("!c", vec![event("people", "c", json!({ "people": class }))]),
        ];
        Directory::read(&sources, &UserId::new(format!("@{me}:x")))
    }

    fn names(text: &str, recent: &[UserId]) -> Vec<String> {
        names_for("nobody", text, recent)
    }

    fn names_for(me: &str, text: &str, recent: &[UserId]) -> Vec<String> {
        let people = People::new(Sources {
            directory: directory("pupil").into(),
            known: Default::default(),
            book: Default::default(),
            recent: recent.to_vec(),
            me: UserId::new(format!("@{me}:x")),
        });
        let found = whom_to_write_to(&people, text, 10);
        found.into_iter().map(|found| found.person.name).collect()
    }

    #[test]
    fn without_a_text_those_talked_to_come_first_and_then_the_own_class() {
        assert_eq!(names("", &[]), ["Белова А", "Яшин А", "Агеева А"]);
        let teacher = UserId::new("@teacher:x");
        assert_eq!(names("", &[teacher]), ["Агеева А", "Белова А", "Яшин А"]);
    }

    #[test]
    fn nobody_writes_to_himself() {
        assert_eq!(names_for("pupil", "", &[]), ["Яшин А", "Агеева А"]);
        assert!(names_for("pupil", "белова", &[]).is_empty());
    }

    #[test]
    fn a_name_comes_before_what_only_concerns_the_person() {
        assert_eq!(names("а", &[]), ["Белова А", "Яшин А", "Агеева А"]);
        assert_eq!(names("аг", &[]), ["Агеева А"]);
        assert_eq!(names("5а", &[]), ["Белова А", "Яшин А"]);
        assert_eq!(names("учитель", &[]), ["Агеева А"]);
    }

    #[test]
    fn somebody_is_found_however_his_name_is_written() {
        for text in ["белова", "А Белова", "belova", "<tkjdf", "белово"] {
            assert_eq!(names(text, &[]), ["Белова А"], "{text}");
        }
    }

    #[test]
    fn the_servers_directory_is_not_for_pupils() {
        let may =
            |who: &str| may_ask_the_server(&directory(who), &UserId::new(format!("@{who}:x")));
        assert!(!may("pupil"));
        assert!(may("teacher"));
        assert!(may("stranger"));
    }
}
