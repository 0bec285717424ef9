//! The part of `docs/performance.md` on a flood of log-ins: what everybody else notices of it.

use std::fmt::Write as _;

use super::figures::{Beside, Flood, Report};
use super::table::{P95, P99, failures};

pub(super) fn part(report: &Report, flood: &Flood, beside: &Beside, date: &str) -> String {
    #[expect(clippy::cast_precision_loss, reason = "some ten thousand log-ins")]
    let rate = flood.sent as f64 / report.seconds as f64;
    let mut text = format!(
        "## A flood of log-ins\n\n\
         Measured on {date} by `cargo xtask load --rate {} --flood {rate:.0}`, everything on the same two cores, after a load average\n\
         of {} in the minute before: beside {} requests a second of {} people, {rate:.0} log-ins a second with wrong passwords, each\n\
         from an address of its own and for an account of its own, so that the limits of addresses and accounts stop none. Each\n\
         one that is let in costs the memory and the time of a password's hash. Those people's requests:\n\n\
         | what | target | measured | met |\n|---|---|---|---|\n",
        report.rate, beside.load_average, report.rate, report.people,
    );
    for (what, target, measured) in [("API, p95", P95, report.all.p95), ("API, p99", P99, report.all.p99)] {
        let met = if measured < target { "yes" } else { "no" };
        let _ = writeln!(text, "| {what}, beside the flood | < {target} ms | {measured:.1} ms | {met} |");
    }
    let _ = writeln!(text, "\nOf {} log-ins of the flood:\n", flood.sent);
    for (status, count) in &flood.answers {
        let _ = writeln!(text, "- {count} were answered {status}{}", meaning(*status));
    }
    if flood.unanswered > 0 {
        let _ = writeln!(text, "- {} were not answered", flood.unanswered);
    }
    let _ = writeln!(
        text,
        "\nTheir answers took {:.1} ms at the median and {:.1} ms at p95.",
        flood.times.p50, flood.times.p95
    );
    failures(&mut text, report);
    text
}

fn meaning(status: u16) -> &'static str {
    match status {
        401 => ": the password was checked",
        429 => ": beyond a limit",
        503 => ": no room among the passwords being checked",
        _ => "",
    }
}
