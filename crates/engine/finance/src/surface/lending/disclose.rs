//! The disclosures themselves: the rate with its tolerances, the charge and the totals.

use super::{Checks, Period, TruthInLendingRequest, TruthInLendingResult};
use crate::FinanceError;
use crate::apr::{Equation, Flow, NoApr, Series, Term, UnitPeriods};
use crate::sources::REGULATION_Z;
use crate::trace::{Input, Step, Trace, Value};
use autolytiq_calendar::{actual_days, add_months};
use autolytiq_money::{Money, Rate};
use jiff::civil::Date;
use rust_decimal::Decimal;

fn total(flows: &[Flow]) -> Result<Money, FinanceError> {
    let mut total = Money::ZERO;
    for flow in flows {
        total = total.try_add(flow.amount.times_count(flow.count.into())?)?;
    }
    Ok(total)
}

pub(super) fn disclose(
    request: &TruthInLendingRequest,
    start: Date,
    advances: &[Flow],
    payments: &[Flow],
) -> Result<TruthInLendingResult, FinanceError> {
    let prepaid = request.prepaid_finance_charge;
    let amount_financed = total(advances)?.try_sub(prepaid)?;
    let total_of_payments = total(payments)?;
    let finance_charge = total_of_payments.try_sub(amount_financed)?;
    let total_sale_price = total_of_payments.try_add(request.down_payment)?;
    let term = Term::of(start, advances, payments)?;
    let rate = |start: Date| apr(term, start, advances, payments, prepaid, amount_financed);
    let (apr, reason) = match rate(start)? {
        Ok(apr) => (Some(apr), None),
        Err(reason) => (None, Some(reason.words())),
    };
    let series = term.series(start, payments)?;
    let regular = advances.len() == 1 && is_regular(&series);
    let second = if regular { disregarded(term, start, payments)? } else { None };
    let second = second.map(rate).transpose()?.and_then(Result::ok).filter(|rate| Some(*rate) != apr);
    // An eighth and a quarter of a percentage point.
    let tolerance = Rate::from_units(Rate::SCALE / if regular { 800 } else { 400 });
    let first = series.first().map_or(UnitPeriods::NOW, |first| first.at);
    let checks = request.disclosed.map(|disclosed| {
        let near = |exact: Option<Rate>, own: Rate| {
            exact.and_then(|exact| own.try_sub(exact).ok()).is_some_and(|off| off.units().abs() <= tolerance.units())
        };
        let most = if amount_financed > Money::from_dollars(1000) { 1000 } else { 500 };
        let charge = |own: Money| own.try_sub(finance_charge).is_ok_and(|off| off.cents().abs() <= most);
        Checks {
            apr: disclosed.apr.map(|own| near(apr, own) || near(second, own)),
            finance_charge: disclosed.finance_charge.map(charge),
        }
    });
    let mut result = TruthInLendingResult {
        apr,
        reason,
        apr_disregarding_first_period: second,
        amount_financed,
        finance_charge,
        total_of_payments,
        total_sale_price,
        unit_period: term.words(),
        first_period: Period { whole: first.whole, odd: first.odd_days, per: first.days_in_period },
        regular,
        tolerance,
        checks,
        trace: Trace::with_capacity(7),
    };
    explain(&mut result, request, term, payments);
    Ok(result)
}

fn apr(
    term: Term,
    start: Date,
    advances: &[Flow],
    payments: &[Flow],
    prepaid: Money,
    amount_financed: Money,
) -> Result<Result<Rate, NoApr>, FinanceError> {
    if !amount_financed.is_positive() {
        return Ok(Err(NoApr::NothingAdvanced));
    }
    // With one advance the finance charge is earned from it on, wherever the term is said to begin.
    let advances = match advances {
        [one] => vec![Series { amount: one.amount, count: 1, at: UnitPeriods::NOW }],
        many => term.series(start, many)?,
    };
    let mut paid = term.series(start, payments)?;
    // What is withheld at the beginning comes back at once.
    paid.insert(0, Series { amount: prepaid, count: 1, at: UnitPeriods::NOW });
    Equation { advances: &advances, payments: &paid, per_year: term.per_year() }.apr(Rate::from_units(Rate::SCALE / 12))
}

/// Whether the payments follow each other by one unit-period, and only the first and the last differ in amount.
fn is_regular(series: &[Series]) -> bool {
    let follows = |pair: &[Series]| match pair {
        [one, next] => {
            let whole = one.at.whole.checked_add(one.count);
            whole == Some(next.at.whole)
                && (one.at.odd_days, one.at.days_in_period) == (next.at.odd_days, next.at.days_in_period)
        }
        _ => true,
    };
    let all: u32 = series.iter().map(|series| u32::from(series.count)).sum();
    let (mut level, mut number) = (None, 0_u32);
    let amounts = series.iter().all(|series| {
        let from = number;
        number += u32::from(series.count);
        // Those of the series that are neither the first nor the last of all.
        let inner = number.min(all - 1).saturating_sub(from.max(1));
        inner == 0 || *level.get_or_insert(series.amount) == series.amount
    });
    amounts && series.windows(2).all(follows)
}

