//! A column over two or three of its variables at once: terms by rates by cash down, the whole deal in every cell.

use crate::FieldError;
use crate::deal::input::DealInput;
use crate::solve::{Brief, Fault, Knob, Trial, Typed, Variable, position};
use autolytiq_tax::{JurisdictionVersion, ResolvedRates};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// The most axes of a grid.
pub const MOST_AXES: usize = 3;
/// The most cells of a grid.
pub const MOST_CELLS: usize = 1_000;

/// One axis of a grid.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Axis {
    pub variable: Variable,
    /// Which trade or rebate, from 0.
    #[serde(default)]
    pub item: u16,
    /// Strings for money and rates, numbers for months.
    #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 1000))]
    pub values: Vec<Typed>,
}

/// A computed grid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Grid {
    /// Number of values along each axis.
    pub shape: Vec<usize>,
    /// Codes of the notices that every cell has.
    #[cfg_attr(feature = "schema", schema(value_type = Vec<String>))]
    pub notices: Vec<Cow<'static, str>>,
    /// The last axis runs fastest: of axes with 5, 5 and 5 values, cell (a, b, c) is number 25·a + 5·b + c.
    pub cells: Vec<Cell>,
}

/// One deal of a grid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum Cell {
    Computed {
        #[serde(flatten)]
        figures: Brief,
        /// Codes of the notices that not every cell has.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        #[cfg_attr(feature = "schema", schema(value_type = Vec<String>))]
        notices: Vec<Cow<'static, str>>,
    },
    /// The rules refuse the deal with these values.
    Refused { error: FieldError },
}

/// Computes a column at every combination of the axes' values.
///
/// # Errors
/// As [`solve`](crate::solve::solve); one to three axes of different fields, at most [`MOST_CELLS`] cells.
pub fn grid(
    input: DealInput,
    rules: &'static JurisdictionVersion,
    rates: &ResolvedRates,
    column: &str,
    axes: &[Axis],
) -> Result<Grid, Fault> {
    crate::deal::validate(&input).map_err(Fault::Deal)?;
    let column = position(&input, column, "/column").map_err(Fault::aim)?;
    let lines = lines(&input, column, axes).map_err(Fault::aim)?;
    let shape: Vec<usize> = lines.iter().map(|line| line.units.len()).collect();
    let count = shape.iter().try_fold(1_usize, |all, along| all.checked_mul(*along)).unwrap_or(usize::MAX);
    if count > MOST_CELLS {
        let detail = format!("a grid has at most {MOST_CELLS} cells");
        return Err(Fault::aim(FieldError::new("/axes", "too-many-items", detail)));
    }
    let mut trial = Trial { input, rules, rates, column };
    let mut cells = Vec::with_capacity(count);
    for number in 0..count {
        let mut rest = number;
        for line in lines.iter().rev() {
            let along = line.units.len().max(1);
            if let Some(units) = line.units.get(rest % along) {
                line.knob.set(&mut trial.input, *units);
            }
            rest /= along;
        }
        cells.push(match trial.compute() {
            Ok((figures, notices)) => {
                let mut codes: Vec<Cow<'static, str>> = Vec::with_capacity(notices.len());
                for notice in notices {
                    if !codes.contains(&notice.code) {
                        codes.push(notice.code);
                    }
                }
                Cell::Computed { figures, notices: codes }
            }
            Err(error) => Cell::Refused { error },
        });
    }
    let notices = take_common(&mut cells);
    Ok(Grid { shape, notices, cells })
}

/// An axis whose values were read.
struct Line {
    knob: Knob,
    units: Vec<i64>,
}

const fn few_or_many(empty: bool) -> &'static str {
    if empty { "empty" } else { "too-many-items" }
}

fn lines(input: &DealInput, column: usize, axes: &[Axis]) -> Result<Vec<Line>, FieldError> {
    if axes.is_empty() || axes.len() > MOST_AXES {
        let detail = format!("a grid has one to {MOST_AXES} axes");
        return Err(FieldError::new("/axes", few_or_many(axes.is_empty()), detail));
    }
    let mut lines = Vec::with_capacity(axes.len());
    for (index, axis) in axes.iter().enumerate() {
        let same = |other: &Axis| (other.variable, other.item) == (axis.variable, axis.item);
        if axes.iter().take(index).any(same) {
            let detail = "another axis has this variable already";
            return Err(FieldError::new(format!("/axes/{index}/variable"), "duplicate-code", detail));
        }
        let knob = Knob::of(input, column, axis.variable, axis.item, &format!("/axes/{index}"))?;
        if axis.values.is_empty() || axis.values.len() > MOST_CELLS {
            let detail = format!("an axis has 1 to {MOST_CELLS} values");
            let code = few_or_many(axis.values.is_empty());
            return Err(FieldError::new(format!("/axes/{index}/values"), code, detail));
        }
        let read = |(position, typed)| knob.read(typed, format!("/axes/{index}/values/{position}"));
        let units = axis.values.iter().enumerate().map(read).collect::<Result<_, _>>()?;
        lines.push(Line { knob, units });
    }
    Ok(lines)
}

/// Takes the codes that all computed cells share out of them.
fn take_common(cells: &mut [Cell]) -> Vec<Cow<'static, str>> {
    let mut common: Option<Vec<Cow<'static, str>>> = None;
    for cell in cells.iter() {
        if let Cell::Computed { notices, .. } = cell {
            match &mut common {
                Some(common) => common.retain(|code| notices.contains(code)),
                None => common = Some(notices.clone()),
            }
        }
    }
    let common = common.unwrap_or_default();
    for cell in cells {
        if let Cell::Computed { notices, .. } = cell {
            notices.retain(|code| !common.contains(code));
        }
    }
    common
}
