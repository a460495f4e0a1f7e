//! Turns the list of commands into a dispatch by name and into TypeScript.

use crate::error::{ApiError, Code};
use futures_util::stream::BoxStream;
use parta_client::Client;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

pub type Json = Result<Value, ApiError>;
pub type JsonStream = BoxStream<'static, Value>;

pub(crate) fn args<T: DeserializeOwned>(value: Value) -> Result<T, ApiError> {
    // Nothing of the value is logged: it may be a password or a message.
    serde_json::from_value(value).map_err(|_| Code::BadRequest.into())
}

pub(crate) fn json(value: impl Serialize) -> Json {
    serde_json::to_value(value).map_err(|_| Code::Internal.into())
}

macro_rules! commands {
    (
        calls { $($(#[doc = $doc:literal])* $call:ident: $cp:ident::$cf:ident($ca:ty) -> $cr:ty;)* }
        streams { $($(#[doc = $sdoc:literal])* $stream:ident: $sp:ident::$sf:ident($sa:ty) -> $sr:ty;)* }
    ) => {
        /// Every call a window may make, in the order of the list.
        pub const CALLS: &[&str] = &[$(stringify!($call)),*];
        /// Every stream a window may open.
        pub const STREAMS: &[&str] = &[$(stringify!($stream)),*];

        /// Carries out one call.
        pub async fn call(client: &std::sync::Arc<parta_client::Client>, name: &str, value: serde_json::Value) -> crate::dispatch::Json {
            crate::dispatch::gate(client, name)?;
            match name {
                $(stringify!($call) => {
                    // Boxed: one future that is as large as every call together would be slow to move and to compile.
                    let call: futures_util::future::BoxFuture<'_, Result<$cr, crate::error::ApiError>> =
                        Box::pin($cp::$cf(client, crate::dispatch::args::<$ca>(value)?));
                    crate::dispatch::json(call.await?)
                })*
                _ => Err(crate::error::Code::BadRequest.into()),
            }
        }

        /// Opens one stream: first the whole, then what changes.
        pub async fn watch(client: &std::sync::Arc<parta_client::Client>, name: &str, value: serde_json::Value) -> Result<crate::dispatch::JsonStream, crate::error::ApiError> {
            use futures_util::StreamExt;
            crate::dispatch::gate(client, name)?;
            match name {
                $(stringify!($stream) => {
                    let opening: futures_util::future::BoxFuture<'_, _> =
                        Box::pin($sp::$sf(client, crate::dispatch::args::<$sa>(value)?));
                    let stream = opening.await?;
                    Ok(stream.filter_map(|update: $sr| async move { serde_json::to_value(update).ok() }).boxed())
                })*
                _ => Err(crate::error::Code::BadRequest.into()),
            }
        }

        pub(crate) fn signatures(ts: &mut crate::bindings::Bindings) {
            $(ts.call::<$ca, $cr>(stringify!($call), &[$($doc),*]);)*
            $(ts.stream::<$sa, $sr>(stringify!($stream), &[$($sdoc),*]);)*
        }
    };
}
pub(crate) use commands;

/// What answers while the data is locked; everything else is refused below every host.
const OPEN_WHILE_LOCKED: &[&str] = &[
    "boot",
    "session",
    "choose_data_password",
    "enter_data_password",
    "retry_open",
    "start_over",
];

pub(crate) fn gate(client: &Client, name: &str) -> Result<(), ApiError> {
    if client.is_locked() && !OPEN_WHILE_LOCKED.contains(&name) {
        return Err(Code::Locked.into());
    }
    Ok(())
}
