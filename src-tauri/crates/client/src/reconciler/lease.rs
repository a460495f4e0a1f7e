//! The lease: of all apps of administrators, and the steward, one at a time carries a plan out. It lies in the office, so
//! that only those who may act can take it.
//!
//! Matrix has no compare-and-set. What makes a race harmless is that the server says which event a lease took the place
//! of: who finds that it was not the one he had read has come second, and gives it back.

use crate::error::Result;
use parta_matrix::{Account, StateNow};
use parta_model::plan::{Lease, Other, PlanContent};
use parta_model::{ChatId, UserId};
use std::time::Duration;

/// How long a holder is believed to be alive: short enough that a dead one is replaced within two minutes.
const LENGTH: Duration = Duration::from_secs(90);
/// Two renewals may get lost on the way.
pub(super) const RENEWAL: Duration = Duration::from_secs(40);

/// Whose turn it is to act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    Nobodys,
    Ours,
    /// Somebody else's for so long, if he does not renew it.
    Anothers(Duration),
}

/// Somebody who may act for an organisation.
pub(super) struct Holder {
    pub(super) office: ChatId,
    pub(super) me: UserId,
    pub(super) device: String,
    pub(super) now: fn() -> u64,
}

impl Holder {
    pub(super) fn new(account: &Account, office: ChatId, now: fn() -> u64) -> Self {
        Self {
            office,
            me: UserId::new(account.saved().user.clone()),
            device: account.saved().device().to_owned(),
            now,
        }
    }

    pub(super) async fn look(&self, account: &Account) -> Result<Whose> {
        let now = account.state(&self.office, Lease::TYPE, "").await?;
        Ok(self.whose(now.as_ref()))
    }

    /// Takes the lease, or renews it, where nobody else holds it.
    pub(super) async fn take(&self, account: &Account) -> Result<Whose> {
        let before = account.state(&self.office, Lease::TYPE, "").await?;
        let whose = self.whose(before.as_ref());
        if matches!(whose, Whose::Anothers(_)) {
            return Ok(whose);
        }
        let base = before.map(|before| before.event);
        let until = (self.now)().saturating_add(millis(LENGTH));
        let written = self.write(account, until, base.clone()).await?;
        let after = account.state(&self.office, Lease::TYPE, "").await?;
        let Some(after) = after.filter(|after| after.event == written) else {
            // Whoever was quicker than the answer looks as we do.
            return Ok(Whose::Anothers(RENEWAL));
        };
        match after.replaces {
            Some(replaced) if base.as_ref() != Some(&replaced) => {
                let first = account.state_event(&self.office, &replaced).await?;
                let whose = self.whose(Some(&first));
                if let (Whose::Anothers(_), Ok(mut theirs)) =
                    (whose, Lease::read("", &first.content))
                {
                    theirs.base = Some(written);
                    account
                        .set_state(&self.office, Lease::TYPE, "", &theirs.write())
                        .await?;
                    return Ok(whose);
                }
                Ok(Whose::Ours)
            }
            _ => Ok(Whose::Ours),
        }
    }

    /// Lets others act at once.
    pub(super) async fn give_up(&self, account: &Account) -> Result<()> {
        let now = account.state(&self.office, Lease::TYPE, "").await?;
        if self.whose(now.as_ref()) == Whose::Ours {
            let base = now.map(|now| now.event);
            self.write(account, (self.now)(), base).await?;
        }
        Ok(())
    }

    async fn write(&self, account: &Account, until: u64, base: Option<String>) -> Result<String> {
        let lease = Lease {
            holder: self.me.clone(),
            device: self.device.clone(),
            until,
            base,
            other: Other::new(),
        };
        let content = lease.write();
        Ok(account
            .set_state(&self.office, Lease::TYPE, "", &content)
            .await?)
    }

    fn whose(&self, state: Option<&StateNow>) -> Whose {
        let lease = state.and_then(|state| Lease::read("", &state.content).ok());
        let now = (self.now)();
        match lease {
            // A clock that runs far ahead must not stop everybody for good.
            Some(lease) if lease.until > now && lease.until - now <= 2 * millis(LENGTH) => {
                if lease.holder == self.me && lease.device == self.device {
                    Whose::Ours
                } else {
                    Whose::Anothers(Duration::from_millis(lease.until - now))
                }
            }
            _ => Whose::Nobodys,
        }
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    const NOW: u64 = 1_000_000;

    fn whose(content: Value) -> Whose {
        let holder = Holder {
            office: ChatId::new("!office"),
            me: UserId::new("@head:s"),
            device: "A".to_owned(),
            now: || NOW,
        };
        holder.whose(Some(&StateNow {
            event: "$e".to_owned(),
            content,
            replaces: None,
        }))
    }

    fn lease(holder: &str, device: &str, until: u64) -> Value {
        json!({"holder": holder, "device": device, "until": until})
    }

    #[test]
    fn a_lease_is_somebodys_until_it_runs_out() {
        let another = Whose::Anothers(Duration::from_millis(5));
        assert_eq!(whose(lease("@head:s", "A", NOW + 5)), Whose::Ours);
        assert_eq!(whose(lease("@head:s", "B", NOW + 5)), another);
        assert_eq!(whose(lease("@steward:s", "A", NOW + 5)), another);
        assert_eq!(whose(lease("@steward:s", "A", NOW)), Whose::Nobodys);
        assert_eq!(whose(json!({"holder": 5})), Whose::Nobodys);
    }

    #[test]
    fn a_clock_far_ahead_stops_nobody() {
        let hour = 3_600_000;
        assert_eq!(whose(lease("@steward:s", "A", NOW + hour)), Whose::Nobodys);
    }
}
