//! How a list changes: the one way in which lists cross every layer.

use std::collections::BTreeSet;

/// One change of an ordered list. Applying the diffs of a subscription in order to an empty list gives the
/// source's list at every step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListDiff<T> {
    Reset { items: Vec<T> },
    Append { items: Vec<T> },
    PushFront { item: T },
    PushBack { item: T },
    PopFront,
    PopBack,
    Insert { index: usize, item: T },
    Set { index: usize, item: T },
    Remove { index: usize },
    Truncate { length: usize },
    Clear,
}

impl<T> ListDiff<T> {
    /// The same change with every item mapped.
    pub fn map<U>(self, mut f: impl FnMut(T) -> U) -> ListDiff<U> {
        match self {
            Self::Reset { items } => ListDiff::Reset {
                items: items.into_iter().map(f).collect(),
            },
            Self::Append { items } => ListDiff::Append {
                items: items.into_iter().map(f).collect(),
            },
            Self::PushFront { item } => ListDiff::PushFront { item: f(item) },
            Self::PushBack { item } => ListDiff::PushBack { item: f(item) },
            Self::PopFront => ListDiff::PopFront,
            Self::PopBack => ListDiff::PopBack,
            Self::Insert { index, item } => ListDiff::Insert {
                index,
                item: f(item),
            },
            Self::Set { index, item } => ListDiff::Set {
                index,
                item: f(item),
            },
            Self::Remove { index } => ListDiff::Remove { index },
            Self::Truncate { length } => ListDiff::Truncate { length },
            Self::Clear => ListDiff::Clear,
        }
    }

    /// Applies the change; an index past the end is ignored, since a view must never fall over a stale diff.
    pub fn apply(self, list: &mut Vec<T>) {
        match self {
            Self::Reset { items } => *list = items,
            Self::Append { items } => list.extend(items),
            Self::PushFront { item } => list.insert(0, item),
            Self::PushBack { item } => list.push(item),
            Self::PopFront if !list.is_empty() => drop(list.remove(0)),
            Self::PopBack => drop(list.pop()),
            Self::Insert { index, item } if index <= list.len() => list.insert(index, item),
            Self::Set { index, item } if index < list.len() => list[index] = item,
            Self::Remove { index } if index < list.len() => drop(list.remove(index)),
            Self::Truncate { length } => list.truncate(length),
            Self::Clear => list.clear(),
            _ => {}
        }
    }
}

/// More changes than this are told as a new list.
const SINGLE: usize = 200;

/// From one ordered list to another, whose items are known by their keys: what stays keeps its place in a view.
pub fn changes<T: Clone + PartialEq, K: Ord>(
    old: &[T],
    new: &[T],
    key: impl Fn(&T) -> K,
) -> Vec<ListDiff<T>> {
    let whole = || {
        vec![ListDiff::Reset {
            items: new.to_vec(),
        }]
    };
    let known: BTreeSet<K> = old.iter().map(&key).collect();
    let wanted: BTreeSet<K> = new.iter().map(&key).collect();
    let mut diffs: Vec<ListDiff<T>> = (0..old.len())
        .rev()
        .filter(|index| !wanted.contains(&key(&old[*index])))
        .map(|index| ListDiff::Remove { index })
        .collect();
    let mut stayed = old.iter().filter(|item| wanted.contains(&key(item)));
    for (index, item) in new.iter().enumerate() {
        if !known.contains(&key(item)) {
            diffs.push(ListDiff::Insert {
                index,
                item: item.clone(),
            });
            continue;
        }
        match stayed.next() {
            Some(old) if old == item => {}
            Some(old) if key(old) == key(item) => diffs.push(ListDiff::Set {
                index,
                item: item.clone(),
            }),
            // The order is another, or a key is there twice.
            _ => return whole(),
        }
    }
    if diffs.len() > SINGLE || stayed.next().is_some() {
        return whole();
    }
    diffs
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_changes_from_one_list_to_another_lead_there(
            old in proptest::collection::vec((0u8..12, 0u8..3), 0..12),
            new in proptest::collection::vec((0u8..12, 0u8..3), 0..12),
        ) {
            let mut list = old.clone();
            for diff in changes(&old, &new, |item| item.0) {
                diff.apply(&mut list);
            }
            prop_assert_eq!(list, new);
        }
    }

    #[test]
    fn a_changed_item_is_set_and_the_others_are_left_alone() {
        let diffs = changes(
            &[(1, 'a'), (2, 'b'), (4, 'd')],
            &[(2, 'x'), (3, 'c'), (4, 'd')],
            |item| item.0,
        );
        let expected = vec![
            ListDiff::Remove { index: 0 },
            ListDiff::Set {
                index: 0,
                item: (2, 'x'),
            },
            ListDiff::Insert {
                index: 1,
                item: (3, 'c'),
            },
        ];
        assert_eq!(diffs, expected);
    }

    /// A random change that fits a list of this length, and what a plain list becomes by it.
    fn change(list: &[u8], pick: u8, at: usize, item: u8) -> (ListDiff<u8>, Vec<u8>) {
        let mut after = list.to_vec();
        let len = list.len();
        let diff = match pick % 9 {
            0 => {
                after.insert(0, item);
                ListDiff::PushFront { item }
            }
            1 => {
                after.push(item);
                ListDiff::PushBack { item }
            }
            2 if len > 0 => {
                after.remove(0);
                ListDiff::PopFront
            }
            3 if len > 0 => {
                after.pop();
                ListDiff::PopBack
            }
            4 => {
                after.insert(at % (len + 1), item);
                ListDiff::Insert {
                    index: at % (len + 1),
                    item,
                }
            }
            5 if len > 0 => {
                after[at % len] = item;
                ListDiff::Set {
                    index: at % len,
                    item,
                }
            }
            6 if len > 0 => {
                after.remove(at % len);
                ListDiff::Remove { index: at % len }
            }
            7 => {
                after.truncate(at % (len + 1));
                ListDiff::Truncate {
                    length: at % (len + 1),
                }
            }
            _ => {
                after.extend([item, item]);
                ListDiff::Append {
                    items: vec![item, item],
                }
            }
        };
        (diff, after)
    }

    proptest! {
        #[test]
        fn diffs_applied_in_order_equal_a_plain_list(steps in proptest::collection::vec((any::<u8>(), any::<usize>(), any::<u8>()), 0..200)) {
            let mut plain = Vec::new();
            let mut followed = Vec::new();
            for (pick, at, item) in steps {
                let (diff, after) = change(&plain, pick, at, item);
                plain = after;
                diff.apply(&mut followed);
                prop_assert_eq!(&plain, &followed);
            }
        }

        #[test]
        fn a_stale_index_changes_nothing_and_never_panics(len in 0usize..4, past in 4usize..9) {
            let before: Vec<usize> = (0..len).collect();
            for diff in [ListDiff::Set { index: past, item: 9 }, ListDiff::Remove { index: past }, ListDiff::Insert { index: past, item: 9 }] {
                let mut list = before.clone();
                diff.apply(&mut list);
                prop_assert_eq!(&list, &before);
            }
        }
    }
}
