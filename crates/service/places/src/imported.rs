//! Imported tables in memory. An import never changes, so what was read once stays true.

use crate::data::{ListSource, LocalRatesInfo, Needed, RateRow, StateTable};
use crate::import::{Area, Coded, Format, Levy, key};
use crate::store::import::{RateImport, RateImportId};
use crate::store::levy;
use autolytiq_db::{DbError, TenantTx};
use autolytiq_kernel::DealershipId;
use autolytiq_tax::{LocalRate, Place, PlaceRole};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

/// An imported table of rates.
#[derive(Debug)]
pub(crate) enum Book {
    /// By the names of counties and areas, as the shipped tables.
    Named(StateTable),
    /// By the codes of jurisdictions.
    Coded(CodedRates),
}

/// Rates by the codes of their jurisdictions; all that reach a place are added.
#[derive(Debug)]
pub(crate) struct CodedRates {
    /// For what a result says of its source; its counties are empty.
    pub(crate) table: StateTable,
    pub(crate) levies: BTreeMap<(Coded, String), Vec<RateRow>>,
}

impl Book {
    fn new(import: &RateImport, levies: Vec<Levy>) -> Self {
        let has_areas = levies.iter().any(|levy| levy.coded.is_some() || !levy.row.area.is_empty());
        let info = LocalRatesInfo {
            as_of: import.as_of,
            complete: false,
            needs: if has_areas { vec![Needed::County, Needed::Area] } else { vec![Needed::County] },
            basis: String::new(),
            source: ListSource {
                title: import.source.clone(),
                publisher: "imported by the store".to_owned(),
                citation: match &import.file_name {
                    Some(file) => format!("{file}, as of {}", import.as_of),
                    None => format!("as of {}", import.as_of),
                },
            },
            note: String::new(),
        };
        let mut table = StateTable { info, counties: BTreeMap::new() };
        let mut coded: BTreeMap<_, Vec<RateRow>> = BTreeMap::new();
        for Levy { coded: code, row, .. } in levies {
            match code {
                Some(code) => coded.entry(code).or_default().push(row),
                None => {
                    let areas = table.counties.entry(row.county.clone()).or_default();
                    areas.entry(row.area.clone()).or_default().push(row);
                }
            }
        }
        match import.format {
            Format::SstRate => Self::Coded(CodedRates { table, levies: coded }),
            Format::Csv | Format::SstBoundary => Self::Named(table),
        }
    }

    fn rows(&self) -> usize {
        match self {
            Self::Named(table) => table.counties.values().flat_map(BTreeMap::values).map(Vec::len).sum(),
            Self::Coded(coded) => coded.levies.values().map(Vec::len).sum(),
        }
    }
}

impl CodedRates {
    fn of(&self, kind: Coded, code: &str, day: Date) -> impl Iterator<Item = &RateRow> {
        let rows = self.levies.get(&(kind, code.to_owned())).map(Vec::as_slice).unwrap_or_default();
        rows.iter().filter(move |row| row.holds_on(day))
    }

    /// The rates of an area, in the order county, city, districts.
    pub(crate) fn of_area(&self, area: &Area, day: Date) -> Vec<&RateRow> {
        let districts = area.districts.iter().flat_map(|code| self.of(Coded::District, code, day));
        let county = self.of(Coded::County, &area.county, day);
        county.chain(self.of(Coded::Place, &area.place, day)).chain(districts).collect()
    }

    /// The rates of a county by its name.
    pub(crate) fn of_county(&self, name: &str, day: Date) -> Vec<&RateRow> {
        let wanted = key(name);
        let counties = self.levies.iter().filter(|((kind, _), _)| *kind == Coded::County);
        let rows = counties.flat_map(|(_, rows)| rows).filter(|row| key(&row.county) == wanted && row.holds_on(day));
        rows.collect()
    }

