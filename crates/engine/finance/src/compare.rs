//! Scenarios side by side, with the reason for every difference.
//!
//! One scenario becomes the other field by field, and the deal is computed after each. What a figure moves by then is that
//! field's doing; the moves of all fields sum to the whole difference, because each begins where the last one ended. The order
//! is that of the deal: what is sold, where, for how much, and how it is paid.

mod fields;

use crate::deal::input::DealInput;
use crate::deal::output::{ColumnResult, DealResult};
use crate::deal::{calculate, rules_for};
use crate::solve::{Brief, Fault, position};
use crate::trace::{Text, Value};
use crate::{CalcError, FieldError};
use autolytiq_money::{Money, Rate};
use autolytiq_tax::ResolvedRates;
use fields::{FIELDS, Field};
use serde::Serialize;
use serde_json::value::RawValue;

/// The most scenarios side by side.
pub const MOST_SCENARIOS: usize = 8;

/// One way the deal could be: an input with its local rates, of which one column counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scenario {
    pub label: String,
    pub input: DealInput,
    pub rates: ResolvedRates,
    /// The id of the column.
    pub column: String,
}

/// Scenarios held against the first of them.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Comparison {
    pub base: Compared,
    pub others: Vec<Difference>,
}

/// A scenario and what it comes to.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Compared {
    pub label: String,
    pub column: String,
    pub figures: Brief,
}

/// How one scenario differs from the first.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Difference {
    #[serde(flatten)]
    pub scenario: Compared,
    /// Every figure that differs, in order of the calculation.
    pub lines: Vec<Moved>,
    /// Why: the differences of each cause sum to those of `lines`.
    pub causes: Vec<Cause>,
}

/// Fields that differ, and the figures that move by them alone.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Cause {
    /// Usually one; several where only all of them together make a deal that computes.
    pub inputs: Vec<Changed>,
    pub lines: Vec<Moved>,
}

/// A field of the deal that differs.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Changed {
    /// Into the deal (`/price`), its one column (`/column/rate`), or `/rates` for the local rates.
    pub pointer: &'static str,
    #[cfg_attr(feature = "schema", schema(value_type = Object))]
    pub before: Box<RawValue>,
    #[cfg_attr(feature = "schema", schema(value_type = Object))]
    pub after: Box<RawValue>,
}

/// A figure that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Moved {
    /// Path of its step in the trace.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub path: Text,
    /// As [`Step::label`](crate::trace::Step::label).
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub label: Text,
    /// Absent where the first scenario has no such figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Value>,
    /// After less before, of an amount or a rate; a figure that is not there counts as nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub difference: Option<Value>,
}

/// Holds scenarios against the first of them.
///
/// # Errors
/// Fewer than two or more than [`MOST_SCENARIOS`]; a column that is not there; a scenario that does not compute. Pointers start
/// at the scenarios (`/0/column`, `/1/input/price`).
pub fn compare(scenarios: &[Scenario]) -> Result<Comparison, CalcError> {
    let (base, others) = match scenarios {
        [base, others @ ..] if !others.is_empty() && scenarios.len() <= MOST_SCENARIOS => (base, others),
        _ => {
            let detail = format!("a comparison has 2 to {MOST_SCENARIOS} scenarios");
            let code = if scenarios.len() > MOST_SCENARIOS { "too-many-items" } else { "too-few-items" };
            return Err(FieldError::new("", code, detail).into());
        }
    };
    let base = Side::of(base, 0)?;
    let others = others.iter().enumerate();
    let others = others.map(|(index, other)| base.against(&Side::of(other, index + 1)?)).collect::<Result<_, _>>()?;
    Ok(Comparison { base: base.compared, others })
}

/// What a scenario is computed from, with only the column that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
struct State {
    input: DealInput,
    rates: ResolvedRates,
}

impl State {
    fn compute(&self) -> Result<ColumnResult, CalcError> {
        let DealResult { columns, .. } = calculate(&self.input, rules_for(&self.input)?, &self.rates)?;
        let column = columns.into_iter().next();
        column.ok_or_else(|| FieldError::new("/columns", "no-columns", "there is no column").into())
    }
}

