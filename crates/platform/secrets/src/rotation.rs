//! Brings stored data keys under the newest master key, while the product runs.
//!
//! To rotate: put a line with a new id and key above the others in the key file, restart, and remove the old line once
//! nothing is wrapped under it any more. Data keys keep their bytes, so sealed values stay as they are.

use crate::{MasterKeys, SecretsError, subject};
use autolytiq_db::{Db, DbError, SystemTx, SystemUse};
use autolytiq_kernel::DealershipId;
use sqlx::FromRow;
use uuid::Uuid;

/// Keys of one transaction.
const BATCH: i64 = 200;

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
    let (newest_id, newest) = masters.newest()?;
    let mut count = 0_u64;
    loop {
        let mut tx = db.system(SystemUse::KeyRotation).await?;
        let rows = take_old(&mut tx, newest_id).await?;
        if rows.is_empty() {
            return Ok(count);
        }
        for row in rows {
            let bound = subject::bound(row.dealership_id, &row.subject_kind, row.subject_id);
            let plain = masters.by_id(&row.master_key_id)?.open(&bound, &row.wrapped)?;
            let wrapped = newest.seal(&bound, &plain)?;
            save(&mut tx, &row, newest_id, &wrapped).await?;
            count = count.saturating_add(1);
        }
        tx.commit().await?;
    }
}

/// Locks some keys that are not under the newest master key, leaving out those that another process has.
async fn take_old(tx: &mut SystemTx, newest: &str) -> Result<Vec<OldRow>, DbError> {
    Ok(sqlx::query_as(
        "select dealership_id, subject_kind, subject_id, master_key_id, wrapped from subject_key
         where master_key_id <> $1 limit $2 for update skip locked",
    )
    .bind(newest)
    .bind(BATCH)
    .fetch_all(tx.conn())
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
