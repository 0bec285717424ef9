//! What a person types, or a store defaults, to work a deal: the engine's wire form of a pencil's input.
//!
//! Money is a string of decimal dollars (`"41250.00"`), a rate is a fraction of one as a decimal string (`"0.0649"` is
//! 6.49 %), a date is a civil date in the store's time zone. Unknown fields are refused.

use super::column::Column;
use autolytiq_money::Money;
use autolytiq_tax::{Buyer, Occasion, Place, ProductKind, RebateKind, Seller, Vehicle, VehicleClass};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One deal, with the columns the customer is shown side by side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DealInput {
    /// The date whose law and programs apply, and on which interest begins. From 1900-01-01 to 2199-12-31.
    #[serde(with = "autolytiq_calendar::iso")]
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub deal_date: Date,
    /// Why the vehicle changes hands, where tax law asks; an ordinary sale unless given.
    #[serde(default = "ordinary_sale")]
    pub occasion: Occasion,
    /// What kind of seller the store is; a franchised dealer unless given.
    #[serde(default = "franchised_dealer")]
    pub seller: Seller,
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
    /// The columns, 1 to 12, each with an id of its own.
    #[serde(default)]
    pub columns: Vec<Column>,
}

const fn ordinary_sale() -> Occasion {
    Occasion::Sale
}

const fn franchised_dealer() -> Seller {
    Seller::NewDealer
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
    pub kind: ProductKind,
    pub name: String,
    pub price: Money,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<Money>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rebate {
    pub kind: RebateKind,
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
    /// Absent means a passenger car.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<VehicleClass>,
    /// Whether tax was paid on the trade, or it was registered, in the jurisdiction that taxes this deal. Absent counts as yes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taxed_here: Option<bool>,
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
