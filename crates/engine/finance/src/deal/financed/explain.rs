//! The credit of a finance column, in the steps of the trace.

use super::Credit;
use crate::deal::cash::after_total_price;
use crate::deal::column::FinanceTerms;
use crate::deal::common::Work;
use crate::deal::output::FinanceFigures;
use crate::loan::steps;
use crate::sources::REGULATION_Z;
use crate::trace::{Input, Step, Trace, Value};
use autolytiq_calendar::UnitSpan;

pub(super) fn trace_credit(
    trace: &mut Trace,
    work: &Work<'_>,
    terms: &FinanceTerms,
    figures: &FinanceFigures,
    credit: &Credit<'_>,
) {
    if trace.is_off() {
        return;
    }
    let (common, totals) = (&figures.common, &credit.totals);
    let mut inputs = after_total_price(common, figures.total_price);
    let mut formula = "totalPrice − rebates − netTrade − cashDown";
    if let Some(deferred) = figures.deferred_down {
        let parts = terms.deferred_down.iter().map(|part| Input::given(part.date.to_string(), part.amount)).collect();
        let words = "sum of the parts of the down payment that come later, without interest";
        trace.add("deferredDown", Step::of("figure.deferredDown", deferred, words, parts).by(&REGULATION_Z));
        inputs.push(Input::figure("deferredDown", deferred));
        formula = "totalPrice − rebates − netTrade − cashDown − deferredDown";
    }
    trace.add("principal", Step::of("figure.principal", figures.principal, formula, inputs));
    trace.add("prepaidFinanceCharge", Step::entered("figure.prepaidFinanceCharge", figures.prepaid_finance_charge));
    let inputs = vec![
        Input::figure("principal", figures.principal),
        Input::figure("prepaidFinanceCharge", figures.prepaid_finance_charge),
    ];
    let credit_given = figures.principal.is_positive();
    let formula =
        if credit_given { "principal − prepaidFinanceCharge" } else { "the principal: nothing is financed" };
    let step = Step::of("figure.amountFinanced", figures.amount_financed, formula, inputs);
    trace.add("amountFinanced", step.by(&REGULATION_Z));
    trace.add("rate", Step::entered("figure.rate", figures.rate));
    trace.add("termMonths", Step::entered("figure.termMonths", figures.term_months));
    let first = match terms.first_payment {
        Some(first) => Step::entered("figure.firstPayment", first),
        None => {
            let inputs = vec![Input::given("dealDate", work.input.deal_date)];
            let monthly = terms.plan.is_default();
            let formula = if monthly {
                "one month after dealDate"
            } else {
                "one period after dealDate; of a single payment the term"
            };
            Step::of("figure.firstPayment", figures.first_payment, formula, inputs)
        }
    };
    trace.add("firstPayment", first);
    if let Some(count) = figures.payment_count {
        let inputs = vec![Input::figure("termMonths", figures.term_months)];
        let step = Step::of("figure.paymentCount", count, "the due dates in the term, or as entered", inputs);
        trace.add("paymentCount", step);
    }
    trace.add("payment", steps::payment(&credit.contract, &credit.level));
    trace.add("finalPayment", steps::last_payment(&credit.contract, totals));
    trace.add("totalOfPayments", steps::total(&credit.contract, totals).by(&REGULATION_Z));
    let inputs = vec![
        Input::figure("totalOfPayments", totals.total_of_payments),
        Input::figure("amountFinanced", figures.amount_financed),
    ];
    let formula = if credit_given { "totalOfPayments − amountFinanced" } else { "none, because nothing is financed" };
    let step = Step::of("figure.financeCharge", figures.finance_charge, formula, inputs);
    trace.add("financeCharge", step.by(&REGULATION_Z));
    let inputs =
        vec![Input::figure("totalPrice", figures.total_price), Input::figure("financeCharge", figures.finance_charge)];
    let step = Step::of("figure.totalSalePrice", figures.total_sale_price, "totalPrice + financeCharge", inputs);
    trace.add("totalSalePrice", step.by(&REGULATION_Z));
    trace.add("apr", apr_step(figures, credit));
}

fn apr_step(figures: &FinanceFigures, credit: &Credit<'_>) -> Step {
    let result = figures.apr.map_or(Value::None, Value::Rate);
    let UnitSpan { whole, odd, per: _ } = steps::first_period(&credit.contract);
    let mut inputs = vec![
        Input::figure("amountFinanced", figures.amount_financed),
        Input::figure("payment", figures.payment),
        Input::figure("finalPayment", figures.final_payment),
    ];
    let formula = if credit.contract.plan.is_default() {
        inputs.push(Input::figure("termMonths", figures.term_months));
        inputs.push(Input::given("months", whole));
        inputs.push(Input::given("days", odd));
        "12 × i, where i solves amountFinanced = sum of each payment ÷ ((1 + i × days ÷ 30) × (1 + i)^(its month)), the first one's month being months"
    } else {
        inputs.push(Input::figure("paymentCount", credit.contract.payments));
        inputs.push(Input::given("periods", whole));
        inputs.push(Input::given("days", odd));
        "unit-periods in a year × i, where i solves amountFinanced = sum of each payment of the schedule ÷ ((1 + i × its odd days ÷ days in a unit-period) × (1 + i)^(its whole unit-periods)), the first one's being periods and days; of a single payment the term, up to a year, is the unit-period"
    };
    Step::of("figure.apr", result, formula, inputs).rounded("to eight decimal places, half up").by(&REGULATION_Z)
}
