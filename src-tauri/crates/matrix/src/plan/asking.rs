//! What the server is asked for the plans.

use super::BACKOFF;
use super::places::PLAN;
use crate::error::Error;
use matrix_sdk::config::RequestConfig;
use matrix_sdk::ruma::api::client::sync::sync_events::v5::{self, request};
use matrix_sdk::ruma::api::error::ErrorKind;
use matrix_sdk::ruma::directory::RoomTypeFilter;
use matrix_sdk::ruma::events::StateEventType;
use matrix_sdk::ruma::uint;
use matrix_sdk::{Client, HttpError};
use parta_model::plan::room_type;
use std::time::Duration;

/// The name of the connection at the server.
const CONNECTION: &str = "plan";
/// Places that one person has: more spaces than anybody joins.
const MOST: u32 = 999;
const TIMEOUT: Duration = Duration::from_secs(30);

/// Why the server gave no answer.
pub(super) enum Refusal {
    /// The server has forgotten the position.
    Unknown,
    Busy(Duration),
    Ended,
    Failed,
}

pub(super) async fn ask(
    client: &Client,
    position: Option<String>,
    wait: Duration,
) -> Result<v5::Response, Refusal> {
    let mut asked = v5::Request::new();
    asked.conn_id = Some(CONNECTION.to_owned());
    asked.pos = position;
    asked.timeout = Some(wait);
    for (name, filter) in [
        ("spaces", RoomTypeFilter::Space),
        ("staff", RoomTypeFilter::from(Some(room_type::STAFF))),
    ] {
        asked.lists.insert(name.to_owned(), list(filter));
    }
    let patience = RequestConfig::new().timeout(TIMEOUT + wait).disable_retry();
    client
        .send(asked)
        .with_request_config(patience)
        .await
        .map_err(refusal)
}

fn list(filter: RoomTypeFilter) -> request::List {
    let state = PLAN
        .into_iter()
        .map(|kind| (StateEventType::from(kind), "*".to_owned()))
        .chain([
            (StateEventType::RoomCreate, String::new()),
            (StateEventType::RoomPowerLevels, String::new()),
        ]);
    let mut details = request::RoomDetails::default();
    details.required_state = state.collect();
    details.timeline_limit = uint!(0);
    let mut filters = request::ListFilters::default();
    filters.is_invite = Some(false);
    filters.room_types = vec![filter];
    let mut list = request::List::default();
    list.ranges = vec![(uint!(0), MOST.into())];
    list.room_details = details;
    list.filters = Some(filters);
    list
}

fn refusal(error: HttpError) -> Refusal {
    match error.client_api_error_kind() {
        // Synapse says the first to a position it has forgotten and the second to one that it can't read.
        Some(ErrorKind::UnknownPos | ErrorKind::Unknown) => Refusal::Unknown,
        _ => match Error::from(error) {
            Error::TooManyTries { retry_after } => {
                Refusal::Busy(retry_after.unwrap_or(Duration::from_secs(BACKOFF[1])))
            }
            Error::SessionEnded => Refusal::Ended,
            _ => Refusal::Failed,
        },
    }
}
