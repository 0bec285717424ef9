//! Leases: what the cap cost, the residual and the money factor make of each payment.
//!
//! By money factor a monthly payment is depreciation plus rent, and rent is charged on the sum of adjusted cap cost and
//! residual, because the customer has the use of both; the factor is a twenty-fourth of the yearly rate. By constant yield the
//! payments, made in advance, and the residual at the end are worth the cap cost at exactly that rate. The sum is rounded, not
//! its parts.

use crate::FinanceError;
use crate::decimal::{add, div, mul, pow, sub};
use autolytiq_money::{Money, Rate, Rounding};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A money factor is the yearly rate divided by this.
pub const FACTORS_IN_RATE: u32 = 24;

/// How the rent is reckoned.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum RentMethod {
    /// The factor on the sum of adjusted cap cost and residual, the same every month.
    #[default]
    MoneyFactor,
    /// The rate of the factor on what is still outstanding, payments in advance.
    ConstantYield,
}

/// The terms of a lease, once the cap cost is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lease {
    pub adjusted_cap_cost: Money,
    pub residual: Money,
    pub money_factor: Rate,
    /// The term in months.
    pub months: u16,
    pub method: RentMethod,
    /// Payments made at signing: the first one and so many of the last ones. Matters to the yield only. At least 1.
    pub advance: u16,
    /// Everything in a single payment at signing.
    pub single: bool,
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
    /// A lease by money factor, paid monthly with the first payment at signing.
    #[must_use]
    pub const fn monthly(adjusted_cap_cost: Money, residual: Money, money_factor: Rate, months: u16) -> Self {
        let method = RentMethod::MoneyFactor;
        Self { adjusted_cap_cost, residual, money_factor, months, method, advance: 1, single: false }
    }

    /// Number of payments.
    #[must_use]
    pub const fn payments(&self) -> u16 {
        if self.single { 1 } else { self.months }
    }

    /// The payment, rounded to the cent, half up. With C the adjusted cap cost, R the residual, n months, f the factor and
    /// i = 2 f a month's rate:
    ///
    /// - by money factor `(C − R) ÷ n + (C + R) × f`; in a single payment n times that;
    /// - by constant yield with k payments in advance `(C − R × (1 + i)^−n) ÷ (a + k)`, where
    ///   `a = (1 − (1 + i)^−(n − k)) ÷ i`; in a single payment `C − R × (1 + i)^−n`.
    ///
    /// # Errors
    /// [`FinanceError::NoPayments`], [`FinanceError::OutOfRange`].
    pub fn payment(&self) -> Result<LeasePayment, FinanceError> {
        if self.months == 0 {
            return Err(FinanceError::NoPayments);
        }
        let depreciation = self.adjusted_cap_cost.try_sub(self.residual)?;
        let base_payment = match self.method {
            RentMethod::MoneyFactor => self.by_factor(depreciation)?,
            RentMethod::ConstantYield => {
                let left = mul(self.residual.to_decimal(), self.discount(self.months)?)?;
                let present = sub(self.adjusted_cap_cost.to_decimal(), left)?;
                Money::from_decimal(div(present, self.payments_worth()?)?, Rounding::HalfUp)?
            }
        };
        let rent_charge = base_payment.times_count(self.payments().into())?.try_sub(depreciation)?;
        Ok(LeasePayment { base_payment, depreciation, rent_charge })
    }

    fn by_factor(&self, depreciation: Money) -> Result<Money, FinanceError> {
        let both = self.adjusted_cap_cost.try_add(self.residual)?;
        // One exact fraction over n × 10¹², so that only the sum is rounded.
        let (n, scale) = (i128::from(self.months), i128::from(Rate::SCALE));
        let numerator = i128::from(depreciation.cents())
            .checked_mul(scale)
            .zip(i128::from(both.cents()).checked_mul(i128::from(self.money_factor.units())))
            .and_then(|(wear, rent)| rent.checked_mul(n).and_then(|rent| wear.checked_add(rent)))
            .ok_or(FinanceError::OutOfRange)?;
        let denominator = if self.single { scale } else { n * scale };
        Ok(Money::from_cents(Rounding::HalfUp.divide(numerator, denominator)?))
    }

    /// A month's rate: the factor twice.
    fn month_rate(&self) -> Decimal {
        self.money_factor.to_decimal() * Decimal::TWO
    }

    /// `(1 + i)^−months`.
    fn discount(&self, months: u16) -> Result<Decimal, FinanceError> {
        let one = div(Decimal::ONE, add(Decimal::ONE, self.month_rate())?)?;
        pow(one, months.into())
    }

    /// What payments of one dollar are worth at signing, by constant yield.
    fn payments_worth(&self) -> Result<Decimal, FinanceError> {
        if self.single {
            return Ok(Decimal::ONE);
        }
        let advance = self.advance.clamp(1, self.months);
        let later = self.months.saturating_sub(advance);
        let i = self.month_rate();
        let annuity =
            if i.is_zero() { Decimal::from(later) } else { div(sub(Decimal::ONE, self.discount(later)?)?, i)? };
        add(annuity, Decimal::from(advance))
    }

    /// What one more dollar of cap cost adds to each payment: `1 ÷ n + f` by money factor.
    pub(crate) fn payment_per_dollar(&self) -> Result<Decimal, FinanceError> {
        match self.method {
            RentMethod::ConstantYield => div(Decimal::ONE, self.payments_worth()?),
            RentMethod::MoneyFactor => {
                let month = add(div(Decimal::ONE, Decimal::from(self.months))?, self.money_factor.to_decimal())?;
                if self.single { mul(month, Decimal::from(self.months)) } else { Ok(month) }
            }
        }
    }
}

/// The money factor of a yearly rate: a twenty-fourth, to twelve places, half up.
///
/// # Errors
/// [`FinanceError::OutOfRange`].
pub fn factor_of_rate(rate: Rate) -> Result<Rate, FinanceError> {
    let units = Rounding::HalfUp.divide(rate.units().into(), FACTORS_IN_RATE.into())?;
    Ok(Rate::from_units(units))
}

/// The yearly rate of a money factor.
///
/// # Errors
/// [`FinanceError::OutOfRange`].
pub fn rate_of_factor(factor: Rate) -> Result<Rate, FinanceError> {
    Ok(factor.times_count(FACTORS_IN_RATE)?)
}
