//! The list as the window has it: receipts far below an own message decide whether that one has been read.

use super::OpenTimeline;
use super::line::{Line, Unread};
use matrix_sdk::ruma::UserId as MatrixUserId;
use matrix_sdk_ui::timeline::{TimelineItem, TimelineItemKind, VirtualTimelineItem};
use parta_model::{Item, ItemKind, ListDiff, MessageId, SendState};
use std::collections::HashSet;
use std::sync::{Arc, PoisonError};

pub(super) struct Mirror {
    source: Vec<Arc<TimelineItem>>,
    shown: Vec<Item>,
    line: Line<Item>,
}

impl Default for Mirror {
    fn default() -> Self {
        Self {
            source: Vec::new(),
            shown: Vec::new(),
            line: Line::new(Item {
                id: MessageId::new("unread"),
                kind: ItemKind::Unread,
            }),
        }
    }
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
        let place = self.first_unread(open);
        self.line.follow(out, place)
    }

    /// Before which item the line «new messages» stands.
    fn first_unread(&self, open: &OpenTimeline) -> Option<usize> {
        if !open.when_opened().any {
            return None;
        }
        let last_read = open.last_read(&self.source)?;
        let of_another = |item: &Item| match &item.kind {
            ItemKind::Message { message } => !message.own,
            _ => false,
        };
        let unread = self.shown.iter().skip(last_read + 1);
        Some(last_read + 1 + unread.into_iter().position(of_another)?)
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

impl OpenTimeline {
    pub(super) fn when_opened(&self) -> Unread {
        let unread = self.unread.lock().unwrap_or_else(PoisonError::into_inner);
        unread.clone()
    }

    /// The item that the person had read last, where it is among these; without a receipt the SDK's line tells.
    pub(super) fn last_read(&self, items: &[Arc<TimelineItem>]) -> Option<usize> {
        let read = self.when_opened().read;
        let event = |item: &TimelineItem| {
            let id = item.as_event().and_then(|event| event.event_id());
            read.is_some() && id == read.as_deref()
        };
        let line = |item: &TimelineItem| {
            matches!(
                item.kind(),
                TimelineItemKind::Virtual(VirtualTimelineItem::ReadMarker)
            )
        };
        let last = items.iter().rposition(|item| event(item));
        last.or_else(|| items.iter().rposition(|item| line(item)))
    }
}
