//! From a deal's places to the rates that reach it.

use crate::data::{Needed, RateRow, StateTable, Tables};
use crate::import::{Area, key};
use crate::imported::Book;
use crate::store::{import, range};
use crate::street::StreetAddress;
use crate::zip_rates::found_in;
use autolytiq_db::{DbError, TenantTx};
use autolytiq_tax::{LocalRate, Place, PlaceRole, ResolvedRates};
use jiff::civil::Date;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The places of one deal.
#[derive(Debug, Clone, Copy)]
pub struct Places<'a> {
    pub dealer: &'a Place,
    pub buyer: &'a Place,
    /// Where the vehicle is kept, if elsewhere than where the buyer lives.
    pub garaging: Option<&'a Place>,
    pub streets: Streets<'a>,
}

/// House number and street at a deal's places, as far as they are known. Only a store's own boundary file can tell addresses of
/// one ZIP apart.
#[derive(Debug, Clone, Copy, Default)]
pub struct Streets<'a> {
    pub dealer: Option<&'a str>,
    pub buyer: Option<&'a str>,
    /// Counts only where another place than the buyer's is given.
    pub garaging: Option<&'a str>,
}

impl Tables {
    /// The local rates for a deal of this date at these places: of the store's newest import for the state that holds on that
    /// date and is not withdrawn, else of the shipped table.
    ///
    /// # Errors
    /// The database's.
    pub async fn resolve(&self, tx: &mut TenantTx, date: Date, places: Places<'_>) -> Result<ResolvedRates, DbError> {
        let garaging = places.garaging.unwrap_or(places.buyer);
        let Some(rates) = import::active(tx, &garaging.state, date, false).await? else {
            return Ok(self.resolve_shipped(date, places));
        };
        let book = self.books.get(tx, &rates).await?;
        let mut resolved = ResolvedRates::none(date);
        let streets = places.streets;
        let kept = if places.garaging.is_some() { streets.garaging } else { streets.buyer };
        for (role, place, street) in [
            (PlaceRole::Dealer, places.dealer, streets.dealer),
            (PlaceRole::Buyer, places.buyer, streets.buyer),
            (PlaceRole::Garaging, garaging, kept),
        ] {
            if place.state != garaging.state {
                continue;
            }
            resolved.entries.extend(match &*book {
                Book::Named(table) => table.at(role, place, date),
                Book::Coded(coded) => {
                    let address = street.and_then(StreetAddress::read);
                    let areas = areas_of(tx, place, address.as_ref(), date).await?;
                    coded.at(role, place, address.is_some(), date, &areas)
                }
            });
        }
        Ok(resolved)
    }

    /// The shipped local rates for a deal of this date at these places.
    ///
    /// Only places in the state that taxes the deal, the one of registration, are looked up: a rate of another state
    /// never reaches it. A place whose county is not named or not known gives no rate; the engine then says so.
    #[must_use]
    pub fn resolve_shipped(&self, date: Date, places: Places<'_>) -> ResolvedRates {
        let garaging = places.garaging.unwrap_or(places.buyer);
        let mut rates = ResolvedRates::none(date);
        let Some(table) = self.state(&garaging.state) else { return rates };
        for (role, place) in
            [(PlaceRole::Dealer, places.dealer), (PlaceRole::Buyer, places.buyer), (PlaceRole::Garaging, garaging)]
        {
            if place.state == garaging.state {
                rates.entries.extend(table.at(role, place, date));
            }
        }
        rates
    }
}

/// The areas that the store's newest import of boundaries gives a place's ZIP code, or an address in it; none without either.
async fn areas_of(
    tx: &mut TenantTx,
    place: &Place,
    address: Option<&StreetAddress>,
    date: Date,
) -> Result<Vec<Area>, DbError> {
    let Some((zip, four)) = place.zip.as_deref().and_then(numbers) else { return Ok(Vec::new()) };
    match import::active(tx, &place.state, date, true).await? {
        Some(boundaries) => range::areas(tx, boundaries.id, range::Known { zip, four, address }, date).await,
        None => Ok(Vec::new()),
    }
}