/// The day from which the first period would be a regular one, where its irregularity may be disregarded: up to 6 days
/// shorter or 13 longer in a term of less than a year, 11 and 21 in one of less than ten, any shorter and 32 longer beyond.
fn disregarded(term: Term, start: Date, payments: &[Flow]) -> Result<Option<Date>, FinanceError> {
    let (Term::Units(unit), Some(first)) = (term, payments.iter().min_by_key(|flow| flow.due.first())) else {
        return Ok(None);
    };
    if first.due.unit() != unit {
        return Ok(None);
    }
    let mut end = start;
    for flow in payments {
        end = end.max(flow.due.nth(flow.count.saturating_sub(1))?);
    }
    let regular = first.due.preceding()?;
    let (shorter, longer) = match end {
        end if end < add_months(start, 12)? => (6, 13),
        end if end < add_months(start, 120)? => (11, 21),
        _ => (u32::MAX, 32),
    };
    let within = if start < regular {
        actual_days(start, regular)? <= longer
    } else {
        start > regular && actual_days(regular, start)? <= shorter
    };
    Ok(within.then_some(regular))
}

fn explain(result: &mut TruthInLendingResult, request: &TruthInLendingRequest, term: Term, payments: &[Flow]) {
    let mut trace = std::mem::take(&mut result.trace);
    let advances = request.advances.iter().map(|advance| Input::given(advance.date.to_string(), advance.amount));
    let prepaid = Input::given("prepaidFinanceCharge", request.prepaid_finance_charge);
    let formula = "sum of the advances − prepaidFinanceCharge";
    let step = Step::of("figure.amountFinanced", result.amount_financed, formula, advances.chain([prepaid]).collect());
    trace.add("amountFinanced", step.by(&REGULATION_Z));
    let inputs = payments.iter().flat_map(|flow| {
        let name = format!("from {}", flow.due.first());
        [Input::given(name.clone(), flow.amount), Input::given(format!("{name}, number"), flow.count)]
    });
    let formula = "sum of the payments, each amount times its number";
    let step = Step::of("figure.totalOfPayments", result.total_of_payments, formula, inputs.collect());
    trace.add("totalOfPayments", step.by(&REGULATION_Z));
    let inputs = vec![
        Input::figure("totalOfPayments", result.total_of_payments),
        Input::figure("amountFinanced", result.amount_financed),
    ];
    let step = Step::of("figure.financeCharge", result.finance_charge, "totalOfPayments − amountFinanced", inputs);
    trace.add("financeCharge", step.by(&REGULATION_Z));
    let inputs = vec![
        Input::figure("totalOfPayments", result.total_of_payments),
        Input::given("downPayment", request.down_payment),
    ];
    let step = Step::of("figure.totalSalePrice", result.total_sale_price, "totalOfPayments + downPayment", inputs);
    trace.add("totalSalePrice", step.by(&REGULATION_Z));
    let (numerator, denominator) = term.per_year();
    let per_year = Decimal::from(numerator).checked_div(Decimal::from(denominator.max(1))).unwrap_or_default();
    let inputs = || {
        vec![
            Input::given("unitPeriod", Value::Text(term.words().into())),
            Input::given("unitPeriodsPerYear", Value::Decimal(per_year)),
            Input::given("periods", result.first_period.whole),
            Input::given("odd", result.first_period.odd),
            Input::given("per", result.first_period.per),
        ]
    };
    let formula = "unitPeriodsPerYear × i, where i makes the payments worth the advances, each amount divided by (1 + i × its odd part of a unit-period) × (1 + i)^(its whole unit-periods); the first payment's are periods and odd ÷ per";
    let step = Step::of("figure.apr", result.apr.map_or(Value::None, Value::Rate), formula, inputs());
    trace.add("apr", step.rounded("to eight decimal places, half up").by(&REGULATION_Z));
    if let Some(rate) = result.apr_disregarding_first_period {
        let formula = "as apr, with the first period counted as one regular unit-period (12 CFR 1026.17(c)(4))";
        let step = Step::of("figure.aprDisregardingFirstPeriod", rate, formula, inputs());
        trace.add("aprDisregardingFirstPeriod", step.rounded("to eight decimal places, half up").by(&REGULATION_Z));
    }
    result.trace = trace;
}
