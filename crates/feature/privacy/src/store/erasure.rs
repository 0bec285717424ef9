//! What is erased beside the customer's own row.

use autolytiq_db::{DbError, TenantTx};
use autolytiq_kernel::CustomerId;

/// Erases the words people gave as reasons for what they did to an erased customer or to their deals. The entries keep the
/// digests, so the chain stays whole.
pub(crate) async fn reasons(tx: &mut TenantTx, customer: CustomerId) -> Result<(), DbError> {
    sqlx::query("select audit_erase_reasons($1)").bind(customer).execute(tx.conn()).await?;
    Ok(())
}
