//! What a verification reads.

use std::collections::HashMap;

use autolytiq_db::{DbError, SystemTx};
use autolytiq_kernel::{AuditEntryId, DealershipId};
use sqlx::FromRow;

use super::seal::hash;
use crate::chain::{Hash, StoredEntry};

/// A link as it is stored.
pub(crate) struct SealRow {
    pub(crate) sequence: i64,
    pub(crate) entry_id: AuditEntryId,
    pub(crate) previous: Hash,
    pub(crate) hash: Hash,
}

/// Every store that has links or entries.
pub(crate) async fn stores(tx: &mut SystemTx) -> Result<Vec<DealershipId>, DbError> {
    Ok(sqlx::query_scalar(
        "select dealership_id from audit_seal
         union select dealership_id from audit_entry
         union select dealership_id from audit_unsealed",
    )
    .fetch_all(tx.conn())
    .await?)
}

pub(crate) async fn unsealed_count(tx: &mut SystemTx, store: DealershipId) -> Result<u64, DbError> {
    let count: i64 = sqlx::query_scalar("select count(*) from audit_unsealed where dealership_id = $1")
        .bind(store)
        .fetch_one(tx.conn())
        .await?;
    Ok(count.unsigned_abs())
}

/// The next links of a store.
pub(crate) async fn seals_after(
    tx: &mut SystemTx,
    store: DealershipId,
    after: i64,
    most: i64,
) -> Result<Vec<SealRow>, DbError> {
    #[derive(FromRow)]
    struct Row {
        sequence: i64,
        entry_id: AuditEntryId,
        previous: Vec<u8>,
        hash: Vec<u8>,
    }
    let rows: Vec<Row> = sqlx::query_as(
        "select sequence, entry_id, previous, hash from audit_seal
         where dealership_id = $1 and sequence > $2 order by sequence limit $3",
    )
    .bind(store)
    .bind(after)
    .bind(most)
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter()
        .map(|row| {
            let (previous, hash) = (hash("previous", row.previous)?, hash("hash", row.hash)?);
            Ok(SealRow { sequence: row.sequence, entry_id: row.entry_id, previous, hash })
        })
        .collect()
}

/// The entries of these links, by id.
pub(crate) async fn entries(
    tx: &mut SystemTx,
    store: DealershipId,
    seals: &[SealRow],
) -> Result<HashMap<AuditEntryId, StoredEntry>, DbError> {
    let ids: Vec<AuditEntryId> = seals.iter().map(|seal| seal.entry_id).collect();
    let rows: Vec<StoredEntry> = sqlx::query_as(
        "select dealership_id, id, (extract(epoch from occurred_at) * 1000000)::bigint as occurred_at,
                person_id, session_id, role, job, request_id, address::text as address, action,
                subject_kind, subject_id, reason, before::text as before, after::text as after
         from audit_entry where dealership_id = $1 and id = any ($2)",
    )
    .bind(store)
    .bind(ids)
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|entry| (entry.id, entry)).collect())
}

/// An entry of the store that is neither sealed nor noted for it.
pub(crate) async fn entry_outside(tx: &mut SystemTx, store: DealershipId) -> Result<Option<AuditEntryId>, DbError> {
    Ok(sqlx::query_scalar(
        "select e.id from audit_entry e
         where e.dealership_id = $1
           and not exists (select from audit_seal s where s.dealership_id = e.dealership_id and s.entry_id = e.id)
           and not exists (select from audit_unsealed u where u.dealership_id = e.dealership_id and u.entry_id = e.id)
         order by e.id limit 1",
    )
    .bind(store)
    .fetch_optional(tx.conn())
    .await?)
}

/// A note for the sealer whose entry is gone.
pub(crate) async fn unsealed_missing(tx: &mut SystemTx, store: DealershipId) -> Result<Option<AuditEntryId>, DbError> {
    Ok(sqlx::query_scalar(
        "select u.entry_id from audit_unsealed u
         where u.dealership_id = $1
           and not exists (select from audit_entry e where e.dealership_id = u.dealership_id and e.id = u.entry_id
                                                       and e.occurred_at = u.occurred_at)
         order by 1 limit 1",
    )
    .bind(store)
    .fetch_optional(tx.conn())
    .await?)
}

/// An entry whose reason is not the one it was sealed with. A reason that was erased with its customer is none.
pub(crate) async fn reason_changed(tx: &mut SystemTx, store: DealershipId) -> Result<Option<AuditEntryId>, DbError> {
    Ok(sqlx::query_scalar(
        "select w.entry_id from audit_reason w
         left join audit_entry e on e.dealership_id = w.dealership_id and e.id = w.entry_id
         where w.dealership_id = $1
           and e.reason is distinct from
               'sha256:' || encode(sha256(convert_to(w.salt::text || w.reason, 'UTF8')), 'hex')
         order by 1 limit 1",
    )
    .bind(store)
    .fetch_optional(tx.conn())
    .await?)
}
