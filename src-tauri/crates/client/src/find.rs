//! Finding people as one types: by whatever one remembers of them, and however it is written.

use crate::Client;
use crate::error::{Error, Result};
use parta_matrix::Account;
use parta_model::contacts::{Class, Contact, Contacts, Query};
use parta_model::{BadgeRole, ChatId, Directory, Found, Link, Person, PersonStatus, UserId};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use tokio::sync::Mutex;

/// Fewer letters find half of a server.
const SERVER_LETTERS: usize = 3;

/// Everybody who can be found, kept until one of those it was made of changes: words are typed faster than that.
#[derive(Default)]
pub(crate) struct Finder(Mutex<Option<(Sources, Arc<People>)>>);

impl Finder {
    /// Forgets everybody, before another account.
    pub(crate) async fn forget(&self) {
        *self.0.lock().await = None;
    }
}

/// What the people who can be found are made of.
struct Sources {
    directory: Arc<Directory>,
    known: Arc<HashMap<UserId, Person>>,
    recent: Vec<UserId>,
}

impl Sources {
    fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.directory, &other.directory)
            && Arc::ptr_eq(&self.known, &other.known)
            && self.recent == other.recent
    }
}

/// People with an index of their words.
struct People {
    found: HashMap<UserId, Found>,
    contacts: Contacts,
}

impl People {
    fn new(people: Vec<Found>, recent: &[UserId], directory: &Directory) -> Self {
        let own = directory.own_classes();
        let place: HashMap<&UserId, u32> = recent.iter().zip(0..).collect();
        let contact = |found: &Found| Contact {
            own_class: own.contains(&found.person.id),
            recent: place.get(&found.person.id).copied(),
            ..contact(found)
        };
        Self {
            contacts: Contacts::new(people.iter().map(contact).collect()),
            found: people
                .into_iter()
                .map(|found| (found.person.id.clone(), found))
                .collect(),
        }
    }

    /// The best first.
    fn find(&self, text: &str, most: usize) -> Vec<Found> {
        let query = Query {
            text: text.to_owned(),
            most,
            ..Query::default()
        };
        let hits = self.contacts.find(&query).hits.into_iter();
        hits.filter_map(|hit| self.found.get(&hit.contact.id).cloned())
            .collect()
    }
}

fn contact(found: &Found) -> Contact {
    let badge = found.badge.as_ref();
    // The plan's names have the family name first; what people call themselves is read in the same way.
    let mut words = found.person.name.split_whitespace().map(str::to_owned);
    let (family, given) = (words.next(), words.next());
    let rest: Vec<String> = words.collect();
    let class = |label: &String| Class {
        id: label.clone(),
        label: label.clone(),
        stage: None,
    };
    Contact {
        id: found.person.id.clone(),
        organisation: ChatId::new(""),
        family: family.unwrap_or_default(),
        given: given.unwrap_or_default(),
        patronymic: (!rest.is_empty()).then(|| rest.join(" ")),
        role: badge.map_or(BadgeRole::Other, |badge| badge.role),
        position: badge.and_then(|badge| badge.position.clone()),
        subjects: badge
            .map(|badge| badge.subjects.clone())
            .unwrap_or_default(),
        classes: badge
            .into_iter()
            .flat_map(|badge| &badge.classes)
            .map(class)
            .collect(),
        status: PersonStatus::Active,
        own_class: false,
        recent: None,
    }
}

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
        let people = match chat {
            Some(chat) => {
                let members = self.members_of(chat).await?;
                let others = members.into_iter().filter(|member| !member.me);
                let others = others.map(|member| Found {
                    person: member.person,
                    badge: member.badge,
                });
                Arc::new(People::new(
                    others.collect(),
                    &account.recent_people(),
                    &directory,
                ))
            }
            None => self.everybody(&account, &directory).await?,
        };
        let mut found = people.find(text, most as usize);
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

    /// Everybody whom the organisations or common chats tell of.
    async fn everybody(
        &self,
        account: &Account,
        directory: &Arc<Directory>,
    ) -> Result<Arc<People>> {
        let sources = Sources {
            directory: directory.clone(),
            known: account.known_people().await,
            recent: account.recent_people(),
        };
        let mut kept = self.finder.0.lock().await;
        if let Some((made_of, people)) = kept.as_ref()
            && made_of.is(&sources)
        {
            return Ok(people.clone());
        }
        let me = me(account);
        // A school of thousands takes its time, and others wait for this thread.
        let made = tokio::task::spawn_blocking(move || {
            let people = everybody(&sources.known, &sources.directory, &me);
            let people = People::new(people, &sources.recent, &sources.directory);
            (sources, Arc::new(people))
        });
        let made = made
            .await
            .map_err(|_| Error::Internal("people could not be put in order"))?;
        Ok(kept.insert(made).1.clone())
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

fn everybody(known: &HashMap<UserId, Person>, directory: &Directory, me: &UserId) -> Vec<Found> {
    let mut people: HashMap<UserId, Person> = known.clone();
    for (id, badge) in directory.people() {
        people.entry(id.clone()).or_insert_with(|| Person {
            id: id.clone(),
            name: badge.name.clone(),
            avatar: None,
            mark: Default::default(),
        });
    }
    people.remove(me);
    people.retain(|id, _| !directory.is_service(id));
    people
        .into_values()
        .map(|person| named(directory, person))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use parta_model::{ChatId, PlanEvent, PlanSource};
    use serde_json::{Value, json};

    fn directory(me: &str) -> Directory {
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
        let directory = directory("pupil");
        let people = directory.people().into_iter().map(|(id, badge)| Found {
            person: Person {
                id: id.clone(),
                name: badge.name.clone(),
                avatar: None,
                mark: Default::default(),
            },
            badge: Some(badge.clone()),
        });
        let people = People::new(people.collect(), recent, &directory);
        let found = people.find(text, 10);
        found.into_iter().map(|found| found.person.name).collect()
    }

    #[test]
    fn without_a_text_those_talked_to_come_first_and_then_the_own_class() {
        assert_eq!(names("", &[]), ["Белова А", "Яшин А", "Агеева А"]);
        let teacher = UserId::new("@teacher:x");
        assert_eq!(names("", &[teacher]), ["Агеева А", "Белова А", "Яшин А"]);
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
