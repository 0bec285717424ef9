//! The shipped tables: one CSV per state, one list of where they come from.

use crate::DataError;
use crate::imported::Books;
use autolytiq_money::{Money, Rate};
use autolytiq_tax::{AppliesTo, Level};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

const STATES: &str = include_str!("../data/states.toml");

macro_rules! tables {
    ($($state:literal)*) => { [$(($state, include_str!(concat!("../data/", $state, ".csv")))),*] };
}

const TABLES: [(&str, &str); 23] = tables! {
    "AK" "AL" "AR" "AZ" "CA" "CO" "FL" "HI" "IL" "KS" "LA" "MN" "MO" "NE" "NV" "NY" "OH" "PA" "TN" "UT" "WA" "WI" "WY"
};

/// All shipped local rates, and those that stores imported as far as they are in memory.
#[derive(Debug)]
pub struct Tables {
    states: BTreeMap<String, StateTable>,
    pub(crate) books: Books,
}

/// The local rates of one state.
#[derive(Debug)]
pub struct StateTable {
    /// Where they come from.
    pub info: LocalRatesInfo,
    /// By county, then by area; the empty area is the rest of the county.
    pub counties: BTreeMap<String, BTreeMap<String, Vec<RateRow>>>,
}

/// What the reader should know about a state's local rates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all(serialize = "camelCase"), deny_unknown_fields)]
#[schema(rename_all = "camelCase")]
pub struct LocalRatesInfo {
    /// The day on which the list was current.
    #[schema(value_type = String, format = Date)]
    pub as_of: Date,
    /// Whether every place of the state is in it.
    pub complete: bool,
    /// What a place must name for its rate to be settled.
    pub needs: Vec<Needed>,
    /// Whose place decides, in words.
    pub basis: String,
    pub source: ListSource,
    pub note: String,
}

/// A part of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum Needed {
    County,
    /// A city, or a transit district's territory.
    Area,
}

/// The publication a list was taken from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListSource {
    pub title: String,
    pub publisher: String,
    pub citation: String,
}

/// One rate as the table has it: the whole local part of one level of one tax.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateRow {
    pub county: String,
    pub area: String,
    pub level: Level,
    pub tax: String,
    pub name: String,
    pub rate: Rate,
    /// A fixed amount per vehicle, where the levy is one.
    #[serde(default)]
    pub amount: Option<Money>,
    #[serde(default = "both")]
    pub applies_to: AppliesTo,
    /// First day on which the table vouches for it.
    pub effective: Date,
    pub verified: bool,
    /// Why this row in particular is doubtful.
    #[serde(default)]
    pub reason: String,
    /// Last day, where the table names one.
    #[serde(default)]
    pub until: Option<Date>,
}

impl RateRow {
    /// Whether the table vouches for it on a day.
    pub(crate) fn holds_on(&self, day: Date) -> bool {
        self.effective <= day && self.until.is_none_or(|last| day <= last)
    }
}

const fn both() -> AppliesTo {
    AppliesTo::Both
}

impl Tables {
    /// Reads the tables that are compiled in.
    ///
    /// # Errors
    /// [`DataError`] when one is malformed, which the tests of this crate rule out.
    pub fn shipped() -> Result<Self, DataError> {
        let mut infos: BTreeMap<String, LocalRatesInfo> = toml::from_str(STATES)?;
        let mut tables = BTreeMap::new();
        for (state, text) in TABLES {
            let info = infos.remove(state).ok_or_else(|| DataError::Unpaired(state.to_owned()))?;
            let mut counties: BTreeMap<String, BTreeMap<String, Vec<RateRow>>> = BTreeMap::new();
            for row in csv::Reader::from_reader(text.as_bytes()).deserialize::<RateRow>() {
                let row = row.map_err(|source| DataError::Table { state: state.to_owned(), source })?;
                let areas = counties.entry(row.county.clone()).or_default();
                areas.entry(row.area.clone()).or_default().push(row);
            }
            tables.insert(state.to_owned(), StateTable { info, counties });
        }
        match infos.pop_first() {
            Some((state, _)) => Err(DataError::Unpaired(state)),
            None => Ok(Self { states: tables, books: Books::default() }),
        }
    }

    /// The shipped table of a state; none where no local tax reaches a vehicle.
    #[must_use]
    pub fn state(&self, code: &str) -> Option<&StateTable> {
        self.states.get(code)
    }
}

#[cfg(test)]
mod tests {
    use super::{Needed, Tables};
    use autolytiq_money::Rate;

    #[test]
    fn every_table_reads_and_every_county_has_a_row_of_its_own() {
        let tables = Tables::shipped().unwrap();
        // Numbers of counties: National Association of Counties; New York City's five boroughs count as counties.
        // Those of Alabama are the few whose automotive rate is known; Nevada counts Carson City.
        for (state, counties) in [
            ("AL", 17),
            ("AR", 75),
            ("AZ", 15),
            ("CA", 58),
            ("CO", 64),
            ("FL", 67),
            ("HI", 5),
            ("IL", 102),
            ("KS", 105),
            ("LA", 64),
            ("MN", 87),
            ("MO", 115),
            ("NE", 93),
            ("NV", 17),
            ("NY", 62),
            ("OH", 88),
            ("PA", 67),
            ("TN", 95),
            ("UT", 29),
            ("WA", 39),
            ("WI", 72),
            ("WY", 23),
        ] {
            let table = tables.state(state).unwrap();
            assert_eq!(table.counties.len(), counties, "{state}");
            for (county, areas) in &table.counties {
                // Alabama's list is in pieces; around Seattle the transit districts split what lies outside the cities.
                let split = state == "AL" || areas.keys().any(|area| area.starts_with("Unincorporated"));
                assert!(split || areas.contains_key(""), "{state}, {county}: no row for the county itself");
                assert!(
                    areas.values().flatten().all(|row| row.rate >= Rate::ZERO && row.effective <= table.info.as_of)
                );
            }
            assert!(table.info.needs.contains(&Needed::County));
        }
        assert!(tables.state("TX").is_none());
    }
}
