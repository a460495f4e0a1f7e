//! The history as events with the dates they pretend to have: most of it while nothing is counted, the last messages
//! of each chat afterwards, so that they can be unread.

use std::collections::HashMap;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::{Counter, Progress, Rooms, Stage, in_parallel};
use crate::api::segment;
use crate::homeserver::Homeserver;
use crate::school::{Chat, File, Mark, SERVER, School, Text, What};

/// At least so many posts of each chat are written last, in the order of time over all chats: that order is the
/// order of the chat list.
const TAIL: usize = 2;

/// The event ids of each chat's posts, as far as they are written.
pub(super) struct Written {
    pub events: Vec<Vec<String>>,
    files: HashMap<File, Attachment>,
}

struct Attachment {
    url: String,
    name: &'static str,
    mime: &'static str,
    bytes: usize,
    size: Option<(usize, usize)>,
}

pub(super) async fn history(
    homeserver: &Homeserver,
    school: &School,
    chats: &[Chat],
    marks: &[Mark],
    rooms: &Rooms,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Written> {
    let files = upload(homeserver, school, chats).await?;
    let before: Vec<usize> = chats
        .iter()
        .enumerate()
        .map(|(index, chat)| tail_start(index, chat, marks))
        .collect();
    let counter = Counter::new(Stage::History, before.iter().sum(), progress);
    // The longest first: it takes as long as all others together.
    let mut order: Vec<usize> = (0..chats.len()).collect();
    order.sort_by_key(|index| std::cmp::Reverse(before[*index]));
    let writer = Writer {
        homeserver,
        school,
        files: &files,
    };
    let written = in_parallel(order, async |index| {
        let mut events = Vec::with_capacity(chats[index].posts.len());
        for post in 0..before[index] {
            let event = writer
                .post(&chats[index], post, index, &rooms.chats[index], &events)
                .await?;
            events.push(event);
            counter.step();
        }
        Ok((index, events))
    })
    .await?;
    let mut events = vec![Vec::new(); chats.len()];
    for (index, written) in written {
        events[index] = written;
    }
    Ok(Written { events, files })
}

/// The first post that is written only once unread messages are counted.
fn tail_start(index: usize, chat: &Chat, marks: &[Mark]) -> usize {
    let unread = marks.iter().filter(|mark| mark.chat == index);
    let read = unread
        .filter_map(|mark| mark.read_until(chat))
        .map(|last| last + 1)
        .min();
    read.unwrap_or(usize::MAX)
        .min(chat.posts.len().saturating_sub(TAIL))
}

pub(super) async fn tail(
    homeserver: &Homeserver,
    school: &School,
    chats: &[Chat],
    rooms: &Rooms,
    written: &mut Written,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<()> {
    let mut left: Vec<(u64, usize, usize)> = Vec::new();
    for (index, chat) in chats.iter().enumerate() {
        left.extend(
            (written.events[index].len()..chat.posts.len())
                .map(|post| (chat.posts[post].at, index, post)),
        );
    }
    left.sort_unstable();
    let counter = Counter::new(Stage::Unread, left.len(), progress);
    let Written { events, files } = written;
    let writer = Writer {
        homeserver,
        school,
        files,
    };
    for (_, index, post) in left {
        let event = writer
            .post(
                &chats[index],
                post,
                index,
                &rooms.chats[index],
                &events[index],
            )
            .await?;
        events[index].push(event);
        counter.step();
    }
    Ok(())
}

async fn upload(
    homeserver: &Homeserver,
    school: &School,
    chats: &[Chat],
) -> Result<HashMap<File, Attachment>> {
    let used = |file: &File| {
        let mut posts = chats.iter().flat_map(|chat| &chat.posts);
        posts.any(
            |post| matches!(&post.what, What::Attach { file: attached, .. } if attached == file),
        )
    };
    let mut files = HashMap::new();
    let teacher = homeserver.acting_as(&school.people[school.teacher()].login);
    for file in File::ALL.into_iter().filter(used) {
        let made = file.make();
        let bytes = made.bytes.len();
        let url = teacher.upload(made.name, made.mime, made.bytes).await?;
        files.insert(
            file,
            Attachment {
                url,
                name: made.name,
                mime: made.mime,
                bytes,
                size: made.size,
            },
        );
    }
    Ok(files)
}

struct Writer<'a> {
    homeserver: &'a Homeserver,
    school: &'a School,
    files: &'a HashMap<File, Attachment>,
}

impl Writer<'_> {
    /// Writes one post; `events` are those of the posts before it.
    async fn post(
        &self,
        chat: &Chat,
        index: usize,
        chat_index: usize,
        room: &str,
        events: &[String],
    ) -> Result<String> {
        let post = &chat.posts[index];
        let (kind, content) = match &post.what {
            What::Say { text, reply } => {
                let mut content = self.text(text);
                if let Some(of) = reply {
                    content["m.relates_to"] = json!({"m.in_reply_to": {"event_id": events[*of]}});
                    self.mention(&mut content, chat.posts[*of].sender, post.sender);
                }
                ("m.room.message", content)
            }
            What::Attach { file, caption } => ("m.room.message", self.attachment(*file, caption)?),
            What::Edit { of, text } => {
                let new = self.text(text);
                let mut content = new.clone();
                content["body"] = format!("* {}", text.body).into();
                content["m.new_content"] = new;
                content["m.relates_to"] = json!({"rel_type": "m.replace", "event_id": events[*of]});
                ("m.room.message", content)
            }
            What::React { to, emoji } => {
                let relation =
                    json!({"rel_type": "m.annotation", "event_id": events[*to], "key": emoji});
                ("m.reaction", json!({"m.relates_to": relation}))
            }
            What::Delete { of } => ("m.room.redaction", json!({"redacts": events[*of]})),
        };
        let sender = self
            .homeserver
            .acting_as(&self.school.people[post.sender].login);
        let path = format!(
            "/_matrix/client/v3/rooms/{}/send/{kind}/seed-{chat_index}-{index}?ts={}",
            segment(room),
            post.at
        );
        let answer = sender.put(&path, content).await?;
        let event = answer["event_id"]
            .as_str()
            .context("no event id in the answer")?
            .to_owned();
        if chat.pinned.contains(&index) {
            self.pin(chat, index, room, events, &event).await?;
        }
        Ok(event)
    }

    /// Pins a post right after it was written, with those pinned before it.
    async fn pin(
        &self,
        chat: &Chat,
        index: usize,
        room: &str,
        events: &[String],
        event: &str,
    ) -> Result<()> {
        let earlier = chat.pinned.iter().filter(|pinned| **pinned < index);
        let mut pinned: Vec<&str> = earlier.map(|pinned| events[*pinned].as_str()).collect();
        pinned.push(event);
        let at = chat.posts[index].at + 1_000;
        let path = format!(
            "/_matrix/client/v3/rooms/{}/state/m.room.pinned_events?ts={at}",
            segment(room)
        );
        let sender = &self.school.people[chat.posts[index].sender].login;
        self.homeserver
            .acting_as(sender)
            .put(&path, json!({"pinned": pinned}))
            .await?;
        Ok(())
    }

    fn text(&self, text: &Text) -> Value {
        let mut content = json!({"msgtype": "m.text", "body": text.body});
        if let Some(html) = &text.html {
            content["format"] = "org.matrix.custom.html".into();
            content["formatted_body"] = html.replace(SERVER, self.homeserver.server_name()).into();
        }
        let mut mentions = json!({});
        if !text.mentions.is_empty() {
            mentions["user_ids"] = text
                .mentions
                .iter()
                .map(|person| self.user(*person))
                .collect::<Vec<_>>()
                .into();
        }
        if text.room {
            mentions["room"] = true.into();
        }
        content["m.mentions"] = mentions;
        content
    }

    /// An answer mentions whom it answers.
    fn mention(&self, content: &mut Value, person: usize, sender: usize) {
        if person == sender {
            return;
        }
        let user = Value::from(self.user(person));
        let mentions = &mut content["m.mentions"]["user_ids"];
        match mentions.as_array_mut() {
            Some(list) if list.contains(&user) => {}
            Some(list) => list.push(user),
            None => *mentions = json!([user]),
        }
    }

    fn attachment(&self, file: File, caption: &Text) -> Result<Value> {
        let file = self.files.get(&file).context("every file was uploaded")?;
        let mut info = json!({"mimetype": file.mime, "size": file.bytes});
        if let Some((width, height)) = file.size {
            info["w"] = width.into();
            info["h"] = height.into();
        }
        Ok(json!({
            "msgtype": if file.size.is_some() { "m.image" } else { "m.file" },
            "body": caption.body,
            "filename": file.name,
            "url": file.url,
            "info": info,
            "m.mentions": {},
        }))
    }

    fn user(&self, person: usize) -> String {
        self.homeserver.user_id(&self.school.people[person].login)
    }
}
