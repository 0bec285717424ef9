//! The form of a case file, and the deal a case describes.

use autolytiq_money::{Money, Rate, Rounding};
use autolytiq_tax::{
    Amounts, AppliesTo, Buyer, Capitalized, Condition, DealKind, Facts, FeeAmount, LeaseQuantities, Level, LocalRate,
    Occasion, Place, PlaceRole, ProductKind, RebateKind, ResolvedRates, Seller, TradeAmount, Vehicle, VehicleClass,
};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::BTreeMap;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CaseFile {
    pub(crate) case: Vec<Case>,
}

/// One deal and what the law makes of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    pub(crate) id: String,
    /// What the case shows, with its arithmetic.
    pub(crate) why: String,
    /// Where the expectation comes from.
    pub(crate) source: String,
    pub(crate) date: Date,
    #[serde(default)]
    deal: Option<String>,
    #[serde(default)]
    occasion: Option<String>,
    #[serde(default)]
    seller: Option<String>,
    #[serde(default)]
    seller_financed: bool,
    #[serde(default)]
    lien: bool,
    #[serde(default)]
    vehicle: Option<Vehicle>,
    #[serde(default)]
    buyer: Buyer,
    #[serde(default)]
    dealer_place: Place,
    #[serde(default)]
    buyer_place: Place,
    #[serde(default)]
    garaging_place: Option<Place>,
    #[serde(default)]
    choose: BTreeMap<String, String>,
    #[serde(default)]
    price: Money,
    #[serde(default)]
    accessories: Money,
    #[serde(default)]
    doc_fee: Money,
    #[serde(default)]
    fees: Vec<CaseFee>,
    #[serde(default)]
    products: BTreeMap<String, Money>,
    #[serde(default)]
    rebates: BTreeMap<String, Money>,
    #[serde(default)]
    trades: Vec<CaseTrade>,
    #[serde(default)]
    local: Vec<CaseRate>,
    #[serde(default)]
    term_months: Option<u16>,
    /// The note without taxes on it, and whether they are financed too.
    #[serde(default)]
    pub(crate) note: Option<Money>,
    #[serde(default)]
    pub(crate) note_tax_financed: bool,
    #[serde(default)]
    pub(crate) lease: Option<CaseLease>,
    pub(crate) expect: Expect,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseFee {
    code: String,
    amount: Money,
    #[serde(default)]
    taxable: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseTrade {
    allowance: Money,
    #[serde(default)]
    payoff: Money,
    #[serde(default)]
    leased: bool,
    class: Option<String>,
    taxed_here: Option<bool>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseRate {
    of: String,
    level: String,
    #[serde(default)]
    rate: Rate,
    tax: Option<String>,
    name: Option<String>,
    amount: Option<Money>,
    applies_to: Option<String>,
    /// Unverified, with this reason.
    doubt: Option<String>,
}

/// Either the payment is given, or money factor, adjusted cap and residual, from which it follows.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CaseLease {
    term: u16,
    payment: Option<Money>,
    #[serde(default)]
    money_factor: Rate,
    #[serde(default)]
    cash: Money,
    #[serde(default)]
    rebate: Money,
    #[serde(default)]
    trade: Money,
    #[serde(default)]
    acquisition_fee: Money,
    #[serde(default)]
    gross_cap: Money,
    #[serde(default)]
    adjusted_cap: Money,
    #[serde(default)]
    residual: Money,
    #[serde(default)]
    rent_charge: Money,
    /// Charges that are in the capitalised cost: doc_fee, acquisition_fee, fees, products.
    #[serde(default)]
    capitalized: Vec<String>,
    /// Whether upfront tax is capitalised too.
    #[serde(default)]
    pub(crate) capitalize_tax: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Expect {
    /// Amount of every line by its id. A line that is not named must come to nothing.
    pub(crate) lines: Option<BTreeMap<String, Money>>,
    /// Taxed amounts by line id.
    pub(crate) bases: BTreeMap<String, Money>,
    pub(crate) total: Option<Money>,
    pub(crate) upfront: Option<Money>,
    pub(crate) buyer_pays: Option<Money>,
    pub(crate) capitalized: Option<Money>,
    /// The contract payment, where tax is capitalised.
    pub(crate) payment: Option<Money>,
    /// Tax on the payment with the number.
    pub(crate) on_payment: BTreeMap<String, Money>,
    /// Fees by code; other fees do not matter.
    pub(crate) fees: BTreeMap<String, Money>,
    pub(crate) no_fees: Vec<String>,
    pub(crate) doc_fee_limit: Option<Money>,
    /// Limits on credit by id.
    pub(crate) finance_limits: Option<BTreeMap<String, Rate>>,
    /// Lines of taxes on the note.
    pub(crate) note: BTreeMap<String, Money>,
    /// Codes of notices that must be there.
    pub(crate) notices: Vec<String>,
    /// Ids of lines and fees that must be marked unverified; the others must be verified.
    pub(crate) unverified: Option<Vec<String>>,
    /// Code of the error, where there is no result.
    pub(crate) error: Option<String>,
}

impl CaseLease {
    /// The lease for a capitalised tax, by the money-factor method.
    pub(crate) fn quantities(&self, tax: Money, products: [Money; ProductKind::COUNT]) -> LeaseQuantities {
        let adjusted = self.adjusted_cap.try_add(tax).unwrap();
        let term = Decimal::from(self.term);
        let factor = self.money_factor.to_decimal();
        let payment = self.payment.unwrap_or_else(|| {
            let depreciation = (adjusted.to_decimal() - self.residual.to_decimal()) / term;
            let rent = (adjusted.to_decimal() + self.residual.to_decimal()) * factor;
            Money::from_decimal(depreciation + rent, Rounding::HalfUp).unwrap()
        });
        let capitalized = |name: &str| self.capitalized.iter().any(|listed| listed == name);
        LeaseQuantities {
            term_months: self.term,
            payment,
            payment_per_dollar: Decimal::ONE / term + factor,
            cash_reduction: self.cash,
            rebate_reduction: self.rebate,
            trade_reduction: self.trade,
            acquisition_fee: self.acquisition_fee,
            gross_cap: self.gross_cap.try_add(tax).unwrap(),
            adjusted_cap: adjusted,
            residual: self.residual,
            rent_charge: self.rent_charge,
            capitalized: Capitalized {
                acquisition_fee: capitalized("acquisition_fee"),
                doc_fee: capitalized("doc_fee"),
                products: if capitalized("products") { products } else { Default::default() },
            },
        }
    }
}

impl Case {
    pub(crate) fn rates(&self) -> ResolvedRates {
        let entries = self.local.iter().map(|entry| LocalRate {
            place_role: PlaceRole::from_word(&entry.of).unwrap(),
            level: Level::from_word(&entry.level).unwrap(),
            tax: Cow::Owned(entry.tax.clone().unwrap_or_else(|| autolytiq_tax::GENERAL.to_owned())),
            name: Cow::Owned(entry.name.clone().unwrap_or_else(|| entry.level.clone())),
            rate: entry.rate,
            amount: entry.amount,
            applies_to: entry.applies_to.as_deref().map_or(AppliesTo::Both, |w| AppliesTo::from_word(w).unwrap()),
            effective: None,
            source: Cow::Borrowed("case"),
            verified: entry.doubt.is_none(),
            reason: entry.doubt.clone().map(Cow::Owned),
        });
        ResolvedRates { as_of: self.date, entries: entries.collect() }
    }

    /// Sums by the kind's index.
    pub(crate) fn products(&self) -> [Money; ProductKind::COUNT] {
        let mut products = [Money::ZERO; ProductKind::COUNT];
        for (word, amount) in &self.products {
            products[ProductKind::from_word(word).expect("a kind of product").index()] = *amount;
        }
        products
    }

    /// Hands the deal to `with`; the parts it borrows live as long as the call.
    pub(crate) fn facts<R>(&self, with: impl FnOnce(&Facts<'_>) -> R) -> R {
        let default = Vehicle::of(Condition::New);
        let products = self.products();
        let mut rebates = [Money::ZERO; RebateKind::COUNT];
        for (word, amount) in &self.rebates {
            rebates[RebateKind::from_word(word).expect("a kind of rebate").index()] = *amount;
        }
        let fee = |fee: &'_ CaseFee| -> (String, Money, bool) { (fee.code.clone(), fee.amount, fee.taxable) };
        let fees = self.lease.as_ref().is_some_and(|lease| lease.capitalized.iter().any(|listed| listed == "fees"));
        let owned: Vec<_> = self.fees.iter().map(fee).collect();
        let fees: Vec<FeeAmount<'_>> = owned
            .iter()
            .map(|(code, amount, taxable)| FeeAmount { code, amount: *amount, taxable: *taxable, capitalized: fees })
            .collect();
        let trades: Vec<TradeAmount> = self
            .trades
            .iter()
            .map(|trade| TradeAmount {
                allowance: trade.allowance,
                payoff: trade.payoff,
                leased: trade.leased,
                class: trade.class.as_deref().map(|word| VehicleClass::from_word(word).expect("a class")),
                taxed_here: trade.taxed_here,
            })
            .collect();
        let lease = self.lease.as_ref().map(|lease| lease.quantities(Money::ZERO, products));
        let deal = match (&self.deal, &lease) {
            (Some(word), _) => DealKind::from_word(word).expect("a kind of deal"),
            (None, Some(_)) => DealKind::Lease,
            (None, None) => DealKind::Cash,
        };
        with(&Facts {
            date: self.date,
            deal,
            occasion: self.occasion.as_deref().map_or(Occasion::Sale, |w| Occasion::from_word(w).expect("an occasion")),
            seller: self.seller.as_deref().map_or(Seller::NewDealer, |w| Seller::from_word(w).expect("a seller")),
            seller_financed: self.seller_financed,
            lien: self.lien,
            vehicle: self.vehicle.as_ref().unwrap_or(&default),
            buyer: &self.buyer,
            dealer_place: &self.dealer_place,
            buyer_place: &self.buyer_place,
            garaging_place: self.garaging_place.as_ref().unwrap_or(&self.buyer_place),
            elections: &self.choose,
            amounts: Amounts {
                price: self.price,
                accessories: self.accessories,
                doc_fee: self.doc_fee,
                fees: &fees,
                products,
                rebates,
                trades: &trades,
            },
            term_months: self.term_months,
            lease: lease.as_ref(),
            amount_financed: self.note,
        })
    }
}
