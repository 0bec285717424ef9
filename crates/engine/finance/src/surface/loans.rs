//! A loan by itself: its schedule, and what is owed on a day.

use super::requests::{check_amount, check_term};
use crate::deal::limits::{MOST_LOAN_MONTHS, MOST_RATE};
use crate::loan::{
    Contract, DatedAmount, MOST_RULE_OF_78_MONTHS, PaymentPlan, PaymentRow, owed_by_us_rule, rule_of_78_rebate, steps,
};
use crate::sources::RULE_OF_78;
use crate::trace::{Input, Step, Trace, Value};
use crate::{CalcError, FieldError};
use autolytiq_calendar::{add_months, supported};
use autolytiq_money::{Money, Rate, Rounding};
use jiff::civil::{Date, date};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A loan whose schedule is wanted: `principal`, `rate`, `termMonths` and `firstPayment` of a finance column.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AmortizationRequest {
    /// The principal, 0 to 10,000,000.
    pub amount: Money,
    /// Per year, 0 to 1.
    pub rate: Rate,
    /// 1 to 144.
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 144))]
    pub term_months: u16,
    /// The date on which interest begins.
    #[serde(with = "autolytiq_calendar::iso")]
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub contract_date: Date,
    /// One period later where absent.
    #[serde(default, with = "autolytiq_calendar::iso::option")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub first_payment: Option<Date>,
    /// An ordinary monthly loan where absent.
    #[serde(default)]
    pub plan: PaymentPlan,
}

/// A whole schedule. The payments sum to `total_of_payments`, the principal parts to the amount, and the last balance is zero.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AmortizationResult {
    pub payment: Money,
    pub final_payment: Money,
    pub total_of_payments: Money,
    pub interest: Money,
    pub rows: Vec<AmortizationRow>,
    /// Why the figures are as they are, where a plan was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<std::collections::BTreeMap<String, crate::trace::Step>>))]
    pub trace: Option<Trace>,
}

/// One payment of a schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AmortizationRow {
    /// From 1.
    pub number: u16,
    #[serde(with = "autolytiq_calendar::iso")]
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub due: Date,
    pub payment: Money,
    pub interest: Money,
    pub principal: Money,
    /// Owed afterwards.
    pub balance: Money,
}

/// How a payoff is reckoned.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum PayoffMethod {
    /// By the United States Rule: the principal, and interest to the day.
    #[default]
    UsRule,
    /// Of a precomputed contract: the payments not yet made, less the unearned charge by the sum of the digits.
    RuleOf78,
}

/// A loan whose payoff on a day is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PayoffRequest {
    pub loan: AmortizationRequest,
    /// The day of the payoff: not before the last payment.
    #[serde(with = "autolytiq_calendar::iso")]
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub on: Date,
    #[serde(default)]
    pub method: PayoffMethod,
    /// How many lines of the schedule were paid, each on its date; with a history, none.
    #[serde(default)]
    pub payments_made: u16,
    /// What was paid, and when, where that was not the schedule. Of the United States Rule only.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_items = 1000))]
    pub history: Option<Vec<DatedAmount>>,
}

/// What is owed on a day, with the reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct PayoffResult {
    pub payoff: Money,
    /// United States Rule: the principal owed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub principal: Option<Money>,
    /// United States Rule: interest since the last payment, and what earlier payments did not cover.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interest: Option<Money>,
    /// United States Rule: what each further day adds, in decimal dollars.
    #[serde(skip_serializing_if = "Option::is_none", with = "rust_decimal::serde::str_option")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>))]
    pub per_diem: Option<Decimal>,
    /// Paid beyond all that was owed, and due back.
    pub overpaid: Money,
    /// Rule of 78: the payments not yet made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remaining_payments: Option<Money>,
    /// Rule of 78: the unearned part of the finance charge.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rebate: Option<Money>,
    #[cfg_attr(feature = "schema", schema(value_type = std::collections::BTreeMap<String, crate::trace::Step>))]
    pub trace: Trace,
}

