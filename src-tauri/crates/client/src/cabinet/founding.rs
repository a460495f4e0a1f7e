//! Making an organisation, and leaving one.

use crate::Client;
use crate::error::{Error, Result};
use parta_model::{ChatId, OrgFields, OrganisationKind};

impl Client {
    pub async fn found_organisation(&self, _: OrganisationKind, _: OrgFields) -> Result<()> {
        Err(Error::Internal("not made yet"))
    }

    pub async fn leave_organisation(&self, _: &ChatId) -> Result<()> {
        Err(Error::Internal("not made yet"))
    }
}
