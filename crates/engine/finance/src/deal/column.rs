//! The columns of a deal: one way to pay each.

mod wire;

use crate::lease::RentMethod;
use crate::loan::{DatedAmount, PaymentPlan};
use autolytiq_money::{Money, Rate};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One way to pay. On the wire the field `kind` tells which: `cash`, `finance` or `lease`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Column {
    Cash(CashTerms),
    Finance(FinanceTerms),
    Lease(LeaseTerms),
}

impl Column {
    /// The column's own id.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Cash(terms) => &terms.id,
            Self::Finance(terms) => &terms.id,
            Self::Lease(terms) => &terms.id,
        }
    }

    /// Gives the column another id.
    pub(crate) fn rename(&mut self, id: &str) {
        let own = match self {
            Self::Cash(terms) => &mut terms.id,
            Self::Finance(terms) => &mut terms.id,
            Self::Lease(terms) => &mut terms.id,
        };
        id.clone_into(own);
    }
}

/// Paid at signing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CashTerms {
    /// The column's own id, 1 to 40 characters.
    #[cfg_attr(feature = "schema", schema(min_length = 1, max_length = 40))]
    pub id: String,
}

/// A loan: repaid in level monthly payments, unless its plan says otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct FinanceTerms {
    #[cfg_attr(feature = "schema", schema(min_length = 1, max_length = 40))]
    pub id: String,
    /// Contract rate per year, 0 to 1 (100 %).
    pub rate: Rate,
    /// The term in months, 1 to 144: the number of payments where they are monthly.
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 144))]
    pub term_months: u16,
    /// Defaults to one period after the deal date; at most a year after it.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    #[serde(default, skip_serializing_if = "Option::is_none", with = "autolytiq_calendar::iso::option")]
    pub first_payment: Option<Date>,
    /// Charges paid to obtain the credit, apart from interest. Part of the finance charge, so not of the amount financed.
    #[serde(default)]
    pub prepaid_finance_charge: Money,
    /// Overrides the deal's cash down in this column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cash_down: Option<Money>,
    /// The lender's rate to the store. A cost: absent where the reader may not see it.
    /// 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub buy_rate: Option<Rate>,
    /// The store's part of what the spread between buy rate and contract rate earns, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reserve_share: Option<Rate>,
    /// Frequency, accrual, rounding, balloon and irregular payments; an ordinary monthly loan where absent.
    #[serde(default, skip_serializing_if = "PaymentPlan::is_default")]
    pub plan: PaymentPlan,
    /// Parts of the down payment that come later and bear no interest, none after the second due date (12 CFR 1026.2(a)(18)).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schema(max_items = 20))]
    pub deferred_down: Vec<DatedAmount>,
}

/// A closed-end lease by money factor, the first payment at signing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct LeaseTerms {
    #[cfg_attr(feature = "schema", schema(min_length = 1, max_length = 40))]
    pub id: String,
    /// Monthly money factor, 0 to 0.05. Twenty-four times it is the yearly rate as a fraction; on the wire `rate` may stand in
    /// its place.
    pub money_factor: Rate,
    /// Number of monthly payments, 1 to 84.
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 84))]
    pub term_months: u16,
    pub residual: Residual,
    /// The lessor's own charge for making the lease.
    #[serde(default)]
    pub acquisition_fee: Money,
    /// Not part of any payment; disclosed as due at the end.
    #[serde(default)]
    pub disposition_fee: Money,
    /// Refundable, paid at signing.
    #[serde(default)]
    pub security_deposit: Money,
    /// Miles a year that the residual assumes; stated in the contract, not part of any figure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(maximum = 1000000))]
    pub annual_miles: Option<u32>,
    /// Whether each charge goes into the capitalised cost or is paid at signing: never both.
    #[serde(default)]
    pub capitalize: Capitalize,
    /// Overrides the deal's cash down in this column; all of it reduces the capitalised cost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cash_down: Option<Money>,
    /// The lessor's money factor to the store. A cost: absent where the reader may not see it.
    /// 0 to 0.05.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub buy_money_factor: Option<Rate>,
    /// The store's part of what the spread earns, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reserve_share: Option<Rate>,
    /// How rent is reckoned, payments in advance, deposits and the residual's miles; an ordinary monthly lease where absent.
    #[serde(default, skip_serializing_if = "LeaseOptions::is_default")]
    pub options: LeaseOptions,
}

