//! What the engine answers: the figures of each column, the tax lines, the gross where costs were given, and for every
//! figure the step that made it.

use crate::trace::Trace;
use autolytiq_money::{Money, Rate};
use autolytiq_tax::{Notice, RatesStamp, RulesStamp, TaxLine};
use jiff::civil::Date;
use serde::Serialize;

/// A computed deal. Hashes of rules and rates say which data made it, so that two results can be compared honestly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct DealResult {
    pub engine_version: String,
    pub rules: RulesStamp,
    pub rates: RatesStamp,
    pub columns: Vec<ColumnResult>,
    /// What the reader must know beside the figures: unverified sections, limits passed, nearest choices.
    pub notices: Vec<Notice>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ColumnResult {
    pub id: String,
    #[serde(flatten)]
    pub figures: Figures,
    pub tax: TaxSummary,
    pub fees: Vec<FeeLine>,
    /// Present only when the input carried costs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gross: Option<Gross>,
    /// One step per figure, by the figure's path (`amountFinanced`, `tax.state`, `payment`).
    pub trace: Trace,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "kind", content = "figures", rename_all = "camelCase")]
pub enum Figures {
    Cash(CashFigures),
    Finance(FinanceFigures),
    Lease(LeaseFigures),
}

/// Figures every kind of column has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Common {
    pub price: Money,
    pub accessories: Money,
    pub rebates: Money,
    pub products: Money,
    pub doc_fee: Money,
    /// Fees beside the documentation fee.
    pub fees: Money,
    pub trade_allowance: Money,
    pub trade_payoff: Money,
    /// max(0, allowance - payoff), summed over the trades as one.
    pub net_trade: Money,
    /// max(0, payoff - allowance). Never together with `net_trade`.
    pub negative_equity: Money,
    pub cash_down: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CashFigures {
    #[serde(flatten)]
    pub common: Common,
    /// Everything the customer owes before what he brings.
    pub total_price: Money,
    /// What remains to be paid; negative when the store owes the customer.
    pub balance_due: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct FinanceFigures {
    #[serde(flatten)]
    pub common: Common,
    pub amount_financed: Money,
    pub rate: Rate,
    pub term_months: u16,
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub first_payment: Date,
    pub payment: Money,
    /// The last payment, which takes up the cents of rounding.
    pub final_payment: Money,
    pub finance_charge: Money,
    pub total_of_payments: Money,
    pub total_sale_price: Money,
    /// Regulation Z, Appendix J, as a fraction; absent when no rate solves the equation, with a notice that says so.
    pub apr: Option<Rate>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct LeaseFigures {
    #[serde(flatten)]
    pub common: Common,
    pub gross_cap_cost: Money,
    pub cap_cost_reduction: Money,
    pub adjusted_cap_cost: Money,
    pub residual: Money,
    pub depreciation: Money,
    pub rent_charge: Money,
    pub base_payment: Money,
    /// Tax collected with each payment.
    pub payment_tax: Money,
    pub payment: Money,
    pub money_factor: Rate,
    /// money factor × 24.
    pub rate_equivalent: Rate,
    pub term_months: u16,
    pub total_of_payments: Money,
    pub due_at_signing: Money,
    /// What the amount due at signing consists of; the parts sum to it.
    pub signing: Vec<SigningItem>,
    pub acquisition_fee: Money,
    pub disposition_fee: Money,
    pub security_deposit: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SigningItem {
    pub code: String,
    pub amount: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct TaxSummary {
    pub lines: Vec<TaxLine>,
    /// Collected by the store over the whole deal: at signing, in the capitalised cost and with all payments.
    pub total: Money,
    pub at_signing: Money,
    pub capitalized: Money,
    pub per_payment: Money,
    /// Owed by the buyer to an office of his own; shown, never collected.
    pub buyer_pays: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct FeeLine {
    pub code: String,
    pub name: String,
    pub amount: Money,
    pub taxable: bool,
    pub origin: FeeOrigin,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum FeeOrigin {
    /// The jurisdiction's rules.
    Rule,
    /// Typed in this deal, or a default of the store.
    Entered,
}

/// What the store earns. Never sent to a reader without the permission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Gross {
    pub front: Money,
    pub back: Money,
    pub reserve: Money,
    pub total: Money,
}
