//! A deal's figures as numbers: what is typed goes in, whole cents come out, and no JSON lies between.

use crate::Desk;
use autolytiq_finance::solve::{Brief, Variable};
use wasm_bindgen::prelude::wasm_bindgen;

/// A figure that may be typed anew while the deal stays.
#[wasm_bindgen]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Price,
    /// The column's own cash down where it has one, the deal's otherwise.
    CashDown,
    TradeAllowance,
    Rebate,
    /// The contract rate of a loan.
    Rate,
    TermMonths,
    /// Of a lease.
    MoneyFactor,
    /// Of a lease: in percent of MSRP or in dollars, as the column has it.
    Residual,
}

impl From<Field> for Variable {
    fn from(field: Field) -> Self {
        match field {
            Field::Price => Self::Price,
            Field::CashDown => Self::CashDown,
            Field::TradeAllowance => Self::TradeAllowance,
            Field::Rebate => Self::Rebate,
            Field::Rate => Self::Rate,
            Field::TermMonths => Self::TermMonths,
            Field::MoneyFactor => Self::MoneyFactor,
            Field::Residual => Self::Residual,
        }
    }
}

#[wasm_bindgen]
impl Desk {
    /// Puts a value as it is typed into a field: `"41250.00"`, `"0.0649"`, `"72"`. `item` counts trades or rebates. Answers
    /// whether the column has the field and the value is one of it; otherwise nothing changed.
    pub fn set(&mut self, column: usize, field: Field, item: u16, value: &str) -> bool {
        self.deal.as_mut().is_ok_and(|deal| deal.set(column, field.into(), item, value).is_ok())
    }

    /// Computes every column with its trace. Answers whether there are figures; `figures()` says why not.
    pub fn compute(&mut self) -> bool {
        self.deal.as_mut().is_ok_and(|deal| deal.compute().is_ok())
    }

    /// The payment of a computed column in cents.
    #[must_use]
    pub fn payment(&self, column: usize) -> Option<i64> {
        self.brief(column)?.payment.map(|payment| payment.cents())
    }

    /// What the customer brings to the signing of a computed column, in cents.
    #[wasm_bindgen(js_name = dueAtSigning)]
    #[must_use]
    pub fn due_at_signing(&self, column: usize) -> Option<i64> {
        Some(self.brief(column)?.due_at_signing.cents())
    }

    /// Everything a computed column costs the customer, in cents.
    #[must_use]
    pub fn total(&self, column: usize) -> Option<i64> {
        Some(self.brief(column)?.total.cents())
    }

    /// The taxes that the store collects on a column as the deal stands, in cents, whether or not the rest was computed.
    #[must_use]
    pub fn taxes(&self, column: usize) -> Option<i64> {
        Some(self.deal.as_ref().ok()?.taxes(column).ok()?.total.cents())
    }

    /// The schedule of a computed loan: payment, interest, principal and balance of each line, in cents.
    #[must_use]
    pub fn schedule(&self, column: usize) -> Option<Vec<i64>> {
        let rows = self.deal.as_ref().ok()?.schedule(column)?;
        Some(
            rows.iter()
                .flat_map(|row| [row.payment, row.interest, row.principal, row.balance].map(|m| m.cents()))
                .collect(),
        )
    }
}

impl Desk {
    fn brief(&self, column: usize) -> Option<Brief> {
        self.deal.as_ref().ok()?.brief(column)
    }
}
