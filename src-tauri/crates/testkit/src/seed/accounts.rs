//! Accounts that can sign in, the steward's first.

use anyhow::Result;
use serde_json::json;

use super::{Counter, Progress, Stage, in_parallel};
use crate::api::segment;
use crate::homeserver::Homeserver;
use crate::school::{PASSWORD, STEWARD, School};

pub(super) async fn create(
    homeserver: &Homeserver,
    school: &School,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<()> {
    let counter = Counter::new(Stage::Accounts, school.people.len() + 1, progress);
    homeserver
        .register_admin(STEWARD, PASSWORD, "Школа № 1 · служба")
        .await?;
    let limits = format!(
        "/_synapse/admin/v1/users/{}/override_ratelimit",
        segment(&homeserver.user_id(STEWARD))
    );
    let none = json!({"messages_per_second": 0, "burst_count": 0});
    homeserver.acting_as(STEWARD).post(&limits, none).await?;
    counter.step();
    in_parallel(&school.people, async |person| {
        homeserver
            .register(&person.login, PASSWORD, &person.display_name())
            .await?;
        counter.step();
        Ok(())
    })
    .await?;
    Ok(())
}
