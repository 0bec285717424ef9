//! Brings stored data keys under the newest master key, while the product runs.
//!
//! To rotate: put a line with a new id and key above the others (`autolytiq keys rotate` does it in the key file) and
//! take the old line out once nothing is wrapped under it any more. Data keys keep their bytes, so sealed values stay as
//! they are. Each batch is one transaction that also counts: whatever ends the process, the row `key_rotation` says how
//! far it is, and the next run goes on from there.

use crate::{MasterKeys, SecretsError, person, subject};
use autolytiq_db::{Db, DbError, SystemTx, SystemUse};
use autolytiq_kernel::DealershipId;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde::Serialize;
use sqlx::FromRow;
use uuid::Uuid;

/// Keys of one transaction.
const BATCH: i64 = 200;

/// How far a rotation is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Rotation {
    /// The master key that takes over.
    pub master_key_id: String,
    /// When it began.
    pub started_at: Timestamp,
    /// Data keys that stood under another master key when it began.
    pub total: u64,
    /// Those that were brought over since; more than `total` when others were made under an older key meanwhile.
    pub done: u64,
    /// When the last of them was.
    pub updated_at: Timestamp,
    /// When none was left.
    pub finished_at: Option<Timestamp>,
    /// Why the last attempt stopped.
    pub failure: Option<String>,
}

/// A data key under an older master key.
#[derive(FromRow)]
struct OldRow {
    dealership_id: DealershipId,
    subject_kind: String,
    subject_id: Uuid,
    master_key_id: String,
    wrapped: Vec<u8>,
}

/// Wraps every data key under the newest master key; returns how many were under another.
pub(crate) async fn rewrap(db: &Db, masters: &MasterKeys) -> Result<u64, SecretsError> {
    let (newest, _) = masters.newest()?;
    let mut tx = db.system(SystemUse::KeyRotation).await?;
    let open = begin(&mut tx, newest, db.ids().uuid()).await?;
    tx.commit().await?;
    let Some(rotation) = open else { return Ok(0) };
    let done = bring_over(db, masters, rotation).await;
    if let Err(error) = &done {
        let mut tx = db.system(SystemUse::KeyRotation).await?;
        note_failure(&mut tx, rotation, &error.to_string()).await?;
        tx.commit().await?;
    }
    done
}

/// The newest rotation, whether it is under way or done.
pub(crate) async fn last(tx: &mut SystemTx) -> Result<Option<Rotation>, DbError> {
    #[derive(FromRow)]
    struct Row {
        master_key_id: String,
        started_at: jiff_sqlx::Timestamp,
        total: i64,
        done: i64,
        updated_at: jiff_sqlx::Timestamp,
        finished_at: Option<jiff_sqlx::Timestamp>,
        failure: Option<String>,
    }
    let row: Option<Row> = sqlx::query_as(
        "select master_key_id, started_at, total, done, updated_at, finished_at, failure from key_rotation
         order by started_at desc, id desc limit 1",
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| Rotation {
        master_key_id: row.master_key_id,
        started_at: row.started_at.to_jiff(),
        total: row.total.unsigned_abs(),
        done: row.done.unsigned_abs(),
        updated_at: row.updated_at.to_jiff(),
        finished_at: row.finished_at.map(|at| at.to_jiff()),
        failure: row.failure,
    }))
}

async fn bring_over(db: &Db, masters: &MasterKeys, rotation: Uuid) -> Result<u64, SecretsError> {
    let (newest_id, _) = masters.newest()?;
    let mut count = 0_u64;
    loop {
        let mut tx = db.system(SystemUse::KeyRotation).await?;
        let brought = match bring_over_subjects(&mut tx, masters).await? {
            0 => person::bring_over(&mut tx, masters, BATCH).await?,
            brought => brought,
        };
        if brought == 0 {
            // Another process may hold the last ones: then it is the one that finishes.
            if !any_old(&mut tx, newest_id).await? {
                finish(&mut tx, rotation).await?;
            }
            tx.commit().await?;
            return Ok(count);
        }
        advance(&mut tx, rotation, brought).await?;
        tx.commit().await?;
        count = count.saturating_add(brought.unsigned_abs());
    }
}

