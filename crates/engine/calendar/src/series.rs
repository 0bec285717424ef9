//! Months added to a date, and the due dates of an obligation that recurs.

use crate::{CalendarError, Unit, supported};
use jiff::Span;
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

/// The due dates of an obligation that recurs: a first date, what lies between two of them, and for months the day they fall on.
///
/// 12 CFR 1026 Appendix J (b)(5): a series that falls on the last day of a month stays on the last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueDates {
    first: Date,
    day_of_month: i8,
    unit: Unit,
}

impl DueDates {
    /// Payments on the day of the month on which the credit was given, beginning a month later.
    ///
    /// # Errors
    /// [`CalendarError::OutOfRange`].
    pub fn monthly_after(advance: Date) -> Result<Self, CalendarError> {
        Self::after(advance, Unit::MONTH)
    }

    /// Payments that recur after each `unit`, beginning one unit after the advance.
    ///
    /// # Errors
    /// [`CalendarError::OutOfRange`].
    pub fn after(advance: Date, unit: Unit) -> Result<Self, CalendarError> {
        let from = Self { first: supported(advance)?, day_of_month: advance.day(), unit };
        Ok(Self { first: from.nth(1)?, day_of_month: from.day_after(1), unit })
    }

    /// Monthly payments beginning on a given date.
    ///
    /// Where `first` is the last day of its month the series means the last day of every month, as the FFIEC's tool assumes,
    /// unless `first` is simply a month after the advance: a contract of 30 March due on 30 April is due on the 30th.
    ///
    /// # Errors
    /// [`CalendarError::OutOfRange`], or [`CalendarError::Reversed`] when the first date does not follow the advance.
    pub fn beginning(advance: Date, first: Date) -> Result<Self, CalendarError> {
        Self::every(Unit::MONTH, advance, first)
    }

    /// Payments that recur after each `unit`, beginning on a given date. Month ends are understood as in [`Self::beginning`].
    ///
    /// # Errors
    /// As [`Self::beginning`].
    pub fn every(unit: Unit, advance: Date, first: Date) -> Result<Self, CalendarError> {
        let (advance, first) = (supported(advance)?, supported(first)?);
        if first <= advance {
            return Err(CalendarError::Reversed);
        }
        match Self::after(advance, unit) {
            Ok(regular) if regular.first == first => Ok(regular),
            _ => Ok(Self::from(first, unit)),
        }
    }

    /// A series known only by its first date: one on the last day of a month means the last day of every month.
    #[must_use]
    pub fn from(first: Date, unit: Unit) -> Self {
        let day_of_month = if first == first.last_of_month() { 31 } else { first.day() };
        Self { first, day_of_month, unit }
    }

    /// The first due date.
    #[must_use]
    pub const fn first(self) -> Date {
        self.first
    }

    /// What lies between two due dates.
    #[must_use]
    pub const fn unit(self) -> Unit {
        self.unit
    }

    /// The due date that stands `index` units after the first.
    ///
    /// # Errors
    /// [`CalendarError::OutOfRange`].
    pub fn nth(self, index: u16) -> Result<Date, CalendarError> {
        let count = i32::from(index);
        let days = |days: i32| -> Result<Date, CalendarError> {
            let days = days.checked_mul(count).ok_or(CalendarError::OutOfRange)?;
            let date = Span::new().try_days(days).and_then(|span| self.first.checked_add(span));
            date.map_err(|_| CalendarError::OutOfRange).and_then(supported)
        };
        match self.unit {
            Unit::Day => days(1),
            Unit::Weeks(weeks) => days(7 * i32::from(weeks)),
            // From the later of a month's two dates the next one stands in the next month.
            Unit::HalfMonth => {
                let months = if self.day_of_month > 15 { (count + 1) / 2 } else { count / 2 };
                on_day(self.first, months, self.day_after(index))
            }
            Unit::Months(months) => on_day(self.first, count * i32::from(months), self.day_of_month),
        }
    }

    /// The day on which one more date of the series would have stood, one unit before the first.
    ///
    /// # Errors
    /// [`CalendarError::OutOfRange`].
    pub fn preceding(self) -> Result<Date, CalendarError> {
        let days = |days: i64| {
            Span::new()
                .try_days(days)
                .and_then(|span| self.first.checked_sub(span))
                .map_err(|_| CalendarError::OutOfRange)
                .and_then(supported)
        };
        match self.unit {
            Unit::Day => days(1),
            Unit::Weeks(weeks) => days(7 * i64::from(weeks)),
            Unit::HalfMonth => on_day(self.first, if self.day_of_month > 15 { 0 } else { -1 }, self.day_after(1)),
            Unit::Months(months) => self.before(months.into()),
        }
    }

    /// The series from its date `index` on.
    ///
    /// # Errors
    /// [`CalendarError::OutOfRange`].
    pub fn since(self, index: u16) -> Result<Self, CalendarError> {
        Ok(Self { first: self.nth(index)?, day_of_month: self.day_after(index), unit: self.unit })
    }

    /// The day of the month on which the date `index` units after the first falls, 31 for the last.
    const fn day_after(self, index: u16) -> i8 {
        match (self.unit, index % 2, self.day_of_month) {
            // Twice a month: the 1st and the 16th, the 10th and the 25th, the 15th and the last.
            (Unit::HalfMonth, 1, 15) => 31,
            (Unit::HalfMonth, 1, 31) => 15,
            (Unit::HalfMonth, 1, day) if day < 15 => day + 15,
            (Unit::HalfMonth, 1, day) => day - 15,
            (_, _, day) => day,
        }
    }

    /// The date of the series that stands `months` before the first due date.
    pub(crate) fn before(self, months: i32) -> Result<Date, CalendarError> {
        on_day(self.first, -months, self.day_of_month)
    }
}
