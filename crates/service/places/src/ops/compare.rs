//! What an import would change, on the first day on which it and its list hold.

use super::load::{Loaded, Order};
use crate::data::RateRow;
use crate::imported::Book;
use crate::store::import::{self, RateImportId};
use crate::store::range;
use crate::{Tables, import::Format};
use autolytiq_db::{DbError, TenantTx};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Changes shown of each kind.
const SHOWN: usize = 20;

/// How a file differs from what holds.
pub(crate) struct Comparison {
    pub(crate) day: Date,
    pub(crate) with: ComparedWith,
    /// Added, changed, removed.
    pub(crate) counts: [u64; 3],
    pub(crate) samples: Vec<Sample>,
}

/// What holds now.
pub(crate) enum ComparedWith {
    Nothing,
    Shipped,
    Import(RateImportId),
}

/// One difference.
pub(crate) struct Sample {
    /// 0 added, 1 changed, 2 removed.
    pub(crate) kind: usize,
    pub(crate) county: String,
    pub(crate) area: String,
    pub(crate) level: String,
    pub(crate) tax: String,
    pub(crate) name: String,
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
}

/// County, area, level, tax, name.
type Key = [String; 5];

pub(super) async fn compare(
    tx: &mut TenantTx,
    tables: &Tables,
    order: &Order,
    loaded: &Loaded,
    day: Date,
) -> Result<Comparison, DbError> {
    let boundaries = order.format == Format::SstBoundary;
    let active = import::active(tx, &order.state, day, boundaries).await?;
    if boundaries {
        return compare_ranges(tx, order.id, active.map(|import| import.id), day).await;
    }
    let book;
    let (with, before): (ComparedWith, Vec<&RateRow>) = match (active, tables.state(&order.state)) {
        (Some(import), _) => {
            book = tables.books.get(tx, &import).await?;
            (ComparedWith::Import(import.id), book_rows(&book))
        }
        (None, Some(table)) => {
            (ComparedWith::Shipped, table.counties.values().flat_map(BTreeMap::values).flatten().collect())
        }
        (None, None) => (ComparedWith::Nothing, Vec::new()),
    };
    let old = figures(before.into_iter(), day);
    let new = figures(loaded.levies.iter().map(|levy| &levy.row), day);
    let mut comparison = Comparison { day, with, counts: [0; 3], samples: Vec::new() };
    for (key, after) in &new {
        match old.get(key) {
            None => comparison.note(0, key, None, Some(after)),
            Some(before) if before != after => comparison.note(1, key, Some(before), Some(after)),
            Some(_) => {}
        }
    }
    for (key, before) in old.iter().filter(|(key, _)| !new.contains_key(*key)) {
        comparison.note(2, key, Some(before), None);
    }
    Ok(comparison)
}

fn book_rows(book: &Book) -> Vec<&RateRow> {
    match book {
        Book::Named(table) => table.counties.values().flat_map(BTreeMap::values).flatten().collect(),
        Book::Coded(coded) => coded.levies.values().flatten().collect(),
    }
}

fn figures<'a>(rows: impl Iterator<Item = &'a RateRow>, day: Date) -> BTreeMap<Key, String> {
    let mut figures: BTreeMap<Key, String> = BTreeMap::new();
    for row in rows.filter(|row| row.holds_on(day)) {
        let key = [&row.county, &row.area, row.level.word(), &row.tax, &row.name].map(|part: &str| part.to_owned());
        let mut figure = row.rate.to_string();
        if let Some(amount) = row.amount {
            figure = format!("{figure} + {amount}");
        }
        if row.applies_to != autolytiq_tax::AppliesTo::Both {
            figure = format!("{figure} ({})", row.applies_to.word());
        }
        figures.entry(key).and_modify(|known| *known = format!("{known}; {figure}")).or_insert(figure);
    }
    figures
}

impl Comparison {
    fn note(&mut self, kind: usize, key: &Key, before: Option<&String>, after: Option<&String>) {
        if let Some(count) = self.counts.get_mut(kind) {
            *count += 1;
            if *count > SHOWN as u64 {
                return;
            }
        }
        let [county, area, level, tax, name] = key.clone();
        let (before, after) = (before.cloned(), after.cloned());
        self.samples.push(Sample { kind, county, area, level, tax, name, before, after });
    }
}

async fn compare_ranges(
    tx: &mut TenantTx,
    new: RateImportId,
    old: Option<RateImportId>,
    day: Date,
) -> Result<Comparison, DbError> {
    let counts = range::differences(tx, new, old, day).await?.map(i64::unsigned_abs);
    let mut samples = Vec::new();
    for kind in 0..3 {
        for found in range::sample(tx, new, old, day, kind).await? {
            let name = name(&found);
            let none = String::new;
            let (county, area, level, tax) = (none(), none(), none(), none());
            samples.push(Sample { kind, county, area, level, tax, name, before: found.before, after: found.after });
        }
    }
    let with = old.map_or(ComparedWith::Nothing, ComparedWith::Import);
    Ok(Comparison { day, with, counts, samples })
}

fn name(found: &range::Differing) -> String {
    let (low, high) = (found.low, found.high);
    if found.kind == 2 {
        let which =
            ["even ", "odd "].get(usize::try_from(found.parity).unwrap_or_default()).copied().unwrap_or_default();
        return format!("{:05}, {}, {which}{low}…{high}", found.zip, found.street);
    }
    let plus4 = found.kind == 1;
    let zip = |end: i32| format!("{:05}", end / 10_000);
    let nine = |end: i32| format!("{}-{:04}", zip(end), end % 10_000);
    let (low, high) = if plus4 { (nine(low), nine(high)) } else { (zip(low), zip(high)) };
    if low == high { low } else { format!("{low}…{high}") }
}
