//! Which table of local rates a store computes a state's deals with.

use crate::data::{LocalRatesInfo, StateTable, Tables};
use crate::import::Coded;
use crate::imported::{Book, CodedRates};
use crate::store::import::{self, RateImport, RateImportId};
use autolytiq_db::{DbError, TenantTx};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeSet;

/// The local rates of a state that hold for a store on a day.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LocalTable {
    pub(crate) origin: Origin,
    /// Of an imported table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) import: Option<ImportInForce>,
    /// Of the store's newest boundary file, which a rate file by codes needs to settle cities and districts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) boundaries: Option<ImportInForce>,
    /// Of a shipped table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) info: Option<LocalRatesInfo>,
    /// The counties with a rate. Their areas are named where the table names them; a rate file by codes does not.
    pub(crate) counties: Vec<CountyView>,
    /// Cities and districts with a rate, named or by code.
    pub(crate) areas: u64,
}

/// Whose table it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Origin {
    /// No local tax is known to reach a vehicle there.
    None,
    Shipped,
    Imported,
}

/// An import that holds.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ImportInForce {
    id: RateImportId,
    source: String,
    #[schema(value_type = String, format = Date)]
    as_of: Date,
    #[schema(value_type = String, format = Date)]
    first_day: Date,
    rows: i64,
}

impl From<RateImport> for ImportInForce {
    fn from(import: RateImport) -> Self {
        Self {
            id: import.id,
            source: import.source,
            as_of: import.as_of,
            first_day: import.first_day,
            rows: import.rows,
        }
    }
}

/// A county.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct CountyView {
    pub(crate) name: String,
    /// Cities or districts inside it with rates of their own.
    pub(crate) areas: Vec<String>,
}

impl Tables {
    /// The table of a state that holds on a day: of the store's newest import, else the shipped one.
    pub(crate) async fn in_force(&self, tx: &mut TenantTx, state: &str, day: Date) -> Result<LocalTable, DbError> {
        let boundaries = import::active(tx, state, day, true).await?.map(ImportInForce::from);
        let Some(rates) = import::active(tx, state, day, false).await? else {
            let table = self.state(state);
            let origin = if table.is_some() { Origin::Shipped } else { Origin::None };
            let counties: Vec<_> = table.into_iter().flat_map(counties).collect();
            let (info, areas) = (table.map(|table| table.info.clone()), count(&counties));
            return Ok(LocalTable { origin, import: None, boundaries, info, counties, areas });
        };
        let book = self.books.get(tx, &rates).await?;
        let (counties, areas) = match &*book {
            Book::Named(table) => {
                let counties: Vec<_> = counties(table).collect();
                let areas = count(&counties);
                (counties, areas)
            }
            Book::Coded(coded) => by_codes(coded),
        };
        let import = Some(rates.into());
        Ok(LocalTable { origin: Origin::Imported, import, boundaries, info: None, counties, areas })
    }
}

/// The counties of a table by names.
pub(crate) fn counties(table: &StateTable) -> impl Iterator<Item = CountyView> {
    table.counties.iter().map(|(name, areas)| CountyView {
        name: name.clone(),
        areas: areas.keys().filter(|area| !area.is_empty()).cloned().collect(),
    })
}

fn count(counties: &[CountyView]) -> u64 {
    counties.iter().map(|county| u64::try_from(county.areas.len()).unwrap_or_default()).sum()
}

fn by_codes(coded: &CodedRates) -> (Vec<CountyView>, u64) {
    let is_county = |kind: Coded| kind == Coded::County;
    let rows = coded.levies.iter().filter(|((kind, _), _)| is_county(*kind)).flat_map(|(_, rows)| rows);
    let names: BTreeSet<&str> = rows.map(|row| row.county.as_str()).filter(|name| !name.is_empty()).collect();
    let counties = names.into_iter().map(|name| CountyView { name: name.to_owned(), areas: Vec::new() }).collect();
    let areas = coded.levies.keys().filter(|(kind, _)| !is_county(*kind)).count();
    (counties, u64::try_from(areas).unwrap_or_default())
}
