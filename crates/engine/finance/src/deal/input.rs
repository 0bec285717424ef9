//! What a person types, or a store defaults, to work a deal: the engine's wire form of a pencil's input.
//!
//! Money is a string of decimal dollars (`"41250.00"`), a rate is a fraction of one as a decimal string (`"0.0649"` is
//! 6.49 %), a date is a civil date in the store's time zone. Unknown fields are refused.

use autolytiq_money::{Money, Rate};
use autolytiq_tax::{Buyer, Place, Vehicle};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One deal, with the columns the customer is shown side by side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DealInput {
    /// The date whose law and programs apply. At least 1900-01-01.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub deal_date: Date,
    pub vehicle: Vehicle,
    #[serde(default)]
    pub buyer: Buyer,
    /// Where the selling store stands.
    pub dealer_place: Place,
    /// Where the buyer lives and, unless `garaging_place` says otherwise, registers the vehicle.
    pub buyer_place: Place,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub garaging_place: Option<Place>,
    /// Agreed selling price before rebates and trade, 0 to 10,000,000.
    pub price: Money,
    #[serde(default)]
    pub accessories: Vec<Accessory>,
    /// The dealer's documentation fee. Above the state's cap it is refused with the cap and its source.
    #[serde(default)]
    pub doc_fee: Money,
    /// Fees beside those the jurisdiction's rules give. A code that the rules know replaces the rule's amount.
    #[serde(default)]
    pub fees: Vec<Fee>,
    #[serde(default)]
    pub products: Vec<Product>,
    #[serde(default)]
    pub rebates: Vec<Rebate>,
    #[serde(default)]
    pub trades: Vec<Trade>,
    /// Cash the customer puts down at signing.
    #[serde(default)]
    pub cash_down: Money,
    /// Elections a lessor or buyer makes where the law leaves a choice, by the election's name in the rules.
    #[serde(default)]
    pub elections: BTreeMap<String, String>,
    /// What the store paid. Absent where the reader may not see it: then there is no gross in the result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub costs: Option<Costs>,
    /// The columns, at most 12, each with an id of its own.
    pub columns: Vec<Column>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Accessory {
    pub name: String,
    pub price: Money,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<Money>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Fee {
    /// A code of the jurisdiction's rules (`title`, `registration`, …) or one of the store's own.
    pub code: String,
    pub name: String,
    pub amount: Money,
    /// Only for a fee of the store's own: whether it is part of the price for tax.
    #[serde(default)]
    pub taxable: bool,
}

/// A product sold with the vehicle, named by the kinds tax law tells apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Product {
    pub kind: autolytiq_tax::ProductKind,
    pub name: String,
    pub price: Money,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<Money>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rebate {
    pub kind: autolytiq_tax::RebateKind,
    pub name: String,
    pub amount: Money,
}

/// A vehicle traded in. Equity is allowance less payoff; below zero it is negative equity and rolls into the deal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Trade {
    /// What the customer calls it: "2019 Civic EX".
    pub description: String,
    pub allowance: Money,
    #[serde(default)]
    pub payoff: Money,
    /// Actual cash value. A cost: absent where the reader may not see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acv: Option<Money>,
    /// Whether the customer leases the trade, so that it is the lessor's property and earns no trade-in credit.
    #[serde(default)]
    pub leased: bool,
}

/// What the store paid for what it sells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Costs {
    /// The vehicle with transport and reconditioning.
    pub vehicle: Money,
    #[serde(default)]
    pub pack: Money,
    #[serde(default)]
    pub holdback: Money,
    /// Whether the pay plan counts the documentation fee and the holdback as front gross.
    #[serde(default)]
    pub doc_fee_in_gross: bool,
    #[serde(default)]
    pub holdback_in_gross: bool,
}

/// One way to pay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Column {
    Cash(CashTerms),
    Finance(FinanceTerms),
    Lease(LeaseTerms),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CashTerms {
    pub id: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FinanceTerms {
    pub id: String,
    /// Contract rate per year, 0 to 1 (100 %).
    pub rate: Rate,
    /// Number of monthly payments, 1 to 144.
    pub term_months: u16,
    /// Defaults to one month after the deal date.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_payment: Option<Date>,
    /// Charges paid to obtain the credit and withheld from the proceeds; part of the finance charge.
    #[serde(default)]
    pub prepaid_finance_charge: Money,
    /// Overrides the deal's cash down in this column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cash_down: Option<Money>,
    /// The lender's rate to the store. A cost: absent where the reader may not see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub buy_rate: Option<Rate>,
    /// The store's part of the rate spread, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reserve_share: Option<Rate>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LeaseTerms {
    pub id: String,
    /// Monthly money factor, 0 to 0.05. Twenty-four times it is the yearly rate as a fraction.
    pub money_factor: Rate,
    /// Number of monthly payments, 1 to 84.
    pub term_months: u16,
    pub residual: Residual,
    #[serde(default)]
    pub acquisition_fee: Money,
    /// Not part of any payment; disclosed as due at the end.
    #[serde(default)]
    pub disposition_fee: Money,
    #[serde(default)]
    pub security_deposit: Money,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub annual_miles: Option<u32>,
    /// Whether each charge goes into the capitalised cost or is paid at signing: never both.
    #[serde(default)]
    pub capitalize: Capitalize,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cash_down: Option<Money>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub buy_money_factor: Option<Rate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reserve_share: Option<Rate>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum Residual {
    /// A part of MSRP, 0 to 1.
    Percent(Rate),
    Amount(Money),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Capitalize {
    pub acquisition_fee: bool,
    pub doc_fee: bool,
    pub government_fees: bool,
    pub products: bool,
    /// Taxes the law makes due at signing or from the lessor.
    pub upfront_tax: bool,
}

impl Default for Capitalize {
    fn default() -> Self {
        Self { acquisition_fee: true, doc_fee: true, government_fees: false, products: true, upfront_tax: false }
    }
}
