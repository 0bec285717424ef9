//! `[limits]`

use serde::{Deserialize, Serialize};

use crate::Secret;

/// Requests a minute; a whole minute's worth may come at once.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Attempts to sign in from one address.
    pub log_in_per_address: u32,
    /// Requests of one person, in each class of routes: reading, writing, calculating, imports and exports.
    pub per_person: u32,
    /// Requests of everybody in one store together, in each class.
    pub per_dealership: u32,
    /// Requests without a session from one address.
    pub per_address: u32,
    /// A Redis in which several processes count together, as `redis://:password@host:6379/0`. Without it each process
    /// counts by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redis_url: Option<Secret>,
}

impl Default for Limits {
    fn default() -> Self {
        Self { log_in_per_address: 10, per_person: 100, per_dealership: 2_000, per_address: 300, redis_url: None }
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
        .chain(self.redis_url.iter().filter(|url| !is_redis(url.expose())).map(|_| NOT_A_REDIS.to_owned()))
        .collect()
    }
}

const NOT_A_REDIS: &str = "limits.redis_url must look like redis://:password@host:6379/0";

fn is_redis(url: &str) -> bool {
    url::Url::parse(url).is_ok_and(|url| ["redis", "redis+unix", "unix"].contains(&url.scheme()))
}
