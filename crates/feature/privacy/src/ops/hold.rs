//! Legal holds: data that must be kept for now, whatever else is asked.

use autolytiq_crm::api::customer;
use autolytiq_db::{AuditRecord, TenantTx};
use autolytiq_kernel::{CustomerId, Form, typed_id};
use autolytiq_secrets::{Protected, Vault};
use serde_json::{Value, json};

use super::acting_person;
use crate::{PrivacyError, store::hold};

typed_id! {
    /// A legal hold.
    HoldId = "hold",
}

/// Where a sealed reason stands.
const REASON: &str = "legal_hold.reason";

/// Forbids to erase a customer.
pub(crate) async fn place(tx: &mut TenantTx, vault: &Vault, id: CustomerId, reason: &str) -> Result<(), PrivacyError> {
    customer(tx, id).await?;
    let mut check = Form::new();
    let reason = check.line("/reason", reason, 500);
    let reason = check.finish(reason).map_err(PrivacyError::Invalid)?;
    let key = vault.subject_key(tx, id).await?;
    let (hold, by) = (tx.new_id::<HoldId>(), acting_person(tx)?);
    let sealed = key.seal(REASON, hold.uuid(), &Protected::new(reason))?;
    hold::insert(tx, hold, id, &sealed, by).await.map_err(|error| match error {
        error if error.is_duplicate_of("legal_hold_standing") => PrivacyError::OnHold,
        error => error.into(),
    })?;
    let record =
        AuditRecord::new("customer.hold_placed", id).before(&json!({ "hold": null })).after(&json!({ "hold": hold }));
    Ok(tx.audit(record).await?)
}

/// Lifts the hold.
pub(crate) async fn release(tx: &mut TenantTx, id: CustomerId) -> Result<(), PrivacyError> {
    customer(tx, id).await?;
    let by = acting_person(tx)?;
    let lifted = hold::release(tx, id, by).await?.ok_or(PrivacyError::NoHold)?;
    let record = AuditRecord::new("customer.hold_released", id)
        .before(&json!({ "hold": lifted }))
        .after(&json!({ "hold": null }));
    Ok(tx.audit(record).await?)
}

/// A hold with its reason in clear.
pub(crate) struct OpenHold {
    pub(crate) hold: hold::Hold,
    pub(crate) reason: String,
}

/// The holds of a customer, the newest first. Of one who was erased there is nothing left to read.
pub(crate) async fn holds(tx: &mut TenantTx, vault: &Vault, id: CustomerId) -> Result<Vec<OpenHold>, PrivacyError> {
    if customer(tx, id).await?.erased_at.is_some() {
        return Ok(Vec::new());
    }
    let rows = hold::of_customer(tx, id).await?;
    let Some(key) = vault.existing_subject_key(tx, id).await? else { return Ok(Vec::new()) };
    rows.into_iter()
        .map(|hold| {
            let reason = key.open(REASON, hold.id.uuid(), &hold.reason)?.expose().to_owned();
            Ok(OpenHold { hold, reason })
        })
        .collect()
}

/// A hold as the export shows it.
pub(crate) fn shown(open: &OpenHold) -> Value {
    json!({ "reason": open.reason, "placedAt": open.hold.placed_at, "releasedAt": open.hold.released_at })
}
