//! How the chats stand with each person in the end: muted, read, or read up to a point.

use anyhow::Result;
use serde_json::json;

use super::fill::Written;
use super::{Counter, Progress, Rooms, Stage, in_parallel};
use crate::api::segment;
use crate::homeserver::Homeserver;
use crate::school::{Chat, Mark, School};

/// Of a large chat, so many have read the last message: enough for «read by», without a thousand receipts.
const READERS: usize = 40;

pub(super) async fn mute(
    homeserver: &Homeserver,
    school: &School,
    marks: &[Mark],
    rooms: &Rooms,
) -> Result<()> {
    for mark in marks.iter().filter(|mark| mark.muted) {
        let path = format!(
            "/_matrix/client/v3/pushrules/global/room/{}",
            segment(&rooms.chats[mark.chat])
        );
        homeserver
            .acting_as(&school.people[mark.person].login)
            .put(&path, json!({"actions": []}))
            .await?;
    }
    Ok(())
}

pub(super) async fn read(
    homeserver: &Homeserver,
    school: &School,
    chats: &[Chat],
    marks: &[Mark],
    rooms: &Rooms,
    written: &Written,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<()> {
    let known = [
        school.deputy(),
        school.teacher(),
        school.parent(),
        school.pupil(),
    ];
    let mut readers: Vec<Vec<usize>> = Vec::new();
    for chat in chats {
        let mut people: Vec<usize> = known
            .into_iter()
            .filter(|person| chat.members.contains(person))
            .collect();
        // The others have read it but for every seventh.
        let others = chat
            .members
            .iter()
            .copied()
            .filter(|person| !known.contains(person) && person % 7 != 0);
        people.extend(others.take(READERS));
        readers.push(if chat.posts.is_empty() {
            Vec::new()
        } else {
            people
        });
    }
    let counter = Counter::new(Stage::Unread, readers.iter().map(Vec::len).sum(), progress);
    in_parallel(0..chats.len(), async |index| {
        for person in &readers[index] {
            let mark = marks
                .iter()
                .find(|mark| mark.chat == index && mark.person == *person);
            let last = match mark {
                Some(mark) => mark.read_until(&chats[index]),
                None => chats[index]
                    .posts
                    .iter()
                    .rposition(|post| post.what.is_message()),
            };
            if let Some(last) = last {
                let event = &written.events[index][last];
                let path = format!(
                    "/_matrix/client/v3/rooms/{}/read_markers",
                    segment(&rooms.chats[index])
                );
                let body = json!({"m.fully_read": event, "m.read": event});
                homeserver
                    .acting_as(&school.people[*person].login)
                    .post(&path, body)
                    .await?;
            }
            counter.step();
        }
        Ok(())
    })
    .await?;
    Ok(())
}
