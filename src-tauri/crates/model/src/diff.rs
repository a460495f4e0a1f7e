//! How a list changes: the one way in which lists cross every layer.

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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