/// A ZIP code of five digits, or of nine with a hyphen, as numbers.
pub(crate) fn numbers(code: &str) -> Option<(i32, Option<i32>)> {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten();
    match (code.len(), code.split_once('-')) {
        (5, None) => Some((digits(code)?, None)),
        (10, Some((five, four))) if five.len() == 5 => Some((digits(five)?, Some(digits(four)?))),
        _ => None,
    }
}

/// A value by a place's name, or by one that differs only in capitals, blanks, points and "St.".
fn named<'a, T>(places: &'a BTreeMap<String, T>, name: &str) -> Option<&'a T> {
    places.get(name).or_else(|| {
        let wanted = key(name);
        places.iter().find(|(known, _)| !wanted.is_empty() && key(known) == wanted).map(|(_, value)| value)
    })
}

impl StateTable {
    fn at(&self, role: PlaceRole, place: &Place, date: Date) -> Vec<LocalRate> {
        let by_zip = place.zip.as_deref().and_then(|code| found_in(Some(self), code, date));
        let by_zip = by_zip.filter(|found| found.state == place.state);
        let county = place.county.as_deref().or(by_zip.as_ref().map(|found| found.county));
        let Some(areas) = county.and_then(|county| named(&self.counties, county)) else { return Vec::new() };
        // A ZIP whose addresses all have one rate settles what no city was given for.
        let settled =
            by_zip.as_ref().filter(|found| found.resolved && county.is_some_and(|name| key(name) == key(found.county)));
        let settled = settled.and_then(|found| found.candidates.first());
        let area = place.district.as_deref().or(place.city.as_deref());
        let is_settled = area.is_none() && settled.is_some();
        let area = area.or(settled.and_then(|candidate| candidate.area.as_deref()));
        let found = area.and_then(|area| named(areas, area));
        let doubt = match area {
            _ if place.county.is_none() => Some(format!(
                "no county was given: that of most addresses of ZIP {} is used",
                place.zip.as_deref().unwrap_or_default()
            )),
            _ if found.is_some() || is_settled || !self.info.needs.contains(&Needed::Area) => None,
            Some(area) => {
                Some(format!("{area} is not in the list of this county: the rate outside its cities is used"))
            }
            None => Some("no city was given: the rate outside the county's cities is used".to_owned()),
        };
        found
            .or_else(|| areas.get(""))
            .into_iter()
            .flatten()
            .filter(|row| row.holds_on(date))
            .map(|row| self.entry(role, row, doubt.as_deref()))
            .collect()
    }

