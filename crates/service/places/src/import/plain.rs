//! The plain table: comma-separated with a header, the columns of the shipped tables.

use super::fields::{Field, shown};
use super::{Faults, Levy};
use crate::data::RateRow;
use autolytiq_money::Money;
use autolytiq_tax::{AppliesTo, Level};
use std::collections::BTreeSet;

const COLUMNS: [&str; 12] = [
    "county",
    "area",
    "level",
    "tax",
    "name",
    "rate",
    "amount",
    "applies_to",
    "effective",
    "verified",
    "reason",
    "until",
];
const NEEDED: [&str; 5] = ["county", "level", "name", "rate", "effective"];

/// A reader of it.
#[derive(Debug, Default)]
pub(crate) struct Plain {
    /// For each column, where it is; nothing before the header was read.
    columns: Option<[Option<usize>; COLUMNS.len()]>,
    width: usize,
}

impl Plain {
    /// Reads a line: the first is the header.
    pub(crate) fn line(&mut self, line: u64, fields: &[&str], faults: &mut Faults) -> Option<Levy> {
        let Some(columns) = self.columns else {
            self.columns = Some(header(line, fields, faults));
            self.width = fields.len();
            return None;
        };
        let mut field = Field { line, faults };
        if fields.len() != self.width {
            let detail = format!("{} fields where the header has {}", fields.len(), self.width);
            field.fault("", "wrong-width", detail);
            return None;
        }
        let text = |column: &str| {
            let at = COLUMNS.iter().position(|known| *known == column);
            let at = at.and_then(|index| columns.get(index).copied().flatten());
            at.and_then(|at| fields.get(at).copied()).unwrap_or_default()
        };
        let before = field.faults.total;
        for column in NEEDED {
            if text(column).is_empty() && columns_has(&columns, column) {
                field.fault(column, "required", "must not be empty");
            }
        }
        if field.faults.total > before {
            return None;
        }
        let county = field.name("county", text("county"), 80);
        let area = field.name("area", text("area"), 80);
        let name = field.name("name", text("name"), 120);
        let reason = field.name("reason", text("reason"), 300);
        let level = Level::from_word(text("level"));
        if level.is_none() {
            field.fault("level", "unknown-level", one_of(text("level"), Level::ALL.iter().map(|level| level.word())));
        }
        let tax = match text("tax") {
            "" => Some("general".to_owned()),
            tax => field.name("tax", tax, 40),
        };
        let rate = field.rate("rate", text("rate"));
        let amount = match text("amount") {
            "" => Some(None),
            amount => match amount.parse::<Money>() {
                Ok(amount) if amount >= Money::ZERO => Some(Some(amount)),
                Ok(_) => {
                    field.fault("amount", "negative", "an amount is not negative");
                    None
                }
                Err(error) => {
                    field.fault("amount", "not-an-amount", format!("'{}': {error}", shown(amount)));
                    None
                }
            },
        };
        let applies_to = match text("applies_to") {
            "" => Some(AppliesTo::Both),
            word => {
                let known = AppliesTo::from_word(word);
                if known.is_none() {
                    let detail = one_of(word, AppliesTo::ALL.iter().map(|known| known.word()));
                    field.fault("applies_to", "unknown-word", detail);
                }
                known
            }
        };
        let effective = field.day("effective", text("effective"));
        let until = match text("until") {
            "" => Some(None),
            until => field.day("until", until).and_then(|last| {
                let last = (last.year() < 2900).then_some(last);
                field.in_order("until", effective, last).then_some(last)
            }),
        };
        let verified = match text("verified") {
            "true" => Some(true),
            "false" | "" => Some(false),
            other => {
                field.fault("verified", "not-a-truth", format!("'{}' is neither true nor false", shown(other)));
                None
            }
        };
        let row = RateRow {
            county: county?,
            area: area?,
            level: level?,
            tax: tax?,
            name: name?,
            rate: rate?,
            amount: amount?,
            applies_to: applies_to?,
            effective: effective?,
            verified: verified?,
            reason: reason?,
            until: until?,
        };
        Some(Levy { line, coded: None, row })
    }

    /// Whether a header was read.
    pub(crate) const fn began(&self) -> bool {
        self.columns.is_some()
    }
}

fn columns_has(columns: &[Option<usize>; COLUMNS.len()], column: &str) -> bool {
    COLUMNS.iter().zip(columns).any(|(known, at)| *known == column && at.is_some())
}

fn one_of(text: &str, words: impl Iterator<Item = &'static str>) -> String {
    format!("'{}' is none of {}", shown(text), words.collect::<Vec<_>>().join(", "))
}

fn header(line: u64, fields: &[&str], faults: &mut Faults) -> [Option<usize>; COLUMNS.len()] {
    let names: Vec<&str> = fields.iter().map(|field| field.trim_start_matches('\u{feff}')).collect();
    let mut seen = BTreeSet::new();
    for name in &names {
        if !COLUMNS.contains(name) {
            faults.add(line, "", "unknown-column", format!("there is no column '{}'", shown(name)));
        } else if !seen.insert(*name) {
            faults.add(line, "", "column-twice", format!("the column '{name}' is there twice"));
        }
    }
    for column in NEEDED {
        if !seen.contains(column) {
            faults.add(line, column, "column-missing", format!("the header has no column '{column}'"));
        }
    }
    COLUMNS.map(|column| names.iter().position(|name| *name == column))
}
