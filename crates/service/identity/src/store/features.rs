//! What a store has switched off.

use autolytiq_db::{DbError, TenantTx};
use autolytiq_kernel::SwitchedOff;
use jiff_sqlx::ToSqlx;

use crate::domain::features::known;

/// What the acting store has switched off, with its version; a store that never said is at version 0.
pub(crate) async fn read(tx: &mut TenantTx) -> Result<(SwitchedOff, i64), DbError> {
    let store = tx.acting();
    let row: Option<(Vec<String>, i64)> =
        sqlx::query_as("select off, version from feature_switches where dealership_id = $1")
            .bind(store)
            .fetch_optional(tx.conn())
            .await?;
    Ok(row.map_or((SwitchedOff::NONE, 0), |(names, version)| (known(&names), version)))
}

/// Saves over the version that was read, and returns the new one.
pub(crate) async fn write(tx: &mut TenantTx, off: SwitchedOff, version: i64) -> Result<i64, DbError> {
    let (store, now) = (tx.acting(), tx.now().to_sqlx());
    let names: Vec<&str> = off.iter().map(autolytiq_kernel::Feature::id).collect();
    let saved: Option<i64> = sqlx::query_scalar(
        "insert into feature_switches as f (dealership_id, off, updated_at)
         select $1, $2, $3 where $4 = 0 or exists (select from feature_switches where dealership_id = $1)
         on conflict (dealership_id) do update set off = $2, updated_at = $3, version = f.version + 1
             where f.version = $4
         returning version",
    )
    .bind(store)
    .bind(names)
    .bind(now)
    .bind(version)
    .fetch_optional(tx.conn())
    .await?;
    saved.ok_or(DbError::Stale)
}
