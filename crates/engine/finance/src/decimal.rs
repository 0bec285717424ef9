//! The few operations on decimals that annuities need, each of which may fail.

use crate::FinanceError;
use rust_decimal::Decimal;

pub(crate) fn add(a: Decimal, b: Decimal) -> Result<Decimal, FinanceError> {
    a.checked_add(b).ok_or(FinanceError::OutOfRange)
}

pub(crate) fn sub(a: Decimal, b: Decimal) -> Result<Decimal, FinanceError> {
    a.checked_sub(b).ok_or(FinanceError::OutOfRange)
}

pub(crate) fn mul(a: Decimal, b: Decimal) -> Result<Decimal, FinanceError> {
    a.checked_mul(b).ok_or(FinanceError::OutOfRange)
}

pub(crate) fn div(a: Decimal, b: Decimal) -> Result<Decimal, FinanceError> {
    a.checked_div(b).ok_or(FinanceError::OutOfRange)
}

/// A whole power by repeated squaring.
pub(crate) fn pow(base: Decimal, exponent: u32) -> Result<Decimal, FinanceError> {
    let mut result = Decimal::ONE;
    let mut square = base;
    let mut rest = exponent;
    while rest > 0 {
        if rest & 1 == 1 {
            result = mul(result, square)?;
        }
        rest >>= 1;
        if rest > 0 {
            square = mul(square, square)?;
        }
    }
    Ok(result)
}
