//! Counters in this process: governor's cells.

use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};

use super::budget::{Budget, Verdict};
use crate::settings::Limits;

type Cells = RateLimiter<u128, DefaultKeyedStateStore<u128>, DefaultClock, StateInformationMiddleware>;

/// One set of cells for each budget.
pub(super) struct Local(Vec<(Budget, u32, Cells)>);

impl Local {
    pub(super) fn new(limits: &Limits) -> Self {
        let cells = |budget: Budget| {
            let per_minute = budget.per_minute(limits);
            (budget, per_minute.get(), RateLimiter::keyed(Quota::per_minute(per_minute)).with_middleware())
        };
        Self(Budget::ALL.into_iter().map(cells).collect())
    }

    pub(super) fn count(&self, budget: Budget, key: u128) -> Verdict {
        let Some((_, limit, cells)) = self.0.iter().find(|(its, ..)| *its == budget) else {
            // `Budget::ALL` has them all; a test walks it. One that were missing would let nobody in.
            return Verdict { limit: 0, remaining: 0, wait: Some(60) };
        };
        match cells.check_key(&key) {
            Ok(snapshot) => Verdict { limit: *limit, remaining: snapshot.remaining_burst_capacity(), wait: None },
            Err(not_until) => {
                let wait = not_until.wait_time_from(DefaultClock::default().now());
                Verdict { limit: *limit, remaining: 0, wait: Some(wait.as_secs().saturating_add(1)) }
            }
        }
    }

    pub(super) fn forget_idle(&self) {
        for (.., cells) in &self.0 {
            cells.retain_recent();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Local;
    use crate::layer::limit::budget::Budget;
    use crate::settings::Limits;

    #[test]
    fn every_budget_has_cells() {
        let local = Local::new(&Limits::default());
        for budget in Budget::ALL {
            assert_eq!(local.count(budget, 7).wait, None, "{budget:?}");
        }
    }
}
