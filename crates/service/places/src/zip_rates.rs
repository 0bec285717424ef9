//! From a ZIP code to the local rates its addresses may have.

use crate::data::{Needed, RateRow, StateTable, Tables};
use crate::imported::Book;
use crate::resolve::numbers;
use crate::store::{import, range};
use crate::zips::zip;
use autolytiq_db::{DbError, TenantTx};
use autolytiq_tax::{LocalRate, PlaceRole};
use jiff::civil::Date;
use serde::Serialize;

/// What a ZIP code says of its addresses' local rates.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ZipRates {
    pub zip: String,
    /// Two letters.
    pub state: &'static str,
    /// The county of most of its addresses.
    pub county: &'static str,
    /// The cities the Postal Service knows it by, the preferred first.
    pub cities: Vec<&'static str>,
    /// Whether all of its addresses that the table tells apart have one rate. Where not, the address decides among `candidates`.
    pub resolved: bool,
    /// The areas its addresses may lie in, each with its rates as of the day; empty where the state's table does not know
    /// the county. One without rates where no local tax reaches a vehicle.
    pub candidates: Vec<Candidate>,
}

/// An area a ZIP's address may lie in.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Candidate {
    /// The city or district; absent for the rest of the county.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    pub rates: Vec<LocalRate>,
}

impl Tables {
    /// The rates that the addresses of a ZIP code may have on a day, of the store's import that holds on it, else of the shipped
    /// table; none for a code nobody lives at.
    ///
    /// # Errors
    /// The database's.
    pub async fn zip_rates(&self, tx: &mut TenantTx, code: &str, day: Date) -> Result<Option<ZipRates>, DbError> {
        let Some(place) = zip(code) else { return Ok(None) };
        let Some(rates) = import::active(tx, place.state, day, false).await? else {
            return Ok(self.zip_rates_shipped(code, day));
        };
        let book = self.books.get(tx, &rates).await?;
        let coded = match &*book {
            Book::Named(table) => return Ok(found_in(Some(table), code, day)),
            Book::Coded(coded) => coded,
        };
        let areas = match (import::active(tx, place.state, day, true).await?, numbers(code)) {
            (Some(boundaries), Some((zip, four))) => {
                range::areas(tx, boundaries.id, range::Known { zip, four, address: None }, day).await?
            }
            _ => Vec::new(),
        };
        let table = &coded.table;
        let rates = |rows: Vec<&RateRow>, doubt: Option<&str>| -> Vec<_> {
            rows.into_iter().map(|row| table.entry(PlaceRole::Buyer, row, doubt)).collect()
        };
        let mut candidates: Vec<_> = areas
            .iter()
            .map(|area| Candidate { area: Some(area.to_string()), rates: rates(coded.of_area(area, day), None) })
            .collect();
        if candidates.is_empty() {
            let doubt = Some("no boundary file has this ZIP code: only the county's rate is given");
            candidates.push(Candidate { area: None, rates: rates(coded.of_county(place.county, day), doubt) });
        }
        let (zip, resolved) = (code.to_owned(), coded.agree(&areas, day));
        let (state, county, cities) = (place.state, place.county, place.cities);
        Ok(Some(ZipRates { zip, state, county, cities, resolved, candidates }))
    }

    /// The shipped rates that the addresses of a ZIP code may have on a day; none for a code nobody lives at.
    #[must_use]
    pub fn zip_rates_shipped(&self, code: &str, day: Date) -> Option<ZipRates> {
        found_in(self.state(zip(code)?.state), code, day)
    }
}

/// What a table by names says of a ZIP code.
pub(crate) fn found_in(table: Option<&StateTable>, code: &str, day: Date) -> Option<ZipRates> {
    let place = zip(code)?;
    let mut found = ZipRates {
        zip: code.to_owned(),
        state: place.state,
        county: place.county,
        cities: place.cities,
        resolved: true,
        candidates: Vec::new(),
    };
    let Some(table) = table else {
        found.candidates.push(Candidate { area: None, rates: Vec::new() });
        return Some(found);
    };
    let Some(areas) = table.counties.get(place.county) else {
        found.resolved = false;
        return Some(found);
    };
    let inside = areas.iter().filter(|(area, _)| {
        area.starts_with("Unincorporated") || found.cities.iter().any(|city| city.eq_ignore_ascii_case(area))
    });
    // A post office serves addresses outside its city's limits as well.
    let outside = areas.get_key_value("").into_iter();
    let named: Vec<_> =
        if table.info.needs.contains(&Needed::Area) { inside.chain(outside).collect() } else { outside.collect() };
    let figures = |rows: &[RateRow]| -> Vec<_> {
        let known = rows.iter().filter(|row| row.holds_on(day));
        known.map(|row| (row.level, row.tax.clone(), row.rate, row.amount, row.applies_to)).collect()
    };
    let mut distinct: Vec<_> = named.iter().map(|(_, rows)| figures(rows)).collect();
    distinct.dedup();
    found.resolved = distinct.len() == 1;
    for (area, rows) in named {
        let rates = rows.iter().filter(|row| row.holds_on(day));
        found.candidates.push(Candidate {
            area: (!area.is_empty()).then(|| area.clone()),
            rates: rates.map(|row| table.entry(PlaceRole::Buyer, row, None)).collect(),
        });
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use crate::Tables;
    use jiff::civil::{Date, date};

    const DAY: Date = date(2026, 11, 21);

    #[test]
    fn a_zip_in_and_around_a_city_lists_both_rates() {
        // CDTFA-95: Culver City 10.75 %, Los Angeles County outside its cities 9.75 %.
        let found = Tables::shipped().unwrap().zip_rates_shipped("90232", DAY).unwrap();
        assert_eq!((found.state, found.county, found.resolved), ("CA", "Los Angeles", false));
        let rates: Vec<_> = found
            .candidates
            .iter()
            .map(|candidate| (candidate.area.as_deref(), candidate.rates[0].rate.to_string()))
            .collect();
        assert_eq!(rates, [(Some("Culver City"), "0.035".to_owned()), (None, "0.025".to_owned())]);
    }

    #[test]
    fn a_county_wide_rate_is_resolved() {
        // DR-15DSS 2026: Alachua County 1.5 %.
        let found = Tables::shipped().unwrap().zip_rates_shipped("32601", DAY).unwrap();
        assert!(found.resolved);
        assert_eq!(found.candidates.len(), 1);
        assert_eq!(found.candidates[0].rates[0].rate.to_string(), "0.015");
    }

    #[test]
    fn a_state_without_local_tax_is_resolved_to_nothing() {
        let found = Tables::shipped().unwrap().zip_rates_shipped("78701", DAY).unwrap();
        assert!(found.resolved && found.candidates.len() == 1 && found.candidates[0].rates.is_empty());
    }

    #[test]
    fn a_county_the_table_does_not_know_is_not_resolved() {
        // Autauga County, Alabama: its automotive rate is not in the list.
        let found = Tables::shipped().unwrap().zip_rates_shipped("36067", DAY).unwrap();
        assert_eq!((found.county, found.resolved, found.candidates.len()), ("Autauga", false, 0));
    }

    #[test]
    fn nobody_lives_at_00000() {
        assert!(Tables::shipped().unwrap().zip_rates_shipped("00000", DAY).is_none());
    }
}
