//! How many connections and how much patience.

use std::time::Duration;

/// Sizes and time-outs of the pools.
#[derive(Clone, Copy, Debug)]
pub struct PoolSettings {
    /// Most connections of the app role.
    pub app_connections: u32,
    /// Most connections of the system role.
    pub system_connections: u32,
    /// How long a caller waits for a connection before it is told that the database is busy.
    pub acquire_timeout: Duration,
    /// How long one statement of a tenant transaction may run.
    pub statement_timeout: Duration,
    /// How long a transaction may sit idle before the server ends it.
    pub idle_in_transaction_timeout: Duration,
    /// How long one statement of a system transaction may run.
    pub system_statement_timeout: Duration,
    /// Whether a commit is on disk before it is acknowledged. Only for work that is repeated as a whole when the machine
    /// goes down: [`Db::flush`](crate::Db::flush) ends it.
    pub durable_commits: bool,
}

impl Default for PoolSettings {
    fn default() -> Self {
        Self {
            app_connections: 16,
            system_connections: 4,
            acquire_timeout: Duration::from_secs(5),
            statement_timeout: Duration::from_secs(10),
            idle_in_transaction_timeout: Duration::from_secs(15),
            system_statement_timeout: Duration::from_secs(60),
            durable_commits: true,
        }
    }
}

/// A duration as PostgreSQL takes it in a setting: whole milliseconds, at least one, since 0 would mean "for ever".
pub(crate) fn milliseconds(duration: Duration) -> String {
    duration.as_millis().clamp(1, i32::MAX as u128).to_string()
}
