//! The level payment of a loan whose first period may be odd.

use crate::decimal::{add, div, mul, pow, sub};
use crate::{FinanceError, Loan};
use autolytiq_calendar::MonthsAndDays;
use autolytiq_money::{Money, Rounding};
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
    if loan.payments == 0 {
        return Err(FinanceError::NoPayments);
    }
    if loan.rate.is_zero() {
        return Ok(loan.amount.times_ratio(1, loan.payments.into(), Rounding::HalfUp)?);
    }
    let i = div(loan.rate.to_decimal(), Decimal::from(12))?;
    let growth = add(Decimal::ONE, i)?;
    let whole = pow(growth, loan.payments.into())?;
    // i ÷ (1 − (1 + i)^−n), multiplied out by (1 + i)^n so that only one division is needed.
    let factor = div(mul(i, whole)?, sub(whole, Decimal::ONE)?)?;
    let payment = mul(mul(loan.amount.to_decimal(), first_period(i, growth, loan.first_period)?)?, factor)?;
    Ok(Money::from_decimal(payment, Rounding::HalfUp)?)
}

/// `(1 + f·i) × (1 + i)^(t − 1)`: what the first period adds beyond, or falls short of, one regular month.
fn first_period(i: Decimal, growth: Decimal, period: MonthsAndDays) -> Result<Decimal, FinanceError> {
    if period == MonthsAndDays::REGULAR {
        return Ok(Decimal::ONE);
    }
    let odd = add(Decimal::ONE, div(mul(i, Decimal::from(period.days))?, Decimal::from(30))?)?;
    match period.months {
        0 => div(odd, growth),
        months => mul(odd, pow(growth, u32::from(months) - 1)?),
    }
}

/// What the first period adds to the amount: interest in cents on the whole months and the odd days, rounded once.
pub(super) fn first_interest(loan: &Loan) -> Result<Money, FinanceError> {
    if loan.first_period == MonthsAndDays::REGULAR {
        return month_interest(loan.amount, loan);
    }
    let i = div(loan.rate.to_decimal(), Decimal::from(12))?;
    let growth = add(Decimal::ONE, i)?;
    let factor = mul(first_period(i, growth, loan.first_period)?, growth)?;
    let interest = mul(loan.amount.to_decimal(), sub(factor, Decimal::ONE)?)?;
    Ok(Money::from_decimal(interest, Rounding::HalfUp)?)
}

/// One month's interest on a balance in whole cents: exact until its single rounding.
pub(super) fn month_interest(balance: Money, loan: &Loan) -> Result<Money, FinanceError> {
    const MONTHS: i128 = 12 * autolytiq_money::Rate::SCALE as i128;
    let product = i128::from(balance.cents()) * i128::from(loan.rate.units());
    Ok(Money::from_cents(Rounding::HalfUp.divide(product, MONTHS)?))
}