    pub(crate) fn entry(&self, role: PlaceRole, row: &RateRow, doubt: Option<&str>) -> LocalRate {
        let source = &self.info.source;
        let reason = match doubt {
            Some(doubt) => Some(doubt.to_owned()),
            None if !row.reason.is_empty() => Some(row.reason.clone()),
            None if row.verified => None,
            None => Some(format!("not checked against a current edition of {}", source.citation)),
        };
        LocalRate {
            place_role: role,
            level: row.level,
            tax: Cow::Owned(row.tax.clone()),
            name: Cow::Owned(row.name.clone()),
            rate: row.rate,
            amount: row.amount,
            applies_to: row.applies_to,
            effective: Some(row.effective),
            source: Cow::Owned(format!("{}, {}, {}", source.title, source.citation, source.publisher)),
            verified: reason.is_none(),
            reason: reason.map(Cow::Owned),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Places, Streets};
    use crate::Tables;
    use autolytiq_tax::{Place, PlaceRole, ResolvedRates};
    use jiff::civil::{Date, date};

    const DAY: Date = date(2026, 11, 21);

    fn place(state: &str, county: Option<&str>, city: Option<&str>) -> Place {
        Place { state: state.into(), county: county.map(Into::into), city: city.map(Into::into), ..Place::default() }
    }

    fn of(rates: &ResolvedRates, role: PlaceRole) -> Vec<(String, String, bool)> {
        let entries = rates.entries.iter().filter(|entry| entry.place_role == role);
        entries.map(|entry| (entry.name.to_string(), entry.rate.to_string(), entry.verified)).collect()
    }

    fn resolve(dealer: &Place, buyer: &Place, day: Date) -> ResolvedRates {
        Tables::shipped()
            .unwrap()
            .resolve_shipped(day, Places { dealer, buyer, garaging: None, streets: Streets::default() })
    }

    #[test]
    fn a_city_replaces_its_county() {
        // CDTFA-95, 2026-01-01: Los Angeles County 9.75 % outside its cities, Culver City 10.75 %, statewide 7.25 %.
        let dealer = place("CA", Some("Los Angeles"), Some("Culver City"));
        let rates = resolve(&dealer, &dealer, DAY);
        assert_eq!(of(&rates, PlaceRole::Buyer), [("District taxes in Culver City".into(), "0.035".into(), true)]);
    }

    #[test]
    fn a_city_nobody_knows_is_an_open_doubt() {
        let buyer = place("CA", Some("Los Angeles"), Some("Atlantis"));
        let rates = resolve(&buyer, &buyer, DAY);
        assert_eq!(
            of(&rates, PlaceRole::Buyer),
            [("District taxes, unincorporated Los Angeles".into(), "0.025".into(), false)]
        );
        assert!(rates.entries.iter().all(|entry| entry.reason.as_deref().is_some_and(|why| why.contains("Atlantis"))));
    }

    #[test]
    fn a_zip_fills_in_the_county_and_what_it_settles() {
        let by_zip = |zip: &str, county: Option<&str>| {
            let place =
                Place { state: "CA".into(), county: county.map(Into::into), zip: Some(zip.into()), ..Place::default() };
            of(&resolve(&place, &place, DAY), PlaceRole::Buyer)
        };
        // CDTFA-95: Culver City 10.75 %, around it 9.75 %; 90232 serves both, so without a city the rate stays in doubt.
        assert_eq!(by_zip("90232", Some("Los Angeles"))[0].1, "0.025");
        assert!(!by_zip("90232", Some("Los Angeles"))[0].2);
        // DR-15DSS 2026: Alachua County 1.5 %. A ZIP's county is that of most of its addresses only.
        let place = Place { state: "FL".into(), zip: Some("32601".into()), ..Place::default() };
        let rates = resolve(&place, &place, DAY);
        let buyer: Vec<_> = of(&rates, PlaceRole::Buyer).into_iter().map(|(_, rate, sure)| (rate, sure)).collect();
        assert_eq!(buyer, [("0.015".to_owned(), false)]);
        assert!(rates.entries.iter().all(|entry| entry.reason.as_deref().is_some_and(|why| why.contains("32601"))));
        let elsewhere = Place { state: "GA".into(), zip: Some("32601".into()), ..Place::default() };
        assert!(resolve(&elsewhere, &elsewhere, DAY).entries.is_empty(), "a ZIP of another state says nothing");
    }

    #[test]
    fn a_transit_district_and_a_city_levy_side_by_side() {
        // RTA 1 % in Cook County; Chicago use tax 1.25 %; Cook County use tax 1 %.
        let (dealer, buyer) = (place("IL", Some("DuPage"), None), place("IL", Some("Cook"), Some("Chicago")));
        let rates = resolve(&dealer, &buyer, DAY);
        assert_eq!(
            of(&rates, PlaceRole::Dealer),
            [("Regional Transportation Authority tax".into(), "0.0075".into(), true)]
        );
        let buyer: Vec<_> = of(&rates, PlaceRole::Buyer).into_iter().map(|(_, rate, _)| rate).collect();
        assert_eq!(buyer, ["0.0125", "0.01", "0.01"]);
    }

    #[test]
    fn another_states_place_never_reaches_the_deal() {
        let (dealer, buyer) = (place("TN", Some("Knox"), None), place("OH", Some("Franklin"), None));
        let rates = resolve(&dealer, &buyer, DAY);
        assert!(of(&rates, PlaceRole::Dealer).is_empty());
        assert_eq!(of(&rates, PlaceRole::Buyer).len(), 1);
    }

    #[test]
    fn a_rate_that_began_later_is_not_the_rate_of_an_earlier_day() {
        let place = place("FL", Some("Alachua"), None);
        assert!(resolve(&place, &place, date(2025, 12, 31)).entries.is_empty());
        assert_eq!(of(&resolve(&place, &place, date(2026, 1, 1)), PlaceRole::Buyer).len(), 1);
    }
}