/// What makes a lease another than the ordinary one: by money factor, paid monthly, the first payment at signing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct LeaseOptions {
    pub method: RentMethod,
    /// Payments made at signing, at least 1: the first one, and the last ones of the term. Not with a single payment.
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 84))]
    pub advance_payments: u16,
    /// The whole lease is paid at once, at signing, at the money factor given.
    pub single_payment: bool,
    /// Refundable deposits that lower the money factor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub multiple_deposits: Option<MultipleDeposits>,
    /// Added to the residual, as a part of MSRP; may be below zero.
    /// -1 to 1.
    #[serde(skip_serializing_if = "is_nothing")]
    pub residual_points: Rate,
    /// Changes the residual by the miles a year that differ from the program's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mileage: Option<MileageProgram>,
}

impl Default for LeaseOptions {
    fn default() -> Self {
        Self {
            method: RentMethod::MoneyFactor,
            advance_payments: 1,
            single_payment: false,
            multiple_deposits: None,
            residual_points: Rate::ZERO,
            mileage: None,
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
const fn is_nothing(rate: &Rate) -> bool {
    rate.is_zero()
}

impl LeaseOptions {
    /// Whether this is the ordinary lease.
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// Deposits of a payment each, rounded up, that lower the money factor step by step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MultipleDeposits {
    /// 1 to 12.
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 12))]
    pub count: u16,
    /// What each of them takes off the money factor.
    /// 0 to 0.05.
    pub step: Rate,
    /// Each deposit is the base payment rounded up to a multiple of this, often 25.00 or 50.00.
    pub round_to: Money,
}

/// The miles a year the lender's residual is made for, and what a mile more or less is worth at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MileageProgram {
    #[cfg_attr(feature = "schema", schema(maximum = 1000000))]
    pub program_miles: u32,
    /// Off the residual for each mile above, onto it for each below; needs the column's annual miles.
    pub per_mile: Money,
}

/// What the vehicle is agreed to be worth at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum Residual {
    /// A part of MSRP, 0 to 1.
    Percent(Rate),
    Amount(Money),
}

/// Which charges go into the capitalised cost. What does not is paid at signing. A group's choice holds for every charge in it
/// that is not named by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Capitalize {
    pub acquisition_fee: bool,
    pub doc_fee: bool,
    /// Every fee beside the documentation fee and the acquisition fee.
    pub government_fees: bool,
    pub products: bool,
    /// Taxes the law makes due at signing or from the lessor.
    pub upfront_tax: bool,
    /// Single fees by their code, one of the deal's or of the jurisdiction's rules; at most 50.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub each_fee: BTreeMap<String, bool>,
    /// Single products by their name in the deal; at most 50. Products of one name go the same way.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub each_product: BTreeMap<String, bool>,
    /// Single taxes by the id of their line in the jurisdiction's rules; at most 50. The id stands for the tax's local levies and
    /// its part at signing as well. A credit goes where the taxes go that it lowers, and where they part, to signing.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub each_tax: BTreeMap<String, bool>,
}

impl Capitalize {
    /// Whether the fee of this code goes into the capitalised cost: any but the documentation fee and the acquisition fee.
    #[must_use]
    pub fn fee(&self, code: &str) -> bool {
        self.each_fee.get(code).copied().unwrap_or(self.government_fees)
    }

    /// Whether products of this name go into the capitalised cost.
    #[must_use]
    pub fn product(&self, name: &str) -> bool {
        self.each_product.get(name).copied().unwrap_or(self.products)
    }
}

impl Default for Capitalize {
    fn default() -> Self {
        Self {
            acquisition_fee: true,
            doc_fee: true,
            government_fees: false,
            products: true,
            upfront_tax: false,
            each_fee: BTreeMap::new(),
            each_product: BTreeMap::new(),
            each_tax: BTreeMap::new(),
        }
    }
}
