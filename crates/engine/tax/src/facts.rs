//! What the rules may ask about a deal. The wire types ([`Vehicle`], [`Buyer`], [`Place`]) are what a person or the store's
//! records supply; [`Facts`] is the evaluator's view of one deal, borrowed from them.

use crate::kinds::{
    BuyerKind, Condition, DealKind, Fuel, Occasion, ProductKind, RebateKind, Residence, Seller, VehicleClass,
};
use autolytiq_money::{Money, Rate};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The vehicle, as far as tax law looks at it. A fact that a rule needs and nobody gave makes a notice, never a guess.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Vehicle {
    pub condition: Condition,
    /// Absent means a passenger car.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<VehicleClass>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(minimum = 1885, maximum = 2200))]
    pub model_year: Option<u16>,
    /// The maker's suggested retail price when new.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub msrp: Option<Money>,
    /// Miles.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(maximum = 10000000))]
    pub odometer: Option<u32>,
    /// Unladen (shipping) weight in pounds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(maximum = 1000000))]
    pub weight_lb: Option<u32>,
    /// Gross vehicle weight rating in pounds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(maximum = 1000000))]
    pub gvwr_lb: Option<u32>,
    /// Combined fuel economy in miles per gallon (the equivalent for an electric car).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mpg: Option<u16>,
    /// Absent means that no rule for a kind of fuel applies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fuel: Option<Fuel>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cylinders: Option<u8>,
    /// The book value that the jurisdiction names: standard presumptive value, guide retail value, average retail value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fair_value: Option<Money>,
    /// The value a revenue department's assessment manual gives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessed_value: Option<Money>,
    /// The guide's trade-in value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guide_trade_value: Option<Money>,
    /// Days for which the vehicle was titled in another state before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days_titled_elsewhere: Option<u32>,
}

impl Vehicle {
    /// A vehicle of which only the condition is known.
    #[must_use]
    pub const fn of(condition: Condition) -> Self {
        Self {
            condition,
            class: None,
            model_year: None,
            msrp: None,
            odometer: None,
            weight_lb: None,
            gvwr_lb: None,
            mpg: None,
            fuel: None,
            cylinders: None,
            fair_value: None,
            assessed_value: None,
            guide_trade_value: None,
            days_titled_elsewhere: None,
        }
    }
}

/// The buyer or lessee, as far as tax law looks at him.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Buyer {
    pub kind: BuyerKind,
    /// Resident of the jurisdiction that taxes the deal.
    pub residence: Residence,
    /// Two letters; matters for a non-resident.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub home_state: Option<String>,
    /// Grounds of exemption by their id in the jurisdiction's rules.
    /// Each of at most 200 characters.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schema(max_items = 20))]
    pub exemptions: Vec<String>,
    /// Whether the buyer's own plate goes onto this vehicle.
    pub transfers_plate: bool,
    /// A vehicle of his own that the buyer sold himself, where the law counts it like a trade-in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub private_sale: Option<PrivateSale>,
    /// An insurer's payment for a stolen or destroyed vehicle, where the law counts it like a trade-in.
    pub insurance_proceeds: Money,
    /// Tax on this vehicle that the buyer lawfully paid to another state.
    pub tax_paid_elsewhere: Money,
    /// The rate at which the home state would tax this sale.
    /// 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub home_state_rate: Option<Rate>,
    /// The whole tax the home state would take on this sale.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub home_state_tax: Option<Money>,
}

impl Default for Buyer {
    fn default() -> Self {
        Self {
            kind: BuyerKind::Individual,
            residence: Residence::Resident,
            home_state: None,
            exemptions: Vec::new(),
            transfers_plate: false,
            private_sale: None,
            insurance_proceeds: Money::ZERO,
            tax_paid_elsewhere: Money::ZERO,
            home_state_rate: None,
            home_state_tax: None,
        }
    }
}

/// A vehicle the buyer sold himself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PrivateSale {
    pub amount: Money,
    /// Days between that sale and this purchase, whichever came first.
    pub days: u32,
}

/// A place in the United States. Names as the place tables spell them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Place {
    /// Two letters.
    #[cfg_attr(feature = "schema", schema(min_length = 2, max_length = 2))]
    pub state: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(max_length = 200))]
    pub county: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(max_length = 200))]
    pub city: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(max_length = 200))]
    pub zip: Option<String>,
    /// A taxing district that neither county nor city settles.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(max_length = 200))]
    pub district: Option<String>,
}

