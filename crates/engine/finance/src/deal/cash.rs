//! A cash column: what the sale costs, and what remains to be paid.

use super::calculate::ColumnError;
use super::column::CashTerms;
use super::common::Work;
use super::gross::{self, Spread};
use super::output::{CashFigures, ColumnResult, Common, Figures, TaxSummary};
use super::taxes;
use crate::FinanceError;
use crate::trace::{Input, Step, Trace};
use autolytiq_money::Money;
use autolytiq_tax::DealKind;

/// The taxes alone.
pub(super) fn taxes_of(work: &mut Work<'_>) -> Result<TaxSummary, ColumnError> {
    let fees = work.fees(DealKind::Cash, None)?;
    let outcome = autolytiq_tax::evaluate(work.rules, &work.facts(DealKind::Cash, None, &fees.amounts()), work.rates)?;
    Ok(taxes::retail(&mut Trace::off(), outcome.lines)?)
}

pub(super) fn column(work: &mut Work<'_>, terms: &CashTerms) -> Result<ColumnResult, ColumnError> {
    let fees = work.fees(DealKind::Cash, None)?;
    let amounts = fees.amounts();
    let facts = work.facts(DealKind::Cash, None, &amounts);
    let outcome = autolytiq_tax::evaluate(work.rules, &facts, work.rates)?;
    let common = Common { fees: fees.total, ..work.sums.common };
    let total_price = total_price(&common, outcome.upfront()?)?;
    let balance_due = left_to_pay(total_price, &common)?;
    if balance_due.is_negative() {
        let owed = balance_due.try_neg()?;
        let detail = format!("trade, rebates and cash exceed the price: the store owes the customer {owed}");
        work.notices.info("refund-to-customer", detail, format!("/columns/{}", work.index));
    }

    let mut trace = work.trace(24);
    work.trace_common(&mut trace, &common);
    fees.trace(&mut trace);
    let tax = taxes::retail(&mut trace, outcome.lines)?;
    work.notices.extend(outcome.notices);
    trace_total_price(&mut trace, &common, total_price, tax.at_signing);
    let inputs = after_total_price(&common, total_price);
    trace.add(
        "balanceDue",
        Step::of("figure.balanceDue", balance_due, "totalPrice − rebates − netTrade − cashDown", inputs),
    );
    taxes::link(&mut trace);
    let gross = gross::of(work.input, &Spread::NONE, &mut trace)?;
    let figures = Figures::Cash(CashFigures { common, total_price, balance_due });
    Ok(ColumnResult {
        id: terms.id.clone(),
        figures,
        tax,
        fees: fees.lines,
        ratios: None,
        limits: Vec::new(),
        gross,
        trace,
    })
}

/// Everything owed before rebates, trade and cash.
pub(super) fn total_price(common: &Common, tax: Money) -> Result<Money, FinanceError> {
    let parts =
        [common.price, common.accessories, common.products, common.doc_fee, common.fees, tax, common.negative_equity];
    Ok(Money::try_sum(parts)?)
}

/// What remains after everything the customer brings.
pub(super) fn left_to_pay(total_price: Money, common: &Common) -> Result<Money, FinanceError> {
    Ok(total_price.try_sub(common.rebates)?.try_sub(common.net_trade)?.try_sub(common.cash_down)?)
}

pub(super) fn trace_total_price(trace: &mut Trace, common: &Common, total_price: Money, tax: Money) {
    if trace.is_off() {
        return;
    }
    let inputs = vec![
        Input::figure("price", common.price),
        Input::figure("accessories", common.accessories),
        Input::figure("products", common.products),
        Input::figure("docFee", common.doc_fee),
        Input::figure("fees", common.fees),
        Input::from("tax", tax, "tax.atSigning"),
        Input::figure("negativeEquity", common.negative_equity),
    ];
    let formula = "price + accessories + products + docFee + fees + tax + negativeEquity";
    trace.add("totalPrice", Step::of("figure.totalPrice", total_price, formula, inputs));
}

pub(super) fn after_total_price(common: &Common, total_price: Money) -> Vec<Input> {
    vec![
        Input::figure("totalPrice", total_price),
        Input::figure("rebates", common.rebates),
        Input::figure("netTrade", common.net_trade),
        Input::figure("cashDown", common.cash_down),
    ]
}
