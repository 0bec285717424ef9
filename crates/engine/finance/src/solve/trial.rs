//! One column of a deal, computed over and over with some of its fields moved.

use super::knob::Knob;
use super::sample::{self, Sample};
use super::{TargetFigure, figure};
use crate::FieldError;
use crate::deal::column::Column;
use crate::deal::input::DealInput;
use crate::deal::output::{ColumnResult, Figures, Gross};
use crate::deal::{Depth, columns, validate};
use crate::lease::RentMethod;
use autolytiq_money::Money;
use autolytiq_tax::{JurisdictionVersion, Notice, ResolvedRates};
use serde::Serialize;

/// What a column comes to, in a few figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Brief {
    /// The regular payment with its tax; absent where the column is paid in cash.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment: Option<Money>,
    /// Cash the customer brings: of a sale paid in cash all that trade and rebates leave, of a loan the cash down, of a lease
    /// the amount due at signing.
    pub due_at_signing: Money,
    /// All that the purchase or the lease costs the customer: the total price in cash, the total sale price of a loan
    /// (12 CFR 1026.18(j)), the total of payments of a lease (12 CFR 1013.4(e)).
    pub total: Money,
    /// Present only where the deal carries costs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gross: Option<Gross>,
}

impl Brief {
    pub(crate) fn of(column: &ColumnResult) -> Result<Self, FieldError> {
        let (payment, due_at_signing, total) = match &column.figures {
            Figures::Cash(cash) => {
                let due = cash.balance_due.try_add(cash.common.cash_down);
                let due = due.map_err(|error| crate::FinanceError::from(error).at("/cashDown"))?;
                (None, due, cash.total_price)
            }
            Figures::Finance(loan) => (Some(loan.payment), loan.common.cash_down, loan.total_sale_price),
            Figures::Lease(lease) => (Some(lease.payment), lease.due_at_signing, lease.total_of_payments),
        };
        Ok(Self { payment, due_at_signing, total, gross: column.gross })
    }
}

/// A deal of which one column is tried.
pub(crate) struct Trial<'a> {
    pub(crate) input: DealInput,
    pub(crate) rules: &'static JurisdictionVersion,
    pub(crate) rates: &'a ResolvedRates,
    pub(crate) column: usize,
}

impl Trial<'_> {
    /// The column's figures as the deal stands, with the notices of the deal.
    pub(crate) fn compute(&self) -> Result<(Brief, Vec<Notice>), FieldError> {
        let (column, notices) = self.result()?;
        Ok((Brief::of(&column)?, notices))
    }

    fn result(&self) -> Result<(ColumnResult, Vec<Notice>), FieldError> {
        // A field within its own limits may put another one out of them: a shorter term, its skipped payments.
        if let Err(error) = validate(&self.input)
            && let Some(first) = error.errors.into_iter().next()
        {
            return Err(first);
        }
        let which = self.column..self.column.saturating_add(1);
        let (columns, notices) = columns(&self.input, self.rules, self.rates, which, Depth::Figures)?;
        let column = columns.into_iter().next();
        let column = column.ok_or_else(|| FieldError::new("/columns", "no-columns", "there is no column"))?;
        Ok((column, notices))
    }

    /// The figures with one field moved.
    pub(crate) fn at(&mut self, knob: &Knob, units: i64) -> Result<Brief, FieldError> {
        knob.set(&mut self.input, units);
        Ok(self.compute()?.0)
    }

    /// One figure with one field moved, and what it is made of.
    pub(super) fn sample(&mut self, knob: &Knob, units: i64, target: TargetFigure) -> Result<Sample, FieldError> {
        knob.set(&mut self.input, units);
        let column = self.result()?.0;
        let value = figure(&Brief::of(&column)?, target)?;
        let sample = sample::of(&self.input, self.input.columns.get(self.column), &column, target, value);
        // Months are few, and a tax limited over the term follows no line along them: every term is tried.
        // By constant yield a residual above the cost makes the payment a fall and a rise in one.
        let bends = knob.is_money_factor()
            && match (&column.figures, self.input.columns.get(self.column)) {
                (Figures::Lease(lease), Some(Column::Lease(terms))) => {
                    terms.options.method == RentMethod::ConstantYield && lease.residual > lease.adjusted_cap_cost
                }
                _ => false,
            };
        Ok(if knob.is_count() || bends { sample.alone(units) } else { sample })
    }
}

/// Position of a column by its id.
///
/// # Errors
/// The deal has no column of this id.
pub(crate) fn position(input: &DealInput, id: &str, pointer: &str) -> Result<usize, FieldError> {
    let found = input.columns.iter().position(|column| column.id() == id);
    found.ok_or_else(|| FieldError::new(pointer, "no-such-column", "the deal has no column with this id"))
}
