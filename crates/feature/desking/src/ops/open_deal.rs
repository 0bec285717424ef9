//! Opening a deal.

use autolytiq_authz::{Owners, Permission};
use autolytiq_crm::{CrmError, api::customer};
use autolytiq_db::{DbError, TenantTx};
use autolytiq_identity::api::{numbering, store_profile};
use autolytiq_inventory::{
    InventoryError,
    api::{VehicleStatus, vehicle},
};
use autolytiq_kernel::{CustomerId, DealId, VehicleId};
use autolytiq_secrets::SecretsError;
use serde_json::json;

use super::{
    context::{desk, search_text},
    record,
};
use crate::{
    DeskError,
    domain::policy::Refusal,
    store::deal::{self, Deal, NewDeal},
};

/// Opens a deal for a customer and a vehicle under the id that the client made. Whoever opens it is its salesperson; the
/// server gives its number and its date, today's in the store.
///
/// # Errors
/// [`DeskError::IdTaken`]; what [`autolytiq_crm`] and [`autolytiq_inventory`] say of an unknown customer or vehicle, or of
/// one that is sold; the database's.
pub async fn open_deal(
    tx: &mut TenantTx,
    id: DealId,
    customer_id: CustomerId,
    vehicle_id: VehicleId,
) -> Result<DealId, DeskError> {
    Ok(open(tx, id, customer_id, vehicle_id, None).await?.id)
}

/// As [`open_deal`], noting the deal that it is a copy of.
pub(super) async fn open(
    tx: &mut TenantTx,
    id: DealId,
    customer_id: CustomerId,
    vehicle_id: VehicleId,
    copied_from: Option<&Deal>,
) -> Result<Deal, DeskError> {
    let desk = desk(tx).await?;
    if !desk.may(Permission::DealCreate) {
        return Err(Refusal::Forbidden(Permission::DealCreate).into());
    }
    let customer = customer(tx, customer_id).await?;
    if customer.erased_at.is_some() {
        return Err(CrmError::Secrets(SecretsError::Destroyed).into());
    }
    let vehicle = vehicle(tx, vehicle_id).await?;
    if vehicle.status == VehicleStatus::Sold {
        let stock_number = vehicle.stock_number().to_owned();
        return Err(InventoryError::NotAvailable { stock_number, status: vehicle.status }.into());
    }
    let deal_date = store_profile(tx).await?.zone.date_at(tx.now());
    let number = deal::next_number(tx).await?;
    let shown_number = numbering(tx).await?.deals.shown(number, deal_date);
    let new = NewDeal {
        id,
        number,
        shown_number: &shown_number,
        deal_date,
        customer: customer_id,
        vehicle: vehicle_id,
        salesperson: desk.person,
        search_text: &search_text(&shown_number, &customer, &vehicle),
    };
    deal::insert(tx, &new).await.map_err(|error| match error {
        error if error.is_duplicate_of("deal_pkey") => DeskError::IdTaken,
        error => error.into(),
    })?;
    let deal = deal::find(tx, id, &Owners::everybody())
        .await?
        .ok_or_else(|| DbError::inconsistent("deal", "id", "missing after insert"))?;
    let mut after = json!({
        "number": deal.shown_number,
        "state": deal.state,
        "dealDate": deal.deal_date,
        "customerId": customer_id,
        "vehicleId": vehicle_id,
    });
    if let Some(source) = copied_from {
        after["copiedFrom"] = source.shown_number.clone().into();
        after["copiedFromId"] = json!(source.id);
    }
    record::note(tx, "deal.created", &deal, None, None, after).await?;
    Ok(deal)
}
