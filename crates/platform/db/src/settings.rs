//! How many connections and how much patience, and what a transaction says of itself.

use std::{fmt::Display, time::Duration};

use sqlx::AssertSqlSafe;

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

/// Settings of one transaction alone (`set local`): a connection goes back to the pool without a tenant. They are a text
/// that travels with the transaction's beginning, since a statement of their own would be a round trip for each request.
#[derive(Default)]
pub(crate) struct Said(Vec<String>);

impl Said {
    /// Values are ids, numbers and names of the code; even so, no value could end its own quotes.
    pub(crate) fn set(mut self, setting: &'static str, value: impl Display) -> Self {
        self.0.push(format!("set local {setting} = '{}'", value.to_string().replace('\'', "''")));
        self
    }

    /// As the beginning of a transaction.
    pub(crate) fn after(self, begin: &'static str) -> AssertSqlSafe<String> {
        let mut statements = vec![begin.to_owned()];
        statements.extend(self.0);
        AssertSqlSafe(statements.join("; "))
    }

    /// In a transaction that has begun.
    pub(crate) fn alone(self) -> AssertSqlSafe<String> {
        AssertSqlSafe(self.0.join("; "))
    }
}

#[cfg(test)]
mod tests {
    use sqlx::SqlSafeStr;

    use super::Said;

    #[test]
    fn no_value_ends_its_quotes() {
        let said = Said::default().set("app.acting", "a'; drop table deal; --").set("statement_timeout", 10);
        let sql = "begin; set local app.acting = 'a''; drop table deal; --'; set local statement_timeout = '10'";
        assert_eq!(said.after("begin").into_sql_str().as_str(), sql);
    }
}
