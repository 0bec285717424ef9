//! The boundary file of the Streamlined Sales Tax agreement: which jurisdictions an address, a ZIP+4 range or a ZIP lies in.
//!
//! Comma-separated without a header, up to 89 fields, of which these are read (counted from 1):
//! 1 record type (Z for ZIP ranges, 4 for ZIP+4 ranges, A for addresses), 2 and 3 first and last day (CCYYMMDD), 4 and 5 low and
//! high house number, 6 odd, even or both, 7 direction before the street's name, 8 name, 9 suffix, 10 direction after it, 16 ZIP of
//! the addresses, 18 low ZIP, 19 low extension, 20 high ZIP, 21 high extension, 23 state (FIPS), 25 county, 26 place, and from 30 on
//! triples of source, code and kind for up to 20 special districts. Ranges of units inside a building (11 to 14) are not read: a
//! building whose units differ lies in several areas. The order is that of the field lists of independent public programs that
//! read these files (the Streamlined tax module of a web shop, a reconciliation of Georgia's file, a reader in Ruby for the
//! addresses); it was not to be had from the Governing Board itself. It agrees with the flat file of ANSI X12 TS 158
//! (old.taxadmin.org/fta/edi/wireless/0308flat.html), from which it was made.
//! Ohio's instructions number the same elements without a composite code and a state indicator (22 state, 23 county,
//! 29 first district), the older layout. Which of both a record has is told by the place of the state's number.

use super::fields::{Field, code, shown};
use super::streamlined::{county_code, county_name, is_state};
use super::{Faults, Skipped};
use crate::street;
use jiff::civil::Date;
use std::collections::HashMap;

/// Most combinations of jurisdictions in one file; the largest states have some thousand.
const MOST_AREAS: usize = 100_000;

/// The jurisdictions of one place.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Area {
    pub(crate) county: String,
    pub(crate) county_name: String,
    pub(crate) place: String,
    pub(crate) districts: Vec<String>,
}

impl std::fmt::Display for Area {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.county_name.is_empty() { "no county" } else { &self.county_name })?;
        if !self.place.is_empty() {
            write!(f, ", place {}", self.place)?;
        }
        if !self.districts.is_empty() {
            write!(f, ", districts {}", self.districts.join(" "))?;
        }
        Ok(())
    }
}

/// A range of ZIP codes in one area.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Range {
    pub(crate) line: u64,
    pub(crate) plus4: bool,
    pub(crate) low: i32,
    pub(crate) high: i32,
    pub(crate) first: Date,
    pub(crate) last: Option<Date>,
    pub(crate) area: i32,
}

/// The houses of a stretch of street in one area.
#[derive(Debug, Clone)]
pub(crate) struct Addresses {
    pub(crate) line: u64,
    pub(crate) zip: i32,
    /// As [`street::key`] spells it.
    pub(crate) street: String,
    pub(crate) low: i32,
    pub(crate) high: i32,
    /// The remainder of the house numbers by two; both unless given.
    pub(crate) parity: Option<i16>,
    pub(crate) first: Date,
    pub(crate) last: Option<Date>,
    pub(crate) area: i32,
}

/// A record.
#[derive(Debug)]
pub(crate) enum Record {
    Zips(Range),
    Houses(Addresses),
}

/// What a record is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Zip,
    Plus4,
    Address,
}

/// A reader of it.
#[derive(Debug)]
pub(crate) struct Boundaries {
    state: u8,
    areas: HashMap<Area, i32>,
    pub(crate) skipped: Skipped,
}

/// Where the state's number is, and what follows it, counted from 0.
#[derive(Clone, Copy)]
struct Layout {
    state: usize,
    county: usize,
    place: usize,
    districts: usize,
}

const CURRENT: Layout = Layout { state: 22, county: 24, place: 25, districts: 29 };
const OLDER: Layout = Layout { state: 21, county: 22, place: 23, districts: 27 };

