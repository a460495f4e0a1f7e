//! What happens when a conversation is no longer looked at.

use super::{Focus, OpenTimeline};
use matrix_sdk::room::Receipts;
use std::sync::Arc;

/// A task that ends with what it works for.
pub(super) struct AbortOnDrop(pub(super) tokio::task::JoinHandle<()>);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Leaving a chat moves the line «new messages» to where the person has read.
pub(super) struct Leave(pub(super) Arc<OpenTimeline>);

impl Drop for Leave {
    fn drop(&mut self) {
        let open = self.0.clone();
        if open.focus != Focus::Newest {
            return;
        }
        let Ok(runtime) = tokio::runtime::Handle::try_current() else {
            return;
        };
        runtime.spawn(async move {
            if let Some((read, _)) = open.timeline.latest_user_read_receipt(&open.me).await {
                let _ = open
                    .timeline
                    .send_multiple_receipts(Receipts::new().fully_read_marker(read))
                    .await;
            }
        });
    }
}
