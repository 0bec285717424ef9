//! The level payment of a loan whose first period may be odd.

use super::accrual::Span;
use crate::decimal::{add, div, mul, pow, sub};
use crate::fixed::{Fixed, Near, settle};
use crate::{FinanceError, Loan};
use autolytiq_calendar::{MonthsAndDays, Unit, UnitSpan};
use autolytiq_money::{Money, Rate, Rounding};
use rust_decimal::Decimal;

/// The payment that repays the loan in equal instalments, rounded to the cent, half up.
///
/// With `i` a twelfth of the yearly rate, `t` whole months and `f` thirtieths of a month to the first payment, and `n` payments:
///
/// `payment = amount × (1 + f·i) × (1 + i)^(t − 1) × i ÷ (1 − (1 + i)^−n)`, and `amount ÷ n` where the rate is zero.
///
/// # Errors
/// [`FinanceError::NoPayments`] when there is nothing to divide by, [`FinanceError::OutOfRange`].
pub fn level_payment(loan: &Loan) -> Result<Money, FinanceError> {
    level(loan.amount, loan.rate, loan.payments, Unit::MONTH, first_span(loan), Rounding::HalfUp)
}

/// The same for any unit-period and rounding.
pub(super) fn level(
    amount: Money,
    rate: Rate,
    payments: u16,
    unit: Unit,
    first: Span,
    rounding: Rounding,
) -> Result<Money, FinanceError> {
    if payments == 0 {
        return Err(FinanceError::NoPayments);
    }
    if rate.is_zero() {
        return Ok(amount.times_ratio(1, payments.into(), rounding)?);
    }
    match settled(amount, rate, payments, unit, first, rounding) {
        Some(cents) => Ok(Money::from_cents(cents)),
        None => in_decimals(amount, rate, payments, unit, first, rounding),
    }
}

fn in_decimals(
    amount: Money,
    rate: Rate,
    payments: u16,
    unit: Unit,
    first: Span,
    rounding: Rounding,
) -> Result<Money, FinanceError> {
    let (per_year, of) = unit.per_year();
    let i = div(mul(rate.to_decimal(), of.into())?, per_year.into())?;
    let growth = add(Decimal::ONE, i)?;
    let whole = pow(growth, payments.into())?;
    // i ÷ (1 − (1 + i)^−n), multiplied out by (1 + i)^n so that only one division is needed.
    let factor = div(mul(i, whole)?, sub(whole, Decimal::ONE)?)?;
    // What the first period adds beyond, or falls short of, one regular period.
    let odd = if first == Span::regular(unit) { Decimal::ONE } else { div(first.growth(rate)?, growth)? };
    let payment = mul(mul(amount.to_decimal(), odd)?, factor)?;
    Ok(Money::from_decimal(payment, rounding)?)
}

/// The same in fixed point, as `amount × (1 + f·i) ÷ (v^t × (1 + v + … + v^(n − 1)))` with `v = 1 ÷ (1 + i)`, where that settles
/// the cent.
fn settled(amount: Money, rate: Rate, payments: u16, unit: Unit, first: Span, rounding: Rounding) -> Option<i64> {
    let regular = Span::regular(unit);
    let (whole, odd) = if first == regular {
        (1, Fixed::ONE)
    } else {
        (first.whole(), Fixed::ONE.plus(first.interest_of_part(rate)?)?)
    };
    let (one, more) = regular.fraction(rate)?;
    let discount = Fixed::ratio(one, one.checked_add(more)?)?;
    let (sum, _) = discount.powers(payments)?;
    let value = i128::try_from(sum.times(discount.power(whole)?)?.0).ok()?;
    // The sum falls short by the square of the number, the power by twice the whole periods for each of the sum's terms.
    let (terms, whole) = (u128::from(payments), u128::from(whole));
    let worth = Near { value, error: terms * terms + 2 * whole * terms + 2 };
    settle(Near::whole(amount.cents()).times(odd, 1)?, worth, rounding)
}

/// The first period of a monthly loan.
pub(super) fn first_span(loan: &Loan) -> Span {
    let MonthsAndDays { months, days } = loan.first_period;
    Span::of_units(Unit::MONTH, UnitSpan { whole: months, odd: days, per: 30 })
}

#[cfg(test)]
mod tests {
    use super::{Span, in_decimals, settled};
    use autolytiq_calendar::{Unit, UnitSpan};
    use autolytiq_money::{Money, Rate, Rounding};
    use proptest::prelude::*;

    const ROUNDINGS: [Rounding; 4] = [Rounding::HalfUp, Rounding::HalfEven, Rounding::Up, Rounding::Down];
    const UNITS: [Unit; 5] = [Unit::Weeks(1), Unit::Weeks(4), Unit::HalfMonth, Unit::MONTH, Unit::Months(3)];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        /// The cent of the fixed point is the cent of 28 decimal digits, and there nearly always is one.
        #[test]
        fn fixed_point_gives_the_cent_of_decimals(
            cents in 1_i64..=1_000_000_000,
            basis_points in 1_i64..=10_000,
            payments in 1_u16..=720,
            unit in 0..UNITS.len(),
            (whole, odd) in (0_u16..15, 0_u16..30),
            rounding in 0..ROUNDINGS.len(),
        ) {
            let (amount, unit, rounding) = (Money::from_cents(cents), UNITS[unit], ROUNDINGS[rounding]);
            let rate = Rate::from_units(basis_points * (Rate::SCALE / 10_000));
            let first = Span::of_units(unit, UnitSpan { whole, odd: odd % unit.days(), per: unit.days() });
            let fixed = settled(amount, rate, payments, unit, first, rounding);
            let decimal = in_decimals(amount, rate, payments, unit, first, rounding);
            // Where decimals overflow at a high rate over a long time, the fixed point may still have an answer.
            if let (Some(fixed), Ok(decimal)) = (fixed, decimal) {
                prop_assert_eq!(Money::from_cents(fixed), decimal);
            }
            prop_assert!(fixed.is_some() || payments < 3 || cents < 10_000, "settled nothing");
        }
    }

    /// 100.50 with a period's interest at one per cent is 101.505: no fixed point may decide which cent that is.
    #[test]
    fn a_half_cent_is_left_to_decimals() {
        let (amount, rate) = (Money::from_cents(10_050), "0.12".parse().unwrap());
        let first = Span::regular(Unit::MONTH);
        assert_eq!(settled(amount, rate, 1, Unit::MONTH, first, Rounding::HalfUp), None);
        let payment = in_decimals(amount, rate, 1, Unit::MONTH, first, Rounding::HalfUp);
        assert_eq!(payment, Ok(Money::from_cents(10_151)));
    }
}
