//! What the sealer reads and writes.

use autolytiq_db::{DbError, SystemTx};
use autolytiq_kernel::{AuditEntryId, DealershipId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::FromRow;

use crate::{
    Head,
    chain::{Hash, StoredEntry},
};

/// A link to be stored.
pub(crate) struct NewSeal {
    pub(crate) sequence: i64,
    pub(crate) entry: AuditEntryId,
    /// Microseconds since 1970-01-01T00:00Z.
    pub(crate) occurred_at: i64,
    pub(crate) previous: Hash,
    pub(crate) hash: Hash,
}

pub(crate) async fn stores_with_unsealed(tx: &mut SystemTx) -> Result<Vec<DealershipId>, DbError> {
    Ok(sqlx::query_scalar("select distinct dealership_id from audit_unsealed order by 1").fetch_all(tx.conn()).await?)
}

/// Takes the store for this transaction; false when another sealer has it.
pub(crate) async fn lock(tx: &mut SystemTx, dealership: DealershipId) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar("select pg_try_advisory_xact_lock(hashtextextended('audit.seal:' || $1::text, 0))")
        .bind(dealership)
        .fetch_one(tx.conn())
        .await?)
}

/// The oldest entries of a store without a seal.
pub(crate) async fn unsealed(tx: &mut SystemTx, store: DealershipId, most: i64) -> Result<Vec<StoredEntry>, DbError> {
    Ok(sqlx::query_as(
        "select e.dealership_id, e.id, (extract(epoch from e.occurred_at) * 1000000)::bigint as occurred_at,
                e.person_id, e.session_id, e.role, e.job, e.request_id, e.address::text as address, e.action,
                e.subject_kind, e.subject_id, e.reason, e.before::text as before, e.after::text as after
         from audit_unsealed u
         join audit_entry e on e.dealership_id = u.dealership_id and e.id = u.entry_id and e.occurred_at = u.occurred_at
         where u.dealership_id = $1
         order by e.id limit $2",
    )
    .bind(store)
    .bind(most)
    .fetch_all(tx.conn())
    .await?)
}

#[derive(FromRow)]
struct HeadRow {
    sequence: i64,
    hash: Vec<u8>,
}

/// The end of a store's chain.
pub(crate) async fn last(tx: &mut SystemTx, store: DealershipId) -> Result<Option<Head>, DbError> {
    let row: Option<HeadRow> =
        sqlx::query_as("select sequence, hash from audit_seal where dealership_id = $1 order by sequence desc limit 1")
            .bind(store)
            .fetch_optional(tx.conn())
            .await?;
    row.map(|row| Ok(Head { sequence: row.sequence, hash: hash("hash", row.hash)? })).transpose()
}

/// Stores the links and removes the entries' notes.
pub(crate) async fn insert(tx: &mut SystemTx, store: DealershipId, seals: &[NewSeal]) -> Result<(), DbError> {
    let entries: Vec<AuditEntryId> = seals.iter().map(|seal| seal.entry).collect();
    let now = tx.now().to_sqlx();
    sqlx::query(
        "insert into audit_seal (dealership_id, sequence, entry_id, occurred_at, previous, hash, sealed_at)
         select $1, sequence, entry_id, occurred_at, previous, hash, $2
         from unnest($3::bigint[], $4::uuid[], $5::timestamptz[], $6::bytea[], $7::bytea[])
              as link (sequence, entry_id, occurred_at, previous, hash)",
    )
    .bind(store)
    .bind(now)
    .bind(seals.iter().map(|seal| seal.sequence).collect::<Vec<_>>())
    .bind(&entries)
    .bind(seals.iter().map(|seal| timestamp(seal.occurred_at)).collect::<Result<Vec<_>, _>>()?)
    .bind(seals.iter().map(|seal| seal.previous.to_vec()).collect::<Vec<_>>())
    .bind(seals.iter().map(|seal| seal.hash.to_vec()).collect::<Vec<_>>())
    .execute(tx.conn())
    .await?;
    sqlx::query("delete from audit_unsealed where dealership_id = $1 and entry_id = any ($2)")
        .bind(store)
        .bind(&entries)
        .execute(tx.conn())
        .await?;
    Ok(())
}

fn timestamp(microseconds: i64) -> Result<jiff_sqlx::Timestamp, DbError> {
    Timestamp::from_microsecond(microseconds)
        .map(|timestamp| timestamp.to_sqlx())
        .map_err(|error| DbError::inconsistent("audit_entry", "occurred_at", error))
}

/// A stored hash.
pub(crate) fn hash(column: &'static str, bytes: Vec<u8>) -> Result<Hash, DbError> {
    let length = bytes.len();
    bytes.try_into().map_err(|_| DbError::inconsistent("audit_seal", column, format!("{length} bytes instead of 32")))
}
