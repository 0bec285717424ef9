//! Lifting the lock that failed attempts put on an account.

use autolytiq_db::{AuditRecord, TenantTx};
use autolytiq_kernel::PersonId;
use serde_json::json;

use crate::{
    error::IdentityError,
    store::{member, throttle},
};

/// Lifts the lock of a member of the acting store, and forgets the failures that led to it.
pub(crate) async fn unlock(tx: &mut TenantTx, person: PersonId) -> Result<(), IdentityError> {
    member::find(tx, person).await?.ok_or(IdentityError::NotFound("user"))?;
    if let Some(until) = throttle::unlock_member(tx, person).await? {
        let record = AuditRecord::new("user.unlocked", person)
            .before(&json!({ "lockedUntil": until }))
            .after(&json!({ "lockedUntil": null }));
        tx.audit(record).await?;
    }
    Ok(())
}