/// A scenario, computed.
struct Side {
    state: State,
    result: ColumnResult,
    compared: Compared,
}

impl Side {
    fn of(scenario: &Scenario, index: usize) -> Result<Self, CalcError> {
        let Scenario { label, input, rates, column } = scenario;
        let position = position(input, column, &format!("/{index}/column"))?;
        let mut state = State { input: input.clone(), rates: rates.clone() };
        state.input.columns = input.columns.get(position).cloned().into_iter().collect();
        // The names of the columns are no difference.
        for column in &mut state.input.columns {
            column.rename("column");
        }
        let within = |mut error: CalcError| {
            for field in &mut error.errors {
                let own = field.pointer.strip_prefix("/columns/0");
                let own = own.map(|rest| format!("/columns/{position}{rest}"));
                field.pointer = format!("/{index}/input{}", own.as_ref().unwrap_or(&field.pointer));
            }
            error
        };
        let result = state.compute().map_err(within)?;
        let figures = Brief::of(&result).map_err(|error| within(error.into()))?;
        let compared = Compared { label: label.clone(), column: column.clone(), figures };
        Ok(Self { state, result, compared })
    }

    fn against(&self, other: &Self) -> Result<Difference, CalcError> {
        let mut state = self.state.clone();
        let mut now = self.result.clone();
        let (mut causes, mut inputs) = (Vec::new(), Vec::new());
        for Field { pointer, take, show, joins } in &FIELDS {
            let mut next = state.clone();
            take(&mut next, &other.state);
            if next != state {
                if let (Some(before), Some(after)) = (show(&state), show(&other.state)) {
                    inputs.push(Changed { pointer, before, after });
                }
                state = next;
            }
            if inputs.is_empty() || *joins {
                continue;
            }
            // A deal that does not compute half way (a term without its residual) waits for the next field.
            if let Ok(result) = state.compute() {
                causes.push(Cause { inputs: std::mem::take(&mut inputs), lines: moved(&now, &result) });
                now = result;
            }
        }
        // The fields end with everything, so that the last result is the other's own.
        if !inputs.is_empty() {
            causes.push(Cause { inputs, lines: moved(&now, &other.result) });
        }
        Ok(Difference { scenario: other.compared.clone(), lines: moved(&self.result, &other.result), causes })
    }
}

/// The figures that differ between two results.
fn moved(before: &ColumnResult, after: &ColumnResult) -> Vec<Moved> {
    let mut lines = Vec::new();
    for (path, step) in before.trace.iter() {
        let next = after.trace.get(path).map(|step| &step.result);
        lines.extend(line(path, &step.label, Some(&step.result), next));
    }
    for (path, step) in after.trace.iter() {
        if before.trace.get(path).is_none() {
            lines.extend(line(path, &step.label, None, Some(&step.result)));
        }
    }
    lines
}

fn line(path: &str, label: &Text, before: Option<&Value>, after: Option<&Value>) -> Option<Moved> {
    // A figure of nothing and a figure that is not there are the same.
    if before == after || before.or(after).is_some_and(is_nothing) && after.or(before).is_some_and(is_nothing) {
        return None;
    }
    Some(Moved {
        path: path.to_owned().into(),
        label: label.clone(),
        before: before.cloned(),
        after: after.cloned(),
        difference: difference(before, after),
    })
}

fn is_nothing(value: &Value) -> bool {
    *value == Value::Money(Money::ZERO)
}

fn difference(before: Option<&Value>, after: Option<&Value>) -> Option<Value> {
    let money = |value: Option<&Value>| match value {
        Some(Value::Money(amount)) => Some(*amount),
        None => Some(Money::ZERO),
        Some(_) => None,
    };
    let rate = |value: Option<&Value>| match value {
        Some(Value::Rate(rate)) => Some(*rate),
        None | Some(Value::None) => Some(Rate::ZERO),
        Some(_) => None,
    };
    if let (Some(before), Some(after)) = (money(before), money(after)) {
        return after.try_sub(before).ok().map(Value::Money);
    }
    let (before, after) = (rate(before)?, rate(after)?);
    after.try_sub(before).ok().map(Value::Rate)
}

impl From<Fault> for CalcError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Deal(error) | Fault::Aim(error) => error,
        }
    }
}
