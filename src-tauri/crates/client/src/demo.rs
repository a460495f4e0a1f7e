//! A demo school tells the app of itself through the environment, in development builds alone.

use crate::Client;
use parta_model::DemoSchool;
use std::sync::Arc;

/// The school whose accounts the sign-in screen shows: `PARTA_DEMO` names a JSON file.
pub(crate) fn school() -> Option<DemoSchool> {
    let file = std::fs::read(std::env::var_os("PARTA_DEMO")?).ok()?;
    serde_json::from_slice(&file).ok()
}

impl Client {
    /// Signs in as the person whose login is in `PARTA_DEMO_SIGN_IN`, in the way anybody does.
    pub(crate) async fn demo_sign_in(self: &Arc<Self>) {
        let (Some(school), Ok(login)) = (school(), std::env::var("PARTA_DEMO_SIGN_IN")) else {
            return;
        };
        let Some(account) = school
            .accounts
            .into_iter()
            .find(|account| account.login == login)
        else {
            return;
        };
        let client = self.clone();
        // In a task of its own: whoever opens the profile holds the turn.
        tokio::spawn(async move {
            if let Err(error) = client
                .sign_in(&school.server, &account.login, &account.password)
                .await
            {
                tracing::warn!(%error, "signing in to the demo school");
            }
        });
    }
}
