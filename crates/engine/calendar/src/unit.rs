//! The unit-periods of Regulation Z, and time counted in them.

use crate::{CalendarError, DueDates, MonthsAndDays, actual_days};
use jiff::civil::Date;

/// A standard interval of time (12 CFR 1026 Appendix J (b)(3)): a day, a week, half a month, a month, or a multiple of them up
/// to a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    Day,
    /// 1 to 52 weeks.
    Weeks(u8),
    HalfMonth,
    /// 1 to 12 months.
    Months(u8),
}

impl Unit {
    /// One month.
    pub const MONTH: Self = Self::Months(1);
    /// Twelve months.
    pub const YEAR: Self = Self::Months(12);

    /// Units in a year as a fraction: 365, 52, 13 of four weeks, 24, 12, 4 of three months.
    #[must_use]
    pub fn per_year(self) -> (u16, u16) {
        match self {
            Self::Day => (365, 1),
            Self::Weeks(weeks) => (52, u16::from(weeks).max(1)),
            Self::HalfMonth => (24, 1),
            Self::Months(months) => (12, u16::from(months).max(1)),
        }
    }

    /// Days of which a part of the unit is counted: 30 to a month, 15 to half of one, 365 to a year.
    #[must_use]
    pub fn days(self) -> u16 {
        match self {
            Self::Day => 1,
            Self::Weeks(weeks) => 7 * u16::from(weeks).max(1),
            Self::HalfMonth => 15,
            Self::YEAR => 365,
            Self::Months(months) => 30 * u16::from(months).max(1),
        }
    }

    /// The unit in words: `month`, `3 months`, `4 weeks`.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Day => "day".to_owned(),
            Self::HalfMonth => "half month".to_owned(),
            Self::YEAR => "year".to_owned(),
            Self::Weeks(1) => "week".to_owned(),
            Self::MONTH => "month".to_owned(),
            Self::Weeks(weeks) => format!("{weeks} weeks"),
            Self::Months(months) => format!("{months} months"),
        }
    }

    /// From one date to a later one in whole units and a part, by Appendix J (b)(5): days and weeks in actual days; half months
    /// and multiples of a month in months counted back from the later date, each of 30 days, and the actual days before them;
    /// a year in months where it comes out even, and otherwise in actual days of 365.
    ///
    /// `due` is the later date with the day of the month it stands for.
    ///
    /// # Errors
    /// [`CalendarError::OutOfRange`], or [`CalendarError::Reversed`] when the due date does not follow.
    pub fn count(self, from: Date, due: DueDates) -> Result<UnitSpan, CalendarError> {
        if matches!(self, Self::Day | Self::Weeks(_)) {
            return Ok(UnitSpan::split(actual_days(from, due.first())?, self.days()));
        }
        let MonthsAndDays { months, days } = MonthsAndDays::to_first_due(from, due)?;
        if self != Self::YEAR {
            return Ok(UnitSpan::split(30 * u32::from(months) + u32::from(days), self.days()));
        }
        let (whole, rest) = (months / 12, months % 12);
        if days == 0 {
            return Ok(UnitSpan { whole, odd: rest, per: 12 });
        }
        let anniversary = due.before(12 * i32::from(whole))?;
        let odd = u16::try_from(actual_days(from, anniversary)?).map_err(|_| CalendarError::OutOfRange)?;
        Ok(UnitSpan { whole, odd, per: 365 })
    }
}

/// A length of time in whole units and a fraction of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnitSpan {
    pub whole: u16,
    /// Parts beyond the whole units: days, or months of a year.
    pub odd: u16,
    /// How many such parts make a unit.
    pub per: u16,
}

impl UnitSpan {
    fn split(days: u32, per: u16) -> Self {
        // At most three hundred years, so that both fit.
        let whole = u16::try_from(days / u32::from(per)).unwrap_or(u16::MAX);
        let odd = u16::try_from(days % u32::from(per)).unwrap_or_default();
        Self { whole, odd, per }
    }
}