impl AmortizationRequest {
    /// Holds the request against the limits of a finance column.
    fn contract(&self, at: &str) -> Result<Contract<'_>, CalcError> {
        let mut errors = Vec::new();
        check_amount(&mut errors, self.amount, &format!("{at}/amount"));
        if self.rate.is_negative() || self.rate > MOST_RATE {
            let detail = "the rate must lie between 0 and 1";
            errors.push(FieldError::new(format!("{at}/rate"), "rate-out-of-range", detail));
        }
        check_term(&mut errors, self.term_months, &format!("{at}/termMonths"));
        let (plan, first, term) = (&self.plan, self.first_payment, self.term_months);
        if let Err(error) = supported(self.contract_date) {
            errors.push(FieldError::new(format!("{at}/contractDate"), "date-out-of-range", error.to_string()));
            return Err(CalcError { errors });
        }
        if (1..=MOST_LOAN_MONTHS).contains(&term) && !plan.is_default() {
            plan.check(self.contract_date, first, term, &mut |field, code, detail| {
                errors.push(FieldError::new(format!("{at}/plan{field}"), code, detail));
            });
        }
        let due = plan.due(self.contract_date, first, term);
        match due {
            Ok(due) if errors.is_empty() => Ok(Contract {
                amount: self.amount,
                rate: self.rate,
                start: self.contract_date,
                due,
                payments: plan.count(term),
                plan,
            }),
            Ok(_) => Err(CalcError { errors }),
            Err(error) => {
                errors.push(FieldError::new(format!("{at}/firstPayment"), "date-out-of-range", error.to_string()));
                Err(CalcError { errors })
            }
        }
    }
}

/// The field of a loan within its limits that has no schedule all the same: its dates end after the calendar, or else its
/// amounts do.
const fn to_blame(error: &crate::FinanceError) -> &'static str {
    match error {
        crate::FinanceError::Calendar(_) => "/contractDate",
        _ => "/amount",
    }
}

/// The schedule of a loan, payment by payment, with its due dates.
///
/// # Errors
/// Amount, rate, term, plan or dates outside the limits of a finance column.
#[expect(clippy::needless_pass_by_value, reason = "an operation owns its request, as every other does")]
pub fn amortization(request: AmortizationRequest) -> Result<AmortizationResult, CalcError> {
    let contract = request.contract("")?;
    let at = |error: crate::FinanceError| {
        let pointer = to_blame(&error);
        CalcError::from(error.at(pointer))
    };
    let worked = contract.work_out().map_err(at)?;
    let totals = worked.totals;
    let line = |PaymentRow { due, row }: PaymentRow| AmortizationRow {
        number: row.number,
        due,
        payment: row.payment,
        interest: row.interest,
        principal: row.principal,
        balance: row.balance,
    };
    let rows = worked.rows().map(line).collect();
    let trace = if request.plan.is_default() {
        None
    } else {
        let mut trace = terms(&contract, request.term_months);
        trace.add("payment", steps::payment(&contract, &worked.level));
        trace.add("finalPayment", steps::last_payment(&contract, &totals));
        trace.add("totalOfPayments", steps::total(&contract, &totals));
        let inputs = vec![
            Input::figure("totalOfPayments", totals.total_of_payments),
            Input::figure("principal", contract.amount),
        ];
        trace.add("interest", Step::of("figure.interest", totals.interest, "totalOfPayments − principal", inputs));
        Some(trace)
    };
    Ok(AmortizationResult {
        payment: totals.payment,
        final_payment: totals.final_payment,
        total_of_payments: totals.total_of_payments,
        interest: totals.interest,
        rows,
        trace,
    })
}

/// Steps of what was entered.
fn terms(contract: &Contract<'_>, term_months: u16) -> Trace {
    let mut trace = Trace::with_capacity(8);
    trace.add("principal", Step::entered("figure.principal", contract.amount));
    trace.add("rate", Step::entered("figure.rate", contract.rate));
    trace.add("termMonths", Step::entered("figure.termMonths", term_months));
    let inputs = vec![Input::figure("termMonths", term_months)];
    let formula = "the due dates in the term, or as entered";
    trace.add("paymentCount", Step::of("figure.paymentCount", contract.payments, formula, inputs));
    trace
}

