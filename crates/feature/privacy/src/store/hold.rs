//! The table `legal_hold`.

use autolytiq_db::{DbError, TenantTx};
use autolytiq_kernel::{CustomerId, PersonId};
use autolytiq_secrets::Sealed;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;

use crate::ops::hold::HoldId;

/// A hold as it is stored.
pub(crate) struct Hold {
    pub(crate) id: HoldId,
    pub(crate) reason: Sealed,
    pub(crate) placed_at: Timestamp,
    pub(crate) placed_by: PersonId,
    pub(crate) released_at: Option<Timestamp>,
}

#[derive(sqlx::FromRow)]
struct HoldRow {
    id: HoldId,
    reason: Sealed,
    placed_at: jiff_sqlx::Timestamp,
    placed_by: PersonId,
    released_at: Option<jiff_sqlx::Timestamp>,
}

/// The holds of a customer, the newest first.
pub(crate) async fn of_customer(tx: &mut TenantTx, customer: CustomerId) -> Result<Vec<Hold>, DbError> {
    let store = tx.acting();
    let rows: Vec<HoldRow> = sqlx::query_as(
        "select id, reason, placed_at, placed_by, released_at from legal_hold
         where dealership_id = $1 and customer_id = $2 order by placed_at desc, id desc",
    )
    .bind(store)
    .bind(customer)
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Hold {
            id: row.id,
            reason: row.reason,
            placed_at: row.placed_at.to_jiff(),
            placed_by: row.placed_by,
            released_at: row.released_at.map(|at| at.to_jiff()),
        })
        .collect())
}

/// Whether a hold stands.
pub(crate) async fn stands(tx: &mut TenantTx, customer: CustomerId) -> Result<bool, DbError> {
    let store = tx.acting();
    Ok(sqlx::query_scalar(
        "select exists (select from legal_hold where dealership_id = $1 and customer_id = $2 and released_at is null)",
    )
    .bind(store)
    .bind(customer)
    .fetch_one(tx.conn())
    .await?)
}

pub(crate) async fn insert(
    tx: &mut TenantTx,
    id: HoldId,
    customer: CustomerId,
    reason: &Sealed,
    by: PersonId,
) -> Result<(), DbError> {
    let (store, now) = (tx.acting(), tx.now().to_sqlx());
    sqlx::query(
        "insert into legal_hold (dealership_id, id, customer_id, reason, placed_at, placed_by)
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(store)
    .bind(id)
    .bind(customer)
    .bind(reason)
    .bind(now)
    .bind(by)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Lifts the standing hold; returns its id if there was one.
pub(crate) async fn release(tx: &mut TenantTx, customer: CustomerId, by: PersonId) -> Result<Option<HoldId>, DbError> {
    let (store, now) = (tx.acting(), tx.now().to_sqlx());
    Ok(sqlx::query_scalar(
        "update legal_hold set released_at = $3, released_by = $4
         where dealership_id = $1 and customer_id = $2 and released_at is null returning id",
    )
    .bind(store)
    .bind(customer)
    .bind(now)
    .bind(by)
    .fetch_optional(tx.conn())
    .await?)
}
