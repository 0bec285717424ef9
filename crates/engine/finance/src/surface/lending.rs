//! The disclosures of closed-end credit for any advances and payments (12 CFR 1026.18 and 1026.22).

use super::within_limits;
use crate::apr::{Equation, Flow, NoApr, Series, Term, UnitPeriods};
use crate::loan::{DatedAmount, Frequency};
use crate::sources::REGULATION_Z;
use crate::trace::{Input, Step, Trace, Value};
use crate::{CalcError, FieldError, FinanceError};
use autolytiq_calendar::{DueDates, Unit, actual_days, add_months, supported};
use autolytiq_money::{Money, Rate};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// What is advanced and what is paid, whose annual percentage rate and other disclosures are wanted.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TruthInLendingRequest {
    /// The day on which the finance charge begins to be earned; of the first advance where absent.
    #[serde(default, with = "autolytiq_calendar::iso::option")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub start: Option<Date>,
    /// 1 to 50.
    #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 50))]
    pub advances: Vec<DatedAmount>,
    /// 1 to 60, with at most 2,000 payments among them.
    #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 60))]
    pub payments: Vec<PaymentStream>,
    /// Paid apart or withheld at the beginning.
    #[serde(default)]
    pub prepaid_finance_charge: Money,
    /// Paid down in a sale, with any prepaid charge that was paid in cash: for the total sale price.
    #[serde(default)]
    pub down_payment: Money,
    /// Figures already disclosed, to be held against the tolerances.
    #[serde(default)]
    pub disclosed: Option<Disclosed>,
}

/// Equal payments on a series of dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PaymentStream {
    #[serde(with = "autolytiq_calendar::iso")]
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub first: Date,
    pub amount: Money,
    #[serde(default = "once")]
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 2000))]
    pub count: u16,
    /// What lies between them; monthly where absent.
    #[serde(default = "monthly")]
    pub frequency: Frequency,
    /// Instead of the frequency: so many months between them, 1 to 12.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 12))]
    pub months: Option<u8>,
}

const fn once() -> u16 {
    1
}

const fn monthly() -> Frequency {
    Frequency::Monthly
}

/// What was disclosed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Disclosed {
    #[serde(default)]
    pub apr: Option<Rate>,
    #[serde(default)]
    pub finance_charge: Option<Money>,
}

/// The disclosures, with the reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct TruthInLendingResult {
    /// As a fraction; absent where there is none.
    pub apr: Option<Rate>,
    /// Why there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
    /// The rate with a first period counted as a regular one, where 12 CFR 1026.17(c)(4) lets its irregularity be disregarded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub apr_disregarding_first_period: Option<Rate>,
    pub amount_financed: Money,
    pub finance_charge: Money,
    pub total_of_payments: Money,
    pub total_sale_price: Money,
    /// `month`, `4 weeks`, `255 days`.
    pub unit_period: String,
    /// To the first payment.
    pub first_period: Period,
    /// Whether advances, periods and payments are regular but for the first period, the first and the last payment.
    pub regular: bool,
    /// How far a disclosed rate may lie off: an eighth of a percentage point, or a quarter where irregular.
    pub tolerance: Rate,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checks: Option<Checks>,
    #[cfg_attr(feature = "schema", schema(value_type = std::collections::BTreeMap<String, crate::trace::Step>))]
    pub trace: Trace,
}

/// A length of time in unit-periods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Period {
    pub whole: u16,
    /// Parts beyond the whole ones, of which `per` make one.
    pub odd: u16,
    pub per: u16,
}

/// What was disclosed, held against the exact figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Checks {
    /// Whether the rate is within the tolerance of either rate above (12 CFR 1026.22(a)).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub apr: Option<bool>,
    /// Whether the charge is within 5 dollars, or within 10 where more than 1,000 dollars are financed (12 CFR 1026.18(d)(2)).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finance_charge: Option<bool>,
}

const MOST_ADVANCES: usize = 50;
const MOST_STREAMS: usize = 60;
const MOST_PAYMENTS: u32 = 2000;

impl PaymentStream {
    fn unit(&self) -> Unit {
        self.months.map_or_else(|| self.frequency.unit(), Unit::Months)
    }
}

