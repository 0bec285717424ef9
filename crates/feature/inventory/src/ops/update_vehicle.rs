//! Changing what is known of a vehicle.

use autolytiq_db::{DbError, TenantTx};
use autolytiq_identity::api::store_profile;
use autolytiq_kernel::VehicleId;
use serde_json::Value;

use super::{add_vehicle::taken, record};
use crate::{
    InventoryError,
    api::{Vehicle, VehicleForm},
    domain::vehicle::VehicleFacts,
    store,
};

/// Replaces the vehicle's facts by the form, if nobody saved since `version`. A cost that is absent is removed by those
/// who may see it and stays for those who may not.
///
/// # Errors
/// [`InventoryError::NotFound`], [`InventoryError::Stale`], and those of [`super::add_vehicle::add_vehicle`].
pub async fn update_vehicle(
    tx: &mut TenantTx,
    id: VehicleId,
    version: i64,
    form: &VehicleForm,
    may_see_cost: bool,
) -> Result<Vehicle, InventoryError> {
    if form.cost.is_some() && !may_see_cost {
        return Err(InventoryError::CostForbidden);
    }
    let current = store::vehicle::lock(tx, id).await?.ok_or(InventoryError::NotFound)?;
    if current.version != version {
        return Err(InventoryError::Stale { expected: version, current: Box::new(current), with_cost: may_see_cost });
    }
    let today = store_profile(tx).await?.zone.date_at(tx.now());
    let mut facts = VehicleFacts::read(form, today).map_err(InventoryError::Invalid)?;
    if !may_see_cost {
        facts.cost = current.facts.cost;
    }
    if facts == current.facts {
        return Ok(current);
    }
    store::vehicle::update(tx, id, version, &facts).await.map_err(|error| taken(error, &facts))?;
    let (mut before, mut after) = (record::fields(&current.facts), record::fields(&facts));
    before.retain(|name, value| after.get(name) != Some(value));
    after.retain(|name, value| record::fields(&current.facts).get(name) != Some(value));
    let (before, after) = (Value::Object(before), Value::Object(after));
    record::note(tx, "vehicle.updated", id, version + 1, Some(before), after).await?;
    store::vehicle::find(tx, id)
        .await?
        .ok_or_else(|| DbError::inconsistent("vehicle", "id", "missing after update").into())
}
