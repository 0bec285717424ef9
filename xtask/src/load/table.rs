//! The part of `docs/performance.md` on the API under load.

use std::fmt::Write as _;

use super::figures::{Beside, Report, Summary};

/// Milliseconds, seconds and MB (10^6 bytes) of the targets.
pub(super) const P95: f64 = 15.0;
pub(super) const P99: f64 = 40.0;
const QUERY: f64 = 5.0;
const LOG_IN: f64 = 80.0;
const EMPTY: f64 = 20.0;
const EXISTING: f64 = 3.0;
const IDLE: f64 = 150.0;
const LOADED: f64 = 400.0;
const ADDED: f64 = 1.0;
const THROUGHPUT: f64 = 10_000.0;

pub(super) fn part(report: &Report, beside: &Beside, date: &str) -> String {
    let mut text = format!(
        "## The API under load\n\n\
         Measured on {date} by `cargo xtask load` on two cores, the generator and PostgreSQL among what runs on them, after a load\n\
         average of {} in the minute before. {} deals of {} stores are stored; {} people, each with a token of their own, send {}\n\
         requests a second for {} s, 9 in 100 of them writes. Requests are due at fixed moments and timed from these, so that a\n\
         server that falls behind shows. The limits of requests per person and per store are the product's own; that of log-ins\n\
         per address is raised, since all come from one machine. The stored deals are copies of the demonstration store: one\n\
         pencil each, no audit trail.\n\n\
         | what | target | measured | met |\n|---|---|---|---|\n",
        beside.load_average, beside.stored, report.stores, report.people, report.rate, report.seconds
    );
    for (what, target, measured, met) in rows(report, beside) {
        let _ = writeln!(text, "| {what} | {target} | {measured} | {} |", if met { "yes" } else { "no" });
    }
    let _ = write!(
        text,
        "\nA query's time is the server's, planning and running together, without beginnings and ends of transactions: {} \
         queries\nover {} connections. By operation, in milliseconds:\n\n",
        beside.statements.count, beside.statements.connections
    );
    text.push_str("| operation | answers | p50 | p95 | p99 | longest |\n|---|---|---|---|---|---|\n");
    let whole =
        [("all reads", &report.reads), ("all writes", &report.writes), ("log-in beside the load", &report.log_in)];
    let each = report.operations.iter().map(|(name, times)| (name.as_str(), times));
    for (name, times) in each.chain(whole) {
        let Summary { count, p50, p95, p99, most } = times;
        let _ = writeln!(text, "| {name} | {count} | {p50:.1} | {p95:.1} | {p99:.1} | {most:.1} |");
    }
    failures(&mut text, report);
    text
}

fn rows(report: &Report, beside: &Beside) -> Vec<(String, String, String, bool)> {
    let most = report.intervals.iter().map(|interval| interval.product).fold(0.0, f64::max);
    let row = |what: &str, target: f64, unit: &str, measured: f64| {
        (what.to_owned(), format!("< {target} {unit}"), format!("{measured:.1} {unit}"), measured < target)
    };
    let query = beside.statements.p95;
    let query = (
        "database query, p95".to_owned(),
        format!("< {QUERY} ms"),
        query.map_or_else(|| "< 1 ms".to_owned(), |time| format!("{time:.1} ms")),
        query.is_none_or(|time| time < QUERY),
    );
    let mut rows = vec![
        row("API, p95", P95, "ms", report.all.p95),
        row("API, p99", P99, "ms", report.all.p99),
        (
            "requests answered a second".to_owned(),
            format!("{}", report.rate),
            format!("{:.1}", report.answered),
            report.answered > f64::from(report.rate) * 0.999 && report.failures.is_empty(),
        ),
        query,
        row("log-in, p95, nothing beside it", LOG_IN, "ms", report.log_in_alone.p95),
        row("log-in, p95, beside the load", LOG_IN, "ms", report.log_in.p95),
        row("memory of the product, idle", IDLE, "MB", report.idle),
        row("memory of the product, after the log-ins", LOADED, "MB", report.before_load),
        row("memory of the product under load", LOADED, "MB", most),
        row("from the start to the first answer, empty folder", EMPTY, "s", beside.empty.as_secs_f64()),
        row("from the start to the first answer, these deals", EXISTING, "s", beside.existing.as_secs_f64()),
    ];
    if let Some(gateway) = &beside.gateway {
        let at = format!("gateway, p99 added at {} requests a second", gateway.rate);
        rows.push(row(&at, ADDED, "ms", gateway.through_p99 - gateway.direct_p99));
        rows.push((
            "gateway, authenticated requests a second, all processes on these cores".to_owned(),
            format!("≥ {THROUGHPUT}"),
            format!("{:.0}", gateway.answered),
            gateway.answered >= THROUGHPUT && gateway.failures == 0,
        ));
    }
    rows
}

