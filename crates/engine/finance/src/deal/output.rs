//! What the engine answers: the figures of each column, the tax lines, the gross where costs were given, and for every
//! figure the step that made it.

use crate::trace::Trace;
use autolytiq_money::{Money, Rate};
use autolytiq_tax::{Due, FinanceLimit, Notice, RatesStamp, RulesStamp, Source, TaxLine};
use jiff::civil::Date;
use serde::Serialize;
use std::borrow::Cow;

/// A computed deal. Hashes of rules and rates say which data made it, so that two results can be compared honestly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct DealResult {
    /// Version of the program that computed it.
    pub engine_version: &'static str,
    pub rules: RulesStamp,
    pub rates: RatesStamp,
    pub columns: Vec<ColumnResult>,
    /// What the reader must know beside the figures: unverified sections, limits passed, nearest choices.
    pub notices: Vec<Notice>,
}

/// One column, computed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ColumnResult {
    pub id: String,
    #[serde(flatten)]
    pub figures: Figures,
    pub tax: TaxSummary,
    pub fees: Vec<FeeLine>,
    /// Present only when the input carried facts about the buyer's credit, of a loan or a lease.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ratios: Option<Ratios>,
    /// The limits on the price of credit that apply, and whether they are passed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<LimitVerdict>,
    /// Present only when the input carried costs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gross: Option<Gross>,
    /// One step per figure, by the figure's path (`amountFinanced`, `tax.state`, `payment`), in order of the calculation.
    #[serde(skip_serializing_if = "Trace::is_off")]
    #[cfg_attr(feature = "schema", schema(value_type = std::collections::BTreeMap<String, crate::trace::Step>, required = true))]
    pub trace: Trace,
}

/// The figures of a column by its kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "kind", content = "figures", rename_all = "camelCase")]
pub enum Figures {
    Cash(CashFigures),
    Finance(FinanceFigures),
    Lease(LeaseFigures),
}

/// Figures every kind of column has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Common {
    pub price: Money,
    pub accessories: Money,
    /// Rebates that reduce what is paid now; one that reaches the buyer later is not among them.
    pub rebates: Money,
    pub products: Money,
    pub doc_fee: Money,
    /// Fees beside the documentation fee that the store collects.
    pub fees: Money,
    pub trade_allowance: Money,
    pub trade_payoff: Money,
    /// max(0, allowance - payoff), summed over the trades as one.
    pub net_trade: Money,
    /// max(0, payoff - allowance). Never together with `net_trade`.
    pub negative_equity: Money,
    pub cash_down: Money,
}

/// A sale paid in full.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CashFigures {
    #[serde(flatten)]
    pub common: Common,
    /// Everything the customer owes before rebates, trade and cash.
    pub total_price: Money,
    /// What remains to be paid; negative when the store owes the customer.
    pub balance_due: Money,
}

/// A sale paid by a loan, with the figures of 12 CFR 1026.18.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct FinanceFigures {
    #[serde(flatten)]
    pub common: Common,
    /// Everything the customer owes before rebates, trade and cash, with any tax on the note.
    pub total_price: Money,
    /// What the note is written for and interest runs on; zero or less when nothing remains to be financed.
    pub principal: Money,
    /// The principal less the prepaid finance charge.
    pub amount_financed: Money,
    pub prepaid_finance_charge: Money,
    pub rate: Rate,
    pub term_months: u16,
    /// Number of due dates, where a plan of payments was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_count: Option<u16>,
    /// The part of the down payment that comes later, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deferred_down: Option<Money>,
    #[serde(with = "autolytiq_calendar::iso")]
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub first_payment: Date,
    pub payment: Money,
    /// The last payment, which takes up the cents of rounding.
    pub final_payment: Money,
    /// Interest over the whole term and the prepaid finance charge.
    pub finance_charge: Money,
    pub total_of_payments: Money,
    /// What the purchase costs on credit, with everything paid at signing.
    pub total_sale_price: Money,
    /// Regulation Z, Appendix J, as a fraction, reckoned from the dates as they are: neither a tolerance (12 CFR 1026.22(a)) nor the
    /// leave to disregard an odd first period (1026.17(c)(4)) is made use of. A rate that a lender prints is held against both by
    /// `truth_in_lending`. Absent when no rate solves the equation, with a notice that says so.
    pub apr: Option<Rate>,
}

