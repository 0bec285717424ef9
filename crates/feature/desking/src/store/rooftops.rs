//! The deals of several stores, in numbers.

use std::collections::BTreeMap;

use autolytiq_db::{DbError, TenantTx};
use autolytiq_kernel::DealershipId;
use jiff::Timestamp;

use crate::domain::counts::DealCounts;

/// How many deals of each store are still worked, and how many were closed since its own moment. A closed deal changes
/// only when it is taken up again, so its last change is its closing. Row-level security leaves out what the context may
/// not read.
pub(crate) async fn counts(
    tx: &mut TenantTx,
    stores: &[(DealershipId, Timestamp)],
) -> Result<BTreeMap<DealershipId, DealCounts>, DbError> {
    let (ids, since): (Vec<DealershipId>, Vec<String>) =
        stores.iter().map(|(store, since)| (*store, since.to_string())).unzip();
    let rows: Vec<(DealershipId, i64, i64)> = sqlx::query_as(
        "select s.store,
                (select count(*) from deal d
                 where d.dealership_id = s.store
                   and d.state in ('draft', 'submitted', 'approved', 'rejected', 'reopened')),
                (select count(*) from deal d
                 where d.dealership_id = s.store and d.state = 'closed' and d.updated_at >= s.since::timestamptz)
         from unnest($1::uuid[], $2::text[]) as s (store, since)",
    )
    .bind(ids)
    .bind(since)
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|(store, open, closed)| (store, DealCounts { open, closed })).collect())
}
