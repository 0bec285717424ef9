//! What the audit trail and the outbox hear of a vehicle.

use autolytiq_db::{AuditRecord, NewEvent, TenantTx};
use autolytiq_kernel::VehicleId;
use serde_json::{Map, Value, json};

use crate::{InventoryError, domain::vehicle::VehicleFacts};

/// The facts with the API's names; fields nobody gave are left out.
pub(super) fn fields(facts: &VehicleFacts) -> Map<String, Value> {
    let all = json!({
        "stockNumber": facts.stock_number,
        "vin": facts.vin.as_str(),
        "condition": facts.condition,
        "year": facts.year,
        "make": facts.make,
        "model": facts.model,
        "trim": facts.trim,
        "bodyClass": facts.body_class,
        "class": facts.class,
        "odometer": facts.odometer,
        "msrp": facts.msrp,
        "price": facts.price,
        "cost": facts.cost,
        "weightLb": facts.weight_lb,
        "mpg": facts.mpg,
        "fuel": facts.fuel,
        "receivedOn": facts.received_on,
    });
    match all {
        Value::Object(fields) => fields.into_iter().filter(|(_, value)| !value.is_null()).collect(),
        _ => Map::new(),
    }
}

/// Notes the change in the audit trail and tells listeners that there is one.
pub(super) async fn note(
    tx: &mut TenantTx,
    action: &'static str,
    id: VehicleId,
    version: i64,
    before: Option<Value>,
    after: Value,
) -> Result<(), InventoryError> {
    let mut record = AuditRecord::new(action, id).after(&after);
    if let Some(before) = before {
        record = record.before(&before);
    }
    tx.audit(record).await?;
    tx.emit(NewEvent::new("vehicle.changed", id, &json!({ "version": version }))).await?;
    Ok(())
}
