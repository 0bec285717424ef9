//! The tables of imports.

pub(crate) mod address;
pub(crate) mod import;
pub(crate) mod levy;
pub(crate) mod range;

use crate::import::Area;
use jiff::civil::Date;

/// Days of many rows that have few different ones travel as their distance from a fixed day.
fn days(day: Date) -> i32 {
    Date::constant(1900, 1, 1).until(day).map_or(0, |span| span.get_days())
}

/// An area from its columns: county, its name, place, districts.
fn area((county, county_name, place, districts): (String, String, String, String)) -> Area {
    let districts = districts.split_whitespace().map(ToOwned::to_owned).collect();
    Area { county, county_name, place, districts }
}
