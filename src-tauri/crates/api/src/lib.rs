//! The contract that every host offers a window: transfer types, one function per action, streams, and errors as
//! codes. No Tauri and no WebSocket here; `src-tauri` and `bridge` adapt it.

mod acks;
mod acts;
mod app;
mod bindings;
mod cabinet;
mod chats;
mod commands;
mod contacts;
mod details;
mod dispatch;
mod dto;
mod error;
mod making;
mod media;
mod mirror;
mod outgoing;
mod runtime;
mod search;
mod session;
mod timeline;

pub use bindings::typescript;
pub use commands::{CALLS, STREAMS, call, watch};
pub use dispatch::JsonStream;
pub use error::{ApiError, Code};
pub use media::{fetch_media, save_media_as};
pub use outgoing::push;
pub use parta_client::{
    Client, ClientOptions, Keychain, KeychainError, MediaBytes, MemoryKeychain, OsKeychain,
    safe_name, system_now,
};
pub use runtime::runtime;
