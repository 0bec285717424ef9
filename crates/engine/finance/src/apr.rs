//! The annual percentage rate of Regulation Z by the actuarial method.
//!
//! 12 CFR 1026.22 and Appendix J. The rate is nominal: the rate of a unit-period times the number of unit-periods in a year.

mod units;

pub use units::{Flow, Term};

use crate::FinanceError;
use crate::fixed::Fixed;
use autolytiq_calendar::UnitSpan;
use autolytiq_money::{Money, Rate, Rounding};

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
const PRECISION: u128 = Fixed::ONE.0 / 10_000_000_000_000;
/// How far from the rate to begin with the search first looks.
const REACH: u128 = Fixed::ONE.0 / 1_000_000;
/// Above this rate of a unit-period there is no search.
const HIGHEST: u128 = Fixed::ONE.0 * 100;
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
        let (numerator, denominator) = (i128::from(numerator.max(1)), i128::from(denominator.max(1)));
        let scale = i128::from(Rate::SCALE);
        // Where to begin need not be exact: a few bits less fit any rate.
        let near = ((i128::from(near.units()) * denominator) << 47) / (numerator * scale);
        let near = u128::try_from(near << 17).unwrap_or_default().min(HIGHEST);
        let Some(bracket) = self.bracket(near)? else { return Ok(Err(NoApr::TooHigh)) };
        let period = i128::try_from(self.narrow(bracket)?).map_err(|_| FinanceError::OutOfRange)?;
        // A rate of a unit-period has at most 74 bits, the others 56.
        let per_year = period.checked_mul((numerator * scale) >> 10).ok_or(FinanceError::OutOfRange)?;
        let rate = Rounding::HalfUp.divide(per_year, denominator << 54)?;
        Ok(Ok(Rate::from_units(rate).round(PLACES, Rounding::HalfUp)?))
    }

    /// What the payments are worth at the beginning, at rate `i` of a unit-period, less what the advances are worth: in cents of
    /// 2⁻⁶⁴.
    ///
    /// Appendix J (b)(8): a whole period divides by `1 + i`, the fraction by `1 + f·i`.
    fn excess(&self, i: u128) -> Result<i128, FinanceError> {
        let i = Fixed(i);
        // Powers of the discount, not of the growth: they cannot overflow, however high the rate.
        let mut powers = Powers { i, discount: Fixed::discount(i), exponent: 0, power: Fixed::ONE, odd: None };
        let (payments, advances) = (powers.worth(self.payments), powers.worth(self.advances));
        payments.zip(advances).and_then(|(in_all, out)| in_all.checked_sub(out)).ok_or(FinanceError::OutOfRange)
    }

    /// Two rates between which the excess changes its sign. Begins close to `near` and widens; `None` above [`HIGHEST`].
    fn bracket(&self, near: u128) -> Result<Option<Bracket>, FinanceError> {
        let mut reach = REACH;
        // At a rate of zero the excess is positive, because the payments exceed the advance.
        let mut low = near.saturating_sub(reach);
        let mut at_low = self.excess(low)?;
        while at_low < 0 && low > 0 {
            reach *= 4;
            low = near.saturating_sub(reach);
            at_low = self.excess(low)?;
        }
        let mut high = low + 2 * reach;
        let mut at_high = self.excess(high)?;
        while at_high >= 0 {
            if high > HIGHEST {
                return Ok(None);
            }
            (low, at_low) = (high, at_high);
            reach *= 4;
            high += reach;
            at_high = self.excess(high)?;
        }
        Ok(Some(Bracket { low, at_low, high, at_high }))
    }

    /// Narrows a bracket to its root: false position with the Illinois correction, and halving once that is slow.
    fn narrow(&self, mut b: Bracket) -> Result<u128, FinanceError> {
        let mut last = b.low;
        for step in 0..MOST_STEPS {
            let width = b.high - b.low;
            if width <= PRECISION {
                break;
            }
            let next = match b.secant() {
                Some(next) if step < 24 => next,
                _ => b.low + width / 2,
            };
            if step > 0 && next.abs_diff(last) <= PRECISION {
                return Ok(next);
            }
            let value = self.excess(next)?;
            if value == 0 {
                return Ok(next);
            }
            if value < 0 {
                // The same side twice: halve the weight of the other one, so that it moves as well.
                if step > 0 && last > next {
                    b.at_low /= 2;
                }
                (b.high, b.at_high) = (next, value);
            } else {
                if step > 0 && last < next {
                    b.at_high /= 2;
                }
                (b.low, b.at_low) = (next, value);
            }
            last = next;
        }
        Ok(b.low + (b.high - b.low) / 2)
    }
}

