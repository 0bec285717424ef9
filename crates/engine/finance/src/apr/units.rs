//! Dates as Appendix J counts them: which unit-period a transaction has, and how many of them lie before each amount.

use super::{Series, UnitPeriods};
use crate::FinanceError;
use autolytiq_calendar::{DueDates, MonthsAndDays, Unit, actual_days};
use autolytiq_money::Money;
use jiff::civil::Date;

/// Equal amounts on a series of dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flow {
    pub amount: Money,
    pub count: u16,
    /// When they fall: the first date, and what lies between them.
    pub due: DueDates,
}

/// How the time of a transaction is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term {
    /// In unit-periods of this length.
    Units(Unit),
    /// One payment of one advance, in at most a year: the term itself is the unit-period, of so many months where they come
    /// out even, and otherwise of so many days.
    Whole { months: bool, length: u16 },
}

impl Term {
    /// The unit-period by Appendix J (b)(4): of the periods between advances and between payments the one that occurs most
    /// often, of several such the shortest; where none occurs twice, the standard interval nearest to their average. A term
    /// of one advance and one payment is its own unit-period, up to a year.
    ///
    /// # Errors
    /// Dates that the calendar does not have, or nothing paid.
    pub fn of(start: Date, advances: &[Flow], payments: &[Flow]) -> Result<Self, FinanceError> {
        let count = |flows: &[Flow]| flows.iter().map(|flow| usize::from(flow.count)).sum::<usize>();
        let last = payments.first().ok_or(FinanceError::NoPayments)?;
        if count(advances) == 1 && count(payments) == 1 {
            return Self::of_single(start, last.due);
        }
        let mut periods = Periods::default();
        // The periods between the advances and those between the payments, each from the beginning on.
        periods.along(start, advances)?;
        periods.along(start, payments)?;
        Ok(Self::Units(periods.commonest().unwrap_or_else(|| average(periods.length, periods.count))))
    }

    /// The term of one advance and one payment.
    ///
    /// # Errors
    /// Dates that the calendar does not have.
    pub fn of_single(start: Date, due: DueDates) -> Result<Self, FinanceError> {
        let MonthsAndDays { months, days } = MonthsAndDays::to_first_due(start, due)?;
        if months < 12 || (months == 12 && days == 0) {
            if days == 0 {
                return Ok(Self::Whole { months: true, length: months });
            }
            let length = u16::try_from(actual_days(start, due.first())?).map_err(|_| FinanceError::OutOfRange)?;
            return Ok(Self::Whole { months: false, length });
        }
        Ok(Self::Units(Unit::YEAR))
    }

    /// The unit-period in words: `month`, `4 weeks`, `255 days`.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Units(unit) => unit.words(),
            Self::Whole { months, length } => format!("{length} {}", if months { "months" } else { "days" }),
        }
    }

    /// Unit-periods in a year, as a fraction.
    #[must_use]
    pub fn per_year(self) -> (u16, u16) {
        match self {
            Self::Units(unit) => unit.per_year(),
            Self::Whole { months: true, length } => (12, length),
            Self::Whole { months: false, length } => (365, length),
        }
    }

    /// Unit-periods from the beginning of the term to a date.
    ///
    /// # Errors
    /// Dates that the calendar does not have.
    pub fn count(self, start: Date, due: DueDates) -> Result<UnitPeriods, FinanceError> {
        Ok(match self {
            _ if due.first() == start => UnitPeriods::NOW,
            Self::Units(unit) => unit.count(start, due)?.into(),
            Self::Whole { .. } => UnitPeriods { whole: 1, ..UnitPeriods::NOW },
        })
    }

    /// Flows as series of this unit-period: as they are where they recur in it, and otherwise one by one.
    ///
    /// # Errors
    /// Dates that the calendar does not have.
    pub fn series(self, start: Date, flows: &[Flow]) -> Result<Vec<Series>, FinanceError> {
        let mut all = Vec::with_capacity(flows.len());
        for flow in flows.iter().filter(|flow| flow.count > 0) {
            let at = |due: DueDates| self.count(start, due);
            if flow.count == 1 || self == Self::Units(flow.due.unit()) {
                all.push(Series { amount: flow.amount, count: flow.count, at: at(flow.due)? });
                continue;
            }
            for index in 0..flow.count {
                all.push(Series { amount: flow.amount, count: 1, at: at(flow.due.since(index)?)? });
            }
        }
        all.sort_by_key(|series| (series.at.whole, series.at.odd_days));
        Ok(all)
    }
}