/// One deal as the rules see it.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The date whose law applies; also what a vehicle's age is counted to.
    pub date: Date,
    pub deal: DealKind,
    pub occasion: Occasion,
    pub seller: Seller,
    /// Whether the dealer carries the paper himself (buy here, pay here).
    pub seller_financed: bool,
    /// Whether a lien is noted on the title.
    pub lien: bool,
    pub vehicle: &'a Vehicle,
    pub buyer: &'a Buyer,
    pub dealer_place: &'a Place,
    pub buyer_place: &'a Place,
    /// Where the vehicle is kept; the buyer's place unless another was given.
    pub garaging_place: &'a Place,
    /// What lessor or buyer chose where the law leaves a choice, by the choice's name in the rules.
    pub elections: &'a BTreeMap<String, String>,
    pub amounts: Amounts<'a>,
    /// Number of monthly payments of a note; a lease's own term stands in `lease`.
    pub term_months: Option<u16>,
    /// Present for a lease.
    pub lease: Option<&'a LeaseQuantities>,
    /// The amount of the note, for taxes on indebtedness.
    pub amount_financed: Option<Money>,
}

/// The money of a deal, each amount with one meaning. Nothing here is negative.
#[derive(Debug, Clone, Copy, Default)]
pub struct Amounts<'a> {
    /// Agreed selling price before rebates and trade.
    pub price: Money,
    pub accessories: Money,
    pub doc_fee: Money,
    /// Fees of the rules and of the store, as they stand in the deal.
    pub fees: &'a [FeeAmount<'a>],
    /// Sum of the products of each kind, by [`ProductKind::index`].
    pub products: [Money; ProductKind::COUNT],
    /// Sum of the rebates of each kind, by [`RebateKind::index`].
    pub rebates: [Money; RebateKind::COUNT],
    pub trades: &'a [TradeAmount],
}

/// A fee as it stands in a deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeeAmount<'a> {
    /// A code of the jurisdiction's rules or one of the store's own.
    pub code: &'a str,
    pub amount: Money,
    /// Whether a fee of the store's own is part of the price for tax. Rules decide for their own codes.
    pub taxable: bool,
    /// In a lease: whether it is in the capitalised cost; paid at signing otherwise.
    pub capitalized: bool,
}

/// A vehicle traded in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TradeAmount {
    pub allowance: Money,
    pub payoff: Money,
    /// Leased by the customer: the lessor's property.
    pub leased: bool,
    /// Absent means a passenger car.
    pub class: Option<VehicleClass>,
    /// Whether tax was paid, or the trade was registered, in this jurisdiction. Absent counts as yes.
    pub taxed_here: Option<bool>,
}

/// The quantities of a lease for one capitalised tax.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeaseQuantities {
    /// Number of payments, the first at signing: of a lease paid monthly its months, of one paid at once 1.
    pub term_months: u16,
    /// The base payment as the contract will state it, in whole cents.
    pub payment: Money,
    /// What one capitalised dollar adds to each payment: 1 / term + money factor.
    pub payment_per_dollar: Decimal,
    /// Cash, rebates that somebody pays (a dealer's discount is none), and net trade, used to reduce the capitalised cost.
    pub cash_reduction: Money,
    pub rebate_reduction: Money,
    pub trade_reduction: Money,
    pub acquisition_fee: Money,
    pub gross_cap: Money,
    pub adjusted_cap: Money,
    pub residual: Money,
    /// Rent charge over the whole term.
    pub rent_charge: Money,
    pub capitalized: Capitalized,
}

/// Which charges are in the capitalised cost; what is not, is paid at signing. Each fee of the rules and of the store says so
/// itself ([`FeeAmount::capitalized`]).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Capitalized {
    pub acquisition_fee: bool,
    pub doc_fee: bool,
    /// What of the products of each kind is, by [`ProductKind::index`].
    pub products: [Money; ProductKind::COUNT],
}

/// Which of the taxes that a lease owes at the start go into the capitalised cost.
#[derive(Debug, Clone, Copy)]
pub struct CapitalizedTax<'a> {
    /// Those that `each` does not name.
    pub all: bool,
    /// By the id of a line of the rules; it stands for the line's levies and its part due at signing too. Of two that name a
    /// line the longer one is meant.
    pub each: &'a BTreeMap<String, bool>,
}
