//! What is coming from the server to be saved on this disk: how far it has come, and how it is given up.

use crate::Client;
use crate::error::{Error, Result};
use parta_model::{MediaKey, Saving};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{Notify, watch};

/// Nobody sees smaller steps than these, in bytes and as a part of the whole.
const STEP: u64 = 64 << 10;
const STEPS: u64 = 100;

#[derive(Default)]
pub(crate) struct Savings {
    now: Mutex<Vec<Entry>>,
    told: watch::Sender<Vec<Saving>>,
}

struct Entry {
    saving: Saving,
    stop: Arc<Notify>,
}

/// One file that is being saved; it is in the list as long as this lives.
pub(crate) struct Save<'a> {
    savings: &'a Savings,
    stop: Arc<Notify>,
    done: u64,
    told: u64,
}

impl Savings {
    pub(crate) fn begin(&self, media: &MediaKey) -> Save<'_> {
        let stop = Arc::new(Notify::new());
        let saving = Saving {
            media: media.clone(),
            done: 0,
            total: None,
        };
        let entry = Entry {
            saving,
            stop: stop.clone(),
        };
        self.change(|now| now.push(entry));
        Save {
            savings: self,
            stop,
            done: 0,
            told: 0,
        }
    }

    fn stop(&self, media: &MediaKey) {
        self.change(|now| {
            for entry in now.iter().filter(|entry| entry.saving.media == *media) {
                entry.stop.notify_one();
            }
        });
    }

    fn change(&self, change: impl FnOnce(&mut Vec<Entry>)) {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut now);
        let list: Vec<Saving> = now.iter().map(|entry| entry.saving.clone()).collect();
        // Told under the lock, so that the last word is the last change.
        self.told.send_if_modified(|told| {
            let other = *told != list;
            *told = list;
            other
        });
    }
}

impl Save<'_> {
    /// Returns once the person no longer wants it.
    pub(crate) fn stopped(&self) -> impl Future<Output = ()> + use<> {
        let stop = self.stop.clone();
        async move { stop.notified().await }
    }

    /// So many bytes more have come, of a whole that may not be known.
    pub(crate) fn advance(&mut self, more: u64, total: Option<u64>) {
        self.done += more;
        let step = STEP.max(total.unwrap_or(0) / STEPS);
        let whole = total.is_some_and(|total| self.done >= total);
        if self.done - self.told < step && !whole {
            return;
        }
        self.told = self.done;
        self.savings.change(|now| {
            if let Some(entry) = now.iter_mut().find(|e| Arc::ptr_eq(&e.stop, &self.stop)) {
                entry.saving.done = self.done;
                entry.saving.total = total;
            }
        });
    }
}

impl Drop for Save<'_> {
    fn drop(&mut self) {
        self.savings
            .change(|now| now.retain(|entry| !Arc::ptr_eq(&entry.stop, &self.stop)));
    }
}

/// What the person gives up on the way leaves nothing.
pub(crate) async fn unless<T>(
    stopped: impl Future<Output = ()>,
    coming: impl Future<Output = Result<T>>,
) -> Result<T> {
    tokio::select! {
        () = stopped => Err(Error::Stopped),
        come = coming => come,
    }
}

impl Client {
    /// The files that are being saved.
    pub fn savings(&self) -> watch::Receiver<Vec<Saving>> {
        self.savings.told.subscribe()
    }

    /// Gives up saving a file; nothing of it stays.
    pub fn stop_saving(&self, media: &MediaKey) {
        self.savings.stop(media);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_file_is_in_the_list_while_it_comes_and_tells_of_visible_steps() {
        let savings = Savings::default();
        let mut told = savings.told.subscribe();
        let mut list = || {
            told.borrow_and_update()
                .iter()
                .map(|s| (s.done, s.total))
                .collect::<Vec<_>>()
        };
        let mut save = savings.begin(&MediaKey::new("mxc://school/film"));
        assert_eq!(list(), [(0, None)]);
        let whole = Some(200 * STEP);
        save.advance(STEP, whole);
        assert_eq!(list(), [(0, None)], "half a step of a hundred");
        save.advance(STEP, whole);
        assert_eq!(list(), [(2 * STEP, whole)]);
        save.advance(198 * STEP - 1, whole);
        save.advance(1, whole);
        assert_eq!(
            list(),
            [(200 * STEP, whole)],
            "the last byte is always told"
        );
        drop(save);
        assert!(list().is_empty());
    }

    #[tokio::test]
    async fn who_gives_a_file_up_stops_that_one() {
        let savings = Savings::default();
        let (film, plan) = (
            MediaKey::new("mxc://school/film"),
            MediaKey::new("mxc://school/plan"),
        );
        let (one, other) = (savings.begin(&film), savings.begin(&plan));
        let (mut stopped, going) = (Box::pin(one.stopped()), Box::pin(other.stopped()));
        savings.stop(&film);
        stopped.as_mut().await;
        assert!(futures_util::FutureExt::now_or_never(going).is_none());
    }
}
