//! Where the store's deal numbers stand, and going on from a higher one.

use autolytiq_db::{AuditRecord, TenantTx};
use autolytiq_identity::api::check_next;
use serde_json::json;

use crate::{DeskError, store::deal};

/// The number of the store's next deal.
///
/// # Errors
/// The database's.
pub(crate) async fn next_number(tx: &mut TenantTx) -> Result<i64, DeskError> {
    Ok(deal::last_number(tx).await? + 1)
}

/// Has the store's next deal take this number, for a store whose deals were numbered elsewhere before.
///
/// # Errors
/// [`DeskError::Invalid`] for a number that is given out or lower, or the database's.
pub(crate) async fn go_on_from(tx: &mut TenantTx, next: i64) -> Result<(), DeskError> {
    let last = deal::lock_numbers(tx).await?;
    check_next(next, last).map_err(|fault| DeskError::Invalid(vec![fault]))?;
    if next == last + 1 {
        return Ok(());
    }
    deal::set_last_number(tx, next - 1).await?;
    let record = AuditRecord::new("numbering.continued", tx.acting());
    tx.audit(record.before(&json!({ "nextDeal": last + 1 })).after(&json!({ "nextDeal": next }))).await?;
    Ok(())
}
