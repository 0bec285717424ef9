//! The annual percentage rate of Regulation Z by the actuarial method.
//!
//! 12 CFR 1026.22 and Appendix J. The rate is nominal: the rate of a unit-period times the number of unit-periods in a year.

mod units;

pub use units::{Flow, Term};

use crate::FinanceError;
use crate::decimal::{add, div, mul, pow, sub};
use autolytiq_calendar::UnitSpan;
use autolytiq_money::{Money, Rate, Rounding};
use rust_decimal::Decimal;

/// A single advance repaid in equal payments, of which only the last may differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transaction {
    /// The amount financed: what the customer has the use of, after prepaid finance charges.
    pub advance: Money,
    pub payment: Money,
    /// The last payment, which takes up the cents of rounding.
    pub final_payment: Money,
    /// Number of payments, the last one included.
    pub payments: u16,
    /// Unit-periods from the advance to the first payment.
    pub first: UnitPeriods,
    /// Unit-periods in a year as a fraction: 12 over 1 for months, 52 over 2 for two weeks, 12 over 3 for quarters.
    pub per_year: (u16, u16),
}

/// A length of time in whole unit-periods and a fraction of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnitPeriods {
    pub whole: u16,
    /// Days beyond the whole unit-periods.
    pub odd_days: u16,
    /// Days that make a unit-period: 30 for months, 15 for half months, 7 for weeks, 90 for quarters.
    pub days_in_period: u16,
}

/// Why no rate solves the equation. The transaction is still a transaction; it only has no APR to disclose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoApr {
    /// Nothing was advanced.
    NothingAdvanced,
    /// The payments do not even return the advance.
    PaymentsBelowAdvance,
    /// The rate lies above every rate this search considers (10,000 % in a unit-period).
    TooHigh,
}

impl NoApr {
    /// The reason in a sentence.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::NothingAdvanced => {
                "there is no annual percentage rate: the prepaid finance charge leaves nothing financed"
            }
            Self::PaymentsBelowAdvance => {
                "there is no annual percentage rate: the payments do not return the amount financed"
            }
            Self::TooHigh => {
                "there is no annual percentage rate within reach: the charges are too high for the amount financed"
            }
        }
    }
}

/// Decimal places of the answer: a hundred times finer than the 0.0005 of a percentage point that is promised.
const PLACES: u32 = 8;
/// The search ends when the unit-period rate is known to this.
const PRECISION: Decimal = Decimal::from_parts(1, 0, 0, false, 13);
/// Above this rate of a unit-period there is no search.
const HIGHEST: Decimal = Decimal::ONE_HUNDRED;
/// Halving the widest bracket to [`PRECISION`] takes 50 steps; the bound is never met, and ends the loop all the same.
const MOST_STEPS: u32 = 160;

impl Transaction {
    /// The annual percentage rate as a fraction, or the reason there is none. `near` is where to begin: the contract rate.
    ///
    /// # Errors
    /// [`FinanceError::OutOfRange`] when the amounts exceed what decimals hold.
    pub fn apr(&self, near: Rate) -> Result<Result<Rate, NoApr>, FinanceError> {
        let level = Series { amount: self.payment, count: self.payments.saturating_sub(1), at: self.first };
        let whole = self.first.whole.checked_add(level.count).ok_or(FinanceError::OutOfRange)?;
        let last = Series { amount: self.final_payment, count: 1, at: UnitPeriods { whole, ..self.first } };
        let advance = Series { amount: self.advance, count: 1, at: UnitPeriods::NOW };
        Equation { advances: &[advance], payments: &[level, last], per_year: self.per_year }.apr(near)
    }
}

impl UnitPeriods {
    /// No time at all.
    pub const NOW: Self = Self { whole: 0, odd_days: 0, days_in_period: 1 };
}

impl From<UnitSpan> for UnitPeriods {
    fn from(span: UnitSpan) -> Self {
        Self { whole: span.whole, odd_days: span.odd, days_in_period: span.per }
    }
}

/// Equal amounts, one unit-period apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Series {
    pub amount: Money,
    pub count: u16,
    /// From the beginning of the term to the first of them.
    pub at: UnitPeriods,
}

/// The general equation of Appendix J (b)(8): any advances, any payments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Equation<'a> {
    pub advances: &'a [Series],
    pub payments: &'a [Series],
    /// Unit-periods in a year as a fraction: 365 over the days of a single payment's term, 52 over 4 for four weeks.
    pub per_year: (u16, u16),
}

