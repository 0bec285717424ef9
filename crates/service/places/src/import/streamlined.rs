//! The rate file of the Streamlined Sales Tax agreement.
//!
//! Comma-separated without a header, nine fields: state (2 digits, FIPS), jurisdiction type (45 the state, 00 a county, 01 to
//! 05 and 09 a city, town, village, borough or township, any other, such as 63, a special district), jurisdiction code (5),
//! general rate intrastate and interstate, food and drug rate intrastate and interstate, first and last day (CCYYMMDD).
//! Sources: Ohio Department of Taxation, "Downloadable SSTP Rate Database Table and Instructions"
//! (thefinder.tax.ohio.gov/StreamlineSalesTaxWeb/Download/SSTPRateTableInstructions.aspx); West Virginia State Tax Department,
//! description of its rates file (fields, types and sizes).

use super::fields::{Field, code, shown};
use super::{Coded, Faults, Levy, Skipped};
use crate::data::RateRow;
use crate::fips;
use autolytiq_tax::{AppliesTo, Level};

const FIELDS: usize = 9;

/// A reader of it.
#[derive(Debug)]
pub(crate) struct Streamlined {
    state: u8,
    pub(crate) skipped: Skipped,
}

impl Streamlined {
    pub(crate) fn new(state: u8) -> Self {
        Self { state, skipped: Skipped::default() }
    }

    /// Reads a line.
    pub(crate) fn line(&mut self, line: u64, fields: &[&str], faults: &mut Faults) -> Option<Levy> {
        let mut field = Field { line, faults };
        let &[state, kind, jurisdiction, rate, _, _, _, first, last] = fields else {
            field.fault("", "wrong-width", format!("{} fields where the layout has {FIELDS}", fields.len()));
            return None;
        };
        let state_is_right = is_state(&mut field, state.trim_start_matches('\u{feff}'), self.state);
        let coded = match kind {
            "45" => {
                self.skipped.state_rows += 1;
                return None;
            }
            "00" | "0" => Some(Coded::County),
            "01" | "02" | "03" | "04" | "05" | "09" | "1" | "2" | "3" | "4" | "5" | "9" => Some(Coded::Place),
            other if other.len() == 2 && other.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
                Some(Coded::District)
            }
            other => {
                field.fault("JurisdictionType", "unknown-type", format!("'{}' is no type of two digits", shown(other)));
                None
            }
        };
        let is_code =
            (1..=5).contains(&jurisdiction.len()) && jurisdiction.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !is_code {
            let detail = format!("'{}' is no code of up to five characters", shown(jurisdiction));
            field.fault("JurisdictionFIPSCode", "not-a-code", detail);
        }
        let rate = field.rate("GeneralTaxRateIntrastate", rate);
        let effective = field.compact_day("EffectiveBeginDate", first);
        let until = field.compact_end("EffectiveEndDate", last, effective);
        let (Some(coded), true, true) = (coded, is_code, state_is_right) else { return None };
        let code = match coded {
            Coded::County => county_code(self.state, jurisdiction),
            Coded::Place | Coded::District => code(jurisdiction),
        };
        let (level, county, area, name) = match coded {
            Coded::County => {
                let name = county_name(self.state, &code);
                (Level::County, name.clone(), String::new(), format!("{name} County local tax"))
            }
            Coded::Place => {
                let area = format!("Place {code}");
                (Level::City, String::new(), area, format!("Local tax of the city, place code {code}"))
            }
            Coded::District => {
                let area = format!("District {code}");
                (Level::District, String::new(), area, format!("Special district tax, code {code}"))
            }
        };
        let row = RateRow {
            county,
            area,
            level,
            tax: "general".to_owned(),
            name,
            rate: rate?,
            amount: None,
            applies_to: AppliesTo::Both,
            effective: effective?,
            verified: true,
            reason: String::new(),
            until: until?,
        };
        Some(Levy { line, coded: Some((coded, code)), row })
    }
}

/// Whether a record is of the state that is imported.
pub(super) fn is_state(field: &mut Field<'_>, text: &str, state: u8) -> bool {
    match text.parse::<u8>() {
        Ok(number) if number == state && text.len() <= 2 => true,
        Ok(_) => {
            field.fault("State", "other-state", format!("{} is not this state's number, {state:02}", shown(text)));
            false
        }
        Err(_) => {
            field.fault("State", "not-a-state", format!("'{}' is no state's number", shown(text)));
            false
        }
    }
}

/// A county's three digits; some files write the state's two before them.
pub(super) fn county_code(state: u8, text: &str) -> String {
    let short = match text.strip_prefix(&format!("{state:02}")) {
        Some(county) if text.len() == 5 => county,
        _ => text,
    };
    code(short)
}

/// The county's name, or its code where FIPS 6-4 has no such county.
pub(super) fn county_name(state: u8, code: &str) -> String {
    let known = code.parse().ok().and_then(|number| fips::county(state, number));
    known.map_or_else(|| format!("County {code}"), ToOwned::to_owned)
}
