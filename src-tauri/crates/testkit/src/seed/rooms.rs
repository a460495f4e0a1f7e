//! The accounts, the organisation's rooms with their power levels and members, and the plan's events in them.

use anyhow::{Context, Result};
use parta_model::plan::{ChatWish, PlanContent, room_type};
use serde_json::{Value, json};

use super::{Counter, Progress, Rooms, Stage, in_parallel};
use crate::api::{Caller, segment};
use crate::homeserver::Homeserver;
use crate::school::{Chat, Place, STEWARD, School};

const ADMINISTRATOR: i64 = 90;
const TEACHER: i64 = 50;

/// Creates every room, lets its members in, closes it and writes the plan.
pub(super) async fn create(
    homeserver: &Homeserver,
    school: &School,
    chats: &[Chat],
    now: u64,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Rooms> {
    let builder = Builder {
        homeserver,
        school,
        steward: homeserver.acting_as(STEWARD),
        server: homeserver.server_name(),
    };
    let total = 4 + school.classes.len() + chats.len();
    let counter = Counter::new(Stage::Rooms, total, progress);
    let everyone: Vec<usize> = (0..school.people.len()).collect();
    let (staff, office) = (school.staff(), school.administrators());

    let organisation = builder
        .quiet(
            school.name,
            room_type::ORGANISATION,
            "invite",
            None,
            &everyone,
        )
        .await?;
    counter.step();
    let quiet = [
        ("Учительская", room_type::STAFF, "invite", staff.as_slice()),
        ("Канцелярия", room_type::OFFICE, "invite", office.as_slice()),
        ("Приёмная", room_type::RECEPTION, "knock", office.as_slice()),
    ];
    let parent = Some(organisation.as_str());
    let quiet = in_parallel(quiet, async |(name, kind, rule, members)| {
        let room = builder.quiet(name, kind, rule, parent, members).await?;
        counter.step();
        Ok(room)
    })
    .await?;
    let classes = in_parallel(&school.classes, async |class| {
        let runs = school.administrators();
        let mut members = [
            class.teachers.as_slice(),
            &class.pupils,
            &class.parents,
            &runs,
        ]
        .concat();
        members.sort_unstable();
        members.dedup();
        let room = builder
            .quiet(&class.title(), room_type::CLASS, "invite", parent, &members)
            .await?;
        counter.step();
        Ok(room)
    })
    .await?;
    let rooms_of_chats = in_parallel(chats, async |chat| {
        let room = match &chat.place {
            Place::Class { class, .. } => builder.chat(chat, &classes[*class]).await?,
            Place::Organisation(_) => builder.chat(chat, &organisation).await?,
            Place::Direct { encrypted } => builder.direct(chat, *encrypted).await?,
        };
        counter.step();
        Ok(room)
    })
    .await?;
    builder.remember_direct(chats, &rooms_of_chats).await?;
    let [staff, office, reception] = <[String; 3]>::try_from(quiet)
        .ok()
        .context("there are three quiet rooms")?;
    let rooms = Rooms {
        organisation,
        staff,
        office,
        reception,
        classes,
        chats: rooms_of_chats,
        now,
    };
    builder.plan(&rooms, chats, now).await?;
    Ok(rooms)
}

pub(super) struct Builder<'a> {
    homeserver: &'a Homeserver,
    pub school: &'a School,
    steward: Caller,
    pub server: &'a str,
}

