//! The calculation of a whole deal, column by column.

use super::column::Column;
use super::common::{Depth, Sums, Work};
use super::input::DealInput;
use super::notices::Notices;
use super::output::{ColumnResult, DealResult, TaxSummary};
use super::{cash, financed, leased, validate};
use crate::{CalcError, FieldError, FinanceError};
use autolytiq_tax::{JurisdictionVersion, Notice, ResolvedRates};
use std::ops::Range;

/// The state whose rules tax the deal: where the vehicle is kept, which is the buyer's place unless another was given.
/// Dealers collect for the state of registration.
#[must_use]
pub fn jurisdiction_state(input: &DealInput) -> &str {
    input.garaging_place.as_ref().map_or(&input.buyer_place.state, |place| &place.state)
}

/// The rules of the deal's date and place. The input is validated first, so that all its faults are reported together.
///
/// # Errors
/// As [`validate`]; an unsupported state, or a date before the first rules: never the nearest ones.
pub fn rules_for(input: &DealInput) -> Result<&'static JurisdictionVersion, CalcError> {
    validate(input)?;
    let pointer = if input.garaging_place.is_some() { "/garagingPlace/state" } else { "/buyerPlace/state" };
    autolytiq_tax::jurisdiction(jurisdiction_state(input), input.deal_date).map_err(|error| {
        let date = matches!(error, autolytiq_tax::RuleError::BeforeFirstVersion { .. });
        let pointer = if date { "/dealDate" } else { pointer };
        FieldError { pointer: pointer.to_owned(), code: error.code().into(), detail: error.to_string().into() }.into()
    })
}

/// Computes every column of a deal with the rules and local rates given.
///
/// The same input, rules and rates give the same answer everywhere, to the bit.
///
/// # Errors
/// Every faulty field at once, or the field at which the rules refuse: a documentation fee above a verified cap, an unknown
/// election. Where an honest result exists there is one, with a notice: a trade worth more than the car, a payment that
/// grows the balance, a residual above the cap cost.
pub fn calculate(
    input: &DealInput,
    rules: &'static JurisdictionVersion,
    rates: &ResolvedRates,
) -> Result<DealResult, CalcError> {
    validate(input)?;
    let (columns, notices) = columns(input, rules, rates, 0..input.columns.len(), Depth::Explained)?;
    Ok(DealResult { engine_version: crate::VERSION, rules: rules.stamp(), rates: rates.stamp(), columns, notices })
}

/// These columns of a deal that was validated, as deep as asked.
pub(crate) fn columns(
    input: &DealInput,
    rules: &'static JurisdictionVersion,
    rates: &ResolvedRates,
    which: Range<usize>,
    depth: Depth,
) -> Result<(Vec<ColumnResult>, Vec<Notice>), FieldError> {
    let sums = Sums::of(input).map_err(|error| error.at("/price"))?;
    let mut notices = Notices::default();
    sums.notices(input, &mut notices);
    let mut columns = Vec::with_capacity(which.len());
    for (index, column) in input.columns.iter().enumerate().take(which.end).skip(which.start) {
        let mut work = Work { input, rules, rates, sums: &sums, index, notices: &mut notices, depth };
        columns.push(work.column(column).map_err(|error| error.at(index))?);
    }
    Ok((columns, notices.into_vec()))
}

/// The taxes of one column of a deal that was validated, with their steps; of a lease they take the whole column.
pub(crate) fn taxes(
    input: &DealInput,
    rules: &'static JurisdictionVersion,
    rates: &ResolvedRates,
    index: usize,
) -> Result<TaxSummary, FieldError> {
    let Some(column) = input.columns.get(index) else {
        return Err(FieldError::new("/columns", "no-such-column", "the deal has no such column"));
    };
    let sums = Sums::of(input).map_err(|error| error.at("/price"))?;
    let mut notices = Notices::default();
    let mut work = Work { input, rules, rates, sums: &sums, index, notices: &mut notices, depth: Depth::Figures };
    let taxes = match column {
        Column::Cash(_) => cash::taxes_of(&mut work),
        Column::Finance(terms) => financed::taxes_of(&mut work, terms),
        Column::Lease(terms) => leased::column(&mut work, terms).map(|column| column.tax),
    };
    taxes.map_err(|error| error.at(index))
}

impl ColumnError {
    fn at(self, index: usize) -> FieldError {
        match self {
            Self::Field(error) => error,
            Self::Finance(error) => error.at(format!("/columns/{index}")),
        }
    }
}

impl Work<'_> {
    fn column(&mut self, column: &Column) -> Result<ColumnResult, ColumnError> {
        match column {
            Column::Cash(terms) => cash::column(self, terms),
            Column::Finance(terms) => financed::column(self, terms),
            Column::Lease(terms) => leased::column(self, terms),
        }
    }
}

/// Why a column has no result: a field that is to blame, or an error that has yet to be given one.
pub(super) enum ColumnError {
    Field(FieldError),
    Finance(FinanceError),
}

impl<E: Into<FinanceError>> From<E> for ColumnError {
    fn from(error: E) -> Self {
        Self::Finance(error.into())
    }
}
