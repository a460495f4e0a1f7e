//! The quiet line under the list: is there a connection, and what waits for it.

use crate::Client;
use crate::opening::Profile;
use parta_matrix::{Account, LinkState};
use parta_model::{Connection, Link};
use parta_store::Store;
use std::sync::Arc;

impl Client {
    pub(crate) async fn follow_connection(
        self: Arc<Self>,
        profile: Arc<Profile>,
        account: Arc<Account>,
    ) {
        let (mut link, mut counts) = (account.link(), account.queue_counts());
        let mut since = None;
        loop {
            let state = match *link.borrow_and_update() {
                LinkState::Connecting => Link::Connecting,
                LinkState::Online => Link::Online,
                LinkState::Offline | LinkState::Ended => Link::Offline,
            };
            since = match state {
                Link::Offline => since.or_else(|| Some((self.options.now)())),
                Link::Online | Link::Connecting => None,
            };
            let queue = *counts.borrow_and_update();
            // Messages of an earlier session that have not found their chat yet wait as well.
            let kept = profile
                .store(Store::unsent)
                .await
                .map_or(0, |rows| u32::try_from(rows.len()).unwrap_or(u32::MAX));
            self.connection.send_if_modified(|connection| {
                let next = Connection {
                    link: state,
                    since,
                    waiting: queue.waiting + kept,
                    failed: queue.failed,
                    book_waits: connection.book_waits,
                };
                let changed = *connection != next;
                *connection = next;
                changed
            });
            tokio::select! {
                changed = link.changed() => if changed.is_err() { return },
                changed = counts.changed() => if changed.is_err() { return },
            }
        }
    }
}
