//! The lease: of all apps of administrators, and the steward, one at a time carries a plan out. It lies in the office, so
//! that only those who may act can take it.
//!
//! Matrix has no compare-and-set, and a server lets two who write at one moment go on from the same event: each of them
//! may read his own lease as the one that stands. What makes the race harmless is that every lease names the one it was
//! made from, and that the server lists all of them in one order: of those made from the same one the first counts, and
//! whose stands in its place puts it back.

use crate::error::Result;
use parta_matrix::Account;
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
        Ok(self.standing(account).await?.1)
    }

    /// Takes the lease, or renews it, where nobody else holds it.
    pub(super) async fn take(&self, account: &Account) -> Result<Whose> {
        let (base, whose) = self.standing(account).await?;
        if matches!(whose, Whose::Anothers(_)) {
            return Ok(whose);
        }
        let until = (self.now)().saturating_add(millis(LENGTH));
        self.write(account, self.lease(until, base)).await?;
        Ok(match self.look(account).await? {
            // Who acts holds it; who finds something else looks again.
            Whose::Nobodys => Whose::Anothers(RENEWAL),
            whose => whose,
        })
    }

    /// Lets others act at once.
    pub(super) async fn give_up(&self, account: &Account) -> Result<()> {
        let (base, whose) = self.standing(account).await?;
        if whose == Whose::Ours {
            self.write(account, self.lease((self.now)(), base)).await?;
        }
        Ok(())
    }

    /// The event that stands, and whose turn it is.
    async fn standing(&self, account: &Account) -> Result<(Option<String>, Whose)> {
        let Some(now) = account.state(&self.office, Lease::TYPE, "").await? else {
            return Ok((None, Whose::Nobodys));
        };
        let Ok(lease) = Lease::read("", &now.content) else {
            return Ok((Some(now.event), Whose::Nobodys));
        };
        let mut listed = Vec::new();
        if self.whose(&lease) == Whose::Ours {
            let page = account.past_state(&self.office, &[Lease::TYPE], None);
            listed = page.await?.events;
        }
        // The server gives the newest first.
        let listed = listed.iter().rev();
        let listed = listed.filter_map(|past| Lease::read("", &past.content).ok());
        let (whose, back) = self.judge(&now.event, &lease, listed);
        if let Some(back) = back {
            self.write(account, back).await?;
        }
        Ok((Some(now.event), whose))
    }

    /// Whose turn it is where `lease` stands as `event`, and the lease that ours has to make room for: another has made it
    /// from the same one, and the server lists it before ours.
    fn judge(
        &self,
        event: &str,
        lease: &Lease,
        mut listed: impl Iterator<Item = Lease>,
    ) -> (Whose, Option<Lease>) {
        let whose = self.whose(lease);
        let lives = |one: &Lease| one.base == lease.base && self.whose(one) != Whose::Nobodys;
        match listed.find(lives) {
            Some(first) if whose == Whose::Ours && self.whose(&first) != Whose::Ours => {
                let (whose, base) = (self.whose(&first), Some(event.to_owned()));
                (whose, Some(Lease { base, ..first }))
            }
            _ => (whose, None),
        }
    }

    fn lease(&self, until: u64, base: Option<String>) -> Lease {
        Lease {
            holder: self.me.clone(),
            device: self.device.clone(),
            until,
            base,
            other: Other::new(),
        }
    }

    async fn write(&self, account: &Account, lease: Lease) -> Result<()> {
        account
            .set_state(&self.office, Lease::TYPE, "", &lease.write())
            .await?;
        Ok(())
    }

    fn whose(&self, lease: &Lease) -> Whose {
        let left = lease.until.saturating_sub((self.now)());
        // A clock that runs far ahead must not stop everybody for good.
        if left == 0 || left > 2 * millis(LENGTH) {
            Whose::Nobodys
        } else if lease.holder == self.me && lease.device == self.device {
            Whose::Ours
        } else {
            Whose::Anothers(Duration::from_millis(left))
        }
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    const NOW: u64 = 1_000_000;

    fn holder(me: &str) -> Holder {
        Holder {
            office: ChatId::new("!office"),
            me: UserId::new(me),
            device: "A".to_owned(),
            now: || NOW,
        }
    }

    fn whose(content: Value) -> Whose {
        holder("@head:s").whose(&Lease::read("", &content).unwrap())
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
    }

    #[test]
    fn a_clock_far_ahead_stops_nobody() {
        let hour = 3_600_000;
        assert_eq!(whose(lease("@steward:s", "A", NOW + hour)), Whose::Nobodys);
    }

    /// A room of a server that forks: whoever writes at one moment goes on from the same event, and which of them stands
    /// is anybody's guess.
    struct Office {
        listed: Vec<Lease>,
        standing: usize,
    }

    fn look(office: &mut Office, one: &Holder) -> Whose {
        let ours = office.listed[office.standing].clone();
        let (event, listed) = (office.standing.to_string(), office.listed.clone());
        let (whose, back) = one.judge(&event, &ours, listed.into_iter());
        if let Some(back) = back {
            office.listed.push(back);
            office.standing = office.listed.len() - 1;
        }
        whose
    }

    proptest! {
        /// In any order of their writing and looking, whichever of the forked events stands each time.
        #[test]
        fn of_those_who_write_at_one_moment_one_acts(
            steps in Just((0..4).chain(0..4).chain(0..4).collect::<Vec<usize>>()).prop_shuffle(),
            picks in prop::collection::vec(any::<prop::sample::Index>(), 4),
        ) {
            let people: Vec<Holder> = ["@a:s", "@b:s", "@c:s", "@d:s"].map(holder).into();
            let given_up = people[0].lease(NOW, None);
            let mut office = Office { listed: vec![given_up], standing: 0 };
            let (mut seen, mut forks) = ([0; 4], Vec::new());
            let mut acting = std::collections::BTreeSet::new();
            for one in steps {
                seen[one] += 1;
                if seen[one] == 1 {
                    let fork = people[one].lease(NOW + 5, Some("0".to_owned()));
                    office.listed.push(fork);
                    let last = office.listed.len() - 1;
                    forks.push(last);
                    // A lease that was put back was made after those that it is about.
                    let mended = office.standing != 0 && !forks.contains(&office.standing);
                    if !mended || picks[one].index(2) == 0 {
                        office.standing = forks[picks[one].index(forks.len())];
                    }
                } else if look(&mut office, &people[one]) == Whose::Ours {
                    acting.insert(one);
                }
            }
            // Whoever waits looks again when the lease has changed.
            for _ in 0..2 {
                for (one, holder) in people.iter().enumerate() {
                    if look(&mut office, holder) == Whose::Ours {
                        acting.insert(one);
                    }
                }
            }
            prop_assert_eq!(acting.len(), 1);
        }
    }
}
