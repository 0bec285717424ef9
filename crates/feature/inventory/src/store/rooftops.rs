//! The stock of several stores, in numbers.

use std::collections::BTreeMap;

use autolytiq_db::{DbError, TenantTx};
use autolytiq_kernel::DealershipId;

/// How many vehicles each store the context may read has: for sale and held for a deal. A store without any is missing.
pub(crate) async fn units(tx: &mut TenantTx) -> Result<BTreeMap<DealershipId, i64>, DbError> {
    let stores = tx.ctx().readable().to_vec();
    let rows: Vec<(DealershipId, i64)> = sqlx::query_as(
        "select dealership_id, count(*) from vehicle
         where dealership_id = any ($1) and status <> 'sold' group by dealership_id",
    )
    .bind(stores)
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().collect())
}
