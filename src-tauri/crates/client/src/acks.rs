//! «Ознакомлен»: who has acknowledged a message, and reminding those who have not.

mod sheet;

use crate::Client;
use crate::error::{Error, Result};
use crate::files::SavedFile;
use crate::naming;
use parta_matrix::{Account, Download};
use parta_model::{
    AckPerson, AckReport, ChatId, Mention, Person, RemindBy, Reminded, UserId, Written,
};
use parta_store::Store;

pub use sheet::AckSheet;

/// Nobody is reminded of one message twice within this, in milliseconds.
const DAY: u64 = 24 * 3_600_000;
/// People named in one message: more of them would be a wall of names.
const NAMED_AT_ONCE: usize = 50;

impl Client {
    /// Acknowledges a message, once and for all.
    pub async fn acknowledge(&self, chat: &ChatId, event: &str) -> Result<()> {
        Ok(self.account()?.acknowledge(chat, event).await?)
    }

    /// Who has acknowledged a message and who has not: those who have not first, then by name.
    pub async fn ack_report(&self, chat: &ChatId, event: &str) -> Result<AckReport> {
        let (account, directory) = (self.account()?, self.directory().await?);
        let marks = account.ack_marks(chat, event).await?;
        let mut reminders = account.reminders(chat).await?;
        let reminded = reminders.remove(event).unwrap_or_default();
        let members = account.members(chat).await?;
        let readers = members.into_iter().filter(|member| {
            let id = &member.person.id;
            // Who is there only to run the chat is not asked to read it; if he has, that counts.
            let asked = marks.by.contains_key(id) || directory.is_asked_in(chat, id);
            !member.invited && *id != marks.author && asked
        });
        let mut people: Vec<AckPerson> = readers
            .map(|member| {
                let id = member.person.id.clone();
                let (person, badge) = directory.named(member.person);
                AckPerson {
                    person,
                    badge,
                    at: marks.by.get(&id).copied(),
                    reminded: reminded.get(id.as_str()).copied(),
                }
            })
            .collect();
        people.sort_by_cached_key(|one| (one.at.is_some(), one.person.name.to_lowercase()));
        Ok(AckReport {
            due: marks.due,
            people,
            incomplete: marks.incomplete,
        })
    }

    /// Reminds those who have not acknowledged a message; nobody twice within a day.
    pub async fn ack_remind(
        &self,
        chat: &ChatId,
        event: &str,
        people: &[UserId],
        by: RemindBy,
        text: &str,
    ) -> Result<Reminded> {
        let account = self.account()?;
        let report = self.ack_report(chat, event).await?;
        let late: Vec<&Person> = report
            .people
            .iter()
            .filter(|one| one.at.is_none() && people.contains(&one.person.id))
            .map(|one| &one.person)
            .collect();
        let ids: Vec<UserId> = late.iter().map(|person| person.id.clone()).collect();
        let now = (self.options.now)();
        let due = account.claim_reminders(chat, event, &ids, now, DAY).await?;
        let named: Vec<&Person> = late
            .into_iter()
            .filter(|person| due.contains(&person.id))
            .collect();
        let failed = match by {
            RemindBy::Mention => mention(&account, chat, event, &named, text).await,
            RemindBy::Direct => {
                self.write_to_each(&account, chat, event, &named, text)
                    .await
            }
        };
        if !failed.is_empty() {
            account.release_reminders(chat, event, &failed, now).await?;
        }
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Ok(Reminded {
            sent: count(due.len() - failed.len()),
            skipped: count(people.len().saturating_sub(due.len())),
            failed: count(failed.len()),
        })
    }

    /// Gives those who could not be reached.
    async fn write_to_each(
        &self,
        account: &Account,
        chat: &ChatId,
        event: &str,
        people: &[&Person],
        text: &str,
    ) -> Vec<UserId> {
        let ids = || people.iter().map(|person| person.id.clone()).collect();
        let Ok(link) = account.message_link(chat, event).await else {
            return ids();
        };
        let written = Written {
            text: format!("{}\n{link}", text.trim()),
            mentions: vec![],
        };
        let mut failed = Vec::new();
        for person in people {
            let sent = async {
                let direct = self.direct_chat(&person.id).await?;
                Ok::<_, Error>(account.send(&direct, &written, None, None).await?)
            };
            if let Err(error) = sent.await {
                tracing::debug!(%error, "a reminder could not be sent");
                failed.push(person.id.clone());
            }
        }
        failed
    }

    /// Saves the report as a table into the downloads folder.
    pub async fn ack_save(&self, chat: &ChatId, event: &str, sheet: AckSheet) -> Result<SavedFile> {
        let report = self.ack_report(chat, event).await?;
        let name = self.account()?.chat_name(chat).await.unwrap_or_default();
        let name = naming::chat(&*self.directory().await?, name);
        let mut times: Vec<u64> = Vec::with_capacity(report.people.len() * 2);
        for one in &report.people {
            times.extend([one.at.unwrap_or(0), one.reminded.unwrap_or(0)]);
        }
        let local = self
            .profile()?
            .store(move |store: &Store| store.local_times(&times))
            .await?;
        let table = sheet.table(&report.people, &local);
        let table = Download::Whole(table.into_bytes());
        self.save_download(table, &format!("{name}.csv")).await
    }
}

/// Names people in the chat, in an answer to the message; gives those who could not be named.
async fn mention(
    account: &Account,
    chat: &ChatId,
    event: &str,
    people: &[&Person],
    text: &str,
) -> Vec<UserId> {
    let mut failed = Vec::new();
    for some in people.chunks(NAMED_AT_ONCE) {
        if let Err(error) = account
            .send(chat, &naming(some, text), Some(event), None)
            .await
        {
            tracing::debug!(%error, "a reminder could not be sent");
            failed.extend(some.iter().map(|person| person.id.clone()));
        }
    }
    failed
}

fn naming(people: &[&Person], text: &str) -> Written {
    let names: Vec<String> = people
        .iter()
        .map(|person| format!("@{}", person.name))
        .collect();
    Written {
        text: format!("{}\n\n{}", text.trim(), names.join(", ")),
        mentions: people
            .iter()
            .map(|person| Mention {
                id: person.id.clone(),
                name: person.name.clone(),
            })
            .collect(),
    }
}
