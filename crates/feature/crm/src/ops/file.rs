//! All that is held on a customer, opened, for the customer.

use autolytiq_db::TenantTx;
use autolytiq_kernel::CustomerId;
use autolytiq_secrets::{Sealed, SecretsError, SubjectKey, Vault};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use super::record::{self, DATE_OF_BIRTH};
use crate::{CrmError, store};

/// Everything on file of a customer, protected fields in clear, with the API's names. The caller audits the view.
///
/// # Errors
/// [`CrmError::NotFound`]; [`SecretsError::Destroyed`] when they were erased; or the database's.
pub async fn customer_file(tx: &mut TenantTx, vault: &Vault, id: CustomerId) -> Result<Value, CrmError> {
    let customer = store::customer::find(tx, id).await?.ok_or(CrmError::NotFound)?;
    let key = vault.subject_key(tx, id).await?;
    let mut fields = record::fields(&customer.facts);
    if let Some(sealed) = store::customer::date_of_birth(tx, id).await? {
        let born = key.open(DATE_OF_BIRTH, id.uuid(), &sealed)?;
        fields.insert("dateOfBirth".to_owned(), born.expose().into());
    }
    fields.insert("id".to_owned(), json!(id));
    fields.insert("createdAt".to_owned(), json!(customer.created_at));
    fields.insert("updatedAt".to_owned(), json!(customer.updated_at));
    Ok(Value::Object(fields))
}

/// One side of a change as the audit trail keeps it, with the sealed values in clear. What was not sealed by this crate
/// comes back as it is.
///
/// # Errors
/// [`SecretsError::DoesNotOpen`] when it was altered.
pub fn open_change(key: &SubjectKey, id: CustomerId, kept: Value) -> Result<Value, CrmError> {
    let Some(sealed) = kept.get("sealed").and_then(Value::as_str) else { return Ok(kept) };
    let bytes = STANDARD.decode(sealed).map_err(|_| SecretsError::DoesNotOpen)?;
    let opened = key.open(record::AUDIT, id.uuid(), &Sealed::from_bytes(bytes))?;
    serde_json::from_str(opened.expose()).map_err(|_| SecretsError::DoesNotOpen.into())
}
