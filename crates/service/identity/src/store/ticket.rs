//! Log-ins that are not finished, and what was sent or shown for their next step.

use autolytiq_db::{DbError, SystemTx};
use autolytiq_kernel::PersonId;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;

use crate::crypto::refresh::RefreshDigest;

/// A log-in between its steps.
pub(crate) struct Ticket {
    pub(crate) digest: RefreshDigest,
    pub(crate) person: PersonId,
    /// What was proved first.
    pub(crate) first_step: String,
    pub(crate) factor_done: bool,
    pub(crate) expires_at: Timestamp,
}

/// Writes a ticket.
pub(crate) async fn insert(tx: &mut SystemTx, ticket: &Ticket) -> Result<(), DbError> {
    let now = tx.now().to_sqlx();
    sqlx::query(
        "insert into sign_in_ticket (digest, person_id, first_step, factor_done, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(ticket.digest.0.as_slice())
    .bind(ticket.person)
    .bind(&ticket.first_step)
    .bind(ticket.factor_done)
    .bind(now)
    .bind(ticket.expires_at.to_sqlx())
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The ticket, locked, if its time is not over: two steps at once come after each other.
pub(crate) async fn lock(tx: &mut SystemTx, digest: RefreshDigest) -> Result<Option<Ticket>, DbError> {
    let now = tx.now().to_sqlx();
    let row: Option<(PersonId, String, bool, jiff_sqlx::Timestamp)> = sqlx::query_as(
        "select person_id, first_step, factor_done, expires_at from sign_in_ticket
         where digest = $1 and expires_at > $2 for update",
    )
    .bind(digest.0.as_slice())
    .bind(now)
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|(person, first_step, factor_done, expires_at)| Ticket {
        digest,
        person,
        first_step,
        factor_done,
        expires_at: expires_at.to_jiff(),
    }))
}

/// Notes that the second factor was proved.
pub(crate) async fn factor_done(tx: &mut SystemTx, ticket: &mut Ticket) -> Result<(), DbError> {
    sqlx::query("update sign_in_ticket set factor_done = true where digest = $1")
        .bind(ticket.digest.0.as_slice())
        .execute(tx.conn())
        .await?;
    ticket.factor_done = true;
    Ok(())
}

/// Takes the ticket away: its session is open.
pub(crate) async fn delete(tx: &mut SystemTx, ticket: &Ticket) -> Result<(), DbError> {
    sqlx::query("delete from sign_in_ticket where digest = $1")
        .bind(ticket.digest.0.as_slice())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Takes every ticket of a person away: what was proved for them no longer counts.
pub(crate) async fn delete_all(tx: &mut SystemTx, person: PersonId) -> Result<(), DbError> {
    sqlx::query("delete from sign_in_ticket where person_id = $1").bind(person).execute(tx.conn()).await?;
    Ok(())
}

/// Deletes what has run out.
pub(crate) async fn purge(tx: &mut SystemTx) -> Result<u64, DbError> {
    let now = tx.now().to_sqlx();
    let tickets = sqlx::query("delete from sign_in_ticket where expires_at <= $1").bind(now).execute(tx.conn()).await?;
    let challenges =
        sqlx::query("delete from factor_challenge where expires_at <= $1").bind(now).execute(tx.conn()).await?;
    Ok(tickets.rows_affected() + challenges.rows_affected())
}
