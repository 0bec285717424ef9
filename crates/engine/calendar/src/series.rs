//! Months added to a date, and the due dates of a monthly obligation.

use crate::{CalendarError, supported};
use jiff::civil::Date;

/// `months` after `date` (before it when negative), on `day_of_month` or, where the month is shorter, on its last day.
/// A `day_of_month` of 31 therefore means the last day of every month.
fn on_day(date: Date, months: i32, day_of_month: i8) -> Result<Date, CalendarError> {
    let index = i32::from(date.year()) * 12 + i32::from(date.month()) - 1;
    let index = index.checked_add(months).ok_or(CalendarError::OutOfRange)?;
    let year = i16::try_from(index.div_euclid(12)).map_err(|_| CalendarError::OutOfRange)?;
    let month = i8::try_from(index.rem_euclid(12) + 1).map_err(|_| CalendarError::OutOfRange)?;
    let first = Date::new(year, month, 1).map_err(|_| CalendarError::OutOfRange)?;
    let day = day_of_month.clamp(1, first.days_in_month());
    Date::new(year, month, day).map_err(|_| CalendarError::OutOfRange).and_then(supported)
}

/// The same day some months later, or the last day of a shorter month.
///
/// # Errors
/// [`CalendarError::OutOfRange`] when the result leaves the supported years.
pub fn add_months(date: Date, months: i32) -> Result<Date, CalendarError> {
    on_day(date, months, date.day())
}

/// The due dates of a monthly obligation: a first date and the day of the month the others fall on.
///
/// 12 CFR 1026 Appendix J (b)(5): a series that falls on the last day of a month stays on the last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueDates {
    first: Date,
    day_of_month: i8,
}

impl DueDates {
    /// Payments on the day of the month on which the credit was given, beginning a month later.
    ///
    /// # Errors
    /// [`CalendarError::OutOfRange`].
    pub fn monthly_after(advance: Date) -> Result<Self, CalendarError> {
        Ok(Self { first: add_months(supported(advance)?, 1)?, day_of_month: advance.day() })
    }

    /// Payments beginning on a given date.
    ///
    /// Where `first` is the last day of its month the series means the last day of every month, as the FFIEC's tool assumes,
    /// unless `first` is simply a month after the advance: a contract of 30 March due on 30 April is due on the 30th.
    ///
    /// # Errors
    /// [`CalendarError::OutOfRange`], or [`CalendarError::Reversed`] when the first date does not follow the advance.
    pub fn beginning(advance: Date, first: Date) -> Result<Self, CalendarError> {
        let (advance, first) = (supported(advance)?, supported(first)?);
        if first <= advance {
            return Err(CalendarError::Reversed);
        }
        if add_months(advance, 1) == Ok(first) {
            return Self::monthly_after(advance);
        }
        let day_of_month = if first == first.last_of_month() { 31 } else { first.day() };
        Ok(Self { first, day_of_month })
    }

    /// The first due date.
    #[must_use]
    pub const fn first(self) -> Date {
        self.first
    }

    /// The due date that stands `index` months after the first.
    ///
    /// # Errors
    /// [`CalendarError::OutOfRange`].
    pub fn nth(self, index: u16) -> Result<Date, CalendarError> {
        on_day(self.first, index.into(), self.day_of_month)
    }

    /// The date of the series that stands `months` before the first due date.
    pub(crate) fn before(self, months: i32) -> Result<Date, CalendarError> {
        on_day(self.first, -months, self.day_of_month)
    }
}
