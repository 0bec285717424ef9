//! Requests for access, and the door through which they come.

use autolytiq_db::{DbError, SystemTx, TenantTx};
use autolytiq_kernel::{DealershipId, typed_id};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;

use crate::{
    crypto::refresh::RefreshDigest,
    domain::{email::Email, name::Name},
};

typed_id! {
    /// A request for access to a store.
    RegistrationId = "registration",
}

/// The name of a store whose door is open.
pub(crate) async fn open_store(tx: &mut SystemTx, store: DealershipId) -> Result<Option<String>, DbError> {
    Ok(sqlx::query_scalar(
        "select d.name from registration_door r join dealership d using (dealership_id)
         where r.dealership_id = $1 and r.open",
    )
    .bind(store)
    .fetch_optional(tx.conn())
    .await?)
}

/// Whether the acting store's door is open, and in which version that is. A store that never said is closed.
pub(crate) async fn door(tx: &mut TenantTx) -> Result<(bool, i64), DbError> {
    let store = tx.acting();
    let row: Option<(bool, i64)> =
        sqlx::query_as("select open, version from registration_door where dealership_id = $1")
            .bind(store)
            .fetch_optional(tx.conn())
            .await?;
    Ok(row.unwrap_or((false, 0)))
}

/// Opens or closes the acting store's door, which was read in `version`. Nothing when somebody was quicker.
pub(crate) async fn set_door(tx: &mut TenantTx, open: bool, version: i64) -> Result<bool, DbError> {
    let (store, now) = (tx.acting(), tx.now().to_sqlx());
    let done = sqlx::query(
        "insert into registration_door as r (dealership_id, open, updated_at) select $1::uuid, $2::boolean, $4::timestamptz where $3::bigint = 0
         on conflict (dealership_id) do nothing",
    )
    .bind(store)
    .bind(open)
    .bind(version)
    .bind(now)
    .execute(tx.conn())
    .await?;
    if done.rows_affected() == 1 {
        return Ok(true);
    }
    let done = sqlx::query(
        "update registration_door set open = $2, version = version + 1, updated_at = $4
         where dealership_id = $1 and version = $3",
    )
    .bind(store)
    .bind(open)
    .bind(version)
    .bind(now)
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// How many requests came to the acting store since then: from this address, and in all.
pub(crate) async fn since(tx: &mut TenantTx, email: &Email, at: Timestamp) -> Result<(i64, i64), DbError> {
    let store = tx.acting();
    Ok(sqlx::query_as(
        "select count(*) filter (where email = $2), count(*) from registration
         where dealership_id = $1 and created_at > $3",
    )
    .bind(store)
    .bind(email.as_str())
    .bind(at.to_sqlx())
    .fetch_one(tx.conn())
    .await?)
}

/// A new request.
pub(crate) struct New<'a> {
    pub(crate) name: &'a Name,
    pub(crate) email: &'a Email,
    pub(crate) digest: RefreshDigest,
    pub(crate) confirm_until: Timestamp,
    /// The address works here already.
    pub(crate) known: bool,
}

pub(crate) async fn insert(tx: &mut TenantTx, new: &New<'_>) -> Result<RegistrationId, DbError> {
    let (store, id, now) = (tx.acting(), tx.new_id(), tx.now().to_sqlx());
    sqlx::query(
        "insert into registration (dealership_id, id, name, email, digest, confirm_until, created_at, decided_at, decision)
         values ($1, $2, $3, $4, $5, $6, $7::timestamptz, case when $8::boolean then $7::timestamptz end,
                 case when $8::boolean then 'known' end)",
    )
    .bind(store)
    .bind(id)
    .bind(new.name.as_str())
    .bind(new.email.as_str())
    .bind(new.digest.0.as_slice())
    .bind(new.confirm_until.to_sqlx())
    .bind(now)
    .bind(new.known)
    .execute(tx.conn())
    .await?;
    Ok(id)
}

/// The store of a token that could still confirm an address.
pub(crate) async fn store_of(tx: &mut SystemTx, digest: RefreshDigest) -> Result<Option<DealershipId>, DbError> {
    Ok(sqlx::query_scalar("select dealership_id from registration where digest = $1")
        .bind(digest.0.as_slice())
        .fetch_optional(tx.conn())
        .await?)
}

/// A request as an administrator sees it.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct Registration {
    pub(crate) id: RegistrationId,
    pub(crate) name: String,
    pub(crate) email: String,
}

/// Confirms the address of a token's request, once and in time.
pub(crate) async fn confirm(tx: &mut TenantTx, digest: RefreshDigest) -> Result<Option<Registration>, DbError> {
    let (store, now) = (tx.acting(), tx.now().to_sqlx());
    Ok(sqlx::query_as(
        "update registration set confirmed_at = $3
         where dealership_id = $1 and digest = $2 and confirmed_at is null and decided_at is null and confirm_until > $3
         returning id, name, email",
    )
    .bind(store)
    .bind(digest.0.as_slice())
    .bind(now)
    .fetch_optional(tx.conn())
    .await?)
}

/// Requests of the acting store that wait for a decision, with the time of their confirmation, oldest first.
pub(crate) async fn waiting(
    tx: &mut TenantTx,
) -> Result<Vec<(RegistrationId, String, String, jiff_sqlx::Timestamp)>, DbError> {
    let store = tx.acting();
    Ok(sqlx::query_as(
        "select id, name, email, confirmed_at from registration
         where dealership_id = $1 and confirmed_at is not null and decided_at is null
         order by confirmed_at limit 200",
    )
    .bind(store)
    .fetch_all(tx.conn())
    .await?)
}

/// Decides about a request that waits; nothing when there is none, or somebody has decided.
pub(crate) async fn decide(
    tx: &mut TenantTx,
    id: RegistrationId,
    approved: bool,
) -> Result<Option<Registration>, DbError> {
    let (store, now, by) = (tx.acting(), tx.now().to_sqlx(), tx.ctx().person());
    Ok(sqlx::query_as(
        "update registration set decided_at = $3, decision = $4, decided_by = $5
         where dealership_id = $1 and id = $2 and confirmed_at is not null and decided_at is null
         returning id, name, email",
    )
    .bind(store)
    .bind(id)
    .bind(now)
    .bind(if approved { "approved" } else { "declined" })
    .bind(by)
    .fetch_optional(tx.conn())
    .await?)
}

/// Deletes requests that nobody confirmed in time, and decided ones after that long.
pub(crate) async fn purge(tx: &mut SystemTx, unconfirmed: Timestamp, decided: Timestamp) -> Result<u64, DbError> {
    let deleted =
        sqlx::query("delete from registration where (confirmed_at is null and confirm_until <= $1) or decided_at < $2")
            .bind(unconfirmed.to_sqlx())
            .bind(decided.to_sqlx())
            .execute(tx.conn())
            .await?;
    Ok(deleted.rows_affected())
}
