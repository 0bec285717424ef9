//! What a person types, or a store defaults, to work a deal: the engine's wire form of a pencil's input.
//!
//! Money is a string of decimal dollars (`"41250.00"`), a rate is a fraction of one as a decimal string (`"0.0649"` is
//! 6.49 %), a date is a civil date in the store's time zone. Unknown fields are refused.

use super::column::Column;
use autolytiq_calendar::actual_days;
use autolytiq_money::{Money, MoneyError, Rate};
use autolytiq_tax::{Buyer, Occasion, Place, ProductKind, RebateKind, Seller, Vehicle, VehicleClass};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One deal, with the columns the customer is shown side by side. Every amount in it lies between 0.00 and 10,000,000.00.
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
    #[cfg_attr(feature = "schema", schema(max_items = 50))]
    pub accessories: Vec<Accessory>,
    /// The dealer's documentation fee. Above the state's cap it is refused with the cap and its source.
    #[serde(default)]
    pub doc_fee: Money,
    /// Fees beside those the jurisdiction's rules give. A code that the rules know replaces the rule's amount.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_items = 50))]
    pub fees: Vec<Fee>,
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_items = 50))]
    pub products: Vec<Product>,
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_items = 20))]
    pub rebates: Vec<Rebate>,
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_items = 6))]
    pub trades: Vec<Trade>,
    /// Cash the customer puts down at signing.
    #[serde(default)]
    pub cash_down: Money,
    /// Elections a lessor or buyer makes where the law leaves a choice, by the election's name in the rules.
    /// At most 50; names and options of at most 200 characters.
    #[serde(default)]
    pub elections: BTreeMap<String, String>,
    /// What the store paid. Absent where the reader may not see it: then there is no gross in the result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub costs: Option<Costs>,
    /// What a lender asks about buyer and vehicle; without it no ratio is computed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit: Option<CreditFacts>,
    /// The columns, 1 to 12, each with an id of its own.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_items = 12))]
    pub columns: Vec<Column>,
}

/// What a lender holds the amount and the payment against.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct CreditFacts {
    /// The lender's book value of the vehicle.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub book_value: Option<Money>,
    /// The buyer's gross income in a month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub monthly_income: Option<Money>,
    /// What the buyer pays on other debts in a month.
    pub monthly_debts: Money,
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
    #[cfg_attr(feature = "schema", schema(max_length = 200))]
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
    #[cfg_attr(feature = "schema", schema(min_length = 1, max_length = 40))]
    pub code: String,
    #[cfg_attr(feature = "schema", schema(max_length = 200))]
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
    #[cfg_attr(feature = "schema", schema(max_length = 200))]
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
    #[cfg_attr(feature = "schema", schema(max_length = 200))]
    pub name: String,
    pub amount: Money,
    /// Names of other rebates that this one may not be combined with.
    /// Each of at most 200 characters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schema(max_items = 20))]
    pub excludes: Vec<String>,
}

/// A vehicle traded in. Equity is allowance less payoff; below zero it is negative equity and rolls into the deal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Trade {
    /// What the customer calls it: "2019 Civic EX".
    #[cfg_attr(feature = "schema", schema(max_length = 200))]
    pub description: String,
    pub allowance: Money,
    /// Owed on it, on the last day through which the figure is good.
    #[serde(default)]
    pub payoff: Money,
    /// That day. Absent: the payoff is that of the deal's date.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "autolytiq_calendar::iso::option")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub good_through: Option<Date>,
    /// Added to the payoff for each day after it.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub per_diem: Money,
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

impl Trade {
    /// Days of the deal's date after the last day through which the payoff is good.
    #[must_use]
    pub fn days_over(&self, date: Date) -> u32 {
        let good_through = self.good_through.filter(|good_through| *good_through < date);
        good_through.and_then(|good_through| actual_days(good_through, date).ok()).unwrap_or_default()
    }

    /// What is owed on it on a date: the payoff, and the per-diem for each day after it was good.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`].
    pub fn payoff_on(&self, date: Date) -> Result<Money, MoneyError> {
        self.payoff.try_add(self.per_diem.times_count(self.days_over(date))?)
    }
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
    /// Earlier earnings on products and reserve that were taken back.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub charge_backs: Money,
    /// How the lender pays for mark-up; the plain share of the spread where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reserve: Option<ReserveProgram>,
    /// How the deal's salesperson or manager is paid; no commission is computed where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pay_plan: Option<PayPlan>,
}

/// What a lender pays the store for credit or rent sold above its own rate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct ReserveProgram {
    pub method: ReserveMethod,
    /// Paid in place of a share, whatever the mark-up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flat: Option<Money>,
    /// The lender's own charge, taken off.
    pub fee: Money,
    /// The most a share pays, before the fee.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most: Option<Money>,
    /// The most the contract rate may be above the lender's.
    /// 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most_markup: Option<Rate>,
}

/// What a share of the mark-up is a share of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum ReserveMethod {
    /// The interest or rent over the whole term, less what it would be at the lender's rate.
    #[default]
    Spread,
    /// What the payments are worth at the lender's rate, less the principal. A loan that is not paid in level instalments, and
    /// a lease, are reckoned by the spread.
    PresentValue,
}

/// How a person is paid on a deal, of its front gross and, where `back` is given, of its back gross too:
/// `max(mini, rate × (front − pack)) × split + unit bonus + spiffs`, and the back's own part.
///
/// A deal by itself: a higher rate that reaches back to earlier deals of the month is paid on those.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PayPlan {
    /// The least the front of a whole deal pays.
    #[serde(default)]
    pub mini: Money,
    /// Of the front gross, 0 to 1. A tier that is reached replaces it.
    pub rate: Rate,
    /// Taken off the front gross before the rate, beside the store's own pack that the front gross is without.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub pack: Money,
    /// The person's part of a shared deal, 0 to 1; of front and back, not of what is paid by the unit.
    #[serde(default = "whole")]
    pub split: Rate,
    #[serde(default)]
    pub unit_bonus: Money,
    #[serde(default)]
    pub spiffs: Money,
    /// Units the person sold in the pay period, this deal among them, 0 to 10,000. Decides the tier.
    #[serde(default, skip_serializing_if = "is_zero")]
    #[cfg_attr(feature = "schema", schema(maximum = 10000))]
    pub units: u16,
    /// Rates of the front that more units earn, the lowest first; at most 12.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schema(max_items = 12))]
    pub tiers: Vec<PayTier>,
    /// What is paid of the back gross; nothing where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub back: Option<BackPay>,
}

/// What a person is paid of a deal's back gross: `max(mini, rate × (back − pack)) × split + flat`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BackPay {
    /// The least the back of a whole deal pays.
    #[serde(default)]
    pub mini: Money,
    /// Of the back gross, 0 to 1. A tier that is reached replaces it.
    pub rate: Rate,
    /// Taken off the back gross before the rate.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub pack: Money,
    /// Paid on every deal, whatever its back gross.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub flat: Money,
    /// Rates of the back that more units earn, the lowest first; at most 12.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schema(max_items = 12))]
    pub tiers: Vec<PayTier>,
}

/// What a number of units earns. The highest tier that the units reach holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PayTier {
    /// 1 to 10,000, and more than in the tier before.
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 10000))]
    pub from_units: u16,
    /// In place of the plan's own rate, 0 to 1.
    pub rate: Rate,
    /// Paid on the deal beside it.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub flat: Money,
}

const fn whole() -> Rate {
    Rate::ONE
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
const fn is_nothing(amount: &Money) -> bool {
    amount.is_zero()
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
const fn is_zero(count: &u16) -> bool {
    *count == 0
}
