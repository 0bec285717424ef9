//! Leases by money factor: what the cap cost, the residual and the factor make of each payment.
//!
//! A monthly payment is depreciation plus rent. Rent is charged on the sum of adjusted cap cost and residual, because the
//! customer has the use of both; the factor is a twenty-fourth of the yearly rate. The sum is rounded, not its parts.

use crate::FinanceError;
use crate::decimal::{add, div};
use autolytiq_money::{Money, Rate, Rounding};
use rust_decimal::Decimal;

/// The terms of a lease, once the cap cost is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lease {
    pub adjusted_cap_cost: Money,
    pub residual: Money,
    pub money_factor: Rate,
    /// Number of monthly payments.
    pub payments: u16,
}

/// The figures of a lease before tax.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeasePayment {
    pub base_payment: Money,
    /// Over the whole term: adjusted cap cost less residual.
    pub depreciation: Money,
    /// Over the whole term: all base payments less the depreciation (12 CFR 1013.4(f)(5), (6)).
    pub rent_charge: Money,
}

impl Lease {
    /// `(adjusted cap − residual) ÷ n + (adjusted cap + residual) × money factor`, rounded to the cent, half up.
    ///
    /// # Errors
    /// [`FinanceError::NoPayments`], [`FinanceError::OutOfRange`].
    pub fn payment(&self) -> Result<LeasePayment, FinanceError> {
        if self.payments == 0 {
            return Err(FinanceError::NoPayments);
        }
        let depreciation = self.adjusted_cap_cost.try_sub(self.residual)?;
        let both = self.adjusted_cap_cost.try_add(self.residual)?;
        // One exact fraction over n × 10¹², so that only the sum is rounded.
        let (n, scale) = (i128::from(self.payments), i128::from(Rate::SCALE));
        let numerator = i128::from(depreciation.cents())
            .checked_mul(scale)
            .zip(i128::from(both.cents()).checked_mul(i128::from(self.money_factor.units())))
            .and_then(|(wear, rent)| rent.checked_mul(n).and_then(|rent| wear.checked_add(rent)))
            .ok_or(FinanceError::OutOfRange)?;
        let base_payment = Money::from_cents(Rounding::HalfUp.divide(numerator, n * scale)?);
        let rent_charge = base_payment.times_count(self.payments.into())?.try_sub(depreciation)?;
        Ok(LeasePayment { base_payment, depreciation, rent_charge })
    }

    /// What one more dollar of cap cost adds to each payment: `1 ÷ n + money factor`.
    pub(crate) fn payment_per_dollar(&self) -> Result<Decimal, FinanceError> {
        add(div(Decimal::ONE, Decimal::from(self.payments))?, self.money_factor.to_decimal())
    }
}
