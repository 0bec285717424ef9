//! How long a session may last.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A store's limits of sessions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct SessionLimits {
    /// Minutes without use after which a session ends, 15 to 10,080 (a week).
    #[schema(minimum = 15, maximum = 10080)]
    pub(crate) idle_minutes: u16,
    /// Hours after the sign-in at which a session ends in any case, 1 to 720 (30 days).
    #[schema(minimum = 1, maximum = 720)]
    pub(crate) absolute_hours: u16,
}

/// Until a store says otherwise: a shift without use, a week altogether.
pub(crate) const DEFAULT: SessionLimits = SessionLimits { idle_minutes: 720, absolute_hours: 168 };

/// Why limits are not accepted: the field, and what it takes.
pub(crate) type Fault = (&'static str, &'static str);

impl SessionLimits {
    /// Everything that is wrong with them.
    pub(crate) fn faults(self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if !(15..=10_080).contains(&self.idle_minutes) {
            faults.push(("/idleMinutes", "between 15 minutes and a week (10080)"));
        }
        if !(1..=720).contains(&self.absolute_hours) {
            faults.push(("/absoluteHours", "between 1 and 720 hours (30 days)"));
        }
        faults
    }

    pub(crate) fn idle(self) -> SignedDuration {
        SignedDuration::from_mins(i64::from(self.idle_minutes))
    }

    pub(crate) fn absolute(self) -> SignedDuration {
        SignedDuration::from_hours(i64::from(self.absolute_hours))
    }
}

#[cfg(test)]
mod tests {
    use super::{DEFAULT, SessionLimits};

    #[test]
    fn limits_have_limits() {
        let faults = |idle_minutes, absolute_hours| SessionLimits { idle_minutes, absolute_hours }.faults().len();
        assert_eq!(DEFAULT.faults(), []);
        assert_eq!((faults(15, 1), faults(10_080, 720)), (0, 0));
        assert_eq!((faults(14, 1), faults(10_081, 720), faults(15, 0), faults(15, 721), faults(0, 0)), (1, 1, 1, 1, 2));
    }
}
