//! Rolls a deal to a target: which price, cash down, rate … makes the payment what the customer wants?
//!
//! The whole deal is computed at each value tried, with taxes, caps and rounding, so that the answer put back into the deal
//! gives the target to the cent. Where no value does, the nearest ones on both sides are given, and where the target lies out
//! of reach, that is said. What [`solve`] promises of that is written there.

mod knob;
mod sample;
mod search;
mod trial;

pub use knob::{Typed, Variable};
pub use trial::Brief;

pub(crate) use knob::Knob;
pub(crate) use trial::{Trial, position};

use crate::deal::input::DealInput;
use crate::trace::Value;
use crate::{CalcError, FieldError};
use autolytiq_money::Money;
use autolytiq_tax::{JurisdictionVersion, ResolvedRates};
use search::{Found, Search};
use serde::{Deserialize, Serialize};

/// The figure to reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum TargetFigure {
    /// The regular payment with its tax, of a loan or a lease.
    Payment,
    /// As [`Brief::due_at_signing`].
    DueAtSigning,
    /// Needs the deal's costs.
    FrontGross,
    /// Needs the deal's costs.
    TotalGross,
}

/// A figure and what it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Target {
    pub figure: TargetFigure,
    pub amount: Money,
}

/// What to move, and where to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aim<'a> {
    /// The id of the column whose figure is wanted.
    pub column: &'a str,
    pub variable: Variable,
    /// Which trade or rebate, from 0.
    pub item: u16,
    pub target: Target,
    /// Values tried are multiples of this. Absent: a cent, a hundredth of a percent, 0.00001 of a money factor, a month.
    pub step: Option<&'a Typed>,
    /// Values tried are not below this; absent, the field's own limit.
    pub least: Option<&'a Typed>,
    /// Values tried are not above this; absent, the field's own limit.
    pub most: Option<&'a Typed>,
}

/// The answer of [`solve`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Solved {
    /// The field of the deal that the value belongs in.
    pub pointer: String,
    #[serde(flatten)]
    pub outcome: Outcome,
    /// Whether every value that might do better was ruled out: always where an answer is exact. Where not, the search gave up
    /// after 4,000 values.
    pub certain: bool,
    /// How many times the deal was computed.
    pub evaluations: u32,
}

/// Whether the target can be reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "outcome", rename_all = "camelCase")]
pub enum Outcome {
    /// This value gives the target to the cent.
    Exact { answer: Point },
    /// No value tried gives it; these give a little less and a little more of the figure.
    Nearest { below: Point, above: Point },
    /// Every value tried stays on one side of the target; this one comes nearest.
    Unreachable { nearest: Point },
}

/// A value of the variable and what the column comes to with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Point {
    pub value: Value,
    #[serde(flatten)]
    pub figures: Brief,
}