/// The periods of a transaction that are standard intervals of time, with how often each occurs.
#[derive(Default)]
struct Periods {
    found: Vec<(Unit, u32)>,
    count: u32,
    /// Of all periods together, in hours of a year that has twelve equal months.
    length: u32,
}

impl Periods {
    fn add(&mut self, unit: Option<Unit>, length: u32, times: u16) {
        self.count += u32::from(times);
        self.length = self.length.saturating_add(length.saturating_mul(times.into()));
        let Some(unit) = unit.filter(|_| times > 0) else { return };
        match self.found.iter_mut().find(|(own, _)| *own == unit) {
            Some((_, count)) => *count += u32::from(times),
            None => self.found.push((unit, times.into())),
        }
    }

    /// Walks along flows in the order of their dates.
    fn along(&mut self, start: Date, flows: &[Flow]) -> Result<(), FinanceError> {
        let mut sorted: Vec<&Flow> = flows.iter().filter(|flow| flow.count > 0).collect();
        sorted.sort_by_key(|flow| flow.due.first());
        let mut before = start;
        for flow in sorted {
            let unit = flow.due.unit();
            if flow.due.first() > before {
                let length = match MonthsAndDays::to_first_due(before, flow.due) {
                    Ok(MonthsAndDays { months, days: 0 }) => u32::from(months) * HOURS_IN_MONTH,
                    _ => actual_days(before, flow.due.first())?.saturating_mul(24),
                };
                self.add(interval(before, flow.due), length, 1);
            }
            self.add(Some(unit), hours(unit), flow.count - 1);
            before = before.max(flow.due.nth(flow.count - 1)?);
        }
        Ok(())
    }

    /// The period that occurs most often, if any occurs twice; of several the shortest.
    fn commonest(&self) -> Option<Unit> {
        let most = self.found.iter().map(|(_, count)| *count).max().filter(|count| *count > 1)?;
        self.found.iter().filter(|(_, count)| *count == most).map(|(unit, _)| *unit).min_by_key(|unit| unit.days())
    }
}

/// What lies between two dates, if it is a standard interval: whole months before weeks.
fn interval(from: Date, due: DueDates) -> Option<Unit> {
    if let Ok(MonthsAndDays { months, days: 0 }) = MonthsAndDays::to_first_due(from, due) {
        return u8::try_from(months).ok().filter(|months| (1..=12).contains(months)).map(Unit::Months);
    }
    let days = actual_days(from, due.first()).ok()?;
    let weeks = u8::try_from(days / 7).ok().filter(|weeks| days % 7 == 0 && (1..=52).contains(weeks));
    weeks.map(Unit::Weeks)
}

/// A twelfth of 365 days.
const HOURS_IN_MONTH: u32 = 730;

/// The length of a unit, all months being equal (Appendix J (b)(3)).
fn hours(unit: Unit) -> u32 {
    match unit {
        Unit::HalfMonth => HOURS_IN_MONTH / 2,
        Unit::Months(months) => HOURS_IN_MONTH * u32::from(months),
        Unit::Day | Unit::Weeks(_) => 24 * u32::from(unit.days()),
    }
}

/// The standard interval nearest to the average of some periods; of two as near the shorter.
fn average(length: u32, periods: u32) -> Unit {
    let weeks = (1..=52).map(Unit::Weeks);
    let all = [Unit::Day, Unit::HalfMonth].into_iter().chain(weeks).chain((1..=12).map(Unit::Months));
    let distance = |unit: &Unit| hours(*unit).saturating_mul(periods.max(1)).abs_diff(length);
    all.min_by_key(|unit| (distance(unit), hours(*unit))).unwrap_or(Unit::MONTH)
}
