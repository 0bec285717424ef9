//! What the use cases share: who is at the desk, and what surrounds a deal.

use autolytiq_crm::api::{Customer, customer};
use autolytiq_db::{DbError, TenantTx};
use autolytiq_finance::deal::input::DealInput;
use autolytiq_identity::api::{DeskDefaults, StoreProfile, desk_defaults, store_profile, teammates};
use autolytiq_inventory::api::{Vehicle, vehicle};
use autolytiq_kernel::{DealId, Feature};
use autolytiq_places::{Places, Streets, Tables};
use autolytiq_tax::{Place, ResolvedRates};
use jiff::civil::Date;

use crate::{
    DeskError,
    domain::{desk::Desk, start},
    store::deal::{self, Deal},
};

/// The person at the desk, with the team they have at this moment.
pub(super) async fn desk(tx: &mut TenantTx) -> Result<Desk, DeskError> {
    let team = teammates(tx).await?;
    Desk::of(tx.ctx(), team).ok_or(DeskError::NobodyAtTheDesk)
}

/// The deal, locked, if it is within the person's reach.
pub(super) async fn lock(tx: &mut TenantTx, desk: &Desk, id: DealId) -> Result<Deal, DeskError> {
    deal::lock(tx, id, &desk.finds()).await?.ok_or(DeskError::NotFound)
}

/// The deal, if it is within the person's reach.
pub(super) async fn find(tx: &mut TenantTx, desk: &Desk, id: DealId) -> Result<Deal, DeskError> {
    deal::find(tx, id, &desk.finds()).await?.ok_or(DeskError::NotFound)
}

/// What surrounds a deal.
pub(crate) struct Surroundings {
    pub(crate) store: StoreProfile,
    pub(crate) defaults: DeskDefaults,
    pub(crate) customer: Customer,
    pub(crate) vehicle: Vehicle,
    /// Whether the store offers leases.
    pub(crate) leases: bool,
}

impl Surroundings {
    pub(super) async fn of(tx: &mut TenantTx, deal: &Deal) -> Result<Self, DeskError> {
        Ok(Self {
            store: store_profile(tx).await?,
            defaults: desk_defaults(tx).await?.0,
            customer: customer(tx, deal.customer).await?,
            vehicle: vehicle(tx, deal.vehicle).await?,
            leases: tx.ctx().needs(Feature::Leases).is_ok(),
        })
    }

    /// What a first pencil begins with.
    pub(super) fn start(&self, deal_date: Date) -> DealInput {
        let input = start::start(deal_date, &self.store, &self.defaults, self.customer.place(), &self.vehicle);
        if self.leases { input } else { start::without_leases(input, Vec::new) }
    }
}

/// What search finds a deal by: its number, the customer's name, the vehicle. Taken anew with every change of the deal.
pub(super) fn search_text(number: &str, customer: &Customer, vehicle: &Vehicle) -> String {
    autolytiq_kernel::search::fold(&format!(
        "{number} {} {} {} {} {}",
        customer.first_name(),
        customer.last_name(),
        vehicle.stock_number(),
        vehicle.vin(),
        vehicle.label(),
    ))
}

/// The local rates that reach an input's places on its date. Where the deal's customer lives at such a place, or the store
/// stands there, their street tells addresses of one ZIP apart.
pub(super) async fn resolve(
    tx: &mut TenantTx,
    tables: &Tables,
    around: &Surroundings,
    input: &DealInput,
) -> Result<ResolvedRates, DbError> {
    let customer = |place: &Place| {
        let lives_there = around.customer.place().is_some_and(|home| same_post_office(home, place));
        around.customer.street().filter(|_| lives_there)
    };
    let streets = Streets {
        dealer: around.store.street.as_deref(),
        buyer: customer(&input.buyer_place),
        garaging: input.garaging_place.as_ref().and_then(customer),
    };
    let places = Places {
        dealer: &input.dealer_place,
        buyer: &input.buyer_place,
        garaging: input.garaging_place.as_ref(),
        streets,
    };
    tables.resolve(tx, input.deal_date, places).await
}

/// Whether two places have one state and the same five digits.
fn same_post_office(one: &Place, other: &Place) -> bool {
    let five = |place: &Place| place.zip.as_deref().and_then(|zip| zip.get(..5)).map(str::to_owned);
    one.state == other.state && five(one).is_some() && five(one) == five(other)
}

/// Whether two inputs are taxed at the same places.
pub(super) fn same_places(a: &DealInput, b: &DealInput) -> bool {
    a.dealer_place == b.dealer_place && a.buyer_place == b.buyer_place && a.garaging_place == b.garaging_place
}