/// What failed.
pub(super) fn failures(text: &mut String, report: &Report) {
    if report.failures.is_empty() {
        text.push_str("\nNo request failed.\n");
        return;
    }
    text.push_str("\nWhat failed:\n\n");
    for (what, times) in &report.failures {
        let _ = writeln!(text, "- {what}: {times}");
    }
}

/// Where the database's time goes, for the terminal.
pub(super) fn slowest(beside: &Beside) -> String {
    format!("\nqueries by total time: calls, mean ms, longest ms, total s\n{}\n", beside.slowest)
}

#[cfg(test)]
mod tests {
    use super::super::figures::{Interval, Statements};
    use super::super::gateway::Gateway;
    use super::*;
    use std::collections::BTreeMap;
    use std::time::Duration;

    fn measured(p95: f64, failures: u64) -> (Report, Beside) {
        let times = Summary { count: 100, p50: 1.0, p95, p99: 20.0, most: 30.0 };
        let course = |product| Interval { times, failures, product, postgres: 300.0 };
        let report = Report {
            rate: 500,
            seconds: 60,
            people: 500,
            stores: 40,
            idle: 90.0,
            before_load: 100.0,
            answered: 500.0,
            all: times,
            reads: times,
            writes: times,
            operations: BTreeMap::from([("desk log".to_owned(), times)]),
            log_in_alone: times,
            log_in: times,
            flood: None,
            failures: (0..failures).map(|number| (format!("failure {number}"), 1)).collect(),
            intervals: vec![course(120.0), course(410.0)],
        };
        let beside = Beside {
            stored: 1_000_000,
            empty: Duration::from_secs(4),
            existing: Duration::from_millis(3_500),
            statements: Statements { count: 1000, p95: None, connections: 20 },
            slowest: String::new(),
            load_average: "0.10".to_owned(),
            gateway: Some(Gateway { rate: 500, direct_p99: 2.0, through_p99: 2.75, answered: 9_999.0, failures: 0 }),
        };
        (report, beside)
    }

    #[test]
    fn each_figure_is_held_against_its_target() {
        let (report, beside) = measured(14.9, 0);
        let met: Vec<bool> = rows(&report, &beside).into_iter().map(|(.., met)| met).collect();
        // The product grew beyond 400 MB, the start on these deals took longer than three seconds, and the gateway answered
        // fewer than ten thousand.
        assert_eq!(met, [true, true, true, true, true, true, true, true, false, true, false, true, false]);
        let (report, beside) = measured(15.0, 1);
        let met: Vec<bool> = rows(&report, &beside).into_iter().map(|(.., met)| met).take(3).collect();
        assert_eq!(met, [false, true, false]);
    }

    #[test]
    fn what_failed_is_named() {
        let (report, beside) = measured(1.0, 2);
        assert!(part(&report, &beside, "2026-11-21").contains("- failure 1: 1\n"));
        let (report, beside) = measured(1.0, 0);
        assert!(part(&report, &beside, "2026-11-21").contains("No request failed."));
    }
}
