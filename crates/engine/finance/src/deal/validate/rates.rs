//! The limits of the local rates that a request brings.

use super::Check;
use crate::CalcError;
use crate::deal::limits::{MOST_LOCAL_RATES, MOST_TEXT};
use autolytiq_money::Rate;
use autolytiq_tax::ResolvedRates;

/// Checks the local rates of a request: their number, and of each its rate, its amount and its words.
///
/// # Errors
/// All faults found; pointers start at the rates (`/entries/0/rate`).
pub fn validate_rates(rates: &ResolvedRates) -> Result<(), CalcError> {
    let mut check = Check { faults: Vec::new() };
    check.date(rates.as_of, "/asOf");
    check.count(rates.entries.len(), MOST_LOCAL_RATES, "/entries");
    for (i, entry) in rates.entries.iter().take(MOST_LOCAL_RATES).enumerate() {
        check.rate(entry.rate, Rate::ONE, format_args!("/entries/{i}/rate"));
        check.some_money(entry.amount, format_args!("/entries/{i}/amount"));
        let words = [("tax", &entry.tax), ("name", &entry.name), ("source", &entry.source)];
        for (name, text) in words {
            check.text(text, MOST_TEXT, format_args!("/entries/{i}/{name}"));
        }
        if let Some(reason) = &entry.reason {
            check.text(reason, MOST_TEXT, format_args!("/entries/{i}/reason"));
        }
    }
    if check.faults.is_empty() { Ok(()) } else { Err(CalcError { errors: check.faults }) }
}