/// What is owed on a day.
///
/// # Errors
/// As [`amortization`], under `/loan`; a payoff before the last payment; the Rule of 78 where 15 USC 1615 or the contract's
/// form forbids it.
#[expect(clippy::needless_pass_by_value, reason = "an operation owns its request, as every other does")]
pub fn payoff(request: PayoffRequest) -> Result<PayoffResult, CalcError> {
    let contract = request.loan.contract("/loan")?;
    let lines = contract.schedule().map_err(|error| CalcError::from(error.at("/loan/amount")))?;
    check_payments(&request, &contract, &lines)?;
    match request.method {
        PayoffMethod::UsRule => by_us_rule(&request, &contract),
        PayoffMethod::RuleOf78 => by_rule_of_78(&request, &contract, &lines),
    }
}

fn check_payments(request: &PayoffRequest, contract: &Contract<'_>, lines: &[PaymentRow]) -> Result<(), CalcError> {
    const MOST_HISTORY: usize = 1000;
    let mut errors = Vec::new();
    let mut fault = |pointer: String, code, detail: String| errors.push(FieldError::new(pointer, code, detail));
    if usize::from(request.payments_made) > lines.len() {
        let detail = format!("the schedule has {} payments", lines.len());
        fault("/paymentsMade".to_owned(), "number-out-of-range", detail);
    }
    let mut last = contract.start;
    if let Some(made) = usize::from(request.payments_made).checked_sub(1).and_then(|made| lines.get(made)) {
        last = made.due;
    }
    if let Some(history) = &request.history {
        if request.payments_made > 0 {
            let detail = "payments are either those of the schedule or those of the history";
            fault("/paymentsMade".to_owned(), "number-out-of-range", detail.to_owned());
        }
        if history.len() > MOST_HISTORY {
            fault("/history".to_owned(), "too-many-items", format!("at most {MOST_HISTORY} entries are allowed"));
        }
        for (index, paid) in history.iter().take(MOST_HISTORY).enumerate() {
            if !super::within_limits(paid.amount) {
                let detail = "the amount must lie between 0.00 and 10000000.00";
                fault(format!("/history/{index}/amount"), "amount-out-of-range", detail.to_owned());
            }
            if paid.date < contract.start {
                let detail = "a payment cannot fall before the contract";
                fault(format!("/history/{index}/date"), "date-out-of-range", detail.to_owned());
            }
            last = last.max(paid.date);
        }
    }
    if request.on < last || supported(request.on).is_err() {
        let detail = format!("the payoff cannot fall before {last}, the last payment or the contract");
        fault("/on".to_owned(), "date-out-of-range", detail);
    }
    if errors.is_empty() { Ok(()) } else { Err(CalcError { errors }) }
}

fn by_us_rule(request: &PayoffRequest, contract: &Contract<'_>) -> Result<PayoffResult, CalcError> {
    let owed = owed_by_us_rule(contract, request.payments_made, request.history.as_deref(), request.on);
    let owed = owed.map_err(|error| CalcError::from(error.at("/on")))?;
    let mut trace = terms(contract, request.loan.term_months);
    let inputs = vec![Input::from("loan", contract.amount, "principal"), Input::given("since", owed.since)];
    let formula = "what the payments up to since left of the loan, each meeting the interest before the principal";
    trace.add("balance", Step::of("figure.balance", owed.principal, formula, inputs));
    let per_year = contract.due.unit().per_year();
    let inputs = vec![
        Input::from("balance", owed.principal, "balance"),
        Input::figure("rate", contract.rate),
        Input::given("since", owed.since),
        Input::given("on", request.on),
        Input::given("periodsPerYear", Value::Count((per_year.0 / per_year.1.max(1)).into())),
    ];
    let formula = contract.plan.accrual.words();
    let step = Step::of("figure.accruedInterest", owed.interest, formula, inputs);
    trace.add("accruedInterest", step.rounded(Rounding::HalfUp.words()));
    let inputs = vec![
        Input::from("balance", owed.principal, "balance"),
        Input::given("unpaidInterest", owed.unpaid_interest),
        Input::from("accruedInterest", owed.interest, "accruedInterest"),
    ];
    let formula = "balance + unpaidInterest + accruedInterest";
    trace.add("payoff", Step::of("figure.payoff", owed.total, formula, inputs));
    let inputs = vec![Input::from("balance", owed.principal, "balance"), Input::figure("rate", contract.rate)];
    let step = Step::of("figure.perDiem", Value::Decimal(owed.per_diem), "the interest of one day on balance", inputs);
    trace.add("perDiem", step);
    let interest = owed.interest.try_add(owed.unpaid_interest);
    Ok(PayoffResult {
        payoff: owed.total,
        principal: Some(owed.principal),
        interest: Some(interest.map_err(|error| CalcError::from(crate::FinanceError::from(error).at("/loan/amount")))?),
        per_diem: Some(owed.per_diem),
        overpaid: owed.overpaid,
        remaining_payments: None,
        rebate: None,
        trace,
    })
}

