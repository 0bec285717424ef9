//! A deal as it lies on the desk: read once, changed figure by figure, computed after each change.
//!
//! What it is: the same calculation as [`calculate`](crate::calculate) for a caller that asks again and again and is not told
//! everything each time. The figures are there as numbers; the result is written without its trace, which is three quarters of
//! its text, and the trace of a column when somebody asks why.
//!
//! What it never does: answer with figures of an earlier state. A change takes the figures away until the next
//! [`Desk::compute`].

use crate::deal::column::Column;
use crate::deal::input::DealInput;
use crate::deal::output::{DealResult, Figures, TaxSummary};
use crate::deal::{Depth, columns, rules_for, schedule, taxes};
use crate::loan::Row;
use crate::solve::{Brief, Knob, Typed, Variable};
use crate::surface::{Answer, Problem, json, parse, parse_rates};
use crate::trace::Trace;
use crate::{CalcError, FieldError};
use autolytiq_tax::{RatesStamp, ResolvedRates};
use std::mem;

/// A deal, the local rates of its place, and what was computed of them.
#[derive(Debug, Clone)]
pub struct Desk {
    input: DealInput,
    rates: ResolvedRates,
    /// Hashing the rates again at each change would take longer than the taxes.
    stamp: RatesStamp,
    /// Nothing since the last change.
    computed: Option<Result<Computed, CalcError>>,
}

/// A result with its traces beside it, one to a column.
#[derive(Debug, Clone)]
struct Computed {
    result: DealResult,
    traces: Vec<Trace>,
}

impl Desk {
    /// A deal to work on.
    #[must_use]
    pub fn new(input: DealInput, rates: ResolvedRates) -> Self {
        let stamp = rates.stamp();
        Self { input, rates, stamp, computed: None }
    }

    /// A deal and its local rates from JSON.
    ///
    /// # Errors
    /// `{"errors": [field]}` with the field that cannot be read, by its pointer into the deal; of the rates it is below `/rates`.
    pub fn read(input: &str, rates: &str) -> Result<Self, String> {
        let read = || -> Result<Self, Problem> { Ok(Self::new(parse(input)?, parse_rates(rates)?)) };
        read().map_err(|problem| Answer::Errors(&problem.into_errors()).json())
    }

    /// The deal as it stands.
    #[must_use]
    pub const fn input(&self) -> &DealInput {
        &self.input
    }

    /// Puts a typed value into a field: `"41250.00"`, `"0.0649"`, a number of months as `"72"`. `item` counts trades or rebates
    /// from 0.
    ///
    /// # Errors
    /// The column does not have the field, or the value is not one of it: then nothing changed.
    pub fn set(&mut self, column: usize, variable: Variable, item: u16, value: &str) -> Result<(), FieldError> {
        let knob = Knob::of(&self.input, column, variable, item, "")?;
        let units = knob.read(&Typed::from(value), knob.pointer())?;
        knob.set(&mut self.input, units);
        self.computed = None;
        Ok(())
    }

    /// Computes every column, with its trace.
    ///
    /// # Errors
    /// As [`calculate`](crate::calculate).
    pub fn compute(&mut self) -> Result<&DealResult, &CalcError> {
        let computed = self.computed.take().unwrap_or_else(|| self.calculated());
        self.computed.insert(computed).as_ref().map(|computed| &computed.result)
    }

    fn calculated(&self) -> Result<Computed, CalcError> {
        let rules = rules_for(&self.input)?;
        let all = 0..self.input.columns.len();
        let (mut columns, notices) = columns(&self.input, rules, &self.rates, all, Depth::Explained)?;
        let traces = columns.iter_mut().map(|column| mem::replace(&mut column.trace, Trace::off())).collect();
        let (rules, rates) = (rules.stamp(), self.stamp.clone());
        let result = DealResult { engine_version: crate::VERSION, rules, rates, columns, notices };
        Ok(Computed { result, traces })
    }

    fn answer(&self) -> Option<&Computed> {
        self.computed.as_ref()?.as_ref().ok()
    }

    /// `{"ok": result}`, the columns without their traces, or `{"errors": [fields]}`.
    #[must_use]
    pub fn figures(&mut self) -> String {
        match self.compute() {
            Ok(result) => Answer::Ok(result).json(),
            Err(error) => Answer::Errors(&error.errors).json(),
        }
    }

    /// The trace of a computed column; nothing where there is none.
    #[must_use]
    pub fn trace(&self, column: usize) -> Option<&Trace> {
        self.answer()?.traces.get(column)
    }

    /// The same as JSON: `{}` where there is none.
    #[must_use]
    pub fn trace_json(&self, column: usize) -> String {
        self.trace(column).and_then(|trace| json(trace).ok()).unwrap_or_else(|| "{}".to_owned())
    }

    /// What a computed column comes to in a few figures; nothing where there is none.
    #[must_use]
    pub fn brief(&self, column: usize) -> Option<Brief> {
        Brief::of(self.answer()?.result.columns.get(column)?).ok()
    }

    /// The taxes of one column as the deal stands, with their steps, whether or not the rest was computed.
    ///
    /// # Errors
    /// As [`calculate`](crate::calculate).
    pub fn taxes(&self, column: usize) -> Result<TaxSummary, CalcError> {
        Ok(taxes(&self.input, rules_for(&self.input)?, &self.rates, column)?)
    }

    /// The schedule of a computed loan, without its dates; nothing of a column of another kind.
    #[must_use]
    pub fn schedule(&self, column: usize) -> Option<Vec<Row>> {
        match (self.input.columns.get(column)?, &self.answer()?.result.columns.get(column)?.figures) {
            (Column::Finance(terms), Figures::Finance(loan)) => {
                schedule(terms, self.input.deal_date, loan.principal).ok()
            }
            _ => None,
        }
    }
}
