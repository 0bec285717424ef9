//! `[limits]`

use serde::{Deserialize, Serialize};

/// Requests a minute; a whole minute's worth may come at once.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Attempts to sign in from one address.
    pub log_in_per_address: u32,
    /// Requests of one person.
    pub per_person: u32,
    /// Requests of everybody in one store together.
    pub per_dealership: u32,
    /// Requests without a session from one address.
    pub per_address: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { log_in_per_address: 10, per_person: 100, per_dealership: 2_000, per_address: 300 }
    }
}

impl Limits {
    pub(crate) fn faults(&self) -> Vec<String> {
        [
            ("log_in_per_address", self.log_in_per_address),
            ("per_person", self.per_person),
            ("per_dealership", self.per_dealership),
            ("per_address", self.per_address),
        ]
        .into_iter()
        .filter(|(_, limit)| *limit == 0)
        .map(|(name, _)| format!("limits.{name} must be at least 1"))
        .collect()
    }
}