    /// The rates that reach a place whose ZIP code, or whose address in it, lies in these areas. Where they are not settled,
    /// those that all the areas have, each with the doubt.
    pub(crate) fn at(
        &self,
        role: PlaceRole,
        place: &Place,
        has_street: bool,
        day: Date,
        areas: &[Area],
    ) -> Vec<LocalRate> {
        let zip = place.zip.as_deref().unwrap_or_default();
        let county = place.county.as_deref().map(key);
        let inside: Vec<&Area> = match &county {
            Some(county) if areas.iter().any(|area| key(&area.county_name) == *county) => {
                areas.iter().filter(|area| key(&area.county_name) == *county).collect()
            }
            _ => areas.iter().collect(),
        };
        let mut stacks: Vec<Vec<&RateRow>> = inside.iter().map(|area| self.of_area(area, day)).collect();
        let (rows, doubt) = if let Some(first) = stacks.pop() {
            let figures = |rows: &[&RateRow]| rows.iter().map(|row| (row.level, row.rate)).collect::<Vec<_>>();
            if stacks.iter().all(|stack| figures(stack) == figures(&first)) {
                (first, None)
            } else {
                let name = |row: &RateRow| (row.level, row.name.clone());
                let shared = first
                    .into_iter()
                    .filter(|row| stacks.iter().all(|stack| stack.iter().any(|other| name(other) == name(row))));
                let count = inside.len();
                let settle = match (has_street, zip.len() > 5) {
                    (false, false) => "; the street, or the four digits after the ZIP, would settle it",
                    (false, true) => "; the street would settle it",
                    (true, false) => "; no address range has the street, the four digits after the ZIP would settle it",
                    (true, true) => "",
                };
                let doubt = format!("ZIP {zip} lies in {count} tax areas: only the rates they share are used{settle}");
                (shared.collect(), Some(doubt))
            }
        } else {
            let Some(county) = place.county.as_deref() else { return Vec::new() };
            let why = if zip.is_empty() {
                "no ZIP code was given".to_owned()
            } else {
                format!("ZIP {zip} is in no boundary file")
            };
            (self.of_county(county, day), Some(format!("{why}: only the county's rate is used")))
        };
        rows.into_iter().map(|row| self.table.entry(role, row, doubt.as_deref())).collect()
    }

    /// Whether all of these areas have the same rates on a day.
    pub(crate) fn agree(&self, areas: &[Area], day: Date) -> bool {
        let figures =
            |area: &Area| self.of_area(area, day).iter().map(|row| (row.level, row.rate.units())).collect::<Vec<_>>();
        areas.iter().map(figures).collect::<BTreeSet<_>>().len() == 1
    }
}

/// Most rates kept in memory; the table used longest ago goes first.
const MOST_ROWS: usize = 400_000;

/// Whose import a book is, and which.
type Name = (DealershipId, RateImportId);

/// Books by their names, the one used last at the end.
#[derive(Debug, Default)]
pub(crate) struct Books(Mutex<Vec<(Name, Arc<Book>)>>);

impl Books {
    /// The rates of an import.
    pub(crate) async fn get(&self, tx: &mut TenantTx, import: &RateImport) -> Result<Arc<Book>, DbError> {
        let name = (tx.acting(), import.id);
        if let Some(book) = self.known(name) {
            return Ok(book);
        }
        let book = Arc::new(Book::new(import, levy::all(tx, import.id).await?));
        let mut books = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        books.push((name, Arc::clone(&book)));
        while books.len() > 1 && books.iter().map(|(_, book)| book.rows()).sum::<usize>() > MOST_ROWS {
            books.remove(0);
        }
        Ok(book)
    }

    fn known(&self, name: Name) -> Option<Arc<Book>> {
        let mut books = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = books.iter().position(|(known, _)| *known == name)?;
        let found = books.remove(at);
        let book = Arc::clone(&found.1);
        books.push(found);
        Some(book)
    }
}
