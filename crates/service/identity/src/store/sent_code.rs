//! Factors whose codes are sent: one address and one number a person.

use autolytiq_db::{DbError, SystemTx};
use autolytiq_kernel::{FactorId, PersonId};
use autolytiq_secrets::Sealed;
use jiff_sqlx::ToSqlx;

/// Whether the person has a confirmed factor of this kind.
pub(crate) async fn has(tx: &mut SystemTx, person: PersonId, kind: &str) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar(
        "select exists (select 1 from factor where person_id = $1 and kind = $2 and confirmed_at is not null)",
    )
    .bind(person)
    .bind(kind)
    .fetch_one(tx.conn())
    .await?)
}

/// The kind of a factor that waits for the first code that was sent, locked.
pub(crate) async fn lock_waiting(tx: &mut SystemTx, person: PersonId, id: FactorId) -> Result<Option<String>, DbError> {
    Ok(sqlx::query_scalar(
        "select kind from factor
         where person_id = $1 and id = $2 and kind in ('email', 'sms') and confirmed_at is null for update",
    )
    .bind(person)
    .bind(id)
    .fetch_optional(tx.conn())
    .await?)
}

/// Confirms a factor by its first code.
pub(crate) async fn confirm(tx: &mut SystemTx, id: FactorId) -> Result<(), DbError> {
    let now = tx.now().to_sqlx();
    sqlx::query("update factor set confirmed_at = $2, last_used_at = $2 where id = $1")
        .bind(id)
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Notes that it was proved; false when the person has it no more.
pub(crate) async fn used(tx: &mut SystemTx, person: PersonId, kind: &str) -> Result<bool, DbError> {
    let now = tx.now().to_sqlx();
    let used = sqlx::query(
        "update factor set last_used_at = $3 where person_id = $1 and kind = $2 and confirmed_at is not null",
    )
    .bind(person)
    .bind(kind)
    .bind(now)
    .execute(tx.conn())
    .await?;
    Ok(used.rows_affected() == 1)
}

/// The number to which texts go.
pub(crate) async fn number(tx: &mut SystemTx, person: PersonId) -> Result<Option<(FactorId, Sealed)>, DbError> {
    Ok(sqlx::query_as(
        "select id, secret from factor where person_id = $1 and kind = 'sms' and confirmed_at is not null",
    )
    .bind(person)
    .fetch_optional(tx.conn())
    .await?)
}
