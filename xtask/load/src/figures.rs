//! What was measured.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::Result;
use hdrhistogram::Histogram;
use serde::Serialize;

/// Longest time that is told apart, in microseconds.
const LONGEST: u64 = 120_000_000;

/// Times of answers.
#[derive(Debug)]
pub(crate) struct Times(Histogram<u64>);

impl Times {
    /// Three digits of each time are kept.
    pub(crate) fn new() -> Result<Self> {
        Ok(Self(Histogram::new_with_bounds(1, LONGEST, 3)?))
    }

    pub(crate) fn record(&mut self, time: Duration) {
        self.0.saturating_record(u64::try_from(time.as_micros()).unwrap_or(LONGEST).max(1));
    }

    pub(crate) fn add(&mut self, other: &Self) {
        // Of the same bounds, so that every value has its place.
        let _ = self.0.add(&other.0);
    }

    pub(crate) fn summary(&self) -> Summary {
        let at = |share: f64| milliseconds(self.0.value_at_quantile(share));
        Summary { count: self.0.len(), p50: at(0.50), p95: at(0.95), p99: at(0.99), most: milliseconds(self.0.max()) }
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}

#[expect(clippy::cast_precision_loss, reason = "microseconds of minutes at most")]
fn milliseconds(microseconds: u64) -> f64 {
    microseconds as f64 / 1e3
}

/// Milliseconds.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct Summary {
    pub(crate) count: u64,
    pub(crate) p50: f64,
    pub(crate) p95: f64,
    pub(crate) p99: f64,
    pub(crate) most: f64,
}

/// Ten seconds of the run.
#[derive(Debug, Serialize)]
pub(crate) struct Interval {
    /// When it ended, in seconds from the beginning of what is measured.
    pub(crate) second: u64,
    pub(crate) times: Summary,
    pub(crate) failures: u64,
    /// MB of the product, resident.
    pub(crate) product: f64,
    /// MB of the database server, shared memory counted once.
    pub(crate) postgres: f64,
}

/// Log-ins with wrong passwords beside the load.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Flood {
    pub(crate) sent: u64,
    /// How many were answered with each status.
    pub(crate) answers: BTreeMap<u16, u64>,
    pub(crate) unanswered: u64,
    pub(crate) times: Option<Summary>,
}

/// All of it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Report {
    pub(crate) rate: u32,
    pub(crate) seconds: u64,
    pub(crate) people: usize,
    pub(crate) stores: usize,
    /// MB of the product before the first log-in and before the load.
    pub(crate) idle: f64,
    pub(crate) before_load: f64,
    /// Requests a second that were answered.
    pub(crate) answered: f64,
    pub(crate) all: Summary,
    pub(crate) reads: Summary,
    pub(crate) writes: Summary,
    pub(crate) operations: BTreeMap<&'static str, Summary>,
    /// One after the other, with nothing beside them.
    pub(crate) log_in_alone: Summary,
    /// Beside the load.
    pub(crate) log_in: Summary,
    pub(crate) flood: Option<Flood>,
    /// What failed, how often.
    pub(crate) failures: BTreeMap<String, u64>,
    pub(crate) intervals: Vec<Interval>,
}