fn by_rule_of_78(
    request: &PayoffRequest,
    contract: &Contract<'_>,
    lines: &[PaymentRow],
) -> Result<PayoffResult, CalcError> {
    let at = |error: crate::FinanceError| CalcError::from(error.at("/loan/amount"));
    let refuse =
        |pointer: &str, detail: String| CalcError::from(FieldError::new(pointer, "rule-of-78-refused", detail));
    let end = contract.end().map_err(at)?;
    let longest = add_months(contract.start, MOST_RULE_OF_78_MONTHS.into()).map_err(|error| at(error.into()))?;
    if end > longest && contract.start > date(1993, 9, 30) {
        let detail = format!(
            "a contract of more than {MOST_RULE_OF_78_MONTHS} months made after 1993-09-30 must be refunded at least as by the actuarial method ({}); the states may forbid the Rule of 78 of shorter ones",
            RULE_OF_78.citation
        );
        return Err(refuse("/method", detail));
    }
    if !contract.plan.is_level() || request.history.is_some() {
        let detail = "the sum of the digits is defined for equal periods and payments made as agreed";
        return Err(refuse("/method", detail.to_owned()));
    }
    let totals = contract.totals().map_err(at)?;
    // A period that has begun is earned.
    let left = u16::try_from(lines.iter().filter(|line| line.due > request.on).count()).unwrap_or_default();
    let begun = lines.iter().all(|line| line.due != request.on) && left > 0 && request.on > contract.start;
    let left = left.saturating_sub(u16::from(begun));
    let rebate = rule_of_78_rebate(totals.interest, contract.payments, left).map_err(at)?;
    let unpaid = lines.iter().skip(request.payments_made.into()).map(|line| line.row.payment);
    let remaining = Money::try_sum(unpaid).map_err(|error| at(error.into()))?;
    let payoff = remaining.try_sub(rebate).map_err(|error| at(error.into()))?;
    let mut trace = terms(contract, request.loan.term_months);
    let inputs = vec![
        Input::given("charge", totals.interest),
        Input::given("left", left),
        Input::figure("paymentCount", contract.payments),
    ];
    let formula = "charge × left × (left + 1) ÷ (paymentCount × (paymentCount + 1))";
    let step = Step::of("figure.rebate", rebate, formula, inputs).rounded(Rounding::HalfUp.words());
    trace.add("rebate", step.by(&RULE_OF_78));
    let inputs = vec![Input::given("paymentsMade", request.payments_made)];
    let formula = "sum of the payments of the schedule after paymentsMade";
    trace.add("remainingPayments", Step::of("figure.remainingPayments", remaining, formula, inputs));
    let inputs = vec![Input::figure("remainingPayments", remaining), Input::figure("rebate", rebate)];
    trace.add("payoff", Step::of("figure.payoff", payoff, "remainingPayments − rebate", inputs));
    Ok(PayoffResult {
        payoff,
        principal: None,
        interest: None,
        per_diem: None,
        overpaid: Money::ZERO,
        remaining_payments: Some(remaining),
        rebate: Some(rebate),
        trace,
    })
}
