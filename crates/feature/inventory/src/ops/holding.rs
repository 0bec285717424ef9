//! Holding a vehicle for somebody, selling it, giving it back. Called by deals, in the deal's own transaction.

use autolytiq_db::TenantTx;
use autolytiq_kernel::VehicleId;
use serde_json::json;
use uuid::Uuid;

use super::record;
use crate::{
    InventoryError,
    api::{Vehicle, VehicleStatus},
    store,
};

/// Holds a vehicle for `holder`. Holding it again for the same holder changes nothing.
///
/// # Errors
/// [`InventoryError::NotAvailable`] when something else holds it or it is sold, [`InventoryError::NotFound`].
pub async fn hold_vehicle(tx: &mut TenantTx, id: VehicleId, holder: Uuid) -> Result<(), InventoryError> {
    let vehicle = store::vehicle::lock(tx, id).await?.ok_or(InventoryError::NotFound)?;
    match (vehicle.status, vehicle.held_by) {
        (VehicleStatus::InStock, _) => move_to(tx, &vehicle, VehicleStatus::Pending, Some(holder)).await,
        (VehicleStatus::Pending, Some(by)) if by == holder => Ok(()),
        _ => Err(unavailable(&vehicle)),
    }
}

/// Sells a vehicle to the holder it is held for.
///
/// # Errors
/// [`InventoryError::NotAvailable`] when it is not held for this holder, [`InventoryError::NotFound`].
pub async fn sell_vehicle(tx: &mut TenantTx, id: VehicleId, holder: Uuid) -> Result<(), InventoryError> {
    let vehicle = store::vehicle::lock(tx, id).await?.ok_or(InventoryError::NotFound)?;
    match (vehicle.status, vehicle.held_by) {
        (VehicleStatus::Pending, Some(by)) if by == holder => {
            move_to(tx, &vehicle, VehicleStatus::Sold, Some(holder)).await
        }
        _ => Err(unavailable(&vehicle)),
    }
}

/// Gives a vehicle back to the lot, if this holder holds or has bought it; otherwise nothing happens.
///
/// # Errors
/// [`InventoryError::VinInStock`] when a sold vehicle has come back under another stock number meanwhile,
/// [`InventoryError::NotFound`].
pub async fn release_vehicle(tx: &mut TenantTx, id: VehicleId, holder: Uuid) -> Result<(), InventoryError> {
    let vehicle = store::vehicle::lock(tx, id).await?.ok_or(InventoryError::NotFound)?;
    if vehicle.held_by == Some(holder) {
        move_to(tx, &vehicle, VehicleStatus::InStock, None).await?;
    }
    Ok(())
}

async fn move_to(
    tx: &mut TenantTx,
    vehicle: &Vehicle,
    status: VehicleStatus,
    holder: Option<Uuid>,
) -> Result<(), InventoryError> {
    store::vehicle::set_status(tx, vehicle.id, status, holder).await.map_err(|error| match error {
        error if error.is_duplicate_of("vehicle_vin_unsold") => InventoryError::VinInStock,
        error => error.into(),
    })?;
    let action = match status {
        VehicleStatus::InStock => "vehicle.released",
        VehicleStatus::Pending => "vehicle.held",
        VehicleStatus::Sold => "vehicle.sold",
    };
    let (before, after) = (json!({ "status": vehicle.status }), json!({ "status": status, "heldBy": holder }));
    record::note(tx, action, vehicle.id, vehicle.version + 1, Some(before), after).await
}

fn unavailable(vehicle: &Vehicle) -> InventoryError {
    InventoryError::NotAvailable { stock_number: vehicle.stock_number().to_owned(), status: vehicle.status }
}
