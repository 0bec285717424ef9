//! The annual percentage rate of Regulation Z by the actuarial method, for a single advance repaid in level payments.
//!
//! 12 CFR 1026.22 and Appendix J. The rate is nominal: the rate of a unit-period times the number of unit-periods in a year.

use crate::FinanceError;
use crate::decimal::{add, div, mul, pow, sub};
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
    /// Unit-periods in a year: 12 for months, 24 for half months, 52 for weeks, 4 for quarters.
    pub per_year: u16,
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
        if !self.advance.is_positive() {
            return Ok(Err(NoApr::NothingAdvanced));
        }
        let total =
            self.payment.times_count(u32::from(self.payments).saturating_sub(1))?.try_add(self.final_payment)?;
        if total < self.advance {
            return Ok(Err(NoApr::PaymentsBelowAdvance));
        }
        if total == self.advance {
            return Ok(Ok(Rate::ZERO));
        }
        let per_year = Decimal::from(self.per_year.max(1));
        let near = div(near.to_decimal(), per_year)?;
        let Some(bracket) = self.bracket(near)? else { return Ok(Err(NoApr::TooHigh)) };
        let rate = mul(self.narrow(bracket)?, per_year)?;
        Ok(Ok(Rate::from_decimal(rate, Rounding::HalfUp)?.round(PLACES, Rounding::HalfUp)?))
    }

    /// What the payments are worth at the advance, at rate `i` of a unit-period, less the advance. Falls as `i` rises.
    ///
    /// Appendix J (b)(8): a whole period divides by `1 + i`, the fraction by `1 + f·i`.
    fn excess(&self, i: Decimal) -> Result<Decimal, FinanceError> {
        // Powers of the discount, not of the growth: they cannot overflow, however high the rate.
        let discount = div(Decimal::ONE, add(Decimal::ONE, i)?)?;
        let before_last = u32::from(self.payments).saturating_sub(1);
        let to_last = pow(discount, before_last)?;
        // Level payments but the last, valued at the first of them; the last payment is discounted from its own date.
        let level =
            if i.is_zero() { Decimal::from(before_last) } else { div(sub(Decimal::ONE, to_last)?, mul(i, discount)?)? };
        let level = mul(self.payment.to_decimal(), level)?;
        let at_first = add(level, mul(self.final_payment.to_decimal(), to_last)?)?;
        let days = Decimal::from(self.first.days_in_period.max(1));
        let odd = add(Decimal::ONE, div(mul(i, Decimal::from(self.first.odd_days))?, days)?)?;
        let at_advance = div(mul(at_first, pow(discount, self.first.whole.into())?)?, odd)?;
        sub(at_advance, self.advance.to_decimal())
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
