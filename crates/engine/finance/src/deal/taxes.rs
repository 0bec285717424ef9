//! Tax and fee lines as steps of the trace, and their sums.

mod words;

use super::output::TaxSummary;
use crate::FinanceError;
use crate::trace::{Input, Step, Text, Trace};
use autolytiq_money::Money;
use autolytiq_tax::{Due, RuleFee, TaxLine};
use std::borrow::Cow;
use words::Words;

/// The summary of a sale's taxes, with their steps: all that the store collects is due at signing.
pub(super) fn retail(trace: &mut Trace, lines: Vec<TaxLine>) -> Result<TaxSummary, FinanceError> {
    let at_signing = collected(&lines, &[Due::Signing, Due::Lessor])?;
    let summary = TaxSummary {
        total: at_signing,
        at_signing,
        capitalized: Money::ZERO,
        per_payment: Money::ZERO,
        buyer_pays: collected(&lines, &[Due::BuyerToCounty])?,
        lines,
    };
    if trace.is_off() {
        return Ok(summary);
    }
    trace_lines(trace, &summary);
    let inputs = inputs_of(&summary.lines, &[Due::Signing, Due::Lessor]);
    let step = Step::of("figure.taxAtSigning", at_signing, "sum of the taxes the store collects", inputs);
    trace.add("tax.atSigning", step.clone());
    trace.add("tax.total", Step { label: Cow::Borrowed("figure.taxTotal"), ..step });
    Ok(summary)
}

/// `tax.<id>` for every line, and `tax.buyerPays` for what the buyer pays to an office himself.
pub(super) fn trace_lines(trace: &mut Trace, summary: &TaxSummary) {
    if trace.is_off() {
        return;
    }
    for line in &summary.lines {
        trace.add(path(line), step_of(line));
    }
    let inputs = inputs_of(&summary.lines, &[Due::BuyerToCounty]);
    let formula = "sum of the taxes the buyer pays to a public office himself";
    trace.add("tax.buyerPays", Step::of("figure.taxBuyerPays", summary.buyer_pays, formula, inputs));
}

/// The lines due in one of these ways, each with the path of its own step.
pub(super) fn inputs_of(lines: &[TaxLine], due: &[Due]) -> Vec<Input> {
    let lines = lines.iter().filter(|line| due.contains(&line.due));
    lines.map(|line| Input::from(line.name.clone(), line.amount, path(line))).collect()
}

/// The lines of a lease that are in its capitalised cost.
pub(super) fn capitalized(lines: &[TaxLine]) -> Vec<Input> {
    let lines = lines.iter().filter(|line| line.capitalized);
    lines.map(|line| Input::from(line.name.clone(), line.amount, path(line))).collect()
}

/// Sum of the lines due in one of these ways.
pub(super) fn collected(lines: &[TaxLine], due: &[Due]) -> Result<Money, FinanceError> {
    Ok(Money::try_sum(lines.iter().filter(|line| due.contains(&line.due)).map(|line| line.amount))?)
}

fn path(line: &TaxLine) -> Text {
    Cow::Owned(["tax.", &line.id].concat())
}

fn step_of(line: &TaxLine) -> Step {
    let mut words = Words::of(&line.steps);
    if !line.payments.is_empty() {
        words.formula.push_str("; the sum over all payments");
        for run in &line.payments {
            let name = match run.count {
                1 => format!("payment {}", run.first),
                count => format!("each of payments {} to {}", run.first, run.first.saturating_add(count - 1)),
            };
            words.inputs.push(Input::given(name, run.amount));
        }
    }
    let step = Step::of(line.name.clone(), line.amount, words.formula, words.inputs);
    Step { rounding: words.rounding, ..step.by(line.source).standing(line.verified, line.reason.clone()) }
}

/// The step of a fee that the rules give.
pub(super) fn step_of_fee(fee: &RuleFee) -> Step {
    let words = Words::of(&fee.steps);
    let step = Step::of(fee.name, fee.amount, words.formula, words.inputs);
    Step { rounding: words.rounding, ..step.by(fee.source).standing(fee.verified, fee.reason.map(Cow::Borrowed)) }
}

/// Components of a tax base by the figure of the trace that they are.
const FIGURES: [(&str, &str); 8] = [
    ("price", "price"),
    ("accessories", "accessories"),
    ("doc_fee", "docFee"),
    ("gross_cap", "grossCapCost"),
    ("adjusted_cap", "adjustedCapCost"),
    ("residual", "residual"),
    ("payment", "basePayment"),
    ("amount_financed", "principal"),
];

/// Lets the steps of taxes and fees refer to the figures they stand on, where those are the same: a tax may stand on the
/// capitalised cost before the tax itself was put into it.
pub(super) fn link(trace: &mut Trace) {
    for (component, figure) in FIGURES {
        if let Some(value) = trace.get(figure).map(|step| step.result.clone()) {
            trace.link(component, figure, &value);
        }
    }
}
