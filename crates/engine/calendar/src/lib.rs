//! Civil dates as lenders and regulators count them.
//!
//! What it is: months added with the month-end rule, series of due dates, the unit-periods of Regulation Z, day counts,
//! and the strict ISO wire form of a date.
//!
//! What it never does: read a clock or a time zone. Today is an input, decided by whoever knows the store's time zone.

mod interval;
pub mod iso;
mod series;
mod unit;

pub use interval::{MonthsAndDays, actual_days, thirty_360_days};
pub use series::{DueDates, add_months};
pub use unit::{Unit, UnitSpan};

use jiff::civil::Date;

/// The first date the product computes with.
pub const EARLIEST: Date = jiff::civil::date(1900, 1, 1);
/// The last date the product computes with.
pub const LATEST: Date = jiff::civil::date(2199, 12, 31);

/// Why a date has no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// Before [`EARLIEST`] or after [`LATEST`].
    #[error("dates from 1900-01-01 to 2199-12-31 are supported")]
    OutOfRange,
    /// An interval that would run backward.
    #[error("the later date stands before the earlier one")]
    Reversed,
    /// Text that is not `YYYY-MM-DD`, or names a day that does not exist.
    #[error("expected a calendar date such as 2026-01-31")]
    Malformed,
}

/// The date, if it lies within the supported years.
///
/// # Errors
/// [`CalendarError::OutOfRange`].
pub fn supported(date: Date) -> Result<Date, CalendarError> {
    if (EARLIEST..=LATEST).contains(&date) { Ok(date) } else { Err(CalendarError::OutOfRange) }
}
