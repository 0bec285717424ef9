//! The schedule of a loan in whole cents, ending at exactly nothing.

use super::accrual::Span;
use super::ledger::{Ledger, Pay, Slot};
use super::payment::first_span;
use super::{InterestRounding, level_payment};
use crate::FinanceError;
use autolytiq_calendar::{MonthsAndDays, Unit};
use autolytiq_money::{Money, Rate};

/// What is lent, and how it is repaid: monthly, in equal payments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loan {
    /// The principal on which interest runs.
    pub amount: Money,
    /// Contract rate per year.
    pub rate: Rate,
    /// Number of monthly payments.
    pub payments: u16,
    /// From the date of the contract to the first payment.
    pub first_period: MonthsAndDays,
}

/// One line of the schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// 1 for the first payment.
    pub number: u16,
    pub payment: Money,
    /// The part of the payment that is interest.
    pub interest: Money,
    /// The part that reduces the balance; below zero where the payment does not cover the interest.
    pub principal: Money,
    /// What is still owed afterwards.
    pub balance: Money,
}

/// The figures of a whole schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Totals {
    pub payment: Money,
    /// The last payment, which takes up the cents of rounding.
    pub final_payment: Money,
    pub total_of_payments: Money,
    /// All interest: the total of payments less the amount.
    pub interest: Money,
    /// What is owed after the last payment but one, and a month's interest on it: together the last payment.
    pub balance_before_last: Money,
    pub last_interest: Money,
    /// Whether the payment, rounded up, repaid a small amount before its term.
    pub ran_out: bool,
}

impl Totals {
    /// No credit, no payments.
    pub(crate) const NONE: Self = Self {
        payment: Money::ZERO,
        final_payment: Money::ZERO,
        total_of_payments: Money::ZERO,
        interest: Money::ZERO,
        balance_before_last: Money::ZERO,
        last_interest: Money::ZERO,
        ran_out: false,
    };
}

impl Loan {
    /// The lines of the schedule, one after the other, at the level payment.
    ///
    /// # Errors
    /// As [`level_payment`].
    pub fn schedule(&self) -> Result<Rows, FinanceError> {
        let level = level_payment(self)?;
        let ledger = Ledger::new(self.amount, self.rate, level, true, InterestRounding::PerPeriod);
        let regular = Slot { span: Span::regular(Unit::MONTH), pay: Pay::Level };
        let mut slots = vec![regular; self.payments.into()];
        if let Some(first) = slots.first_mut() {
            first.span = first_span(self);
        }
        if let Some(last) = slots.last_mut() {
            last.pay = Pay::Rest;
        }
        Ok(Rows::new(ledger, slots))
    }

    /// Runs the schedule and keeps only its totals.
    ///
    /// # Errors
    /// As [`level_payment`].
    pub fn totals(&self) -> Result<Totals, FinanceError> {
        self.schedule()?.totals()
    }
}

/// The lines of a schedule. After an error it ends.
#[derive(Debug, Clone)]
pub struct Rows {
    ledger: Ledger,
    slots: std::vec::IntoIter<Slot>,
    done: u16,
}

impl Rows {
    pub(super) fn new(ledger: Ledger, slots: Vec<Slot>) -> Self {
        Self { ledger, slots: slots.into_iter(), done: 0 }
    }

    /// The principal and the unpaid interest that stand after the lines taken so far.
    pub(super) fn owed(&self) -> (Money, Money) {
        (self.ledger.balance, self.ledger.unpaid)
    }

    /// Runs the schedule and keeps only its totals.
    ///
    /// # Errors
    /// [`FinanceError::OutOfRange`].
    pub fn totals(self) -> Result<Totals, FinanceError> {
        self.each(|_| ())
    }

    /// Runs the schedule, hands out each of its lines, and answers the totals.
    pub(super) fn each(mut self, mut line: impl FnMut(Row)) -> Result<Totals, FinanceError> {
        let amount = self.ledger.balance;
        let mut totals = Totals { payment: self.ledger.level, ..Totals::NONE };
        while let Some(slot) = self.slots.as_slice().first().copied() {
            totals.balance_before_last = self.ledger.balance;
            let Some(row) = self.next().transpose()? else { break };
            totals.final_payment = row.payment;
            totals.last_interest = row.interest;
            totals.total_of_payments = totals.total_of_payments.try_add(row.payment)?;
            totals.ran_out |= slot.pay == Pay::Level && row.payment < totals.payment;
            line(row);
        }
        totals.interest = totals.total_of_payments.try_sub(amount)?;
        Ok(totals)
    }
}

impl Iterator for Rows {
    type Item = Result<Row, FinanceError>;

    fn next(&mut self) -> Option<Self::Item> {
        let slot = self.slots.next()?;
        self.done += 1;
        let row = self.ledger.step(self.done, slot);
        if row.is_err() {
            self.slots = Vec::new().into_iter();
        }
        Some(row)
    }
}
