//! The list as the window has it: receipts far below an own message decide whether that one has been read.

use super::OpenTimeline;
use matrix_sdk::ruma::UserId as MatrixUserId;
use matrix_sdk_ui::timeline::TimelineItem;
use parta_model::{Item, ItemKind, ListDiff, SendState};
use std::collections::HashSet;
use std::sync::Arc;

#[derive(Default)]
pub(super) struct Mirror {
    source: Vec<Arc<TimelineItem>>,
    shown: Vec<Item>,
}

impl Mirror {
    pub(super) async fn follow(
        &mut self,
        diffs: Vec<ListDiff<Arc<TimelineItem>>>,
        open: &Arc<OpenTimeline>,
    ) -> Vec<ListDiff<Item>> {
        let mut out = Vec::with_capacity(diffs.len() + 1);
        for diff in diffs {
            diff.clone().apply(&mut self.source);
            let mut fresh = Vec::new();
            let shape = diff.map(|item| fresh.push(item));
            let mut items = Vec::with_capacity(fresh.len());
            for item in &fresh {
                items.push(open.item(item).await);
            }
            let mut items = items.into_iter();
            let diff = shape.map(|()| items.next().expect("one item for each source"));
            diff.clone().apply(&mut self.shown);
            out.push(diff);
        }
        let read = self.read(&open.me);
        match out.as_mut_slice() {
            // The very first list goes out with its receipts, in one piece.
            [ListDiff::Reset { items }] => *items = self.shown.clone(),
            _ => out.extend(read.into_iter().map(|index| ListDiff::Set {
                index,
                item: self.shown[index].clone(),
            })),
        }
        out
    }

    /// Brings «read» up to date and says which items changed.
    fn read(&mut self, me: &MatrixUserId) -> Vec<usize> {
        let mut readers = HashSet::new();
        let mut changed = Vec::new();
        for index in (0..self.source.len().min(self.shown.len())).rev() {
            if let Some(event) = self.source[index].as_event() {
                readers.extend(event.read_receipts().keys().filter(|id| *id != me).cloned());
            }
            let ItemKind::Message { message } = &mut self.shown[index].kind else {
                continue;
            };
            if !message.own || !matches!(message.send, SendState::Sent | SendState::Read { .. }) {
                continue;
            }
            let now = match readers.len() {
                0 => SendState::Sent,
                count => SendState::Read {
                    count: count.try_into().unwrap_or(u32::MAX),
                },
            };
            if message.send != now {
                message.send = now;
                changed.push(index);
            }
        }
        changed
    }
}
