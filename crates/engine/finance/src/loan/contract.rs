//! A loan by any plan: its dates, its level payment, and its schedule.

use super::PaymentPlan;
use super::accrual::Span;
use super::ledger::{Ledger, Pay, Slot};
use super::payment::level;
use super::plan::Accrual;
use super::schedule::{Row, Rows, Totals};
use crate::FinanceError;
use crate::apr::{Series, Term, UnitPeriods};
use crate::decimal::{add, div, mul, sub};
use autolytiq_calendar::DueDates;
use autolytiq_money::{Money, Rate};
use jiff::civil::Date;
use rust_decimal::Decimal;

/// What is lent, and how it is repaid, on dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contract<'a> {
    /// The principal on which interest runs.
    pub amount: Money,
    /// Contract rate per year.
    pub rate: Rate,
    /// The day on which interest begins.
    pub start: Date,
    /// The regular due dates, of which there are `payments`.
    pub due: DueDates,
    pub payments: u16,
    pub plan: &'a PaymentPlan,
}

/// One line of a schedule with its date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaymentRow {
    pub due: Date,
    pub row: Row,
}

/// The level payment and, where it was not the annuity formula, what it was divided from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Level {
    pub payment: Money,
    /// What would be owed on the last due date without any level payment, and what one dollar on each of their dates would be
    /// worth there: the payment is the one divided by the other.
    pub division: Option<(Decimal, Decimal)>,
}

/// A day on which something is paid, or could have been.
struct Event {
    /// The day, with the day of the month it stands for.
    due: DueDates,
    pay: Pay,
    /// Whether a whole unit-period lies between this and the event before.
    regular: bool,
    /// Whether this is beside the regular due dates.
    extra: bool,
}

