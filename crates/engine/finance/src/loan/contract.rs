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
use crate::fixed::{Fixed, Near, settle};
use autolytiq_calendar::DueDates;
use autolytiq_money::{Money, Rate};
use jiff::civil::Date;
use rust_decimal::Decimal;

/// Decimal places in which the trace tells what a level payment was divided from.
const PLACES: u32 = 8;

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
    /// worth there, both to eight places: the payment is the one divided by the other.
    pub division: Option<(Decimal, Decimal)>,
}

/// A contract worked out: its payment, its figures, and its lines.
#[derive(Debug, Clone)]
pub struct Worked {
    pub level: Level,
    pub totals: Totals,
    lines: Vec<(Event, Row)>,
}

/// A day on which something is paid, or could have been.
#[derive(Debug, Clone, Copy)]
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

    /// The stretches of time before these days, or of an annuity, of which no date but the first matters.
    fn slots(&self, events: &[Event]) -> Result<Vec<Slot>, FinanceError> {
        let regular = Span::regular(self.due.unit());
        if self.is_annuity() {
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
        let slot = |event: &Event| {
            let span = if event.regular && self.by_units() {
                regular
            } else {
                Span::between(self.plan.accrual, before, event.due)?
            };
            before = event.due.first();
            Ok(Slot { span, pay: event.pay })
        };
        events.iter().map(slot).collect()
    }

    /// The stretches of time with their payments, without a list of days where none matters.
    fn stretches(&self) -> Result<Vec<Slot>, FinanceError> {
        if self.is_annuity() { self.slots(&[]) } else { self.slots(&self.events()?) }
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
        self.level_of(&self.stretches()?)
    }

    fn level_of(&self, slots: &[Slot]) -> Result<Level, FinanceError> {
        let rounding = self.plan.rounding;
        let first = slots.first().ok_or(FinanceError::NoPayments)?.span;
        if self.is_annuity() {
            let payment = level(self.amount, self.rate, self.payments, self.due.unit(), first, rounding)?;
            return Ok(Level { payment, division: None });
        }
        self.settled(slots).map_or_else(|| self.in_decimals(slots), Ok)
    }

    fn in_decimals(&self, slots: &[Slot]) -> Result<Level, FinanceError> {
        let (mut owed, mut weight, mut idle) = (self.amount.to_decimal(), Decimal::ZERO, Decimal::ZERO);
        for slot in slots {
            let growth = add(slot.span.growth(self.rate)?, idle)?;
            if self.waits(slot) {
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
        let payment = Money::from_decimal(div(owed, weight)?, self.plan.rounding)?;
        Ok(Level { payment, division: Some((owed.round_dp(PLACES), weight.round_dp(PLACES))) })
    }

    /// Whether nothing is paid, and what accrues earns nothing: then the time counts with the next payment.
    fn waits(&self, slot: &Slot) -> bool {
        slot.pay == Pay::Fixed(Money::ZERO) && !self.by_units()
    }

    /// The level payment in fixed point, where that settles the cent.
    fn settled(&self, slots: &[Slot]) -> Option<Level> {
        let (mut owed, mut weight) = (Near::whole(self.amount.cents()), Near::whole(0));
        // A schedule has few kinds of stretches: months of 28 to 31 days.
        let mut known: Vec<((u32, u32), Fixed)> = Vec::new();
        let (mut growth, mut short) = (Fixed::ONE, 0_u32);
        for slot in slots {
            let part = slot.span.part();
            let interest = match known.iter().find(|(own, _)| *own == part) {
                Some((_, interest)) => *interest,
                None => {
                    let interest = slot.span.interest_of_part(self.rate)?;
                    known.push((part, interest));
                    interest
                }
            };
            growth = growth.plus(interest)?;
            short = short.checked_add(1)?;
            if self.waits(slot) {
                continue;
            }
            (owed, weight) = (owed.times(growth, short)?, weight.times(growth, short)?);
            (growth, short) = (Fixed::ONE, 0);
            if slot.span.whole() > 0 {
                let regular = Fixed::ONE.plus(Span::regular(self.due.unit()).interest_of_part(self.rate)?)?;
                for _ in 0..slot.span.whole() {
                    (owed, weight) = (owed.times(regular, 1)?, weight.times(regular, 1)?);
                }
            }
            match slot.pay {
                Pay::Fixed(amount) => owed = owed.plus(amount.try_neg().ok()?.cents())?,
                Pay::Level | Pay::Rest => weight = weight.plus(1)?,
            }
        }
        owed = owed.plus(self.plan.balloon.try_neg().ok()?.cents())?;
        if owed.value < 0 {
            return None;
        }
        let payment = Money::from_cents(settle(owed, weight, self.plan.rounding)?);
        let decimal = |units| Decimal::try_from_i128_with_scale(units, PLACES).ok();
        let (owed, weight) = (decimal(owed.scaled(1_000_000)?)?, decimal(weight.scaled(100_000_000)?)?);
        Some(Level { payment, division: Some((owed, weight)) })
    }

    /// The lines of the schedule without their dates.
    ///
    /// # Errors
    /// As [`Self::level`].
    pub fn rows(&self) -> Result<Rows, FinanceError> {
        let slots = self.stretches()?;
        let level = self.level_of(&slots)?;
        Ok(self.rows_of(level.payment, slots))
    }

    fn rows_of(&self, level: Money, slots: Vec<Slot>) -> Rows {
        Rows::new(Ledger::new(self.amount, self.rate, level, self.by_units(), self.plan.interest_rounding), slots)
    }

    /// The figures of the whole schedule.
    ///
    /// # Errors
    /// As [`Self::level`].
    pub fn totals(&self) -> Result<Totals, FinanceError> {
        self.rows()?.totals()
    }

    /// The contract with all its lines, gone through once.
    ///
    /// # Errors
    /// As [`Self::level`].
    pub fn work_out(&self) -> Result<Worked, FinanceError> {
        let events = self.events()?;
        let slots = self.slots(&events)?;
        let level = self.level_of(&slots)?;
        let mut lines = Vec::with_capacity(events.len());
        let mut days = events.into_iter();
        let totals = self.rows_of(level.payment, slots).each(|row| lines.extend(days.next().map(|day| (day, row))))?;
        Ok(Worked { level, totals, lines })
    }

    /// The schedule with its dates.
    ///
    /// # Errors
    /// As [`Self::level`].
    pub fn schedule(&self) -> Result<Vec<PaymentRow>, FinanceError> {
        Ok(self.work_out()?.rows().collect())
    }

    /// The day of the last payment.
    ///
    /// # Errors
    /// Beyond the calendar.
    pub fn end(&self) -> Result<Date, FinanceError> {
        Ok(self.due.nth(self.payments.saturating_sub(1))?)
    }
}

impl Worked {
    /// The schedule with its dates.
    pub fn rows(&self) -> impl Iterator<Item = PaymentRow> {
        self.lines.iter().map(|(event, row)| PaymentRow { due: event.due.first(), row: *row })
    }

    /// What is paid, as series for the annual percentage rate: runs of equal payments on regular due dates, counted on from
    /// the first of those, and the others, each counted by its date.
    ///
    /// # Errors
    /// Dates that the calendar does not have.
    pub fn series(&self, contract: &Contract<'_>, term: Term) -> Result<Vec<Series>, FinanceError> {
        let at = |due: DueDates| term.count(contract.start, due);
        let first = at(contract.due)?;
        let mut all: Vec<Series> = Vec::new();
        let (mut run, mut index) = (false, 0);
        for (event, row) in &self.lines {
            let own = if event.extra {
                at(event.due)?
            } else {
                index += 1;
                let whole = first.whole.checked_add(index - 1).ok_or(FinanceError::OutOfRange)?;
                UnitPeriods { whole, ..first }
            };
            match all.last_mut() {
                Some(last) if run && event.regular && last.amount == row.payment => last.count += 1,
                _ if row.payment.is_zero() => run = false,
                _ => {
                    run = !event.extra;
                    all.push(Series { amount: row.payment, count: 1, at: own });
                }
            }
        }
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    use super::{Contract, PLACES};
    use crate::loan::{Accrual, DatedAmount, Frequency, PaymentPlan};
    use autolytiq_money::{Money, Rate, Rounding};
    use jiff::civil::date;
    use proptest::prelude::*;

    const FREQUENCIES: [Frequency; 5] =
        [Frequency::Weekly, Frequency::Biweekly, Frequency::Semimonthly, Frequency::Monthly, Frequency::Quarterly];
    const ACCRUALS: [Accrual; 5] =
        [Accrual::UnitPeriod, Accrual::Thirty360, Accrual::Actual365, Accrual::Actual360, Accrual::ActualActual];

    proptest! {
        /// The level payment of the fixed point is that of 28 decimal digits, and so is what it was divided from.
        #[test]
        fn fixed_point_gives_the_cent_of_decimals(
            cents in 10_000_i64..=1_000_000_000,
            basis_points in 0_i64..=4_000,
            months in 6_u16..=144,
            frequency in 0..FREQUENCIES.len(),
            accrual in 0..ACCRUALS.len(),
            skipped in prop::collection::vec(2_u16..6, 0..3),
            extra in prop::option::of(1_i64..1_000),
            balloon in 0_i64..5_000,
            (month, day) in (1_i8..=12, 1_i8..=28),
        ) {
            let plan = PaymentPlan {
                frequency: FREQUENCIES[frequency],
                accrual: ACCRUALS[accrual],
                rounding: Rounding::HalfUp,
                balloon: Money::from_cents(balloon),
                skipped,
                extra_payments: extra
                    .map(|cents| DatedAmount { date: date(2027, month, day), amount: Money::from_cents(cents) })
                    .into_iter()
                    .collect(),
                ..PaymentPlan::default()
            };
            let (start, rate) = (date(2026, 11, 21), Rate::from_units(basis_points * (Rate::SCALE / 10_000)));
            let due = plan.due(start, None, months).unwrap();
            let payments = plan.count(months);
            let contract = Contract { amount: Money::from_cents(cents), rate, start, due, payments, plan: &plan };
            let slots = contract.stretches().unwrap();
            if let (Some(fixed), Ok(decimal)) = (contract.settled(&slots), contract.in_decimals(&slots)) {
                prop_assert_eq!(fixed.payment, decimal.payment);
                let ((owed, weight), (exact, whole)) = (fixed.division.unwrap(), decimal.division.unwrap());
                let least = rust_decimal::Decimal::new(1, PLACES);
                let near = |a: rust_decimal::Decimal, b: rust_decimal::Decimal| (a - b).abs() <= least;
                prop_assert!(near(owed, exact) && near(weight, whole), "{owed} for {exact}, {weight} for {whole}");
            }
        }
    }
}