impl Boundaries {
    pub(crate) fn new(state: u8) -> Self {
        Self { state, areas: HashMap::new(), skipped: Skipped::default() }
    }

    /// Reads a line.
    pub(crate) fn line(&mut self, line: u64, fields: &[&str], faults: &mut Faults) -> Option<Record> {
        let mut field = Field { line, faults };
        let text = |at: usize| fields.get(at).copied().unwrap_or_default();
        let kind = match text(0).trim_start_matches('\u{feff}') {
            "Z" | "z" => Kind::Zip,
            "4" => Kind::Plus4,
            "A" | "a" if !is_usable(fields) => {
                self.skipped.address_records += 1;
                return None;
            }
            "A" | "a" => Kind::Address,
            other => {
                let detail = format!("'{}' is no record type: Z, 4 or A", shown(other));
                field.fault("RecordType", "unknown-record", detail);
                return None;
            }
        };
        // A record for a ZIP that lies in no local jurisdiction may end after its ZIP.
        if !(CURRENT.state..=89).contains(&fields.len()) {
            field.fault("", "wrong-width", format!("{} fields where the layout has 23 to 89", fields.len()));
            return None;
        }
        let older = text(OLDER.state).parse() == Ok(self.state) && text(CURRENT.state).parse() != Ok(self.state);
        let layout = if older { OLDER } else { CURRENT };
        let is_state = is_state(&mut field, text(layout.state), self.state);
        let first = field.compact_day("BeginningEffectiveDate", text(1));
        let last = field.compact_end("EndingEffectiveDate", text(2), first);
        if kind == Kind::Address {
            let houses = houses(&mut field, fields);
            let area = self.area(&mut field, layout, fields);
            let (true, (zip, street, low, high, parity)) = (is_state, houses?) else { return None };
            let (first, last, area) = (first?, last?, area?);
            return Some(Record::Houses(Addresses { line, zip, street, low, high, parity, first, last, area }));
        }
        let plus4 = kind == Kind::Plus4;
        let low = end(&mut field, ["ZipCodeLow", "ZipExtensionLow"], text(17), text(18), plus4, false);
        let high_zip = if text(19).is_empty() { text(17) } else { text(19) };
        let high = end(&mut field, ["ZipCodeHigh", "ZipExtensionHigh"], high_zip, text(20), plus4, true);
        if let (Some(low), Some(high)) = (low, high) {
            if high < low {
                field.fault("ZipCodeHigh", "before-low", "the range ends before it begins");
                return None;
            }
            if plus4 && low / 10_000 != high / 10_000 {
                field.fault("ZipCodeHigh", "several-zips", "a ZIP+4 range lies in one ZIP code");
                return None;
            }
        }
        let area = self.area(&mut field, layout, fields);
        let (true, Some(number)) = (is_state, area) else { return None };
        Some(Record::Zips(Range { line, plus4, low: low?, high: high?, first: first?, last: last?, area: number }))
    }

    fn area(&mut self, field: &mut Field<'_>, layout: Layout, fields: &[&str]) -> Option<i32> {
        let text = |at: usize| fields.get(at).copied().unwrap_or_default();
        let is_code = |text: &str| text.len() <= 5 && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let mut fine = true;
        for (name, at) in [("FIPSCountyCode", layout.county), ("FIPSPlaceNumber", layout.place)] {
            if !is_code(text(at)) {
                field.fault(name, "not-a-code", format!("'{}' is no code", shown(text(at))));
                fine = false;
            }
        }
        let codes: Vec<&str> = fields.iter().copied().skip(layout.districts + 1).step_by(3).collect();
        let mut districts: Vec<String> = codes.iter().filter(|text| !text.is_empty()).map(|text| code(text)).collect();
        if let Some(bad) = codes.iter().find(|text| !is_code(text)) {
            field.fault("SpecialTaxDistrictCode", "not-a-code", format!("'{}' is no code", shown(bad)));
            fine = false;
        }
        if !fine {
            return None;
        }
        districts.sort_unstable();
        districts.dedup();
        let optional = |text: &str| if text.bytes().all(|byte| byte == b'0') { String::new() } else { code(text) };
        let county = optional(&county_code(self.state, text(layout.county)));
        let county_name = if county.is_empty() { String::new() } else { county_name(self.state, &county) };
        let area = Area { county, county_name, place: optional(text(layout.place)), districts };
        if let Some(number) = self.areas.get(&area) {
            return Some(*number);
        }
        if self.areas.len() >= MOST_AREAS {
            field.fault("", "too-many-areas", "more combinations of jurisdictions than any state has");
            return None;
        }
        let number = i32::try_from(self.areas.len()).ok()?;
        self.areas.insert(area, number);
        Some(number)
    }