/// Finds the value of a variable at which a figure of one column is the target.
///
/// Bracketed from the deal's present value outwards, so that of several answers the one near to the present deal is found.
/// Where a whole dollar does as well as the answer found, it is the answer.
///
/// What is promised:
/// - An exact answer, put into the deal, gives the target to the cent.
/// - Where there is none and [`Solved::certain`] holds, no multiple of the step between `least` and `most` gives the target, and
///   none comes nearer to it on either side. A figure is a sum, some of whose parts may rise where others fall, each rounded by
///   itself, so that it can pass the target and come back to it; every value at which that is possible was tried. What is possible
///   is told from the values tried on both sides, on these grounds: between two of them the price, each credit, each fee, each
///   line of tax and the payment before tax only rises or only falls; the interest does too, but for the cents that roundings
///   of each payment come to at the end of the term; and where the rules refuse the deal at two values, they refuse it between
///   them. Of a term every number of months was tried, and of the money factor of a lease by constant yield with a residual above
///   its adjusted cap cost, whose payment is a fall and a rise in one, every factor; there nothing is taken for granted.
/// - After 4,000 values the search gives up. Then `certain` is false, and the answers are the nearest of those tried.
///
/// # Errors
/// Pointers are into the deal, except those of the aim itself (`/column`, `/variable`, `/item`, `/target/figure`, `/step`,
/// `/least`, `/most`), which come under `Err(Fault::Aim)`; the deal as it stands must compute.
pub fn solve(
    input: DealInput,
    rules: &'static JurisdictionVersion,
    rates: &ResolvedRates,
    aim: &Aim<'_>,
) -> Result<Solved, Fault> {
    crate::deal::validate(&input).map_err(Fault::Deal)?;
    let column = position(&input, aim.column, "/column").map_err(Fault::aim)?;
    let knob = Knob::of(&input, column, aim.variable, aim.item, "").map_err(Fault::aim)?;
    let read = |typed: Option<&Typed>, pointer: &str, otherwise: i64| {
        typed.map_or(Ok(otherwise), |typed| knob.read(typed, pointer).map_err(Fault::aim))
    };
    let step = read(aim.step, "/step", knob.step())?.max(1);
    let least = read(aim.least, "/least", knob.least())?;
    let most = read(aim.most, "/most", knob.most())?;
    let (first, last) = (least.saturating_add(step - 1) / step, most / step);
    if first > last {
        let detail = "no multiple of the step lies between least and most";
        return Err(Fault::aim(FieldError::new("/most", "number-out-of-range", detail)));
    }
    let start = knob.get(&input).saturating_add(step / 2) / step;
    let mut trial = Trial { input, rules, rates, column };
    let present = trial.compute().map_err(Fault::deal)?.0;
    figure(&present, aim.target.figure).map_err(Fault::aim)?;

    let mut search = Search::new(first..=last, aim.target.amount.cents(), |place: i64| {
        trial.sample(&knob, place.saturating_mul(step), aim.target.figure)
    });
    let found = search.run(start).map_err(Fault::deal)?;
    let certain = search.certain;
    let mut evaluations = search.evaluations.saturating_add(1);
    let mut point = |place: i64| -> Result<Point, Fault> {
        evaluations = evaluations.saturating_add(1);
        let units = place.saturating_mul(step);
        Ok(Point { value: knob.value(units), figures: trial.at(&knob, units).map_err(Fault::deal)? })
    };
    let outcome = match found {
        Found::Exact(place) => {
            let mut answer = point(place)?;
            let dollars = place.saturating_add(50) / 100 * 100;
            if knob.is_money() && step == 1 && dollars != place && (first..=last).contains(&dollars) {
                let round = point(dollars)?;
                if figure(&round.figures, aim.target.figure).is_ok_and(|reached| reached == aim.target.amount) {
                    answer = round;
                }
            }
            Outcome::Exact { answer }
        }
        Found::Between { below: (below, _), above: (above, _) } => {
            Outcome::Nearest { below: point(below)?, above: point(above)? }
        }
        Found::Beyond((place, _)) => Outcome::Unreachable { nearest: point(place)? },
    };
    Ok(Solved { pointer: knob.pointer(), outcome, certain, evaluations })
}

/// What is wrong: with the deal, or with what was asked of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Pointers are into the deal.
    #[error(transparent)]
    Deal(CalcError),
    /// Pointers are into what was asked.
    #[error(transparent)]
    Aim(CalcError),
}

impl Fault {
    pub(crate) fn deal(error: FieldError) -> Self {
        Self::Deal(error.into())
    }

    pub(crate) fn aim(error: FieldError) -> Self {
        Self::Aim(error.into())
    }
}

fn figure(brief: &Brief, figure: TargetFigure) -> Result<Money, FieldError> {
    let gross = || {
        let detail = "a gross needs the deal's costs";
        brief.gross.ok_or_else(|| FieldError::new("/target/figure", "fact-missing", detail))
    };
    match figure {
        TargetFigure::Payment => {
            let detail = "a column paid in cash has no payment";
            brief.payment.ok_or_else(|| FieldError::new("/target/figure", "not-in-column", detail))
        }
        TargetFigure::DueAtSigning => Ok(brief.due_at_signing),
        TargetFigure::FrontGross => Ok(gross()?.front),
        TargetFigure::TotalGross => Ok(gross()?.total),
    }
}
