//! The runtime that the core needs of every host.

use tokio::runtime::{Builder, Runtime};

/// Bytes; only what is used of it is ever taken. Markup is read recursively, and an event of 65,536 bytes can nest
/// twenty thousand elements.
const STACK: usize = 256 << 20;

/// A multi-threaded runtime whose threads survive the most nested message a server lets through.
///
/// # Errors
/// Where the system gives no threads.
pub fn runtime() -> std::io::Result<Runtime> {
    Builder::new_multi_thread()
        .enable_all()
        .thread_stack_size(STACK)
        .build()
}