/// A lease, with the figures of 12 CFR 1013.4.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct LeaseFigures {
    #[serde(flatten)]
    pub common: Common,
    pub gross_cap_cost: Money,
    /// Cash, rebates and net trade.
    pub cap_cost_reduction: Money,
    pub adjusted_cap_cost: Money,
    pub residual: Money,
    /// Adjusted cap cost less residual, over the whole term.
    pub depreciation: Money,
    /// All base payments less the depreciation.
    pub rent_charge: Money,
    pub base_payment: Money,
    /// Tax collected with a payment; where it differs between payments, with most of them.
    pub payment_tax: Money,
    /// Base payment and its tax.
    pub payment: Money,
    /// All payments with their tax, in runs of equal ones: more than one run only where a tax has a limit over the term.
    pub payments: Vec<PaymentRun>,
    /// With what multiple deposits take off it.
    pub money_factor: Rate,
    /// money factor × 24.
    pub rate_equivalent: Rate,
    pub term_months: u16,
    /// What the customer will have paid by the end (12 CFR 1013.4(e)): everything paid at signing, by rebates and trade as well
    /// as in cash, without the refundable deposit; the later payments; and the disposition fee.
    pub total_of_payments: Money,
    /// Cash the customer hands over at signing, the first payment included. Rebates and trade pay their part beside it.
    pub due_at_signing: Money,
    /// What the amount due at signing consists of; the parts sum to it.
    pub signing: Vec<SigningItem>,
    pub acquisition_fee: Money,
    pub disposition_fee: Money,
    /// Everything that comes back at the end: the deposit, and the multiple deposits that lower the money factor.
    pub security_deposit: Money,
    /// Only of a lease paid otherwise than once a month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_count: Option<u16>,
}

/// Consecutive lease payments of the same amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct PaymentRun {
    /// Number of the first of them, from 1.
    pub first: u16,
    pub count: u16,
    /// Each of them, tax included.
    pub amount: Money,
}

/// One part of the amount due at signing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SigningItem {
    /// `firstPayment`, `advancePayments`, `cashReduction`, `acquisitionFee`, `docFee`, `fees`, `products`, `upfrontTax` or `securityDeposit`.
    pub code: &'static str,
    pub amount: Money,
}

/// The taxes of a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct TaxSummary {
    pub lines: Vec<TaxLine>,
    /// Collected by the store over the whole deal: at signing, in the capitalised cost and with all payments.
    pub total: Money,
    /// Due at signing, or financed with the rest of the sale; without the tax on the first lease payment.
    pub at_signing: Money,
    /// Put into the capitalised cost of a lease.
    pub capitalized: Money,
    /// Tax with a lease payment; where it differs between payments, with most of them.
    pub per_payment: Money,
    /// Owed by the buyer to an office of his own; shown, never collected.
    pub buyer_pays: Money,
}

/// One fee of the deal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct FeeLine {
    pub code: Cow<'static, str>,
    pub name: Cow<'static, str>,
    pub amount: Money,
    /// Whether it is part of the base of a tax.
    pub taxable: bool,
    pub origin: FeeOrigin,
    /// `signing` when the store collects it, `buyerToCounty` when the buyer pays it to an office himself.
    pub due: Due,
    /// Of a lease and a fee that the store collects: whether it is in the capitalised cost; paid at signing otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capitalized: Option<bool>,
    /// False for a fee of the rules that was not held against its source.
    pub verified: bool,
    /// Why not, when not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<&'static Source>,
}

/// Ratios a lender looks at, to four places; absent where a fact is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Ratios {
    /// Principal or adjusted capitalised cost over the book value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loan_to_value: Option<Rate>,
    /// The same without what pays for products.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advance: Option<Rate>,
    /// The payment over the month's income.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_to_income: Option<Rate>,
    /// The payment and the other debts' payments over the month's income.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub debt_to_income: Option<Rate>,
}

/// A limit on the price of credit, held against the deal. What it was compared with is not told: it would tell the lender's
/// rate to the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct LimitVerdict {
    /// The limit with its rule, its source and whether it is verified.
    #[serde(flatten)]
    pub limit: FinanceLimit,
    pub passed: bool,
    /// Whether the law is broken by that: not where an alternative of the limit is obeyed.
    pub broken: bool,
}

/// Who set the amount of a fee.
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Gross {
    /// On the vehicle: what it and its accessories sell for, less what they and the trade cost.
    pub front: Money,
    /// On products and on the lender's spread.
    pub back: Money,
    /// The part of `back` that is the spread.
    pub reserve: Money,
    pub total: Money,
    /// What the salesperson earns, where the costs carry a pay plan. Not taken off the gross.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commission: Option<Money>,
    /// The part of it that the back gross earns, where the pay plan counts that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub back_commission: Option<Money>,
}
