//! Why a payment is what it is: the steps of a loan's figures.

use super::{Contract, Frequency, Level, Totals};
use crate::trace::{Input, Step, Text, Value};
use autolytiq_calendar::{Unit, UnitSpan};
use rust_decimal::Decimal;

/// The name of the number of payments: of an ordinary loan it is the term.
fn count(contract: &Contract<'_>) -> &'static str {
    if contract.plan.is_default() { "termMonths" } else { "paymentCount" }
}

/// Whole unit-periods and the part of one to the first payment.
pub(crate) fn first_period(contract: &Contract<'_>) -> UnitSpan {
    contract.due.unit().count(contract.start, contract.due).unwrap_or(UnitSpan { whole: 1, odd: 0, per: 30 })
}

/// The step of the level payment.
pub(crate) fn payment(contract: &Contract<'_>, level: &Level) -> Step {
    let mut inputs = vec![
        Input::figure("principal", contract.amount),
        Input::figure("rate", contract.rate),
        Input::figure(count(contract), contract.payments),
    ];
    let unit = contract.due.unit();
    let UnitSpan { whole, odd, per } = first_period(contract);
    let monthly = contract.plan.is_default();
    let formula: Text = if !contract.amount.is_positive() {
        "none, because nothing is financed".into()
    } else if let Some((grown, weight)) = level.division {
        inputs.push(Input::given("grown", Value::Decimal(grown)));
        inputs.push(Input::given("weight", Value::Decimal(weight)));
        "grown ÷ weight, where grown is the principal with its interest to the last due date, less each other payment with the interest since it, and weight what 1.00 on each date of a level payment is worth there".into()
    } else if contract.rate.is_zero() {
        if monthly { "principal ÷ termMonths".into() } else { "principal ÷ paymentCount".into() }
    } else {
        let regular = (whole, odd) == (1, 0);
        if !regular {
            let names = if monthly { ("months", "days") } else { ("periods", "days") };
            inputs.push(Input::given(names.0, whole));
            inputs.push(Input::given(names.1, odd));
        }
        match (monthly, regular) {
            (true, true) => "principal × i ÷ (1 − (1 + i)^−termMonths), where i = rate ÷ 12".into(),
            (true, false) => "principal × (1 + i × days ÷ 30) × (1 + i)^(months − 1) × i ÷ (1 − (1 + i)^−termMonths), where i = rate ÷ 12".into(),
            (false, regular) => {
                inputs.push(Input::given("periodsPerYear", Value::Decimal(per_year(unit))));
                let odd = if regular { String::new() } else { format!(" × (1 + i × days ÷ {per}) × (1 + i)^(periods − 1)") };
                format!("principal{odd} × i ÷ (1 − (1 + i)^−paymentCount), where i = rate ÷ periodsPerYear").into()
            }
        }
    };
    Step::of("figure.payment", level.payment, formula, inputs).rounded(contract.plan.rounding.words())
}

/// Unit-periods in a year: whole for every frequency.
fn per_year(unit: Unit) -> Decimal {
    let (numerator, denominator) = unit.per_year();
    Decimal::from(numerator / denominator.max(1))
}

/// The step of the last payment.
pub(crate) fn last_payment(contract: &Contract<'_>, totals: &Totals) -> Step {
    let inputs = vec![
        Input::given("balanceBeforeLast", totals.balance_before_last),
        Input::given("lastInterest", totals.last_interest),
        Input::figure("payment", totals.payment),
    ];
    let formula: Text = if contract.plan.is_default() {
        "balanceBeforeLast + lastInterest, where the schedule repays payment less a month's interest at a time".into()
    } else {
        format!("balanceBeforeLast + lastInterest, where a period's interest is {}", contract.plan.accrual.words())
            .into()
    };
    Step::of("figure.finalPayment", totals.final_payment, formula, inputs)
}

/// The step of all payments together.
pub(crate) fn total(contract: &Contract<'_>, totals: &Totals) -> Step {
    let inputs = vec![
        Input::figure("payment", totals.payment),
        Input::figure(count(contract), contract.payments),
        Input::figure("finalPayment", totals.final_payment),
    ];
    let single = contract.plan.frequency == Frequency::Single;
    let formula = if !contract.plan.is_level() {
        "sum of the schedule's payments"
    } else if totals.ran_out {
        "sum of the schedule's payments, which end early because of their rounding"
    } else if contract.plan.is_default() {
        "payment × (termMonths − 1) + finalPayment"
    } else if single {
        "finalPayment"
    } else {
        "payment × (paymentCount − 1) + finalPayment"
    };
    Step::of("figure.totalOfPayments", totals.total_of_payments, formula, inputs)
}
