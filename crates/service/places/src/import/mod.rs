//! Reading a file of local rates: line by line as it arrives, with every fault named by its line and field.

mod boundary;
mod fields;
mod lines;
mod plain;
mod streamlined;

use crate::data::RateRow;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub(crate) use boundary::{Addresses, Area, Boundaries, Range, Record};
pub(crate) use fields::key;
pub(crate) use lines::{Lines, Split};
pub(crate) use plain::Plain;
pub(crate) use streamlined::Streamlined;

/// How a file of local rates is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Format {
    /// Comma-separated with a header, the columns of the shipped tables.
    Csv,
    /// The rate file of a state of the Streamlined Sales Tax agreement.
    SstRate,
    /// The boundary file of such a state.
    SstBoundary,
}

impl Format {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::SstRate => "sstRate",
            Self::SstBoundary => "sstBoundary",
        }
    }

    pub(crate) fn from_word(word: &str) -> Option<Self> {
        [Self::Csv, Self::SstRate, Self::SstBoundary].into_iter().find(|format| format.word() == word)
    }
}

/// What a code of a Streamlined file names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Coded {
    County,
    Place,
    District,
}

impl Coded {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::County => "county",
            Self::Place => "place",
            Self::District => "district",
        }
    }

    pub(crate) fn from_word(word: &str) -> Option<Self> {
        [Self::County, Self::Place, Self::District].into_iter().find(|coded| coded.word() == word)
    }
}

/// One rate of a file, with its line.
#[derive(Debug, Clone)]
pub(crate) struct Levy {
    pub(crate) line: u64,
    /// Kind and code of the jurisdiction, where the file names it so.
    pub(crate) coded: Option<(Coded, String)>,
    pub(crate) row: RateRow,
}

/// One thing wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub(crate) struct LineFault {
    /// Counted from 1.
    pub(crate) line: u64,
    /// The column, by the name its layout gives it; empty for the line as a whole.
    pub(crate) field: &'static str,
    /// A stable word for a program.
    pub(crate) code: &'static str,
    /// A sentence for a person.
    pub(crate) detail: String,
}

/// What is wrong with a file: the first faults in full, all of them counted.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    pub(crate) first: Vec<LineFault>,
    pub(crate) total: u64,
}

impl Faults {
    /// Faults told in full.
    const TOLD: usize = 200;

    pub(crate) fn add(&mut self, line: u64, field: &'static str, code: &'static str, detail: impl Into<String>) {
        self.total += 1;
        if self.first.len() < Self::TOLD {
            self.first.push(LineFault { line, field, code, detail: detail.into() });
        }
    }

    pub(crate) const fn none(&self) -> bool {
        self.total == 0
    }
}

/// Records that are counted and not used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Skipped {
    /// Records of a boundary file for addresses without a street or without whole house numbers.
    pub(crate) address_records: u64,
    /// Rows of a rate file for the state's own rate, which the state's rules have.
    pub(crate) state_rows: u64,
}

/// Finds levies of one name in one place whose days overlap. Each is a fault of the later line.
pub(crate) fn overlaps(levies: &[Levy], faults: &mut Faults) {
    let name = |levy: &Levy| {
        let row = &levy.row;
        let coded = levy.coded.clone();
        (coded, row.county.clone(), row.area.clone(), row.level, row.tax.clone(), row.name.clone(), row.applies_to)
    };
    let mut order: Vec<_> = levies.iter().map(|levy| (name(levy), levy.row.effective, levy)).collect();
    order.sort_by(|one, other| (&one.0, one.1, one.2.line).cmp(&(&other.0, other.1, other.2.line)));
    let mut open: Option<(usize, Option<Date>)> = None;
    for (at, (name, first, levy)) in order.iter().enumerate() {
        let before = open.and_then(|(index, last)| order.get(index).map(|(known, _, levy)| (known, last, levy.line)));
        match before {
            Some((known, last, line)) if known == name && last.is_none_or(|last| last >= *first) => {
                let until = last.map_or_else(|| "without an end".to_owned(), |last| format!("until {last}"));
                let detail = format!("the same levy is in line {line} {until}, and this begins on {first}");
                faults.add(levy.line.max(line), "effective", "overlap", detail);
                let later = if levy.row.until.is_none() || last.is_none() { None } else { last.max(levy.row.until) };
                open = Some((at, later));
            }
            _ => open = Some((at, levy.row.until)),
        }
    }
}
