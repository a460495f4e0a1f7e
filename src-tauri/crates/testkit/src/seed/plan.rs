//! Writing the plan of the seeded school into its rooms.

use anyhow::Result;
use parta_model::ChatId;
use parta_model::plan::{
    Chat as ChatPlan, Other, People, class_space_key, people_key, split_people,
};

use super::rooms::Builder;
use super::{ROOMS_BEFORE, Rooms};
use crate::school::{self, Chat, Key, Place};

impl Builder<'_> {
    pub async fn plan(&self, rooms: &Rooms, chats: &[Chat], now: u64) -> Result<()> {
        let org = rooms.organisation.as_str();
        let since = now - ROOMS_BEFORE.as_millis() as u64;
        // A school year begins in September, so eight months earlier is in the calendar year that names it.
        let school_year = 1970 + (now / 1_000 - 243 * 86_400) as i64 / 31_556_952;
        let quiet = school::plan_rooms(&rooms.staff, &rooms.office, &rooms.reception);
        self.put(org, "", &self.school.org(school_year, quiet))
            .await?;
        self.put(org, "", &self.school.policy()).await?;
        for (class, room) in self.school.classes.iter().zip(&rooms.classes) {
            self.put(org, &class.id, &self.school.class_plan(class, self.server))
                .await?;
            self.put(org, &class_space_key(&class.id), &chat_plan(room))
                .await?;
        }
        for (chat, room) in chats.iter().zip(&rooms.chats) {
            match &chat.place {
                Place::Organisation(wish) => self.put(org, wish.as_str(), &chat_plan(room)).await?,
                Place::Class { class, wish } => {
                    self.put(&rooms.classes[*class], wish.as_str(), &chat_plan(room))
                        .await?
                }
                Place::Direct { .. } => continue,
            };
        }
        self.people(&[&rooms.staff, org], "staff", Key::Staff, since)
            .await?;
        for (index, class) in self.school.classes.iter().enumerate() {
            self.people(
                &[&rooms.staff, &rooms.classes[index]],
                &class.id,
                Key::Class(index),
                since,
            )
            .await?;
        }
        for awaited in &self.school.awaited {
            self.put(&rooms.office, &awaited.id, &self.school.roster(awaited))
                .await?;
        }
        self.put(&rooms.office, "", &school::lease(self.server, since))
            .await?;
        Ok(())
    }

    /// One list of people in several rooms, the staff's first. The first class's list has a second version: somebody came later.
    async fn people(&self, rooms: &[&str], list: &str, key: Key, since: u64) -> Result<()> {
        for (copy, room) in rooms.iter().enumerate() {
            let mut all = self.school.members(key, self.server, since);
            if copy > 0 {
                // As the reconciler copies it: who has children in other classes is for the staff alone.
                let here: Vec<String> = all.iter().map(|member| member.id.clone()).collect();
                for member in &mut all {
                    member.children.retain(|child| here.contains(child));
                }
            }
            let parts = split_people(all);
            for (index, part) in parts.iter().enumerate() {
                let state_key = people_key(list, index);
                let mut people = People {
                    people: part.clone(),
                    base: None,
                    other: Other::new(),
                };
                if key == Key::Class(0) {
                    let last = people.people.pop();
                    people.base = Some(self.put(room, &state_key, &people).await?);
                    people.people.extend(last);
                }
                self.put(room, &state_key, &people).await?;
            }
        }
        Ok(())
    }
}

fn chat_plan(room: &str) -> ChatPlan {
    ChatPlan {
        room_id: ChatId::new(room),
        base: None,
        other: Other::new(),
    }
}
