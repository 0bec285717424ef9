//! Tax and fee lines as steps of the trace, and their sums.

use super::output::TaxSummary;
use crate::FinanceError;
use crate::trace::{Input, Step, Text, Trace, Value};
use autolytiq_money::Money;
use autolytiq_tax::{Due, RuleFee, TaxLine, TaxStep};
use rust_decimal::Decimal;
use std::borrow::Cow;

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
    trace_lines(trace, &summary);
    let inputs = inputs_of(&summary.lines, &[Due::Signing, Due::Lessor]);
    let step = Step::of("figure.taxAtSigning", at_signing, "sum of the taxes the store collects", inputs);
    trace.add("tax.atSigning", step.clone());
    trace.add("tax.total", Step { label: Cow::Borrowed("figure.taxTotal"), ..step });
    Ok(summary)
}

/// `tax.<id>` for every line, and `tax.buyerPays` for what the buyer pays to an office himself.
pub(super) fn trace_lines(trace: &mut Trace, summary: &TaxSummary) {
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

/// An evaluation in words: the formula with the names of its inputs, and the inputs.
struct Words {
    formula: String,
    inputs: Vec<Input>,
    rounding: Option<Text>,
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

impl Words {
    fn of(steps: &[TaxStep]) -> Self {
        let mut words =
            Self { formula: String::with_capacity(96), inputs: Vec::with_capacity(steps.len()), rounding: None };
        let components = steps.iter().filter(|step| matches!(step, TaxStep::Component { .. })).count();
        let rates = steps.iter().filter(|step| matches!(step, TaxStep::Rate { .. })).count();
        let (mut component, mut rate) = (0, 0);
        for step in steps {
            match step {
                TaxStep::Component { .. } => {
                    words.component(step, component, components);
                    component += 1;
                }
                TaxStep::Rate { rate: value, level, name, .. } => {
                    rate += 1;
                    words.formula.push_str(match (rate, rates) {
                        (1, 1) => " × ",
                        (1, _) => " × (",
                        _ => " + ",
                    });
                    let name = name.clone().unwrap_or(Cow::Borrowed(level.word()));
                    words.formula.push_str(&name);
                    words.formula.push_str(" rate");
                    if rate == rates && rates > 1 {
                        words.formula.push(')');
                    }
                    words.inputs.push(Input::given([name.as_ref(), " rate"].concat(), *value));
                }
                other => words.other(other),
            }
        }
        if words.formula.is_empty() {
            words.formula.push_str("fixed by the rule");
        }
        words
    }

    fn component(&mut self, step: &TaxStep, index: usize, of: usize) {
        let TaxStep::Component { name, amount, counted, part, limit } = step else { return };
        // A component with the other sign than its amount was taken off; a payment below zero is itself negative.
        let subtracted = !counted.is_zero() && counted.is_sign_negative() != amount.is_sign_negative();
        if index == 0 && of > 1 {
            self.formula.push('(');
        }
        match (index, subtracted) {
            (0, false) => {}
            (0, true) => self.formula.push_str("− "),
            (_, false) => self.formula.push_str(" + "),
            (_, true) => self.formula.push_str(" − "),
        }
        self.formula.push_str(name);
        if part.is_some() {
            self.formula.push_str(" in part");
        }
        if limit.is_some() {
            self.formula.push_str(" within its limit");
        }
        if index + 1 == of && of > 1 {
            self.formula.push(')');
        }
        let counted = if subtracted { -*counted } else { *counted };
        self.inputs.push(Input::given(*name, value(counted)));
        if counted != *amount {
            self.inputs.push(Input::given([name, " in full"].concat(), value(*amount)));
        }
        if let Some(part) = part {
            self.inputs.push(Input::given([name, " part"].concat(), *part));
        }
        if let Some(limit) = limit {
            self.inputs.push(Input::given([name, " limit"].concat(), *limit));
        }
    }

    fn clause(&mut self, words: &str, name: &'static str, value: Value) {
        self.formula.push_str(words);
        self.inputs.push(Input::given(name, value));
    }

    fn other(&mut self, step: &TaxStep) {
        match step {
            TaxStep::Component { .. } | TaxStep::Rate { .. } => {}
            TaxStep::Sum { amount } => self.inputs.push(Input::given("base", value(*amount))),
            TaxStep::Floor { least, applied: true } => self.clause(", at least floor", "floor", value(*least)),
            TaxStep::Ceiling { most, applied: true } => self.clause(", at most ceiling", "ceiling", value(*most)),
            TaxStep::Floor { .. } | TaxStep::Ceiling { .. } => {}
            TaxStep::BaseRounded { unit, amount, .. } => {
                self.clause(", in whole multiples of unit", "unit", Value::Money(*unit));
                self.inputs.push(Input::given("base in units", value(*amount)));
            }
            TaxStep::Band { from, to, over_term, amount } => {
                self.formula.push_str(if *over_term { ", of the whole term only the part" } else { ", only the part" });
                if !from.is_zero() {
                    self.clause(" above lower", "lower", Value::Money(*from));
                }
                if let Some(to) = to {
                    self.clause(" up to upper", "upper", Value::Money(*to));
                }
                self.inputs.push(Input::given("part within", value(*amount)));
            }
            TaxStep::Row { by, measured, up_to } => {
                self.inputs.push(Input::given(*by, value(*measured)));
                if let Some(up_to) = up_to {
                    self.inputs.push(Input::given("row up to", value(*up_to)));
                }
            }
            TaxStep::Flat { amount } => {
                let words = if self.formula.is_empty() { "flat" } else { " + flat" };
                self.clause(words, "flat", Value::Money(*amount));
            }
            TaxStep::PerUnit { by, measured, units, each } => {
                self.formula.push_str(if self.formula.is_empty() { "units × each" } else { " + units × each" });
                self.inputs.push(Input::given(*by, value(*measured)));
                self.inputs.push(Input::given("units", value(*units)));
                self.inputs.push(Input::given("each", *each));
            }
            TaxStep::Clamp { applied: false, .. } => {}
            TaxStep::Clamp { minimum: true, limit, .. } => {
                self.clause(", at least minimum", "minimum", Value::Money(*limit));
            }
            TaxStep::Clamp { minimum: false, limit, .. } => {
                self.clause(", at most maximum", "maximum", Value::Money(*limit));
            }
            TaxStep::Rounded { exact, rounding, together, .. } => {
                if *together {
                    self.formula.push_str(", rounded in one sum with the lines beside it");
                }
                self.inputs.push(Input::given("exact", value(*exact)));
                self.rounding = Some(Cow::Borrowed(rounding.words()));
            }
            TaxStep::Solved { without, slope, capitalized } => {
                self.formula.push_str("; the tax is part of its own base: without ÷ (1 − slope)");
                self.inputs.push(Input::given("without", *without));
                self.inputs.push(Input::given("slope", *slope));
                self.inputs.push(Input::given("capitalized", *capitalized));
            }
        }
    }
}

/// A decimal as money where it is a whole number of cents.
fn value(amount: Decimal) -> Value {
    let exact = amount.normalize();
    if exact.scale() <= 2
        && let Ok(money) = Money::from_decimal(exact, autolytiq_money::Rounding::Down)
    {
        return Value::Money(money);
    }
    Value::Decimal(exact)
}