impl TruthInLendingRequest {
    /// The beginning of the term, the advances and the payments.
    fn checked(&self) -> Result<(Date, Vec<Flow>, Vec<Flow>), CalcError> {
        let mut errors = Vec::new();
        let mut fault = |pointer: String, code, detail: String| errors.push(FieldError::new(pointer, code, detail));
        let amount = |amount: Money| within_limits(amount);
        let between = || "the amount must lie between 0.00 and 10000000.00".to_owned();
        let counts =
            [(self.advances.len(), MOST_ADVANCES, "/advances"), (self.payments.len(), MOST_STREAMS, "/payments")];
        for (count, most, pointer) in counts {
            if count == 0 || count > most {
                let code = if count == 0 { "empty" } else { "too-many-items" };
                fault(pointer.to_owned(), code, format!("there must be 1 to {most} entries"));
            }
        }
        for (value, pointer) in
            [(self.prepaid_finance_charge, "/prepaidFinanceCharge"), (self.down_payment, "/downPayment")]
        {
            if !amount(value) {
                fault(pointer.to_owned(), "amount-out-of-range", between());
            }
        }
        let start = self.start.or_else(|| self.advances.iter().map(|advance| advance.date).min());
        let start = start.unwrap_or(autolytiq_calendar::EARLIEST);
        if self.start.is_some() && supported(start).is_err() {
            fault(
                "/start".to_owned(),
                "date-out-of-range",
                "dates from 1900-01-01 to 2199-12-31 are supported".to_owned(),
            );
        }
        let mut advances = Vec::with_capacity(self.advances.len());
        for (index, advance) in self.advances.iter().take(MOST_ADVANCES).enumerate() {
            if !amount(advance.amount) {
                fault(format!("/advances/{index}/amount"), "amount-out-of-range", between());
            }
            if advance.date < start || supported(advance.date).is_err() {
                fault(format!("/advances/{index}/date"), "date-out-of-range", format!("nothing falls before {start}"));
            }
            advances.push(Flow { amount: advance.amount, count: 1, due: DueDates::from(advance.date, Unit::MONTH) });
        }
        let mut payments = Vec::with_capacity(self.payments.len());
        let mut count = 0_u32;
        for (index, stream) in self.payments.iter().take(MOST_STREAMS).enumerate() {
            count += u32::from(stream.count);
            if !amount(stream.amount) {
                fault(format!("/payments/{index}/amount"), "amount-out-of-range", between());
            }
            if stream.count == 0 || count > MOST_PAYMENTS {
                let detail = format!("there must be at least one payment here and at most {MOST_PAYMENTS} in all");
                fault(format!("/payments/{index}/count"), "number-out-of-range", detail);
                continue;
            }
            if stream.months.is_some_and(|months| !(1..=12).contains(&months)) {
                let detail = "1 to 12 months may lie between payments";
                fault(format!("/payments/{index}/months"), "number-out-of-range", detail.to_owned());
                continue;
            }
            let due = if stream.first > start && index == 0 {
                DueDates::every(stream.unit(), start, stream.first)
                    .unwrap_or_else(|_| DueDates::from(stream.first, stream.unit()))
            } else {
                DueDates::from(stream.first, stream.unit())
            };
            if stream.first < start || due.nth(stream.count - 1).is_err() {
                fault(
                    format!("/payments/{index}/first"),
                    "date-out-of-range",
                    format!("the payments fall from {start} to 2199-12-31"),
                );
            }
            payments.push(Flow { amount: stream.amount, count: stream.count, due });
        }
        if errors.is_empty() { Ok((start, advances, payments)) } else { Err(CalcError { errors }) }
    }
}

/// Annual percentage rate, finance charge, amount financed, total of payments and total sale price of any closed-end credit,
/// with the tolerances.
///
/// # Errors
/// Amounts, counts or dates outside their limits, each with its field.
#[expect(clippy::needless_pass_by_value, reason = "an operation owns its request, as every other does")]
pub fn truth_in_lending(request: TruthInLendingRequest) -> Result<TruthInLendingResult, CalcError> {
    let (start, advances, payments) = request.checked()?;
    disclose(&request, start, &advances, &payments).map_err(|error| error.at("/payments").into())
}

fn total(flows: &[Flow]) -> Result<Money, FinanceError> {
    let mut total = Money::ZERO;
    for flow in flows {
        total = total.try_add(flow.amount.times_count(flow.count.into())?)?;
    }
    Ok(total)
}

fn disclose(
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
