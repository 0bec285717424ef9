//! The schedule of a loan in whole cents, ending at exactly nothing.

use super::level_payment;
use super::payment::{first_interest, month_interest};
use crate::FinanceError;
use autolytiq_calendar::MonthsAndDays;
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
    pub fn schedule(&self) -> Result<Rows<'_>, FinanceError> {
        Ok(Rows { loan: self, payment: level_payment(self)?, balance: self.amount, done: 0 })
    }

    /// Runs the schedule and keeps only its totals.
    ///
    /// # Errors
    /// As [`level_payment`].
    pub fn totals(&self) -> Result<Totals, FinanceError> {
        let rows = self.schedule()?;
        let payment = rows.payment;
        let mut totals = Totals { payment, balance_before_last: self.amount, ..Totals::NONE };
        let mut balance = self.amount;
        for row in rows {
            let row = row?;
            totals.final_payment = row.payment;
            totals.last_interest = row.interest;
            totals.balance_before_last = balance;
            totals.total_of_payments = totals.total_of_payments.try_add(row.payment)?;
            totals.ran_out |= row.number < self.payments && row.payment < payment;
            balance = row.balance;
        }
        totals.interest = totals.total_of_payments.try_sub(self.amount)?;
        Ok(totals)
    }
}

/// The lines of a schedule. After an error it ends.
#[derive(Debug, Clone)]
pub struct Rows<'a> {
    loan: &'a Loan,
    payment: Money,
    balance: Money,
    done: u16,
}

impl Rows<'_> {
    fn step(&mut self) -> Result<Row, FinanceError> {
        let interest = match self.done {
            0 => first_interest(self.loan)?,
            _ => month_interest(self.balance, self.loan)?,
        };
        let owed = self.balance.try_add(interest)?;
        self.done += 1;
        // The last payment is what is left. An earlier one is never more than that: a few cents over many payments run out.
        let payment = if self.done == self.loan.payments { owed } else { self.payment.min(owed) };
        let balance = owed.try_sub(payment)?;
        self.balance = balance;
        Ok(Row { number: self.done, payment, interest, principal: payment.try_sub(interest)?, balance })
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<Row, FinanceError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done >= self.loan.payments {
            return None;
        }
        let row = self.step();
        if row.is_err() {
            self.done = self.loan.payments;
        }
        Some(row)
    }
}
