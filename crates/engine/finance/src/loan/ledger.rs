//! The account of a loan: what accrues, what is paid, and what is owed, in whole cents.

use super::accrual::Span;
use super::plan::InterestRounding;
use super::schedule::Row;
use crate::FinanceError;
use crate::decimal::{add, sub};
use autolytiq_money::{Money, Rate, Rounding};
use rust_decimal::Decimal;

/// What is paid at the end of a stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pay {
    /// The level payment.
    Level,
    /// An amount of its own, or nothing.
    Fixed(Money),
    /// All that is owed: the last payment.
    Rest,
}

/// One entry of a schedule to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) span: Span,
    pub(super) pay: Pay,
}

#[derive(Debug, Clone)]
pub(super) struct Ledger {
    rate: Rate,
    /// The rate in short terms, in which most periods' interest is reckoned.
    fraction: (i64, i64),
    /// What a [`Pay::Level`] pays.
    pub(super) level: Money,
    pub(super) balance: Money,
    /// Interest that no payment has met yet. It earns nothing (the United States Rule); where interest compounds there is none.
    pub(super) unpaid: Money,
    /// Whether unpaid interest is added to the balance.
    compounds: bool,
    /// The fraction of a cent that the last period left, where fractions are carried.
    carry: Option<Decimal>,
}

impl Ledger {
    pub(super) fn new(amount: Money, rate: Rate, level: Money, compounds: bool, rounding: InterestRounding) -> Self {
        let carry = (rounding == InterestRounding::Carried).then_some(Decimal::ZERO);
        Self { rate, fraction: rate.fraction(), level, balance: amount, unpaid: Money::ZERO, compounds, carry }
    }

    fn accrue(&mut self, span: Span) -> Result<Money, FinanceError> {
        let Some(carry) = self.carry else {
            return if span.compounds() {
                span.interest(self.balance, self.rate)
            } else {
                span.simple_interest(self.balance, self.fraction)
            };
        };
        let exact = add(span.exact_interest(self.balance, self.rate)?, carry)?;
        let interest = Money::from_decimal(exact, Rounding::HalfUp)?;
        self.carry = Some(sub(exact, interest.to_decimal())?);
        Ok(interest)
    }

    /// Passes a stretch of time and makes the payment at its end: never more than is owed.
    pub(super) fn step(&mut self, number: u16, slot: Slot) -> Result<Row, FinanceError> {
        let accrued = self.unpaid.try_add(self.accrue(slot.span)?)?;
        let owed = self.balance.try_add(accrued)?;
        let payment = match slot.pay {
            Pay::Level => self.level.min(owed),
            Pay::Fixed(amount) => amount.min(owed),
            Pay::Rest => owed,
        };
        let interest = if self.compounds { accrued } else { accrued.min(payment) };
        self.unpaid = accrued.try_sub(interest)?;
        let principal = payment.try_sub(interest)?;
        self.balance = self.balance.try_sub(principal)?;
        Ok(Row { number, payment, interest, principal, balance: self.balance })
    }
}