/// One batch of the keys of customers and stores; returns how many.
async fn bring_over_subjects(tx: &mut SystemTx, masters: &MasterKeys) -> Result<i64, SecretsError> {
    let (newest_id, newest) = masters.newest()?;
    let rows = take_old(tx, newest_id).await?;
    for row in &rows {
        let bound = subject::bound(row.dealership_id, &row.subject_kind, row.subject_id);
        let plain = masters.by_id(&row.master_key_id)?.open(&bound, &row.wrapped)?;
        let wrapped = newest.seal(&bound, &plain)?;
        save(tx, row, newest_id, &wrapped).await?;
    }
    Ok(i64::try_from(rows.len()).unwrap_or(i64::MAX))
}

/// The rotation that is under way, or a new one when there is something to bring over; nothing otherwise. One towards a
/// key that is no longer the newest ends where it is.
async fn begin(tx: &mut SystemTx, newest: &str, id: Uuid) -> Result<Option<Uuid>, DbError> {
    let now = tx.now().to_sqlx();
    sqlx::query(
        "update key_rotation set finished_at = $2, updated_at = $2 where finished_at is null and master_key_id <> $1",
    )
    .bind(newest)
    .bind(now)
    .execute(tx.conn())
    .await?;
    let open: Option<Uuid> =
        sqlx::query_scalar("select id from key_rotation where finished_at is null").fetch_optional(tx.conn()).await?;
    if open.is_some() || !any_old(tx, newest).await? {
        return Ok(open);
    }
    // Another process may have begun in this moment: then this one helps.
    sqlx::query(
        "insert into key_rotation (id, master_key_id, started_at, total, updated_at)
         select $1, $2, $3, (select count(*) from subject_key where master_key_id <> $2)
                            + (select count(*) from person_key where master_key_id <> $2), $3
         on conflict do nothing",
    )
    .bind(id)
    .bind(newest)
    .bind(now)
    .execute(tx.conn())
    .await?;
    Ok(sqlx::query_scalar("select id from key_rotation where finished_at is null").fetch_optional(tx.conn()).await?)
}

/// Locks some keys that are not under the newest master key, leaving out those that another process has. Two ranges,
/// since an index finds what is less or greater, and not what is different.
async fn take_old(tx: &mut SystemTx, newest: &str) -> Result<Vec<OldRow>, DbError> {
    let less: Vec<OldRow> = sqlx::query_as(
        "select dealership_id, subject_kind, subject_id, master_key_id, wrapped from subject_key
         where master_key_id < $1 order by master_key_id limit $2 for update skip locked",
    )
    .bind(newest)
    .bind(BATCH)
    .fetch_all(tx.conn())
    .await?;
    if !less.is_empty() {
        return Ok(less);
    }
    Ok(sqlx::query_as(
        "select dealership_id, subject_kind, subject_id, master_key_id, wrapped from subject_key
         where master_key_id > $1 order by master_key_id limit $2 for update skip locked",
    )
    .bind(newest)
    .bind(BATCH)
    .fetch_all(tx.conn())
    .await?)
}

async fn any_old(tx: &mut SystemTx, newest: &str) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar(
        "select exists (select from subject_key where master_key_id < $1)
             or exists (select from subject_key where master_key_id > $1)
             or exists (select from person_key where master_key_id <> $1)",
    )
    .bind(newest)
    .fetch_one(tx.conn())
    .await?)
}

async fn save(tx: &mut SystemTx, row: &OldRow, master_id: &str, wrapped: &[u8]) -> Result<(), DbError> {
    sqlx::query(
        "update subject_key set master_key_id = $4, wrapped = $5
         where dealership_id = $1 and subject_kind = $2 and subject_id = $3",
    )
    .bind(row.dealership_id)
    .bind(&row.subject_kind)
    .bind(row.subject_id)
    .bind(master_id)
    .bind(wrapped)
    .execute(tx.conn())
    .await?;
    Ok(())
}

async fn advance(tx: &mut SystemTx, rotation: Uuid, keys: i64) -> Result<(), DbError> {
    let now = tx.now().to_sqlx();
    sqlx::query("update key_rotation set done = done + $2, updated_at = $3, failure = null where id = $1")
        .bind(rotation)
        .bind(keys)
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

async fn finish(tx: &mut SystemTx, rotation: Uuid) -> Result<(), DbError> {
    let now = tx.now().to_sqlx();
    sqlx::query("update key_rotation set finished_at = $2, updated_at = $2, failure = null where id = $1 and finished_at is null")
        .bind(rotation)
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

async fn note_failure(tx: &mut SystemTx, rotation: Uuid, why: &str) -> Result<(), DbError> {
    let now = tx.now().to_sqlx();
    sqlx::query("update key_rotation set failure = $2, updated_at = $3 where id = $1 and finished_at is null")
        .bind(rotation)
        .bind(why)
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(())
}