impl Builder<'_> {
    /// A room without messages, where only administrators may do anything.
    async fn quiet(
        &self,
        name: &str,
        kind: &str,
        rule: &str,
        parent: Option<&str>,
        members: &[usize],
    ) -> Result<String> {
        let mut powers = self.powers(&[]);
        for key in [
            "events_default",
            "state_default",
            "redact",
            "kick",
            "ban",
            "invite",
        ] {
            powers[key] = ADMINISTRATOR.into();
        }
        let body = json!({
            "name": name,
            "creation_content": {"type": kind},
            "power_level_content_override": powers,
        });
        self.room(
            body,
            rule,
            parent.filter(|_| kind == room_type::CLASS),
            members,
        )
        .await
    }

    async fn chat(&self, chat: &Chat, parent: &str) -> Result<String> {
        let teachers: Vec<usize> = match &chat.place {
            Place::Class {
                class,
                wish: ChatWish::Parents,
            } => vec![self.school.classes[*class].homeroom],
            Place::Class { class, .. } => self.school.classes[*class].teachers.clone(),
            // The channel has an editor who is no administrator.
            Place::Organisation(ChatWish::News) => vec![self.school.pedagogue()],
            _ => Vec::new(),
        };
        let mut powers = self.powers(&teachers);
        powers["invite"] = TEACHER.into();
        if chat.is_channel() {
            powers["events_default"] = TEACHER.into();
            // Everybody may react, and take it back.
            powers["events"]["m.reaction"] = 0.into();
            powers["events"]["m.room.redaction"] = 0.into();
        }
        let mut body = json!({"name": chat.name, "power_level_content_override": powers});
        if let Some(topic) = &chat.topic {
            body["topic"] = topic.as_str().into();
        }
        self.room(body, "invite", Some(parent), &chat.members).await
    }

    /// The steward created the room, so he stands above every level and must not be listed.
    fn powers(&self, teachers: &[usize]) -> Value {
        let mut users = json!({});
        for teacher in teachers {
            users[self.user(*teacher)] = TEACHER.into();
        }
        for administrator in self.school.administrators() {
            users[self.user(administrator)] = ADMINISTRATOR.into();
        }
        json!({
            "users": users,
            "users_default": 0,
            "events_default": 0,
            "state_default": TEACHER,
            "redact": TEACHER,
            "kick": TEACHER,
            "ban": TEACHER,
            "notifications": {"room": TEACHER},
            "events": {
                "m.room.power_levels": ADMINISTRATOR,
                "m.room.history_visibility": ADMINISTRATOR,
                "m.room.join_rules": ADMINISTRATOR,
                "m.room.encryption": ADMINISTRATOR,
                "m.room.server_acl": ADMINISTRATOR,
                "m.room.tombstone": 100,
            },
        })
    }

    /// Members come while the door is open: a join costs a third of an invitation with its answer.
    async fn room(
        &self,
        mut body: Value,
        rule: &str,
        parent: Option<&str>,
        members: &[usize],
    ) -> Result<String> {
        let mut state = vec![
            json!({"type": "m.room.join_rules", "content": {"join_rule": "public"}}),
            json!({"type": "m.room.guest_access", "content": {"guest_access": "forbidden"}}),
        ];
        if let Some(parent) = parent {
            let content = json!({"canonical": true, "via": [self.server]});
            state.push(json!({"type": "m.space.parent", "state_key": parent, "content": content}));
        }
        body["preset"] = "private_chat".into();
        body["initial_state"] = state.into();
        let answer = self
            .steward
            .post("/_matrix/client/v3/createRoom", body)
            .await?;
        let room = answer["room_id"]
            .as_str()
            .context("no room id in the answer")?
            .to_owned();
        for member in members {
            self.join(*member, &room).await?;
        }
        self.state(&room, "m.room.join_rules", "", json!({"join_rule": rule}))
            .await?;
        if let Some(parent) = parent {
            self.state(
                parent,
                "m.space.child",
                &room,
                json!({"via": [self.server]}),
            )
            .await?;
        }
        Ok(room)
    }

    async fn direct(&self, chat: &Chat, encrypted: bool) -> Result<String> {
        let (one, other) = (chat.members[0], chat.members[1]);
        let mut body = json!({"preset": "trusted_private_chat", "is_direct": true, "invite": [self.user(other)]});
        if encrypted {
            let content = json!({"algorithm": "m.megolm.v1.aes-sha2"});
            body["initial_state"] =
                json!([{"type": "m.room.encryption", "state_key": "", "content": content}]);
        }
        let answer = self
            .acting(one)
            .post("/_matrix/client/v3/createRoom", body)
            .await?;
        let room = answer["room_id"]
            .as_str()
            .context("no room id in the answer")?
            .to_owned();
        self.join(other, &room).await?;
        Ok(room)
    }

    /// `m.direct` of everybody who has direct chats.
    async fn remember_direct(&self, chats: &[Chat], rooms: &[String]) -> Result<()> {
        for index in 0..self.school.people.len() {
            let mut direct = json!({});
            for (chat, room) in chats.iter().zip(rooms) {
                if !matches!(chat.place, Place::Direct { .. }) || !chat.members.contains(&index) {
                    continue;
                }
                for other in chat.members.iter().filter(|member| **member != index) {
                    let list = &mut direct[self.user(*other)];
                    if list.is_null() {
                        *list = json!([]);
                    }
                    list.as_array_mut()
                        .expect("it was just made a list")
                        .push(room.as_str().into());
                }
            }
            if direct.as_object().is_some_and(|map| !map.is_empty()) {
                let user = segment(&self.user(index));
                let path = format!("/_matrix/client/v3/user/{user}/account_data/m.direct");
                self.acting(index).put(&path, direct).await?;
            }
        }
        Ok(())
    }

    pub async fn put<T: PlanContent>(&self, room: &str, key: &str, content: &T) -> Result<String> {
        self.state(room, T::TYPE, key, content.write()).await
    }

    async fn state(&self, room: &str, kind: &str, key: &str, content: Value) -> Result<String> {
        let path = format!(
            "/_matrix/client/v3/rooms/{}/state/{}/{}",
            segment(room),
            segment(kind),
            segment(key)
        );
        let answer = self.steward.put(&path, content).await?;
        Ok(answer["event_id"].as_str().unwrap_or_default().to_owned())
    }

    async fn join(&self, member: usize, room: &str) -> Result<()> {
        let path = format!("/_matrix/client/v3/join/{}", segment(room));
        self.acting(member).post(&path, json!({})).await?;
        Ok(())
    }

    fn acting(&self, person: usize) -> Caller {
        self.homeserver.acting_as(&self.school.people[person].login)
    }

    fn user(&self, person: usize) -> String {
        self.homeserver.user_id(&self.school.people[person].login)
    }
}
