//! Taking a vehicle into stock.

use autolytiq_db::{DbError, TenantTx};
use autolytiq_identity::api::store_profile;
use autolytiq_kernel::VehicleId;
use serde_json::Value;

use super::{record, stock_numbers::take};
use crate::{
    InventoryError,
    api::{Vehicle, VehicleForm},
    domain::vehicle::VehicleFacts,
    store,
};

/// Takes a vehicle into stock under the id that the client made. Without a stock number it is given the next one of the
/// store's numbering that no vehicle has.
///
/// # Errors
/// [`InventoryError::CostForbidden`] when the cost is given by somebody who may not see it, [`InventoryError::Invalid`],
/// [`InventoryError::IdTaken`], [`InventoryError::StockNumberTaken`], [`InventoryError::VinInStock`], or the database's.
pub async fn add_vehicle(
    tx: &mut TenantTx,
    id: VehicleId,
    form: &VehicleForm,
    may_see_cost: bool,
) -> Result<Vehicle, InventoryError> {
    if form.cost.is_some() && !may_see_cost {
        return Err(InventoryError::CostForbidden);
    }
    let today = store_profile(tx).await?.zone.date_at(tx.now());
    let typed = form.stock_number.as_deref().is_some_and(|number| !number.trim().is_empty());
    let facts = loop {
        let numbered = if typed { None } else { take(tx, form.condition).await? };
        let facts = match numbered {
            Some(number) => VehicleFacts::read(&VehicleForm { stock_number: Some(number), ..form.clone() }, today),
            None => VehicleFacts::read(form, today),
        };
        let facts = facts.map_err(InventoryError::Invalid)?;
        if store::vehicle::insert(tx, id, &facts).await.map_err(|error| taken(error, &facts))? {
            break facts;
        }
        if typed {
            let exists = store::vehicle::find(tx, id).await?.is_some();
            return Err(if exists {
                InventoryError::IdTaken
            } else {
                InventoryError::StockNumberTaken(facts.stock_number)
            });
        }
        // Somebody typed this very number a moment ago: the next one.
    };
    record::note(tx, "vehicle.added", id, 1, None, Value::Object(record::fields(&facts))).await?;
    store::vehicle::find(tx, id)
        .await?
        .ok_or_else(|| DbError::inconsistent("vehicle", "id", "missing after insert").into())
}

/// Which of the unique keys refused the row.
pub(super) fn taken(error: DbError, facts: &VehicleFacts) -> InventoryError {
    if error.is_duplicate_of("vehicle_pkey") {
        InventoryError::IdTaken
    } else if error.is_duplicate_of("vehicle_stock_number") {
        InventoryError::StockNumberTaken(facts.stock_number.clone())
    } else if error.is_duplicate_of("vehicle_vin_unsold") {
        InventoryError::VinInStock
    } else {
        error.into()
    }
}
