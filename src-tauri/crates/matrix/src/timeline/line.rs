//! The line «new messages»: it stands before the first message of somebody else after what the person had read when he
//! opened the chat. The SDK puts one after that event when it comes and does not take it back for what comes between
//! later, as where a page of history brings both.

use matrix_sdk::Room;
use matrix_sdk::ruma::OwnedEventId;
use matrix_sdk::ruma::events::receipt::{ReceiptThread, ReceiptType};
use parta_model::ListDiff;

/// Up to which event the person has read a chat, as far as this device knows.
pub(crate) async fn read_up_to(room: &Room) -> Option<OwnedEventId> {
    let mut read = Vec::new();
    for kind in [ReceiptType::Read, ReceiptType::ReadPrivate] {
        for thread in [ReceiptThread::Unthreaded, ReceiptThread::Main] {
            let own = room.load_user_receipt(kind.clone(), thread, room.own_user_id());
            read.extend(own.await.ok().flatten());
        }
    }
    let last = read.into_iter().max_by_key(|(_, receipt)| receipt.ts);
    last.map(|(event, _)| event)
}

/// What of a chat was unread when it was last opened.
#[derive(Clone)]
pub(super) struct Unread {
    /// Whether there was anything: only then is there a line.
    pub(super) any: bool,
    /// The event that had been read last, where that is known.
    pub(super) read: Option<OwnedEventId>,
}

impl Unread {
    pub(super) async fn now(room: &Room, any: bool) -> Self {
        let read = read_up_to(room).await;
        Self { any, read }
    }
}

/// The server may count before this device has the messages.
pub(super) fn has_unread(room: &Room) -> bool {
    room.num_unread_messages() > 0 || room.unread_notification_counts().notification_count > 0
}

/// Puts one more item into a list, and keeps it where it belongs while the list changes.
pub(super) struct Line<T> {
    item: T,
    /// So many items stand before it, where it stands.
    at: Option<usize>,
    /// Items of the list without it.
    length: usize,
}

impl<T: Clone> Line<T> {
    pub(super) fn new(item: T) -> Self {
        Self {
            item,
            at: None,
            length: 0,
        }
    }

    /// The changes of the list with the item, which stands before the item `place` of the changed list.
    pub(super) fn follow(
        &mut self,
        diffs: Vec<ListDiff<T>>,
        place: Option<usize>,
    ) -> Vec<ListDiff<T>> {
        let mut out: Vec<ListDiff<T>> = diffs.into_iter().map(|diff| self.moved(diff)).collect();
        let place = place.filter(|place| *place <= self.length);
        if self.at == place {
            return out;
        }
        if let Some(index) = self.at {
            out.push(ListDiff::Remove { index });
        }
        if let Some(index) = place {
            let item = self.item.clone();
            match out.as_mut_slice() {
                // The very first list goes out in one piece.
                [ListDiff::Reset { items }] => items.insert(index, item),
                _ => out.push(ListDiff::Insert { index, item }),
            }
        }
        self.at = place;
        out
    }

    /// The same change of the list with the item in it.
    fn moved(&mut self, diff: ListDiff<T>) -> ListDiff<T> {
        let line = self.at;
        let behind = |index: usize| index + usize::from(line.is_some_and(|at| index >= at));
        let before = |index: usize| line.filter(|at| index < *at);
        match diff {
            ListDiff::Reset { items } => {
                (self.at, self.length) = (None, items.len());
                ListDiff::Reset { items }
            }
            ListDiff::Clear => {
                (self.at, self.length) = (None, 0);
                ListDiff::Clear
            }
            ListDiff::Append { items } => {
                self.length += items.len();
                ListDiff::Append { items }
            }
            ListDiff::PushBack { item } => {
                self.length += 1;
                ListDiff::PushBack { item }
            }
            ListDiff::PushFront { item } => self.moved(ListDiff::Insert { index: 0, item }),
            ListDiff::Insert { index, item } => {
                self.length += 1;
                // What comes where it stands comes before it.
                match line.filter(|at| index <= *at) {
                    Some(at) => {
                        self.at = Some(at + 1);
                        ListDiff::Insert { index, item }
                    }
                    None => ListDiff::Insert {
                        index: behind(index),
                        item,
                    },
                }
            }
            ListDiff::Set { index, item } => ListDiff::Set {
                index: behind(index),
                item,
            },
            ListDiff::PopFront => self.moved(ListDiff::Remove { index: 0 }),
            ListDiff::PopBack => self.moved(ListDiff::Remove {
                index: self.length.saturating_sub(1),
            }),
            ListDiff::Remove { index } => {
                self.length = self.length.saturating_sub(1);
                let index = match before(index) {
                    Some(at) => {
                        self.at = Some(at - 1);
                        index
                    }
                    None => behind(index),
                };
                ListDiff::Remove { index }
            }
            ListDiff::Truncate { length } => {
                self.length = self.length.min(length);
                match line {
                    Some(at) if at <= length => ListDiff::Truncate { length: length + 1 },
                    _ => {
                        self.at = None;
                        ListDiff::Truncate { length }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LINE: u32 = u32::MAX;

    /// Any change, of a list that is made sure to have what it names.
    fn change() -> impl Strategy<Value = (u8, prop::sample::Index, u32)> {
        (0..11_u8, any::<prop::sample::Index>(), 0..1_000_u32)
    }

    fn diff(list: &[u32], (kind, index, item): (u8, prop::sample::Index, u32)) -> ListDiff<u32> {
        let at = |most: usize| index.index(most);
        let full = !list.is_empty();
        match kind {
            0 => ListDiff::Reset {
                items: vec![item, item + 1],
            },
            1 => ListDiff::Append {
                items: vec![item, item + 1],
            },
            2 => ListDiff::PushFront { item },
            3 if full => ListDiff::PopFront,
            4 if full => ListDiff::PopBack,
            5 => ListDiff::Insert {
                index: at(list.len() + 1),
                item,
            },
            6 if full => ListDiff::Set {
                index: at(list.len()),
                item,
            },
            7 if full => ListDiff::Remove {
                index: at(list.len()),
            },
            8 => ListDiff::Truncate {
                length: at(list.len() + 1),
            },
            9 => ListDiff::Clear,
            _ => ListDiff::PushBack { item },
        }
    }

    proptest! {
        /// Whatever happens to a list, it is the same list with the line in its place.
        #[test]
        fn the_line_stands_in_its_place_and_nothing_else_moves(
            batches in prop::collection::vec((prop::collection::vec(change(), 1..5), prop::option::of(any::<prop::sample::Index>())), 1..20),
        ) {
            let (mut line, mut list, mut shown) = (Line::new(LINE), Vec::new(), Vec::new());
            for (changes, place) in batches {
                let mut diffs = Vec::new();
                for change in changes {
                    let diff = diff(&list, change);
                    diff.clone().apply(&mut list);
                    diffs.push(diff);
                }
                let place = place.map(|place| place.index(list.len() + 1));
                for diff in line.follow(diffs, place) {
                    diff.apply(&mut shown);
                }
                let mut wanted = list.clone();
                if let Some(place) = place {
                    wanted.insert(place, LINE);
                }
                prop_assert_eq!(&shown, &wanted);
            }
        }
    }
}