impl Equation<'_> {
    /// The annual percentage rate as a fraction, or the reason there is none. `near` is where to begin: the contract rate.
    ///
    /// Where an advance follows a payment more than one rate may solve the equation; then it is one found from `near`.
    ///
    /// # Errors
    /// [`FinanceError::OutOfRange`] when the amounts exceed what decimals hold.
    pub fn apr(&self, near: Rate) -> Result<Result<Rate, NoApr>, FinanceError> {
        let advanced = sum(self.advances)?;
        if !advanced.is_positive() {
            return Ok(Err(NoApr::NothingAdvanced));
        }
        let total = sum(self.payments)?;
        if total < advanced {
            return Ok(Err(NoApr::PaymentsBelowAdvance));
        }
        if total == advanced {
            return Ok(Ok(Rate::ZERO));
        }
        let (numerator, denominator) = self.per_year;
        let (numerator, denominator) = (Decimal::from(numerator.max(1)), Decimal::from(denominator.max(1)));
        let near = div(mul(near.to_decimal(), denominator)?, numerator)?;
        let Some(bracket) = self.bracket(near)? else { return Ok(Err(NoApr::TooHigh)) };
        let rate = div(mul(self.narrow(bracket)?, numerator)?, denominator)?;
        Ok(Ok(Rate::from_decimal(rate, Rounding::HalfUp)?.round(PLACES, Rounding::HalfUp)?))
    }

    /// What the payments are worth at the beginning, at rate `i` of a unit-period, less what the advances are worth.
    ///
    /// Appendix J (b)(8): a whole period divides by `1 + i`, the fraction by `1 + f·i`.
    fn excess(&self, i: Decimal) -> Result<Decimal, FinanceError> {
        // Powers of the discount, not of the growth: they cannot overflow, however high the rate.
        let discount = div(Decimal::ONE, add(Decimal::ONE, i)?)?;
        let mut powers = Powers { discount, exponent: 0, power: Decimal::ONE };
        sub(worth(self.payments, i, &mut powers)?, worth(self.advances, i, &mut powers)?)
    }

    /// Two rates between which the excess changes its sign. Begins close to `near` and widens; `None` above [`HIGHEST`].
    fn bracket(&self, near: Decimal) -> Result<Option<Bracket>, FinanceError> {
        let mut reach = Decimal::from_parts(1, 0, 0, false, 6);
        let four = Decimal::from(4);
        // At a rate of zero the excess is positive, because the payments exceed the advance.
        let mut low = sub(near, reach)?.max(Decimal::ZERO);
        let mut at_low = self.excess(low)?;
        while at_low.is_sign_negative() && !low.is_zero() {
            reach = mul(reach, four)?;
            low = sub(near, reach)?.max(Decimal::ZERO);
            at_low = self.excess(low)?;
        }
        let mut high = add(low, mul(reach, Decimal::TWO)?)?;
        let mut at_high = self.excess(high)?;
        while !at_high.is_sign_negative() {
            if high > HIGHEST {
                return Ok(None);
            }
            (low, at_low) = (high, at_high);
            reach = mul(reach, four)?;
            high = add(high, reach)?;
            at_high = self.excess(high)?;
        }
        Ok(Some(Bracket { low, at_low, high, at_high }))
    }

    /// Narrows a bracket to its root: false position with the Illinois correction, and halving once that is slow.
    fn narrow(&self, mut b: Bracket) -> Result<Decimal, FinanceError> {
        let mut last = b.low;
        for step in 0..MOST_STEPS {
            let width = sub(b.high, b.low)?;
            if width <= PRECISION {
                break;
            }
            let next = if step < 24 {
                let slope = sub(b.at_low, b.at_high)?;
                add(b.low, div(mul(width, b.at_low)?, slope)?)?
            } else {
                add(b.low, div(width, Decimal::TWO)?)?
            };
            let value = self.excess(next)?;
            if value.is_zero() || (step > 0 && sub(next, last)?.abs() <= PRECISION) {
                return Ok(next);
            }
            if value.is_sign_negative() {
                // The same side twice: halve the weight of the other one, so that it moves as well.
                if step > 0 && last > next {
                    b.at_low = div(b.at_low, Decimal::TWO)?;
                }
                (b.high, b.at_high) = (next, value);
            } else {
                if step > 0 && last < next {
                    b.at_high = div(b.at_high, Decimal::TWO)?;
                }
                (b.low, b.at_low) = (next, value);
            }
            last = next;
        }
        div(add(b.low, b.high)?, Decimal::TWO)
    }
}

struct Bracket {
    low: Decimal,
    at_low: Decimal,
    high: Decimal,
    at_high: Decimal,
}

fn sum(series: &[Series]) -> Result<Money, FinanceError> {
    let mut total = Money::ZERO;
    for one in series {
        total = total.try_add(one.amount.times_count(one.count.into())?)?;
    }
    Ok(total)
}

fn worth(series: &[Series], i: Decimal, powers: &mut Powers) -> Result<Decimal, FinanceError> {
    let mut worth = Decimal::ZERO;
    for one in series {
        let now = powers.to(one.at.whole.into())?;
        // All of a series valued at its first date.
        let count = Decimal::from(one.count);
        let level = match one.count {
            0 | 1 => count,
            _ if i.is_zero() => count,
            many => div(sub(Decimal::ONE, powers.to(many.into())?)?, mul(i, powers.discount)?)?,
        };
        let mut value = mul(mul(one.amount.to_decimal(), level)?, now)?;
        if one.at.odd_days > 0 {
            let part = div(mul(i, one.at.odd_days.into())?, one.at.days_in_period.max(1).into())?;
            value = div(value, add(Decimal::ONE, part)?)?;
        }
        worth = add(worth, value)?;
    }
    Ok(worth)
}

/// Powers of one base, the last of which helps with the next: series mostly follow each other.
struct Powers {
    discount: Decimal,
    exponent: u32,
    power: Decimal,
}

impl Powers {
    fn to(&mut self, exponent: u32) -> Result<Decimal, FinanceError> {
        let power = match exponent.checked_sub(self.exponent) {
            Some(more) => mul(self.power, pow(self.discount, more)?)?,
            None => pow(self.discount, exponent)?,
        };
        // A small step back is not worth forgetting the way already gone.
        if exponent > 1 {
            (self.exponent, self.power) = (exponent, power);
        }
        Ok(power)
    }
}
