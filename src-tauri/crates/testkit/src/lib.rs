//! What tests and the demo stand on: a real Synapse per run ([`Homeserver`]), plain Matrix calls to it ([`Api`]) and
//! a generated school ([`school`]) that can be put on it ([`seed`]). Never a dependency of the product.

mod api;
mod config;
mod homeserver;
pub mod school;
pub mod seed;
mod seeded;

pub use api::{Api, CallError, Caller, segment};
pub use config::{Limits, Options, python};
pub use homeserver::{Homeserver, Login};
pub use seeded::Seeded;
