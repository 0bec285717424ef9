//! What a first pencil begins with: the vehicle's facts and price, the customer's place, the store's defaults. No rate is
//! invented: a way to pay for which the store has no defaults is left out.

use autolytiq_finance::deal::{
    column::{Capitalize, CashTerms, Column, FinanceTerms, LeaseOptions, LeaseTerms, Residual},
    input::{Costs, DealInput, Fee},
};
use autolytiq_finance::loan::PaymentPlan;
use autolytiq_identity::api::{DeskDefaults, StorePlace, StoreProfile, elections_on};
use autolytiq_inventory::api::Vehicle;
use autolytiq_money::Money;
use autolytiq_tax::{Buyer, Occasion, Place, Seller};
use jiff::civil::Date;

/// Where the store stands, as the engine takes it.
pub(crate) fn store_place(store: &StoreProfile) -> Place {
    tax_place(&store.place)
}

fn tax_place(place: &StorePlace) -> Place {
    Place {
        state: place.state.as_str().to_owned(),
        county: place.county.as_ref().map(|county| county.as_str().to_owned()),
        city: place.city.as_ref().map(|city| city.as_str().to_owned()),
        zip: place.zip.as_ref().map(|zip| zip.as_str().to_owned()),
        district: None,
    }
}

/// What the store paid, where the record of the vehicle says it.
pub(crate) fn costs(vehicle: &Vehicle, defaults: &DeskDefaults) -> Option<Costs> {
    Some(Costs {
        vehicle: vehicle.cost()?,
        pack: defaults.pack,
        holdback: Money::ZERO,
        doc_fee_in_gross: false,
        holdback_in_gross: false,
        charge_backs: Money::ZERO,
        reserve: None,
        pay_plan: None,
    })
}

/// Whether something is offered as a lease.
pub(crate) fn has_lease(input: &DealInput) -> bool {
    input.columns.iter().any(is_lease)
}

fn is_lease(column: &Column) -> bool {
    matches!(column, Column::Lease(_))
}

/// Leaves leases out, for a store that has switched them off; where nothing is left, `usual` takes their place.
pub(crate) fn without_leases(mut input: DealInput, usual: impl FnOnce() -> Vec<Column>) -> DealInput {
    input.columns.retain(|column| !is_lease(column));
    if input.columns.is_empty() {
        input.columns = usual();
    }
    input
}

/// The input a first pencil begins with. A customer whose place is not on file is taken to register where the store's
/// settings say, or where it stands, until somebody types it.
pub(crate) fn start(
    deal_date: Date,
    store: &StoreProfile,
    defaults: &DeskDefaults,
    customer: Option<&Place>,
    vehicle: &Vehicle,
) -> DealInput {
    let dealer_place = store_place(store);
    let usual = || defaults.registration_place.as_ref().map_or_else(|| dealer_place.clone(), tax_place);
    let buyer_place = customer.cloned().unwrap_or_else(usual);
    let elections = elections_on(&defaults.elections, &buyer_place.state, deal_date);
    DealInput {
        deal_date,
        occasion: Occasion::Sale,
        seller: Seller::NewDealer,
        vehicle: vehicle.tax_facts(),
        buyer: Buyer::default(),
        dealer_place,
        buyer_place,
        garaging_place: None,
        price: vehicle.price().or(vehicle.msrp()).unwrap_or(Money::ZERO),
        accessories: Vec::new(),
        doc_fee: defaults.doc_fee,
        fees: defaults
            .fees
            .iter()
            .map(|fee| Fee {
                code: fee.code.clone(),
                name: fee.name.as_str().to_owned(),
                amount: fee.amount,
                taxable: fee.taxable,
            })
            .collect(),
        products: Vec::new(),
        rebates: Vec::new(),
        trades: Vec::new(),
        cash_down: Money::ZERO,
        elections,
        costs: costs(vehicle, defaults),
        credit: None,
        columns: columns(defaults, vehicle.msrp()),
    }
}

fn columns(defaults: &DeskDefaults, msrp: Option<Money>) -> Vec<Column> {
    let mut columns = vec![Column::Cash(CashTerms { id: "cash".to_owned() })];
    if let (Some(rate), Some(term_months)) = (defaults.finance_rate, defaults.finance_term_months) {
        columns.push(Column::Finance(FinanceTerms {
            id: "finance".to_owned(),
            rate,
            term_months,
            first_payment: None,
            prepaid_finance_charge: Money::ZERO,
            cash_down: None,
            buy_rate: None,
            reserve_share: None,
            plan: PaymentPlan::default(),
            deferred_down: Vec::new(),
        }));
    }
    // A residual is a part of MSRP; without one there is no lease to compute.
    let lease = (defaults.lease_money_factor, defaults.lease_term_months, defaults.lease_residual_percent, msrp);
    if let (Some(money_factor), Some(term_months), Some(residual), Some(_)) = lease {
        columns.push(Column::Lease(LeaseTerms {
            id: "lease".to_owned(),
            money_factor,
            term_months,
            residual: Residual::Percent(residual),
            acquisition_fee: defaults.acquisition_fee.unwrap_or(Money::ZERO),
            disposition_fee: Money::ZERO,
            security_deposit: Money::ZERO,
            annual_miles: defaults.annual_miles,
            capitalize: Capitalize::default(),
            cash_down: None,
            buy_money_factor: None,
            reserve_share: None,
            options: LeaseOptions::default(),
        }));
    }
    columns
}
