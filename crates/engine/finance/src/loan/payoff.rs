//! What is owed on a day before the end: by the United States Rule, or of a precomputed contract by the Rule of 78.

use super::Contract;
use super::accrual::Span;
use super::ledger::{Ledger, Pay, Slot};
use super::plan::{Accrual, DatedAmount, InterestRounding};
use crate::FinanceError;
use crate::decimal::mul;
use autolytiq_calendar::DueDates;
use autolytiq_money::{Money, Rounding};
use jiff::civil::Date;
use rust_decimal::Decimal;

/// The longest term of which the Rule of 78 may give the refund (15 USC 1615(b)).
pub const MOST_RULE_OF_78_MONTHS: u16 = 61;

/// What is owed on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Owed {
    pub principal: Money,
    /// Interest that earlier payments did not cover. It earned nothing.
    pub unpaid_interest: Money,
    /// The day from which interest has run since: of the last payment, or of the contract.
    pub since: Date,
    /// Interest on the principal from that day to the day of the payoff, rounded to the cent, half up.
    pub interest: Money,
    pub total: Money,
    /// What each further day adds, with all its decimals.
    pub per_diem: Decimal,
    /// What was paid beyond all that was owed.
    pub overpaid: Money,
}

/// What is owed by the United States Rule: each payment meets the interest since the one before, then the principal; interest
/// that a payment does not cover waits and earns nothing.
///
/// `made` payments of the schedule were paid on their dates, or, where there is a `history`, those amounts on those days.
///
/// # Errors
/// [`FinanceError::Calendar`] where the payoff lies before the last payment; as [`Contract::level`].
pub fn owed_by_us_rule(
    contract: &Contract<'_>,
    made: u16,
    history: Option<&[DatedAmount]>,
    on: Date,
) -> Result<Owed, FinanceError> {
    let unit = contract.due.unit();
    let accrual = contract.plan.accrual;
    let simple = |from: Date, to: Date| -> Result<Span, FinanceError> {
        Ok(Span::between(accrual, from, DueDates::from(to, unit))?.simple())
    };
    let (mut since, mut overpaid) = (contract.start, Money::ZERO);
    let (principal, unpaid_interest) = match history {
        Some(history) => {
            let rounding = InterestRounding::PerPeriod;
            let mut ledger = Ledger::new(contract.amount, contract.rate, Money::ZERO, false, rounding);
            let mut history = history.to_vec();
            history.sort_by_key(|paid| paid.date);
            for paid in history {
                let row = ledger.step(0, Slot { span: simple(since, paid.date)?, pay: Pay::Fixed(paid.amount) })?;
                overpaid = overpaid.try_add(paid.amount.try_sub(row.payment)?)?;
                since = paid.date;
            }
            (ledger.balance, ledger.unpaid)
        }
        None => {
            let mut rows = contract.rows()?;
            let schedule = contract.schedule()?;
            for entry in schedule.iter().take(made.into()) {
                rows.next().transpose()?;
                since = entry.due;
            }
            rows.owed()
        }
    };
    // The next regular date ends a whole period, so that the last payment of the schedule is the payoff of its day.
    let dates = |index: u16| contract.due.since(index).ok();
    let index = (0..contract.payments).find(|index| dates(*index).is_some_and(|due| due.first() == on));
    let before = index.and_then(|index| index.checked_sub(1)).and_then(dates);
    let span = match index.and_then(dates) {
        Some(_) if accrual == Accrual::UnitPeriod && before.is_some_and(|due| due.first() == since) => {
            Span::regular(unit)
        }
        Some(due) => Span::between(accrual, since, due)?.simple(),
        None => simple(since, on)?,
    };
    let interest = span.interest(principal, contract.rate)?;
    let per_diem = Span::day(accrual, unit, on).exact_interest(principal, contract.rate)?;
    let total = principal.try_add(unpaid_interest)?.try_add(interest)?;
    Ok(Owed { principal, unpaid_interest, since, interest, total, per_diem, overpaid })
}

/// What is given back of a precomputed charge by the Rule of 78, with `left` of `payments` equal periods still to run:
/// `charge × left × (left + 1) ÷ (payments × (payments + 1))`, rounded to the cent, half up.
///
/// # Errors
/// [`FinanceError::NoPayments`], or more left than there are.
pub fn rule_of_78_rebate(charge: Money, payments: u16, left: u16) -> Result<Money, FinanceError> {
    if payments == 0 || left > payments {
        return Err(FinanceError::NoPayments);
    }
    let sum = |count: u16| i64::from(count) * (i64::from(count) + 1);
    let exact = mul(charge.to_decimal(), Decimal::from(sum(left)))?;
    let rebate = exact.checked_div(Decimal::from(sum(payments))).ok_or(FinanceError::OutOfRange)?;
    Ok(Money::from_decimal(rebate, Rounding::HalfUp)?)
}
