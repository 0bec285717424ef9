//! The limits of sessions, per store.

use autolytiq_db::{DbError, SystemTx, TenantTx};
use autolytiq_kernel::DealershipId;
use jiff_sqlx::ToSqlx;

use crate::domain::limits::{DEFAULT, SessionLimits};

pub(super) fn read(row: Option<(i32, i32, i64)>) -> Result<(SessionLimits, i64), DbError> {
    // A store that has set none is at version 0.
    let Some((idle, absolute, version)) = row else { return Ok((DEFAULT, 0)) };
    let number = |value: i32| {
        u16::try_from(value).map_err(|error| DbError::inconsistent("session_limits", "idle_minutes", error))
    };
    Ok((SessionLimits { idle_minutes: number(idle)?, absolute_hours: number(absolute)? }, version))
}

/// The limits of a store.
pub(crate) async fn of(tx: &mut SystemTx, store: DealershipId) -> Result<SessionLimits, DbError> {
    let row =
        sqlx::query_as("select idle_minutes, absolute_hours, version from session_limits where dealership_id = $1")
            .bind(store)
            .fetch_optional(tx.conn())
            .await?;
    Ok(read(row)?.0)
}

/// The limits of the acting store with their version.
pub(crate) async fn acting(tx: &mut TenantTx) -> Result<(SessionLimits, i64), DbError> {
    let store = tx.acting();
    let row =
        sqlx::query_as("select idle_minutes, absolute_hours, version from session_limits where dealership_id = $1")
            .bind(store)
            .fetch_optional(tx.conn())
            .await?;
    read(row)
}

/// Saves the limits of the acting store over the version that was read.
pub(crate) async fn save(tx: &mut TenantTx, limits: SessionLimits, version: i64) -> Result<i64, DbError> {
    let (store, now) = (tx.acting(), tx.now().to_sqlx());
    let saved: Option<i64> = sqlx::query_scalar(
        "insert into session_limits as l (dealership_id, idle_minutes, absolute_hours, updated_at)
         select $1, $2, $3, $4 where $5 = 0 or exists (select from session_limits where dealership_id = $1)
         on conflict (dealership_id) do update
             set idle_minutes = $2, absolute_hours = $3, updated_at = $4, version = l.version + 1
             where l.version = $5
         returning version",
    )
    .bind(store)
    .bind(i32::from(limits.idle_minutes))
    .bind(i32::from(limits.absolute_hours))
    .bind(now)
    .bind(version)
    .fetch_optional(tx.conn())
    .await?;
    saved.ok_or(DbError::Stale)
}
