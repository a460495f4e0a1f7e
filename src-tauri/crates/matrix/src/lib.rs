//! The only crate that knows Matrix: it maps the SDK's rooms, timelines and errors to the words of the model.
//!
//! A [`SignIn`] becomes an [`Account`]; an account gives lists as streams of diffs, and takes one call per action.
//! **Invariant:** no type of the SDK leaves this crate.

// The SDK's nested futures need more than the default.
#![recursion_limit = "256"]

mod account;
mod acks;
mod carry;
mod common;
mod compose;
mod content;
mod details;
mod discovery;
mod error;
mod founding;
mod history;
mod invitations;
mod making;
mod media;
mod members;
mod names;
mod own_data;
mod past;
mod pills;
mod places;
mod plan;
mod queue;
mod rooms;
mod sign_in;
mod standing;
mod state;
mod sync;
mod system;
mod text;
mod timeline;
mod two;
mod upload;

pub use account::{Account, SavedSession};
pub use acks::{AckMarks, Reminders};
pub use discovery::find_server;
pub use error::{Error, Result};
pub use history::{Belongs, CacheEnd, Cached, HistoryNews, HistoryPage};
pub use invitations::Invitation;
pub use media::{Download, MediaBytes, Parts, Seal, sniff};
pub use past::{PastPage, PastState};
pub use pills::with_names;
pub use places::{Carried, Ground, Places, Sight};
pub use plan::{PlanMemory, PlanNews};
pub use queue::{QueueCounts, Queued};
pub use sign_in::SignIn;
pub use state::StateNow;
pub use sync::LinkState;
pub use upload::{Attachments, Thumbnail, Upload, UploadKind};