impl Contract<'_> {
    fn by_units(&self) -> bool {
        self.plan.accrual == Accrual::UnitPeriod
    }

    /// Whether the annuity formula gives the level payment.
    #[must_use]
    pub fn is_annuity(&self) -> bool {
        self.by_units() && self.plan.is_level()
    }

    /// All days of the contract, in order. A payment beside the regular ones stands before a regular one of its day.
    fn events(&self) -> Result<Vec<Event>, FinanceError> {
        let mut extras = self.plan.extra_payments.clone();
        extras.sort_by_key(|extra| extra.date);
        let mut extras = extras.into_iter().peekable();
        let mut events = Vec::with_capacity(usize::from(self.payments) + extras.len());
        for index in 0..self.payments {
            let due = self.due.since(index)?;
            let mut regular = index > 0;
            while let Some(extra) = extras.next_if(|extra| extra.date <= due.first()) {
                let pay = Pay::Fixed(extra.amount);
                events.push(Event { due: DueDates::from(extra.date, due.unit()), pay, regular: false, extra: true });
                regular = false;
            }
            let pay = match index + 1 {
                last if last == self.payments => Pay::Rest,
                number if self.plan.skipped.contains(&number) => Pay::Fixed(Money::ZERO),
                _ => Pay::Level,
            };
            events.push(Event { due, pay, regular, extra: false });
        }
        Ok(events)
    }

    fn slots(&self) -> Result<Vec<Slot>, FinanceError> {
        let regular = Span::regular(self.due.unit());
        if self.is_annuity() {
            // No date but the first matters.
            let mut slots = vec![Slot { span: regular, pay: Pay::Level }; self.payments.into()];
            if let Some(first) = slots.first_mut() {
                first.span = Span::between(Accrual::UnitPeriod, self.start, self.due)?;
            }
            if let Some(last) = slots.last_mut() {
                last.pay = Pay::Rest;
            }
            return Ok(slots);
        }
        let mut before = self.start;
        let slot = |event: Event| {
            let span = if event.regular && self.by_units() {
                regular
            } else {
                Span::between(self.plan.accrual, before, event.due)?
            };
            before = event.due.first();
            Ok(Slot { span, pay: event.pay })
        };
        self.events()?.into_iter().map(slot).collect()
    }

    /// The level payment.
    ///
    /// By unit-periods with nothing irregular it is that of an annuity. Otherwise everything is valued at the last due date:
    /// `payment = (amount × growth to the end − each other payment × its growth) ÷ sum of the growth since each level payment`,
    /// where a period grows by `1 + rate × its part of a year`.
    ///
    /// # Errors
    /// [`FinanceError::NoPayments`], [`FinanceError::OutOfRange`].
    pub fn level(&self) -> Result<Level, FinanceError> {
        self.level_of(&self.slots()?)
    }

    fn level_of(&self, slots: &[Slot]) -> Result<Level, FinanceError> {
        let rounding = self.plan.rounding;
        let first = slots.first().ok_or(FinanceError::NoPayments)?.span;
        if self.is_annuity() {
            let payment = level(self.amount, self.rate, self.payments, self.due.unit(), first, rounding)?;
            return Ok(Level { payment, division: None });
        }
        let (mut owed, mut weight, mut idle) = (self.amount.to_decimal(), Decimal::ZERO, Decimal::ZERO);
        for slot in slots {
            let growth = add(slot.span.growth(self.rate)?, idle)?;
            if slot.pay == Pay::Fixed(Money::ZERO) && !self.by_units() {
                // Nothing is paid, and what accrues earns nothing: the time counts with the next payment.
                idle = sub(growth, Decimal::ONE)?;
                continue;
            }
            idle = Decimal::ZERO;
            (owed, weight) = (mul(owed, growth)?, mul(weight, growth)?);
            match slot.pay {
                Pay::Fixed(amount) => owed = sub(owed, amount.to_decimal())?,
                Pay::Level | Pay::Rest => weight = add(weight, Decimal::ONE)?,
            }
        }
        owed = sub(owed, self.plan.balloon.to_decimal())?.max(Decimal::ZERO);
        let payment = Money::from_decimal(div(owed, weight)?, rounding)?;
        Ok(Level { payment, division: Some((owed, weight)) })
    }

    /// The lines of the schedule without their dates.
    ///
    /// # Errors
    /// As [`Self::level`].
    pub fn rows(&self) -> Result<Rows, FinanceError> {
        let slots = self.slots()?;
        let level = self.level_of(&slots)?.payment;
        let interest = self.plan.interest_rounding;
        Ok(Rows::new(Ledger::new(self.amount, self.rate, level, self.by_units(), interest), slots))
    }

    /// The figures of the whole schedule.
    ///
    /// # Errors
    /// As [`Self::level`].
    pub fn totals(&self) -> Result<Totals, FinanceError> {
        self.rows()?.totals()
    }

    /// The schedule with its dates.
    ///
    /// # Errors
    /// As [`Self::level`].
    pub fn schedule(&self) -> Result<Vec<PaymentRow>, FinanceError> {
        let rows = self.rows()?.zip(self.events()?);
        rows.map(|(row, event)| Ok(PaymentRow { due: event.due.first(), row: row? })).collect()
    }

    /// What is paid, as series for the annual percentage rate: runs of equal payments on regular due dates, counted on from
    /// the first of those, and the others, each counted by its date.
    ///
    /// # Errors
    /// As [`Self::level`].
    pub fn series(&self, term: Term) -> Result<Vec<Series>, FinanceError> {
        let at = |due: DueDates| term.count(self.start, due);
        let first = at(self.due)?;
        let mut all: Vec<Series> = Vec::new();
        let (mut run, mut index) = (false, 0);
        for (row, event) in self.rows()?.zip(self.events()?) {
            let payment = row?.payment;
            let own = if event.extra {
                at(event.due)?
            } else {
                index += 1;
                let whole = first.whole.checked_add(index - 1).ok_or(FinanceError::OutOfRange)?;
                UnitPeriods { whole, ..first }
            };
            match all.last_mut() {
                Some(last) if run && event.regular && last.amount == payment => last.count += 1,
                _ if payment.is_zero() => run = false,
                _ => {
                    run = !event.extra;
                    all.push(Series { amount: payment, count: 1, at: own });
                }
            }
        }
        Ok(all)
    }

    /// The day of the last payment.
    ///
    /// # Errors
    /// Beyond the calendar.
    pub fn end(&self) -> Result<Date, FinanceError> {
        Ok(self.due.nth(self.payments.saturating_sub(1))?)
    }
}
