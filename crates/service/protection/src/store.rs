//! What is read of keys, under row-level security: of the acting store only.

use autolytiq_db::{DbError, TenantTx};
use sqlx::FromRow;

/// The store's data keys under one master key, or destroyed.
#[derive(FromRow)]
pub(crate) struct UnderKey {
    /// None for those that were destroyed.
    pub(crate) master_key_id: Option<String>,
    pub(crate) subjects: i64,
}

pub(crate) async fn by_master_key(tx: &mut TenantTx) -> Result<Vec<UnderKey>, DbError> {
    let store = tx.acting();
    Ok(sqlx::query_as(
        "select master_key_id, count(*) as subjects from subject_key where dealership_id = $1 group by 1 order by 1",
    )
    .bind(store)
    .fetch_all(tx.conn())
    .await?)
}
