//! The trace of a column in words, for paper and for people: as text, figure by figure, or as a table.
//!
//! Amounts and rates are written as they would be typed into a pocket calculator. The trace itself, as JSON, is the same
//! without the words.

use crate::deal::output::{ColumnResult, DealResult};
use crate::trace::{Step, Trace, Value};
use crate::{CalcError, FieldError};
use serde::{Deserialize, Serialize};
use std::fmt::Write;

/// How the steps are written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema), schema(as = ExplainFormat))]
#[serde(rename_all = "camelCase")]
pub enum Format {
    /// A paragraph for each figure: what it is, its formula, what went in, how it was rounded, who says so.
    Text,
    /// A line for each figure in columns of equal width: figure, amount, formula with its numbers.
    Table,
}

/// A column's steps, written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema), schema(as = Explanation))]
#[serde(rename_all = "camelCase")]
pub struct Explained {
    pub column: String,
    pub format: Format,
    /// Lines of text, each ended.
    pub text: String,
}

/// Writes the steps of one column, or of one figure with all that it was made from.
///
/// # Errors
/// There is no such column, or no such figure (`/figure`).
pub fn explain(
    result: &DealResult,
    column: usize,
    format: Format,
    figure: Option<&str>,
) -> Result<Explained, CalcError> {
    let missing = || FieldError::new("/column", "no-such-column", "the deal has no such column");
    let ColumnResult { id, trace, .. } = result.columns.get(column).ok_or_else(missing)?;
    let paths = match figure {
        Some(figure) => {
            let missing = || FieldError::new("/figure", "no-such-figure", "the column has no such figure");
            trace.get(figure).ok_or_else(missing)?;
            behind(trace, figure)
        }
        None => trace.iter().map(|(path, _)| path).collect(),
    };
    let steps: Vec<(&str, &Step)> = trace.iter().filter(|(path, _)| paths.contains(path)).collect();
    let text = match format {
        Format::Text => text(&steps),
        Format::Table => table(&steps),
    };
    Ok(Explained { column: id.clone(), format, text })
}

/// A figure and every figure it was made from.
fn behind<'a>(trace: &'a Trace, figure: &'a str) -> Vec<&'a str> {
    let mut paths = vec![figure];
    let mut next = 0;
    while let Some(path) = paths.get(next).copied() {
        let inputs = trace.get(path).map(|step| step.inputs.as_slice()).unwrap_or_default();
        for from in inputs.iter().filter_map(|input| input.from.as_deref()) {
            if !paths.contains(&from) {
                paths.push(from);
            }
        }
        next += 1;
    }
    paths
}

/// The steps as paragraphs.
#[must_use]
pub fn text(steps: &[(&str, &Step)]) -> String {
    let mut out = String::with_capacity(steps.len() * 160);
    for (_, step) in steps {
        // Writing to a string does not fail.
        let _ = writeln!(out, "{}: {}", name(&step.label), plain(&step.result));
        let _ = writeln!(out, "    = {}", step.formula);
        for input in &step.inputs {
            let _ = writeln!(out, "      {} = {}", input.name, plain(&input.value));
        }
        if let Some(rounding) = &step.rounding {
            let _ = writeln!(out, "    rounded {rounding}");
        }
        if let Some(source) = step.source {
            let _ = writeln!(out, "    {}, {}", source.title, source.citation);
        }
        if let Some(false) = step.verified {
            let _ = writeln!(out, "    not verified: {}", step.reason.as_deref().unwrap_or("no reason is given"));
        }
    }
    out
}

/// The steps as lines of a table.
#[must_use]
pub fn table(steps: &[(&str, &Step)]) -> String {
    let rows: Vec<[String; 3]> = steps
        .iter()
        .map(|(_, step)| {
            let mut how = with_numbers(step);
            if let Some(rounding) = &step.rounding {
                let _ = write!(how, ", {rounding}");
            }
            if let Some(false) = step.verified {
                how.push_str(" (not verified)");
            }
            [name(&step.label), plain(&step.result), how]
        })
        .collect();
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let (first, second) = (width(0).unwrap_or_default(), width(1).unwrap_or_default());
    let mut out = String::with_capacity(rows.len() * 100);
    for [figure, result, how] in &rows {
        let _ = writeln!(out, "{figure:<first$}  {result:>second$}  {how}");
    }
    out
}

/// The formula, then the numbers behind its names.
fn with_numbers(step: &Step) -> String {
    let mut how = step.formula.to_string();
    for (index, input) in step.inputs.iter().enumerate() {
        let _ = write!(how, "{}{} = {}", if index == 0 { ": " } else { "; " }, input.name, plain(&input.value));
    }
    how
}

/// The name of a figure: a tax or a fee has one, the figures of the engine are named by a key of words run together.
fn name(label: &str) -> String {
    let Some(key) = label.strip_prefix("figure.") else { return label.to_owned() };
    let mut words = String::with_capacity(key.len() + 4);
    for (index, letter) in key.chars().enumerate() {
        if letter.is_ascii_uppercase() {
            words.push(' ');
        }
        let first = index == 0;
        words.push(if first { letter.to_ascii_uppercase() } else { letter.to_ascii_lowercase() });
    }
    words
}

fn plain(value: &Value) -> String {
    match value {
        Value::Money(amount) => amount.to_string(),
        Value::Rate(rate) => rate.to_string(),
        Value::Count(count) => count.to_string(),
        Value::Decimal(number) => number.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Text(text) => text.to_string(),
        Value::None => "none".to_owned(),
    }
}
