//! Interest for a stretch of time.

use super::plan::Accrual;
use crate::FinanceError;
use crate::decimal::{add, div, mul, pow, sub};
use crate::fixed::Fixed;
use autolytiq_calendar::{DueDates, Unit, UnitSpan, actual_days, thirty_360_days};
use autolytiq_money::{Money, Rate, Rounding};
use jiff::civil::{Date, date};
use rust_decimal::Decimal;

/// A stretch of time as the yearly rate meets it: a part of a year that earns simple interest, and after it whole unit-periods
/// that compound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    /// Part of a year.
    numerator: u32,
    denominator: u32,
    whole: u16,
    unit: Unit,
}

impl Span {
    /// No time at all.
    const NONE: Self = Self { numerator: 0, denominator: 1, whole: 0, unit: Unit::Day };

    /// One day, as the profile counts it on that date.
    pub(super) fn day(accrual: Accrual, unit: Unit, on: Date) -> Self {
        let denominator = match accrual {
            Accrual::UnitPeriod => return Self::of_units(unit, UnitSpan { whole: 0, odd: 1, per: unit.days() }),
            Accrual::Thirty360 | Accrual::Actual360 => 360,
            Accrual::Actual365 => 365,
            Accrual::ActualActual if on.in_leap_year() => 366,
            Accrual::ActualActual => 365,
        };
        Self { numerator: 1, denominator, whole: 0, unit }
    }

    /// One unit-period.
    pub(super) fn regular(unit: Unit) -> Self {
        let (per_year, of) = unit.per_year();
        Self { numerator: of.into(), denominator: per_year.into(), whole: 0, unit }
    }

    /// Whole unit-periods and a part: simple interest on the part, compound on the periods.
    pub(super) fn of_units(unit: Unit, span: UnitSpan) -> Self {
        let UnitSpan { whole, odd, per } = span;
        if (whole, odd) == (1, 0) {
            return Self::regular(unit);
        }
        let (per_year, of) = unit.per_year();
        let (numerator, denominator) = (u32::from(odd) * u32::from(of), u32::from(per) * u32::from(per_year));
        Self { numerator, denominator, whole, unit }
    }

    /// From one date to a later one. `due` is the later one with the day of the month it stands for.
    pub(super) fn between(accrual: Accrual, from: Date, due: DueDates) -> Result<Self, FinanceError> {
        let unit = due.unit();
        let to = due.first();
        if from == to {
            return Ok(Self::NONE);
        }
        let (numerator, denominator) = match accrual {
            Accrual::UnitPeriod => return Ok(Self::of_units(unit, unit.count(from, due)?)),
            Accrual::Thirty360 => (thirty_360_days(from, to)?, 360),
            Accrual::Actual365 => (actual_days(from, to)?, 365),
            Accrual::Actual360 => (actual_days(from, to)?, 360),
            Accrual::ActualActual => (actual_of_years(from, to)?, 365 * 366),
        };
        Ok(Self { numerator, denominator, whole: 0, unit })
    }

    /// The same stretch with nothing compounded.
    pub(super) fn simple(self) -> Self {
        let (per_year, of) = self.unit.per_year();
        let whole = u32::from(self.whole) * u32::from(of);
        if whole == 0 {
            return self;
        }
        // Both parts over the product of their denominators: at most 144 years of thirtieths of months.
        let numerator = self.numerator * u32::from(per_year) + whole * self.denominator;
        Self { numerator, denominator: self.denominator * u32::from(per_year), whole: 0, ..self }
    }

    /// Unit-periods that compound after the part that does not.
    pub(super) const fn whole(self) -> u16 {
        self.whole
    }

    /// The part of a year that earns simple interest, as a count of a fraction of the year.
    pub(super) const fn part(self) -> (u32, u32) {
        (self.numerator, self.denominator)
    }

    /// The rate for the simple part, as denominator and numerator.
    pub(super) fn fraction(self, rate: Rate) -> Option<(u128, u128)> {
        let rate = u128::try_from(rate.units()).ok()?;
        let year = u128::from(Rate::SCALE.unsigned_abs()) * u128::from(self.denominator);
        Some((year, rate * u128::from(self.numerator)))
    }

    /// The simple interest on one dollar, cut off by less than one unit.
    pub(super) fn interest_of_part(self, rate: Rate) -> Option<Fixed> {
        let (year, interest) = self.fraction(rate)?;
        Fixed::ratio(interest, year)
    }

    /// `1 + the interest on one dollar`.
    pub(super) fn growth(self, rate: Rate) -> Result<Decimal, FinanceError> {
        let rate = rate.to_decimal();
        let part = |numerator: u32, denominator: u32| {
            let over = div(mul(rate, numerator.into())?, denominator.into())?;
            add(Decimal::ONE, over)
        };
        let odd = part(self.numerator, self.denominator)?;
        if self.whole == 0 {
            return Ok(odd);
        }
        let (per_year, of) = self.unit.per_year();
        mul(odd, pow(part(of.into(), per_year.into())?, self.whole.into())?)
    }

    /// Whether part of it compounds.
    pub(super) const fn compounds(self) -> bool {
        self.whole > 0
    }

    /// Interest on a balance, rounded to the cent, half up. Exact until its single rounding where nothing compounds.
    pub(super) fn interest(self, balance: Money, rate: Rate) -> Result<Money, FinanceError> {
        if self.whole > 0 {
            return Ok(Money::from_decimal(self.exact_interest(balance, rate)?, Rounding::HalfUp)?);
        }
        self.simple_interest(balance, rate.fraction())
    }

    /// The same of a rate given as a fraction, where nothing compounds.
    pub(super) fn simple_interest(self, balance: Money, (rate, scale): (i64, i64)) -> Result<Money, FinanceError> {
        // A balance and the rate of a hundred per cent leave more than forty bits for the time. In lowest terms it nearly always
        // fits a machine word.
        let product = i128::from(balance.cents()) * i128::from(rate) * i128::from(self.numerator);
        let divisor = i128::from(scale) * i128::from(self.denominator);
        Ok(Money::from_cents(Rounding::HalfUp.divide(product, divisor)?))
    }

    /// Interest on a balance with all its decimals.
    pub(super) fn exact_interest(self, balance: Money, rate: Rate) -> Result<Decimal, FinanceError> {
        mul(balance.to_decimal(), sub(self.growth(rate)?, Decimal::ONE)?)
    }
}

/// Days from one date to another as parts of the years in which they lie, in units of 1 ÷ (365 × 366) of a year.
fn actual_of_years(from: Date, to: Date) -> Result<u32, FinanceError> {
    let mut sum = 0;
    for year in from.year()..=to.year() {
        let begin = from.max(date(year, 1, 1));
        let end = if year == to.year() { to } else { date(year + 1, 1, 1) };
        // The last supported day is the end of its year; a January beyond it is never reached.
        let days = begin.duration_until(end).as_hours() / 24;
        let days = u32::try_from(days).map_err(|_| FinanceError::OutOfRange)?;
        sum += days * if begin.in_leap_year() { 365 } else { 366 };
    }
    Ok(sum)
}