/// Two rates, the excess at the lower one not below nothing, at the higher one below it.
struct Bracket {
    low: u128,
    at_low: i128,
    high: u128,
    at_high: i128,
}

impl Bracket {
    /// Where the straight line between the two is nothing.
    fn secant(&self) -> Option<u128> {
        let width = self.high - self.low;
        let (rise, slope) = (self.at_low.unsigned_abs(), self.at_low.abs_diff(self.at_high));
        // As many bits of both as leave room for the product with the width.
        let shift = width.leading_zeros() + slope.leading_zeros();
        let shift = u128::BITS.saturating_sub(shift);
        Some(self.low + (width * (rise >> shift)).checked_div(slope >> shift)?)
    }
}

fn sum(series: &[Series]) -> Result<Money, FinanceError> {
    let mut total = Money::ZERO;
    for one in series {
        total = total.try_add(one.amount.times_count(one.count.into())?)?;
    }
    Ok(total)
}

/// Powers of the discount at one rate, the last of which helps with the next: series mostly follow each other.
struct Powers {
    i: Fixed,
    discount: Fixed,
    exponent: u16,
    power: Fixed,
    /// `1 / (1 + f·i)` of the days and unit-period last asked for: mostly they are the same in all series.
    odd: Option<(u16, u16, Fixed)>,
}

impl Powers {
    /// What series are worth at the beginning, in cents of 2⁻⁶⁴; `None` where that is too much.
    fn worth(&mut self, series: &[Series]) -> Option<i128> {
        let mut worth = 0_i128;
        for one in series {
            let mut factor = self.to(one.at.whole)?;
            if one.count > 1 {
                // All of a series valued at its first date.
                let (level, over) = self.discount.powers(one.count)?;
                if let Some(exponent) = one.at.whole.checked_add(one.count) {
                    (self.exponent, self.power) = (exponent, factor.times(over)?);
                }
                factor = factor.times(level)?;
            } else if one.count == 0 {
                continue;
            }
            if one.at.odd_days > 0 {
                factor = factor.times(self.odd(one.at.odd_days, one.at.days_in_period.max(1))?)?;
            }
            let cents = i128::try_from(factor.0).ok()?.checked_mul(one.amount.cents().into())?;
            worth = worth.checked_add(cents)?;
        }
        Some(worth)
    }

    fn to(&mut self, exponent: u16) -> Option<Fixed> {
        let power = match exponent.checked_sub(self.exponent) {
            Some(0) => return Some(self.power),
            Some(more) => self.power.times(self.discount.power(more)?)?,
            None => self.discount.power(exponent)?,
        };
        // A small step back is not worth forgetting the way already gone.
        if exponent > 1 {
            (self.exponent, self.power) = (exponent, power);
        }
        Some(power)
    }

    fn odd(&mut self, days: u16, per: u16) -> Option<Fixed> {
        match self.odd {
            Some((own_days, own_per, odd)) if (own_days, own_per) == (days, per) => Some(odd),
            _ => {
                let odd = Fixed::discount(Fixed(self.i.0.checked_mul(days.into())? / u128::from(per)));
                self.odd = Some((days, per, odd));
                Some(odd)
            }
        }
    }
}
