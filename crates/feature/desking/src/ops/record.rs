//! What the audit trail and the outbox hear of a deal.

use autolytiq_db::{AuditRecord, NewEvent, TenantTx};
use serde_json::{Value, json};

use crate::{DeskError, store::deal::Deal};

/// Notes an action and tells listeners that the deal changed. `deal` is the deal as it is now stored.
///
/// The event says which deal changed and whose it is, so that a listener can be left out who may not see it; figures
/// are fetched under the reader's own rights.
pub(super) async fn note(
    tx: &mut TenantTx,
    action: &'static str,
    deal: &Deal,
    reason: Option<&str>,
    before: Option<Value>,
    after: Value,
) -> Result<(), DeskError> {
    let mut record = AuditRecord::new(action, deal.id).after(&after);
    if let Some(before) = before {
        record = record.before(&before);
    }
    if let Some(reason) = reason {
        record = record.reason(reason);
    }
    tx.audit(record).await?;
    let payload = json!({
        "dealId": deal.id,
        "dealNumber": deal.shown_number,
        "state": deal.state,
        "version": deal.version,
        "salespersonId": deal.salesperson,
    });
    tx.emit(NewEvent::new(action, deal.id, &payload)).await?;
    Ok(())
}
