//! Counters that all processes of an installation share: the same algorithm (GCRA) in a Redis script.
//!
//! Redis is an optimisation and never a way to stop the product: while it does not answer, each process counts by itself.

use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::{Duration, Instant};

use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::{Client, RedisError, Script};
use tokio::sync::OnceCell;

use super::budget::{Budget, Verdict};
use crate::settings::Limits;

/// How long a request waits for the answer of a Redis that should be next door.
const PATIENCE: Duration = Duration::from_millis(100);
/// How long nobody asks a Redis that did not answer.
const REST: Duration = Duration::from_secs(2);

/// One request against one key, by Redis's own clock: the theoretical arrival time, as governor keeps it. Answers what
/// remains, or minus one and the microseconds until the next.
const COUNT: &str = r"
local now = redis.call('TIME')
local at = now[1] * 1000000 + now[2]
local interval, burst = tonumber(ARGV[1]), tonumber(ARGV[2])
local arrival = math.max(tonumber(redis.call('GET', KEYS[1]) or at), at) + interval
local allowed = arrival - burst * interval
if at < allowed then return {-1, allowed - at} end
redis.call('SET', KEYS[1], string.format('%.0f', arrival), 'PX', math.ceil((arrival - at) / 1000))
return {math.floor((at - allowed) / interval), 0}
";

/// Why Redis could not count.
#[derive(Debug, thiserror::Error)]
pub enum SharedError {
    /// The address is none, or the server refused.
    #[error("the Redis of limits.redis_url cannot be used")]
    Redis(#[from] RedisError),
    /// It is left alone for a moment.
    #[error("the Redis of limits.redis_url did not answer a moment ago")]
    Resting,
}

/// The counters.
pub(super) struct Shared {
    client: Client,
    manager: OnceCell<ConnectionManager>,
    script: Script,
    resting_until: Mutex<Option<Instant>>,
}

impl Shared {
    /// # Errors
    /// When the address cannot be read. Nothing is connected yet.
    pub(super) fn new(address: &str) -> Result<Self, SharedError> {
        Ok(Self {
            client: Client::open(address)?,
            manager: OnceCell::new(),
            script: Script::new(COUNT),
            resting_until: Mutex::new(None),
        })
    }

    pub(super) async fn count(&self, budget: Budget, key: u128, limits: &Limits) -> Result<Verdict, SharedError> {
        if self.is_resting() {
            return Err(SharedError::Resting);
        }
        let counted = self.ask(budget, key, limits).await;
        if let Err(error) = &counted {
            tracing::warn!(error = error as &dyn std::error::Error, "limits.redis.away");
            metrics::counter!("limits_redis_failed_total").increment(1);
            *self.resting() = Some(Instant::now() + REST);
        }
        counted
    }

    async fn ask(&self, budget: Budget, key: u128, limits: &Limits) -> Result<Verdict, SharedError> {
        let limit = budget.per_minute(limits).get();
        let interval = 60_000_000 / u64::from(limit);
        let mut connection = self.manager.get_or_try_init(|| self.connect()).await?.clone();
        let (remaining, wait): (i64, u64) = self
            .script
            .key(format!("autolytiq:limit:{}:{key:032x}", budget.name()))
            .arg(interval.max(1))
            .arg(limit)
            .invoke_async(&mut connection)
            .await?;
        Ok(match u32::try_from(remaining) {
            Ok(remaining) => Verdict { limit, remaining, wait: None },
            Err(_) => Verdict { limit, remaining: 0, wait: Some(wait.div_ceil(1_000_000).max(1)) },
        })
    }

    async fn connect(&self) -> Result<ConnectionManager, RedisError> {
        let config = ConnectionManagerConfig::new()
            .set_connection_timeout(Some(PATIENCE))
            .set_response_timeout(Some(PATIENCE))
            .set_number_of_retries(0);
        self.client.get_connection_manager_with_config(config).await
    }

    fn is_resting(&self) -> bool {
        self.resting().is_some_and(|until| Instant::now() < until)
    }

    fn resting(&self) -> std::sync::MutexGuard<'_, Option<Instant>> {
        self.resting_until.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
