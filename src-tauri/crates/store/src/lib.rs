//! What Parta keeps on this machine, encrypted at rest.
//!
//! Everything lies under one 32-byte [`DataKey`]. [`open_key`] gets it from the system's keychain (or says that a
//! password is needed), [`Store::open`] opens our SQLCipher database with it, and the SDK's stores take the same key.
//! Nothing is ever written in the clear: with no keychain and no password there is no profile.
//!
//! All calls block; async callers wrap them in a blocking task. There is no Tauri, no SDK and no async runtime here.
//!
//! ```no_run
//! # use parta_store::{KeyState, OsKeychain, Store, open_key};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let dir = std::path::Path::new("profile");
//! if let KeyState::Ready(key) = open_key(dir, &OsKeychain)? {
//!     let opened = Store::open(dir, &key)?;
//!     let drafts = opened.store.drafts()?;
//! #   let _ = drafts;
//! }
//! # Ok(())
//! # }
//! ```

#![deny(missing_docs)]

mod book;
mod connection;
mod damage;
mod drafts;
mod error;
mod files;
mod key;
mod key_file;
mod keychain;
mod messages;
mod migrations;
mod outbox;
mod password;
mod plan;
mod profile;
mod rescue;
mod salvage;
mod session;
mod settings;
mod snapshot;
mod store;
mod unsent;

pub use damage::set_damaged_aside;
pub use error::{KeyError, StoreError};
pub use key::DataKey;
pub use keychain::{Keychain, KeychainError, MemoryKeychain, OsKeychain};
pub use messages::{Batch, FoundMessage, FoundPage, Gap, GapId, GapStep, IndexedChat};
pub use outbox::{Act, EditId, EditState, KeptEdit};
pub use password::{PasswordCost, SHORTEST_PASSWORD};
pub use plan::{KeptPlan, PlanChange};
pub use profile::{
    KeyState, choose_password, choose_password_at, enter_password, open_key, set_profile_aside,
};
pub use rescue::Recovery;
pub use snapshot::LARGEST_SNAPSHOT;
pub use store::{Opened, Store};
pub use unsent::{Unsent, UnsentId};
