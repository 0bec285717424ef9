//! Erasing a customer: nothing known of them is readable afterwards, and what others hold of them keeps its id.

use autolytiq_db::TenantTx;
use autolytiq_kernel::CustomerId;
use autolytiq_secrets::{SecretsError, Vault};
use serde_json::json;

use super::record;
use crate::{CrmError, api::Customer, store};

/// What stands in place of the names: deals and lists still have to call the person something.
const ERASED: (&str, &str) = ("Erased", "customer");

/// The customer, locked, if there is still something to erase.
///
/// # Errors
/// [`CrmError::NotFound`]; [`SecretsError::Destroyed`] when they were erased before; or the database's.
pub async fn may_be_erased(tx: &mut TenantTx, id: CustomerId) -> Result<Customer, CrmError> {
    let current = store::customer::lock(tx, id).await?.ok_or(CrmError::NotFound)?;
    if current.erased_at.is_some() {
        return Err(CrmError::Secrets(SecretsError::Destroyed));
    }
    Ok(current)
}

/// Erases what this crate holds of a customer, and destroys the key under which the audit trail and other crates hold
/// the rest. The entries of the trail stay as they were written, so the chain stays whole. Whether it may be done, under a
/// legal hold or in the middle of a deal, is for the caller to ask first.
///
/// # Errors
/// As [`may_be_erased`].
pub async fn erase_customer(tx: &mut TenantTx, vault: &Vault, id: CustomerId) -> Result<(), CrmError> {
    let current = may_be_erased(tx, id).await?;
    // Made where there was none, so that its row stays and no later key takes its place.
    vault.subject_key(tx, id).await?;
    vault.destroy(tx, id).await?;
    store::customer::erase(tx, id, ERASED).await?;
    let before = json!({ "version": current.version });
    record::note(tx, "customer.erased", id, current.version + 1, Some(before), json!({ "erased": true })).await
}
