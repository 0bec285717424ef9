//! The rows of the table: what was asked, what was measured, and whether that is enough.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

/// Nanoseconds of one call by `place:name`.
#[derive(Default)]
pub(super) struct Measured(BTreeMap<String, f64>);

impl Measured {
    pub(super) fn add(&mut self, place: &str, figures: Value) {
        let Value::Object(figures) = figures else { return };
        let figures =
            figures.into_iter().filter_map(|(name, value)| Some((format!("{place}:{name}"), value.as_f64()?)));
        self.0.extend(figures);
    }
}

/// What a figure is held against.
#[derive(Clone, Copy)]
enum Target {
    /// Nanoseconds.
    AtMost(f64),
    /// Calls in a second.
    AtLeast(f64),
    /// A time beside which there is none: for comparison.
    None,
}

/// A figure to measure: its words, how many calls the measured time holds, its target and, should it be missed, the reason.
struct Wanted(&'static str, &'static str, f64, Target, &'static str);

/// A line of the table.
pub(super) struct Row {
    what: &'static str,
    target: String,
    measured: String,
    met: Option<bool>,
    reason: &'static str,
}

const MICRO: f64 = 1e3;
const MILLI: f64 = 1e6;
const STATES: f64 = 51.0;
const TRACE: &str = "each step of the evaluation is recorded, with its words and source";
const SIZE: &str = "the module is built for size";
const CELLS: &str = "each cell is a whole deal, computed anew with its taxes and fees";

#[rustfmt::skip]
const WANTED: [Wanted; 42] = [
    Wanted("native: tax, retail, per state, with its steps", "native:tax/retail", STATES, Target::AtLeast(500_000.0), TRACE),
    Wanted("native: tax, lease, per state, with its steps", "native:tax/lease", STATES, Target::AtLeast(500_000.0), TRACE),
    Wanted("native: whole cash deal, per state, with trace", "native:states/retail with trace", STATES, Target::None, ""),
    Wanted("native: whole cash deal, per state, a grid's cell without trace", "native:states/retail without", STATES, Target::None, ""),
    Wanted("native: whole lease, per state, with trace", "native:states/lease with trace", STATES, Target::None, ""),
    Wanted("native: whole lease, per state, a grid's cell without trace", "native:states/lease without", STATES, Target::None, ""),
    Wanted("native: finance deal and its schedule of 84 months", "native:deal/finance with schedule 84", 1.0, Target::AtMost(25.0 * MICRO), "every payment of the schedule is exact decimal arithmetic, and the deal carries its trace"),
    Wanted("native: the same with interest by days", "native:deal/finance by days with schedule 84", 1.0, Target::None, ""),
    Wanted("native: the same with skipped payments", "native:deal/finance with skipped payments with schedule 84", 1.0, Target::None, ""),
    Wanted("native: lease deal", "native:deal/lease", 1.0, Target::AtMost(10.0 * MICRO), TRACE),
    Wanted("native: deal, JSON in and out", "native:deal/JSON in and out", 1.0, Target::None, ""),
    Wanted("native: a line of a file of deals (`autolytiq calc`)", "native:many/lines of a file", 100.0, Target::None, ""),
    Wanted("native: grid of 125 cells", "native:many/grid 125", 1.0, Target::None, ""),
    Wanted("native: roll to a payment", "native:many/solve", 1.0, Target::None, ""),
    Wanted("native: level payment", "native:deal/payment", 1.0, Target::None, ""),
    Wanted("numpy-financial: level payment", "peer:payment", 1.0, Target::None, ""),
    Wanted("native: payment and schedule of 84 months", "native:deal/schedule 84", 1.0, Target::None, ""),
    Wanted("numpy-financial: schedule of 84 months", "peer:schedule84", 1.0, Target::None, ""),
    Wanted("Node: module and rules loaded", "node:load", 1.0, Target::AtMost(50.0 * MILLI), ""),
    Wanted("Node: tax of a deal", "node:typedTax", 1.0, Target::AtLeast(150_000.0), SIZE),
    Wanted("Node: finance deal", "node:typedDeal", 1.0, Target::None, ""),
    Wanted("Node: lease deal", "node:typedLease", 1.0, Target::None, ""),
    Wanted("Node: finance deal and its schedule of 84 months", "node:typedFinance84", 1.0, Target::AtMost(100.0 * MICRO), SIZE),
    Wanted("Node: a keystroke: the deal out of and its figures into the page's objects", "node:keystroke", 1.0, Target::None, ""),
    Wanted("Node: tax of a deal, JSON in and out", "node:tax", 1.0, Target::None, ""),
    Wanted("Node: finance deal, JSON in and out, with trace", "node:deal", 1.0, Target::None, ""),
    Wanted("Node: lease deal, JSON in and out, with trace", "node:lease", 1.0, Target::None, ""),
    Wanted("Node: finance deal and its schedule of 84 months, JSON in and out", "node:finance84", 1.0, Target::None, ""),
    Wanted("Node: grid of 125 cells", "node:grid125", 1.0, Target::AtMost(3.0 * MILLI), CELLS),
    Wanted("Node: roll to a payment", "node:solve", 1.0, Target::AtMost(MILLI), SIZE),
    Wanted("Chromium: module and rules fetched and loaded", "chromium:load", 1.0, Target::AtMost(50.0 * MILLI), ""),
    Wanted("Chromium: tax of a deal", "chromium:typedTax", 1.0, Target::AtLeast(150_000.0), SIZE),
    Wanted("Chromium: finance deal", "chromium:typedDeal", 1.0, Target::None, ""),
    Wanted("Chromium: lease deal", "chromium:typedLease", 1.0, Target::None, ""),
    Wanted("Chromium: finance deal and its schedule of 84 months", "chromium:typedFinance84", 1.0, Target::AtMost(100.0 * MICRO), SIZE),
    Wanted("Chromium: a keystroke: the deal out of and its figures into the page's objects", "chromium:keystroke", 1.0, Target::None, ""),
    Wanted("Chromium: tax of a deal, JSON in and out", "chromium:tax", 1.0, Target::None, ""),
    Wanted("Chromium: finance deal, JSON in and out, with trace", "chromium:deal", 1.0, Target::None, ""),
    Wanted("Chromium: lease deal, JSON in and out, with trace", "chromium:lease", 1.0, Target::None, ""),
    Wanted("Chromium: finance deal and its schedule of 84 months, JSON in and out", "chromium:finance84", 1.0, Target::None, ""),
    Wanted("Chromium: grid of 125 cells", "chromium:grid125", 1.0, Target::AtMost(3.0 * MILLI), CELLS),
    Wanted("Chromium: roll to a payment", "chromium:solve", 1.0, Target::AtMost(MILLI), SIZE),
];

/// A row for every wanted figure; one that was not measured says so.
pub(super) fn rows(measured: &Measured) -> Vec<Row> {
    WANTED.iter().map(|wanted| row(wanted, measured.0.get(wanted.1).copied())).collect()
}

fn row(Wanted(what, _, calls, target, reason): &Wanted, measured: Option<f64>) -> Row {
    let each = measured.map(|whole| whole / calls);
    let (target, met) = match *target {
        Target::AtMost(most) => (format!("< {}", time(most)), each.map(|each| each < most)),
        Target::AtLeast(least) => (format!("≥ {least:.0}/s"), each.map(|each| 1e9 / each >= least)),
        Target::None => (String::new(), None),
    };
    let measured = match each {
        Some(each) => format!("{} ({:.0}/s)", time(each), 1e9 / each),
        None => "not measured".to_owned(),
    };
    Row { what, target, measured, met, reason }
}

fn time(nanoseconds: f64) -> String {
    if nanoseconds < MICRO {
        format!("{nanoseconds:.0} ns")
    } else if nanoseconds < MILLI {
        format!("{:.2} µs", nanoseconds / MICRO)
    } else {
        format!("{:.2} ms", nanoseconds / MILLI)
    }
}

/// The table as Markdown, which a terminal shows as well.
pub(super) fn text(rows: &[Row]) -> String {
    let mut text = "| what | target | measured | met |\n|---|---|---|---|\n".to_owned();
    for Row { what, target, measured, met, .. } in rows {
        let met = met.map_or("", |met| if met { "yes" } else { "no" });
        let _ = writeln!(text, "| {what} | {target} | {measured} | {met} |");
    }
    text
}

/// The part of `docs/performance.md`.
pub(super) fn page(rows: &[Row], skipped: &[String], date: &str) -> String {
    let mut page = format!(
        "## The engine\n\n\
         Measured on {date} on two cores, one thread, by `cargo xtask bench`.\n\
         Run it on a machine that does nothing else. The native benches alone: `cargo bench -p autolytiq-finance`.\n\n\
         Native figures are Criterion's means, of typed input and with the trace unless the row says otherwise; the evaluator of\n\
         taxes always records its steps. Figures of Node and Chromium are medians at the JavaScript boundary: a price typed into a\n\
         deal on the desk, all columns computed with their traces, figures out as numbers, or where the row says so JSON in and out;\n\
         loading is a single one: of Node without reading the files, of Chromium with fetching them from this machine.\n\
         All compute the deals of `{}`. numpy-financial computes the same loan with binary floating point,\n\
         without dates and without rounding to cents.\n\n{}",
        super::REQUESTS,
        text(rows)
    );
    let missed: Vec<&Row> = rows.iter().filter(|row| row.met == Some(false)).collect();
    page.push_str("\n### Targets missed by the engine\n\n");
    if missed.is_empty() {
        page.push_str("None of those measured.\n");
    }
    for row in missed {
        let reason = if row.reason.is_empty() { "the reason is not known" } else { row.reason };
        let _ = writeln!(page, "- {}: {} against {}. Known: {reason}.", row.what, row.measured, row.target);
    }
    if !skipped.is_empty() {
        page.push_str("\n### Not measured of the engine\n\n");
        skipped.iter().for_each(|line| page.push_str(&format!("- {line}\n")));
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_row_is_per_call_and_held_against_its_target() {
        let mut measured = Measured::default();
        // 51 states in 51 µs are a microsecond each, a million in a second.
        measured.add("native", json!({"tax/retail": 51_000.0, "deal/lease": 12_340.0, "deal/payment": 640.0}));
        let rows = rows(&measured);
        let of = |what: &str| {
            let row = rows.iter().find(|row| row.what.starts_with(what)).unwrap();
            (row.target.as_str(), row.measured.as_str(), row.met)
        };
        assert_eq!(of("native: tax, retail"), ("≥ 500000/s", "1.00 µs (1000000/s)", Some(true)));
        assert_eq!(of("native: lease deal"), ("< 10.00 µs", "12.34 µs (81037/s)", Some(false)));
        assert_eq!(of("native: level payment"), ("", "640 ns (1562500/s)", None));
        assert_eq!(of("Node: roll"), ("< 1.00 ms", "not measured", None));
    }

    #[test]
    fn the_page_names_what_is_missed_and_what_was_skipped() {
        let mut measured = Measured::default();
        measured.add("native", json!({"deal/lease": 12_340.0}));
        let page = page(&rows(&measured), &["peer skipped: no network".to_owned()], "2026-11-21");
        assert!(page.contains("Measured on 2026-11-21 on two cores"));
        assert!(page.contains("- native: lease deal: 12.34 µs (81037/s) against < 10.00 µs. Known: "));
        assert!(page.contains("- peer skipped: no network\n"));
        assert_eq!(page.matches(". Known: ").count(), 1);
    }
}
