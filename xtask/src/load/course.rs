//! The part of `docs/performance.md` on endurance: the same load for long, and whether memory stays.

use std::fmt::Write as _;

use super::figures::{Beside, Interval, Report};
use super::table::failures;

/// How long an interval is.
const SECONDS: f64 = 10.0;

/// Of what was to be answered, the part below which the machine is called saturated.
const ON_TIME: f64 = 0.99;

/// How much more memory the last fifth may take than the second fifth, which no longer warms up.
const GROWTH: f64 = 1.05;

pub(super) fn part(report: &Report, beside: &Beside, date: &str) -> String {
    let mut text = format!(
        "## Endurance\n\n\
         Measured on {date} by `cargo xtask load --minutes {} --rate {}`: {} deals stored, {} people, {:.0} requests a second\n\
         answered, {} in all; p95 {:.1} ms, p99 {:.1} ms, longest {:.0} ms. The product's memory (resident pages) is looked at\n\
         every ten seconds, PostgreSQL's once a minute, with shared memory counted once. After a load average of {} in the minute before.\n\n\
         | part of the run | answers a second | p95 (ms) | p99 (ms) | failures | product (MB) | PostgreSQL (MB) |\n|---|---|---|---|---|---|---|\n",
        report.seconds / 60,
        report.rate,
        beside.stored,
        report.people,
        report.answered,
        report.all.count,
        report.all.p95,
        report.all.p99,
        report.all.most,
        beside.load_average,
    );
    let fifths = fifths(&report.intervals);
    for (name, part) in
        ["first fifth", "second fifth", "middle fifth", "fourth fifth", "last fifth"].iter().zip(&fifths)
    {
        let mean = |figure: fn(&Interval) -> f64| mean(part, figure);
        let failed: u64 = part.iter().map(|interval| interval.failures).sum();
        let _ = writeln!(
            text,
            "| {name} | {:.0} | {:.1} | {:.1} | {failed} | {:.0} | {:.0} |",
            mean(answers) / SECONDS,
            mean(|interval| interval.times.p95),
            mean(|interval| interval.times.p99),
            mean(|interval| interval.product),
            mean(|interval| interval.postgres),
        );
    }
    let verdict = match flat(&fifths) {
        Some(true) => "The product's memory is flat: the last fifth takes at most 5 % more than the second.",
        Some(false) => "The product's memory grew by more than 5 % from the second fifth to the last.",
        None => "Too short a run to say whether memory grows.",
    };
    if report.answered < ON_TIME * f64::from(report.rate) {
        text.push_str(
            "\nThe machine is saturated, generator and PostgreSQL included: what is due is sent late, and the times are mostly that\n\
             lateness. Nothing is dropped: the rest was sent afterwards.\n",
        );
    }
    let _ = write!(text, "\nMeans of each part; times are means of the ten-second figures. {verdict}\n");
    failures(&mut text, report);
    text
}

fn fifths(course: &[Interval]) -> Vec<&[Interval]> {
    course.chunks(course.len().div_ceil(5).max(1)).collect()
}

#[expect(clippy::cast_precision_loss, reason = "some hundred intervals")]
fn mean(part: &[Interval], figure: fn(&Interval) -> f64) -> f64 {
    part.iter().map(figure).sum::<f64>() / part.len().max(1) as f64
}

#[expect(clippy::cast_precision_loss, reason = "some thousand answers")]
fn answers(interval: &Interval) -> f64 {
    interval.times.count as f64
}

fn flat(fifths: &[&[Interval]]) -> Option<bool> {
    let [_, second, _, _, last] = fifths else { return None };
    let of = |part: &[Interval]| mean(part, |interval| interval.product);
    Some(of(last) <= of(second) * GROWTH)
}

#[cfg(test)]
mod tests {
    use super::super::figures::Summary;
    use super::*;

    fn course(memory: &[f64]) -> Vec<Interval> {
        let times = Summary { count: 1, p50: 1.0, p95: 1.0, p99: 1.0, most: 1.0 };
        memory.iter().map(|product| Interval { times, failures: 0, product: *product, postgres: 1.0 }).collect()
    }

    #[test]
    fn memory_that_grows_all_the_time_is_not_flat() {
        let verdict = |memory: &[f64]| flat(&fifths(&course(memory)));
        assert_eq!(verdict(&[90.0, 120.0, 121.0, 119.0, 120.0]), Some(true), "warming up is no growth");
        assert_eq!(verdict(&[90.0, 120.0, 125.0, 130.0, 135.0]), Some(false));
        assert_eq!(verdict(&[90.0, 120.0]), None);
    }
}
