//! Finding people as one types.

use crate::Client;
use crate::error::Result;
use parta_matrix::Account;
use parta_model::{BadgeRole, ChatId, Directory, Fit, Found, Link, Person, UserId, Wanted};
use std::collections::{HashMap, HashSet};

/// Fewer letters find half of a server.
const SERVER_LETTERS: usize = 3;

/// Where somebody stands among those who fit.
type Place = (Option<Fit>, usize, bool, String);

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
        let wanted = Wanted::new(text);
        let people: Vec<Found> = match chat {
            Some(chat) => {
                let members = self.members_of(chat).await?;
                let others = members.into_iter().filter(|member| !member.me);
                others
                    .map(|member| Found {
                        person: member.person,
                        badge: member.badge,
                    })
                    .collect()
            }
            None => everybody(&account, &directory).await,
        };
        let mut found = ranked(people, &wanted, &account.recent_people(), &directory);
        found.truncate(most as usize);
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

async fn everybody(account: &Account, directory: &Directory) -> Vec<Found> {
    let known = account.known_people().await;
    let mut people: HashMap<UserId, Person> = HashMap::clone(&known);
    for (id, badge) in directory.people() {
        people.entry(id.clone()).or_insert_with(|| Person {
            id: id.clone(),
            name: badge.name.clone(),
            avatar: None,
            mark: Default::default(),
        });
    }
    people.remove(&me(account));
    people.retain(|id, _| !directory.is_service(id));
    people
        .into_values()
        .map(|person| named(directory, person))
        .collect()
}

fn ranked(
    people: Vec<Found>,
    wanted: &Wanted,
    recent: &[UserId],
    directory: &Directory,
) -> Vec<Found> {
    let own = directory.own_classes();
    let mut ranked: Vec<(Place, Found)> = people
        .into_iter()
        .filter_map(|found| {
            let fit = wanted.fit(&found.person.name, found.badge.as_ref())?;
            let talked = recent.iter().position(|id| *id == found.person.id);
            let place = (
                (!wanted.is_empty()).then_some(fit),
                talked.unwrap_or(usize::MAX),
                !own.contains(&found.person.id),
                found.person.name.to_lowercase(),
            );
            Some((place, found))
        })
        .collect();
    ranked.sort_by(|(a, _), (b, _)| a.cmp(b));
    ranked.into_iter().map(|(_, found)| found).collect()
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
        let found = ranked(people.collect(), &Wanted::new(text), recent, &directory);
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
        assert_eq!(names("а", &[]), ["Агеева А", "Белова А", "Яшин А"]);
        assert_eq!(names("5а", &[]), ["Белова А", "Яшин А"]);
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
