//! How long it is from one date to another, in each of the ways a contract may count.

use crate::{CalendarError, DueDates, supported};
use jiff::civil::Date;

/// Whole months, then odd days: the length of a first period in the unit-periods of a monthly transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthsAndDays {
    /// Whole unit-periods.
    pub months: u16,
    /// Days left over, each a thirtieth of a unit-period.
    pub days: u16,
}

impl MonthsAndDays {
    /// One month and no odd day.
    pub const REGULAR: Self = Self { months: 1, days: 0 };

    /// From the advance to the first due date: months are counted backward from the due date, and what remains at the
    /// beginning is counted in actual days (12 CFR 1026 Appendix J (b)(5)).
    ///
    /// # Errors
    /// [`CalendarError::OutOfRange`], or [`CalendarError::Reversed`] when the due date does not follow the advance.
    pub fn to_first_due(advance: Date, due: DueDates) -> Result<Self, CalendarError> {
        let first = due.first();
        let advance = supported(advance)?;
        if first <= advance {
            return Err(CalendarError::Reversed);
        }
        // The month count by year and month alone is right or one too many.
        let months = (i32::from(first.year()) - i32::from(advance.year())) * 12 + i32::from(first.month())
            - i32::from(advance.month());
        let (months, start) = match due.before(months)? {
            start if start >= advance => (months, start),
            _ => (months - 1, due.before(months - 1)?),
        };
        let days = actual_days(advance, start)?;
        Ok(Self {
            months: u16::try_from(months).map_err(|_| CalendarError::OutOfRange)?,
            days: u16::try_from(days).map_err(|_| CalendarError::OutOfRange)?,
        })
    }
}

/// Days on the calendar from one date to another.
///
/// # Errors
/// [`CalendarError::Reversed`], or [`CalendarError::OutOfRange`].
pub fn actual_days(from: Date, to: Date) -> Result<u32, CalendarError> {
    let days = supported(from)?.duration_until(supported(to)?).as_hours() / 24;
    u32::try_from(days).map_err(|_| CalendarError::Reversed)
}

/// Days by the 30/360 bond basis of the United States: every month has thirty, and a 31st counts as the 30th.
///
/// # Errors
/// [`CalendarError::Reversed`], or [`CalendarError::OutOfRange`].
pub fn thirty_360_days(from: Date, to: Date) -> Result<u32, CalendarError> {
    let (from, to) = (supported(from)?, supported(to)?);
    let end_of_february = |date: Date| date.month() == 2 && date == date.last_of_month();
    let from_day = if end_of_february(from) { 30 } else { from.day().min(30) };
    let to_day = match to.day() {
        _ if end_of_february(from) && end_of_february(to) => 30,
        31 if from_day == 30 => 30,
        day => day,
    };
    let years = i32::from(to.year()) - i32::from(from.year());
    let months = i32::from(to.month()) - i32::from(from.month());
    let days = i32::from(to_day) - i32::from(from_day);
    u32::try_from(years * 360 + months * 30 + days).map_err(|_| CalendarError::Reversed)
}
