//! What was sent or shown, and waits for its answer.

use autolytiq_db::{DbError, SystemTx};
use autolytiq_kernel::PersonId;
use autolytiq_secrets::Sealed;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;

/// A challenge to be kept: to whom it was given, for what.
pub(crate) struct NewChallenge<'a> {
    pub(crate) holder: [u8; 32],
    pub(crate) kind: &'static str,
    pub(crate) person: PersonId,
    pub(crate) content: &'a Sealed,
    pub(crate) expires_at: Timestamp,
}

/// Keeps a challenge in the place of an earlier one of the kind.
pub(crate) async fn put(tx: &mut SystemTx, new: &NewChallenge<'_>) -> Result<(), DbError> {
    sqlx::query(
        "insert into factor_challenge (holder, kind, person_id, content, expires_at) values ($1, $2, $3, $4, $5)
         on conflict (holder, kind) do update set person_id = $3, content = $4, expires_at = $5",
    )
    .bind(new.holder.as_slice())
    .bind(new.kind)
    .bind(new.person)
    .bind(new.content)
    .bind(new.expires_at.to_sqlx())
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// A challenge of which a wrong answer is not the end, locked, if its time is not over.
pub(crate) async fn lock(
    tx: &mut SystemTx,
    holder: [u8; 32],
    kind: &'static str,
    person: PersonId,
) -> Result<Option<Sealed>, DbError> {
    let now = tx.now().to_sqlx();
    Ok(sqlx::query_scalar(
        "select content from factor_challenge
         where holder = $1 and kind = $2 and person_id = $3 and expires_at > $4 for update",
    )
    .bind(holder.as_slice())
    .bind(kind)
    .bind(person)
    .bind(now)
    .fetch_optional(tx.conn())
    .await?)
}

/// Takes a challenge out that was answered.
pub(crate) async fn delete(tx: &mut SystemTx, holder: [u8; 32], kind: &'static str) -> Result<(), DbError> {
    sqlx::query("delete from factor_challenge where holder = $1 and kind = $2")
        .bind(holder.as_slice())
        .bind(kind)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Takes a challenge out, so that it is answered once, if its time is not over.
pub(crate) async fn take(
    tx: &mut SystemTx,
    holder: [u8; 32],
    kind: &'static str,
    person: PersonId,
) -> Result<Option<Sealed>, DbError> {
    let now = tx.now().to_sqlx();
    Ok(sqlx::query_scalar(
        "delete from factor_challenge where holder = $1 and kind = $2 and person_id = $3 and expires_at > $4
         returning content",
    )
    .bind(holder.as_slice())
    .bind(kind)
    .bind(person)
    .bind(now)
    .fetch_optional(tx.conn())
    .await?)
}