    /// The areas by number.
    pub(crate) fn into_areas(self) -> Vec<(i32, Area)> {
        let mut areas: Vec<_> = self.areas.into_iter().map(|(area, number)| (number, area)).collect();
        areas.sort_unstable();
        areas
    }
}

/// Whether a record for addresses names a street and whole house numbers; some states name crossings, others grids.
fn is_usable(fields: &[&str]) -> bool {
    let text = |at: usize| fields.get(at).copied().unwrap_or_default();
    let is_number = |text: &str| street::house_number(text).is_some();
    !street::key(&[text(7)]).is_empty() && is_number(text(3)) && (text(4).is_empty() || is_number(text(4)))
}

/// ZIP, street, first and last house, and which of them.
fn houses(field: &mut Field<'_>, fields: &[&str]) -> Option<(i32, String, i32, i32, Option<i16>)> {
    let text = |at: usize| fields.get(at).copied().unwrap_or_default();
    let zip = if text(15).is_empty() { text(17) } else { text(15) };
    let digits = (zip.len() == 5 && zip.bytes().all(|byte| byte.is_ascii_digit())).then(|| zip.parse().ok()).flatten();
    if digits.is_none() {
        field.fault("ZipCode", "not-a-zip", format!("'{}' is no ZIP code of five digits", shown(zip)));
    }
    let parity = match text(5) {
        "" | "B" | "b" => Some(None),
        "E" | "e" => Some(Some(0)),
        "O" | "o" => Some(Some(1)),
        other => {
            field.fault("OddEvenIndicator", "unknown-word", format!("'{}' is none of O, E and B", shown(other)));
            None
        }
    };
    let low = street::house_number(text(3))?;
    let high = if text(4).is_empty() { low } else { street::house_number(text(4))? };
    if high < low {
        field.fault("HighAddressRange", "before-low", "the range ends before it begins");
        return None;
    }
    let street = street::key(&[text(6), text(7), text(8), text(9)]);
    if street.chars().count() > 200 {
        field.fault("StreetName", "too-long", "at most 200 characters");
        return None;
    }
    Some((digits?, street, low, high, parity?))
}

/// One end of a range as a number of nine digits.
fn end(field: &mut Field<'_>, names: [&'static str; 2], zip: &str, four: &str, plus4: bool, high: bool) -> Option<i32> {
    let digits = |text: &str, length: usize| {
        let fine = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
        fine.then(|| text.parse::<i32>().ok()).flatten()
    };
    let number = digits(zip, 5);
    if number.is_none() {
        field.fault(names[0], "not-a-zip", format!("'{}' is no ZIP code of five digits", shown(zip)));
    }
    let extension = match (plus4, high) {
        (true, _) => {
            let four = digits(four, 4);
            if four.is_none() {
                field.fault(names[1], "not-an-extension", "a ZIP+4 record needs four digits here");
            }
            four?
        }
        (false, false) => 0,
        (false, true) => 9_999,
    };
    Some(number? * 10_000 + extension)
}
