//! What a run measured.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use serde::Deserialize;

use super::gateway::Gateway;

/// Milliseconds.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct Summary {
    pub(super) count: u64,
    pub(super) p50: f64,
    pub(super) p95: f64,
    pub(super) p99: f64,
    pub(super) most: f64,
}

/// Ten seconds of the run; MB.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct Interval {
    pub(super) times: Summary,
    pub(super) failures: u64,
    pub(super) product: f64,
    pub(super) postgres: f64,
}

/// Log-ins with wrong passwords beside the load.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Flood {
    pub(super) sent: u64,
    /// How many were answered with each status.
    pub(super) answers: BTreeMap<u16, u64>,
    pub(super) unanswered: u64,
    pub(super) times: Summary,
}

/// The generator's report (`xtask/load/src/figures.rs`).
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Report {
    pub(super) rate: u32,
    pub(super) seconds: u64,
    pub(super) people: usize,
    pub(super) stores: usize,
    pub(super) idle: f64,
    pub(super) before_load: f64,
    pub(super) answered: f64,
    pub(super) all: Summary,
    pub(super) reads: Summary,
    pub(super) writes: Summary,
    pub(super) operations: BTreeMap<String, Summary>,
    pub(super) log_in_alone: Summary,
    pub(super) log_in: Summary,
    pub(super) flood: Option<Flood>,
    pub(super) failures: BTreeMap<String, u64>,
    pub(super) intervals: Vec<Interval>,
}

/// What is known beside it.
#[derive(Debug)]
pub(super) struct Beside {
    pub(super) stored: u64,
    /// From the start to the first answer, on an empty folder and on this one.
    pub(super) empty: Duration,
    pub(super) existing: Duration,
    pub(super) statements: Statements,
    /// Lines of tab-separated columns.
    pub(super) slowest: String,
    pub(super) load_average: String,
    pub(super) gateway: Option<Gateway>,
}

/// Queries of the run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Statements {
    pub(super) count: u64,
    /// Milliseconds; none when it is below one.
    pub(super) p95: Option<f64>,
    /// Connections of the product.
    pub(super) connections: u64,
}

/// Milliseconds of the statements in a server's log that took longer than one. Finding a plan and running it are two lines
/// of one connection, and one statement.
pub(super) fn durations(lines: impl Iterator<Item = String>) -> Vec<f64> {
    let mut planned: HashMap<String, f64> = HashMap::new();
    let mut found = Vec::new();
    for line in lines {
        let Some((head, rest)) = line.split_once("LOG:  duration: ") else { continue };
        let Some((time, what)) = rest.split_once(" ms") else { continue };
        let (Ok(time), what) = (time.parse::<f64>(), what.trim_start()) else { continue };
        // `%m [%p] …`: the process is the connection.
        let process = head.split(['[', ']']).nth(1).unwrap_or_default().to_owned();
        let text = what.split_once(": ").map_or("", |(_, text)| text).trim_start().to_ascii_lowercase();
        if ["begin", "commit", "rollback", "set", "select set_config"].iter().any(|start| text.starts_with(start)) {
            continue;
        }
        if what.starts_with("parse") || what.starts_with("bind") {
            *planned.entry(process).or_default() += time;
        } else {
            found.push(time + planned.remove(&process).unwrap_or(0.0));
        }
    }
    // Planned slowly, run within a millisecond.
    found.extend(planned.into_values());
    found
}

/// The time that 95 of a hundred statements are within, when these are all that took longer than a millisecond.
pub(super) fn p95(count: u64, mut slow: Vec<f64>) -> Option<f64> {
    slow.sort_by(|a, b| b.total_cmp(a));
    let beyond = usize::try_from(count / 20).ok()?;
    slow.get(beyond).copied()
}

#[cfg(test)]
mod tests {
    use super::{durations, p95};

    const LOG: &str = "\
2026-11-21 08:05:44.612 UTC [23444] app@autolytiq LOG:  duration: 2.000 ms  bind sqlx_s_7: select id from deal
2026-11-21 08:05:44.613 UTC [23445] app@autolytiq LOG:  duration: 7.500 ms  execute sqlx_s_1: select id from customer
\twhere true
2026-11-21 08:05:44.616 UTC [23444] app@autolytiq LOG:  duration: 1.500 ms  execute sqlx_s_7: select id from deal
2026-11-21 08:05:44.617 UTC [23444] app@autolytiq LOG:  duration: 9.000 ms  statement: COMMIT
2026-11-21 08:05:44.618 UTC [23446] app@autolytiq LOG:  duration: 1.250 ms  bind sqlx_s_9: select 1";

    #[test]
    fn planning_and_running_are_one_statement_and_a_commit_is_none() {
        let mut found = durations(LOG.lines().map(str::to_owned));
        found.sort_by(f64::total_cmp);
        assert_eq!(found, [1.25, 3.5, 7.5]);
    }

    #[test]
    fn the_limit_of_five_in_a_hundred() {
        // Of forty, two may take longer: the third longest is the limit.
        assert_eq!(p95(40, vec![3.0, 9.0, 5.0]), Some(3.0));
        assert_eq!(p95(60, vec![3.0, 9.0, 5.0]), None);
    }
}
