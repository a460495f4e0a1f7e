//! Polls: asked, answered, closed.

use crate::account::Account;
use crate::error::{Error, Result};
use matrix_sdk::ruma::events::AnyMessageLikeEventContent;
use matrix_sdk::ruma::events::poll::start::PollKind;
use matrix_sdk::ruma::events::poll::unstable_end::UnstablePollEndEventContent;
use matrix_sdk::ruma::events::poll::unstable_response::UnstablePollResponseEventContent;
use matrix_sdk::ruma::events::poll::unstable_start::{
    NewUnstablePollStartEventContent, UnstablePollAnswer, UnstablePollAnswers,
    UnstablePollStartContentBlock, UnstablePollStartEventContent,
};
use matrix_sdk::ruma::{OwnedEventId, UInt, UserId};
use matrix_sdk_ui::timeline::PollState;
use parta_model::{ChatId, NewPoll, Poll, PollAnswer};
use std::collections::HashSet;

/// What Matrix allows in one poll.
const MOST_ANSWERS: usize = 20;
const MOST_BYTES: usize = 20_000;

impl Account {
    pub async fn send_poll(&self, chat: &ChatId, poll: &NewPoll) -> Result<()> {
        let question = poll.question.trim();
        let answers: Vec<&str> = poll
            .answers
            .iter()
            .map(|answer| answer.trim())
            .filter(|answer| !answer.is_empty())
            .collect();
        if question.is_empty() || answers.len() < 2 || answers.len() > MOST_ANSWERS {
            return Err(Error::NotAllowed);
        }
        if question.len() + answers.iter().map(|answer| answer.len()).sum::<usize>() > MOST_BYTES {
            return Err(Error::TooLong);
        }
        let fallback = answers
            .iter()
            .enumerate()
            .fold(question.to_owned(), |text, (n, answer)| {
                format!("{text}\n{}. {answer}", n + 1)
            });
        let answers: Vec<UnstablePollAnswer> = answers
            .iter()
            .enumerate()
            .map(|(n, answer)| UnstablePollAnswer::new((n + 1).to_string(), *answer))
            .collect();
        let most = if poll.multiple { answers.len() } else { 1 };
        let answers = UnstablePollAnswers::try_from(answers)
            .map_err(|_| Error::Internal("a poll without answers"))?;
        let mut block = UnstablePollStartContentBlock::new(question, answers);
        block.max_selections = UInt::try_from(most).unwrap_or(UInt::from(1u32));
        block.kind = if poll.disclosed {
            PollKind::Disclosed
        } else {
            PollKind::Undisclosed
        };
        let content = NewUnstablePollStartEventContent::plain_text(fallback, block);
        self.queue(
            chat,
            AnyMessageLikeEventContent::UnstablePollStart(UnstablePollStartEventContent::New(
                content,
            )),
        )
        .await
    }

    /// Replaces the person's vote; no answers take it back.
    pub async fn vote(&self, chat: &ChatId, event: &str, answers: &[String]) -> Result<()> {
        let poll = OwnedEventId::try_from(event).map_err(|_| Error::NoSuchItem)?;
        let content = UnstablePollResponseEventContent::new(answers.to_vec(), poll);
        self.queue(
            chat,
            AnyMessageLikeEventContent::UnstablePollResponse(content),
        )
        .await
    }

    pub async fn end_poll(&self, chat: &ChatId, event: &str) -> Result<()> {
        let poll = OwnedEventId::try_from(event).map_err(|_| Error::NoSuchItem)?;
        let content = UnstablePollEndEventContent::new("Опрос завершён", poll);
        self.queue(chat, AnyMessageLikeEventContent::UnstablePollEnd(content))
            .await
    }

    async fn queue(&self, chat: &ChatId, content: AnyMessageLikeEventContent) -> Result<()> {
        let queued = self.room(chat)?.send_queue().send(content).await;
        queued.map(drop).map_err(|_| Error::NotAllowed)
    }
}

/// A poll as `me` may see it.
pub(crate) fn poll(state: &PollState, me: &UserId) -> Poll {
    let results = state.results();
    let disclosed = results.kind == PollKind::Disclosed;
    let ended = results.end_time.is_some();
    let voters: HashSet<&String> = results.votes.values().flatten().collect();
    let most = u32::try_from(results.max_selections).unwrap_or(u32::MAX);
    let mut seen = HashSet::new();
    let answers = results
        .answers
        .iter()
        // Two answers of one name can't be told apart, neither by who votes nor by who counts.
        .filter(|answer| seen.insert(&answer.id))
        .map(|answer| {
            let votes = results.votes.get(&answer.id).map_or(&[][..], Vec::as_slice);
            PollAnswer {
                id: answer.id.clone(),
                text: answer.text.clone(),
                votes: (disclosed || ended).then(|| u32::try_from(votes.len()).unwrap_or(u32::MAX)),
                own: votes.iter().any(|voter| voter == me.as_str()),
            }
        })
        .collect();
    Poll {
        question: results.question.clone(),
        answers,
        most: most.max(1),
        disclosed,
        ended,
        voters: u32::try_from(voters.len()).unwrap_or(u32::MAX),
    }
}
