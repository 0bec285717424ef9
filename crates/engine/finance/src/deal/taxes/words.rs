//! An evaluation of the tax rules in words: one formula, and the inputs it names.

use crate::trace::{Input, Text, Value};
use autolytiq_money::{Money, Rounding};
use autolytiq_tax::TaxStep;
use rust_decimal::Decimal;
use std::borrow::Cow;

/// An evaluation in words: the formula with the names of its inputs, and the inputs.
pub(super) struct Words {
    pub(super) formula: String,
    pub(super) inputs: Vec<Input>,
    pub(super) rounding: Option<Text>,
    /// The components so far, summed.
    counted: Decimal,
}

impl Words {
    pub(super) fn of(steps: &[TaxStep]) -> Self {
        let mut words = Self {
            formula: String::with_capacity(96),
            inputs: Vec::with_capacity(steps.len()),
            rounding: None,
            counted: Decimal::ZERO,
        };
        let rates = steps.iter().filter(|step| matches!(step, TaxStep::Rate { .. })).count();
        let mut rate_index = 0;
        for (index, step) in steps.iter().enumerate() {
            match step {
                TaxStep::Component { .. } => {
                    let is = |at: Option<usize>| {
                        at.and_then(|at| steps.get(at)).is_some_and(|s| matches!(s, TaxStep::Component { .. }))
                    };
                    words.component(step, !is(index.checked_sub(1)), !is(index.checked_add(1)), rate_index > 0);
                }
                TaxStep::Rate { rate, level, name, .. } => {
                    rate_index += 1;
                    let name = [name.as_deref().unwrap_or(level.word()), " rate"].concat();
                    words.rate(&name, rate_index, rates);
                    words.inputs.push(Input::given(name, *rate));
                }
                other => words.other(other),
            }
        }
        if words.formula.is_empty() {
            words.formula.push_str("fixed by the rule");
        }
        words
    }

    /// Several rates stand in brackets as their sum.
    fn rate(&mut self, name: &str, index: usize, of: usize) {
        self.formula.push_str(match (index, of) {
            (1, 1) => " × ",
            (1, _) => " × (",
            _ => " + ",
        });
        self.formula.push_str(name);
        if index == of && of > 1 {
            self.formula.push(')');
        }
    }

    /// A group of components stands in brackets, as a rate follows it. One that comes after another group (credits after a
    /// floor) goes into the same brackets; one after the rate is taken off the tax itself, and needs none.
    fn component(&mut self, step: &TaxStep, first: bool, last: bool, after_rate: bool) {
        let TaxStep::Component { name, amount, counted, part, limit } = step else { return };
        // A component with the other sign than its amount was taken off; a payment below zero is itself negative.
        let subtracted = !counted.is_zero() && counted.is_sign_negative() != amount.is_sign_negative();
        let beginning = self.formula.is_empty();
        if first && !after_rate {
            if beginning && !last {
                self.formula.push('(');
            } else if !beginning && !self.formula.starts_with('(') {
                self.formula.insert(0, '(');
            } else if self.formula.ends_with(')') {
                self.formula.pop();
            }
        }
        match (self.formula.is_empty() || self.formula == "(", subtracted) {
            (true, false) => {}
            (true, true) => self.formula.push_str("− "),
            (false, false) => self.formula.push_str(" + "),
            (false, true) => self.formula.push_str(" − "),
        }
        self.formula.push_str(name);
        if part.is_some() {
            self.formula.push_str(" in part");
        }
        if limit.is_some() {
            self.formula.push_str(" within its limit");
        }
        if last && !after_rate && self.formula.starts_with('(') {
            self.formula.push(')');
        }
        self.counted = self.counted.checked_add(*counted).unwrap_or(self.counted);
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
            TaxStep::Sum { amount } => {
                if *amount != self.counted {
                    self.formula.push_str(", not below zero");
                    self.counted = *amount;
                }
                self.inputs.push(Input::given("base", value(*amount)));
            }
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
                self.inputs.push(Input::given(*by, plain(*measured)));
                if let Some(up_to) = up_to {
                    self.inputs.push(Input::given("row up to", plain(*up_to)));
                }
            }
            TaxStep::Flat { amount } => {
                let words = if self.formula.is_empty() { "flat" } else { " + flat" };
                self.clause(words, "flat", Value::Money(*amount));
            }
            TaxStep::PerUnit { by, measured, units, each } => {
                self.formula.push_str(if self.formula.is_empty() { "units × each" } else { " + units × each" });
                self.inputs.push(Input::given(*by, plain(*measured)));
                self.inputs.push(Input::given("units", plain(*units)));
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
        && let Ok(money) = Money::from_decimal(exact, Rounding::Down)
    {
        return Value::Money(money);
    }
    Value::Decimal(exact)
}

/// A decimal that counts pounds, tires or years, or measures where a table is read.
fn plain(quantity: Decimal) -> Value {
    Value::Decimal(quantity.normalize())
}
