//! The level payment of a loan whose first period may be odd.

use super::accrual::Span;
use crate::decimal::{add, div, mul, pow, sub};
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

/// The first period of a monthly loan.
pub(super) fn first_span(loan: &Loan) -> Span {
    let MonthsAndDays { months, days } = loan.first_period;
    Span::of_units(Unit::MONTH, UnitSpan { whole: months, odd: days, per: 30 })
}
