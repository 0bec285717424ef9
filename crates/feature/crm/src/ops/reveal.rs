//! Showing a protected field, once, to somebody who says why.

use autolytiq_db::{AuditRecord, TenantTx};
use autolytiq_kernel::{CustomerId, Form};
use autolytiq_secrets::{Protected, Vault};
use serde_json::json;

use super::record::DATE_OF_BIRTH;
use crate::{CrmError, store};

/// The customer's date of birth in clear. The view is part of the audit trail before anybody sees it.
///
/// # Errors
/// [`CrmError::Invalid`] without a reason, [`CrmError::NotFound`], [`CrmError::NothingOnFile`], or the database's.
pub async fn reveal_date_of_birth(
    tx: &mut TenantTx,
    vault: &Vault,
    id: CustomerId,
    reason: &str,
) -> Result<Protected, CrmError> {
    let mut form = Form::new();
    let reason = form.line("/reason", reason, 500);
    let reason = form.finish(reason).map_err(CrmError::Invalid)?;
    store::customer::find(tx, id).await?.ok_or(CrmError::NotFound)?;
    let sealed = store::customer::date_of_birth(tx, id).await?.ok_or(CrmError::NothingOnFile)?;
    let key = vault.existing_subject_key(tx, id).await?.ok_or(CrmError::NothingOnFile)?;
    let value = key.open(DATE_OF_BIRTH, id.uuid(), &sealed)?;
    let record =
        AuditRecord::new("customer.protected_viewed", id).reason(reason).after(&json!({ "field": "dateOfBirth" }));
    tx.audit(record).await?;
    Ok(value)
}
