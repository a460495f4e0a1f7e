//! Builds a timeline whose first list and later changes fit together.
//!
//! The SDK begins to listen to the cache of a chat before it reads the first list from it. What the cache gains in
//! between is in that list and comes once more as a change: history stands twice, every later place is off by as
//! much, and a sent message stays beside its own echo.

use matrix_sdk::Room;
use matrix_sdk::event_cache::{RoomEventCacheSubscriber, RoomEventCacheUpdate};
use matrix_sdk_ui::Timeline;
use matrix_sdk_ui::timeline::{Error, TimelineBuilder};
use tokio::sync::broadcast::error::TryRecvError;

/// The newest end of a chat.
pub(super) async fn build(
    room: &Room,
    make: impl Fn() -> TimelineBuilder,
) -> Result<Timeline, Error> {
    let (cache, _listening) = room.event_cache().await?;
    steady(
        || async { Ok(cache.subscribe().await?.1) },
        || make().build(),
        changed,
    )
    .await
}

/// Builds again for as long as something changed meanwhile; changes are rarer than a build is long, so this ends.
async fn steady<L, T, E, Listening, Building>(
    listen: impl Fn() -> Listening,
    build: impl Fn() -> Building,
    changed: impl Fn(&mut L) -> bool,
) -> Result<T, E>
where
    Listening: Future<Output = Result<L, E>>,
    Building: Future<Output = Result<T, E>>,
{
    loop {
        let mut changes = listen().await?;
        let built = build().await?;
        if !changed(&mut changes) {
            return Ok(built);
        }
    }
}

/// Whether events have come since this began to listen.
fn changed(changes: &mut RoomEventCacheSubscriber) -> bool {
    loop {
        match changes.try_recv() {
            Ok(RoomEventCacheUpdate::UpdateTimelineEvents(_)) | Err(TryRecvError::Lagged(_)) => {
                return true;
            }
            Ok(_) => {}
            Err(TryRecvError::Empty | TryRecvError::Closed) => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::steady;
    use std::cell::{Cell, RefCell};
    use std::convert::Infallible;
    use std::rc::Rc;

    /// A cache as the SDK has it, and a list built from it in the SDK's order: listen, then read.
    #[derive(Default)]
    struct Cache {
        events: RefCell<Vec<u32>>,
        listeners: RefCell<Vec<Rc<RefCell<Vec<u32>>>>>,
    }

    impl Cache {
        fn listen(&self) -> Rc<RefCell<Vec<u32>>> {
            let heard = Rc::new(RefCell::new(Vec::new()));
            self.listeners.borrow_mut().push(heard.clone());
            heard
        }

        fn gain(&self, event: u32) {
            self.events.borrow_mut().push(event);
            for heard in self.listeners.borrow().iter() {
                heard.borrow_mut().push(event);
            }
        }
    }

    #[tokio::test]
    async fn what_comes_while_a_timeline_is_built_is_in_it_once() {
        let cache = Cache::default();
        cache.gain(1);
        let builds = Cell::new(0);
        let (first, later) = steady(
            || async { Ok::<_, Infallible>(cache.listen()) },
            || async {
                let later = cache.listen();
                // Two pages come in while the first two builds are under way.
                builds.set(builds.get() + 1);
                if builds.get() < 3 {
                    cache.gain(1 + builds.get());
                }
                Ok((cache.events.borrow().clone(), later))
            },
            |heard| !heard.borrow().is_empty(),
        )
        .await
        .expect("nothing here fails");
        cache.gain(9);
        let shown: Vec<u32> = first
            .into_iter()
            .chain(later.borrow().iter().copied())
            .collect();
        assert_eq!((shown, builds.get()), (vec![1, 2, 3, 9], 3));
    }
}
