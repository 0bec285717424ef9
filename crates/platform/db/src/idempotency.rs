//! Answers kept under a client's `Idempotency-Key`, so that a repeated request is answered and not repeated.
//!
//! Each step is a short transaction of its own around the handler's: a second request sees at once that the first is
//! under way. A request that died without an answer gives its key up after [`TAKE_OVER_AFTER`].
//!
//! None of the steps waits for the disk. A key that is lost with the machine is one that was never taken, and what the
//! handler commits afterwards takes it to the disk; an answer that is lost is one that the process died before storing.

use autolytiq_kernel::{PersonId, TenantCtx};
use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx;
use sqlx::{FromRow, PgConnection, types::Json};
use uuid::Uuid;

use crate::{Db, DbError, SystemUse, TenantTx};

/// How long an answer is kept.
const KEPT_FOR: SignedDuration = SignedDuration::from_hours(24);
/// When a request without an answer counts as dead.
const TAKE_OVER_AFTER: SignedDuration = SignedDuration::from_mins(2);

/// What is known about a key.
#[derive(Debug)]
pub enum Begin {
    /// Nothing: go on, and finish or abandon the ticket.
    Fresh(Ticket),
    /// Another request holds the key just now.
    InFlight,
    /// The key was used for a different request.
    OtherRequest,
    /// This very request was answered before.
    Done(StoredAnswer),
}

/// The right to store the answer under a key.
#[derive(Debug)]
#[must_use = "a ticket is finished or abandoned, or the key stays taken for two minutes"]
pub struct Ticket {
    person: PersonId,
    operation: String,
    key: String,
    ticket: Uuid,
}

/// An answer as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredAnswer {
    /// The HTTP status.
    pub status: u16,
    /// The headers that belong to the answer: names and values.
    pub headers: Vec<(String, String)>,
    /// The body's bytes.
    pub body: Vec<u8>,
}

impl Db {
    /// Takes the key for this person's operation in the acting store, or tells why not. `fingerprint` is the SHA-256 of
    /// what makes the request this one.
    ///
    /// # Errors
    /// What the database reports. A context without a person (a job) has no keys and always gets [`Begin::Fresh`].
    pub async fn idempotency_begin(
        &self,
        ctx: &TenantCtx,
        key: &str,
        operation: &str,
        fingerprint: [u8; 32],
    ) -> Result<Begin, DbError> {
        let person = ctx.person().unwrap_or(PersonId::from_uuid(Uuid::nil()));
        let mut tx = self.tenant_in_haste(ctx).await?;
        let (now, ticket) = (tx.now(), tx.ids().uuid());
        let ticket = Ticket { person, operation: operation.to_owned(), key: key.to_owned(), ticket };
        let begin = if take(&mut tx, &ticket, fingerprint, now).await? {
            Begin::Fresh(ticket)
        } else {
            let row = find(&mut tx, &ticket).await?;
            known(row, fingerprint)?
        };
        tx.commit().await?;
        Ok(begin)
    }

    /// Stores the answer. Nothing happens when another request has taken the key over in the meantime.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn idempotency_finish(
        &self,
        ctx: &TenantCtx,
        ticket: Ticket,
        answer: &StoredAnswer,
    ) -> Result<(), DbError> {
        let status = i16::try_from(answer.status).unwrap_or(i16::MAX);
        let mut tx = self.tenant_in_haste(ctx).await?;
        sqlx::query(
            "update idempotency_key set finished_at = $6, status = $7, headers = $8, body = $9
             where dealership_id = $1 and person_id = $2 and operation = $3 and key = $4 and ticket = $5",
        )
        .bind(ctx.acting())
        .bind(ticket.person)
        .bind(&ticket.operation)
        .bind(&ticket.key)
        .bind(ticket.ticket)
        .bind(tx.now().to_sqlx())
        .bind(status)
        .bind(Json(&answer.headers))
        .bind(&answer.body)
        .execute(tx.conn())
        .await?;
        tx.commit().await
    }

    /// Gives the key back, so that it may be used again: the request failed and did nothing.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn idempotency_abandon(&self, ctx: &TenantCtx, ticket: Ticket) -> Result<(), DbError> {
        let mut tx = self.tenant_in_haste(ctx).await?;
        sqlx::query(
            "delete from idempotency_key
             where dealership_id = $1 and person_id = $2 and operation = $3 and key = $4 and ticket = $5",
        )
        .bind(ctx.acting())
        .bind(ticket.person)
        .bind(&ticket.operation)
        .bind(&ticket.key)
        .bind(ticket.ticket)
        .execute(tx.conn())
        .await?;
        tx.commit().await
    }

    /// Deletes answers older than 24 hours, of all stores; returns how many. A daily job.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn idempotency_expire(&self) -> Result<u64, DbError> {
        let mut tx = self.system(SystemUse::Housekeeping).await?;
        let before = tx.now().saturating_sub(KEPT_FOR).unwrap_or(Timestamp::MIN);
        let done = sqlx::query("delete from idempotency_key where started_at < $1")
            .bind(before.to_sqlx())
            .execute(tx.conn())
            .await?;
        tx.commit().await?;
        Ok(done.rows_affected())
    }
}

/// Takes the key when it is free, has run out, or is held by a request that died.
async fn take(
    tx: &mut crate::TenantTx,
    ticket: &Ticket,
    fingerprint: [u8; 32],
    now: Timestamp,
) -> Result<bool, DbError> {
    let expired = now.saturating_sub(KEPT_FOR).unwrap_or(Timestamp::MIN);
    let dead = now.saturating_sub(TAKE_OVER_AFTER).unwrap_or(Timestamp::MIN);
    let taken = sqlx::query(
        "insert into idempotency_key as held (dealership_id, person_id, operation, key, fingerprint, ticket, started_at)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (dealership_id, person_id, operation, key) do update
             set fingerprint = excluded.fingerprint, ticket = excluded.ticket, started_at = excluded.started_at,
                 finished_at = null, status = null, headers = null, body = null
             where held.started_at < $8 or (held.finished_at is null and held.started_at < $9)",
    )
    .bind(tx.acting())
    .bind(ticket.person)
    .bind(&ticket.operation)
    .bind(&ticket.key)
    .bind(fingerprint.as_slice())
    .bind(ticket.ticket)
    .bind(now.to_sqlx())
    .bind(expired.to_sqlx())
    .bind(dead.to_sqlx())
    .execute(tx.conn())
    .await?;
    Ok(taken.rows_affected() == 1)
}

#[derive(FromRow)]
struct KeyRow {
    fingerprint: Vec<u8>,
    status: Option<i16>,
    headers: Option<Json<Vec<(String, String)>>>,
    body: Option<Vec<u8>>,
}

async fn find(tx: &mut crate::TenantTx, ticket: &Ticket) -> Result<Option<KeyRow>, DbError> {
    let dealership = tx.acting();
    let connection: &mut PgConnection = tx.conn();
    Ok(sqlx::query_as(
        "select fingerprint, status, headers, body from idempotency_key
         where dealership_id = $1 and person_id = $2 and operation = $3 and key = $4",
    )
    .bind(dealership)
    .bind(ticket.person)
    .bind(&ticket.operation)
    .bind(&ticket.key)
    .fetch_optional(connection)
    .await?)
}

fn known(row: Option<KeyRow>, fingerprint: [u8; 32]) -> Result<Begin, DbError> {
    // The holder gave it back between our two statements: the client may try again at once.
    let Some(row) = row else { return Ok(Begin::InFlight) };
    if row.fingerprint != fingerprint {
        return Ok(Begin::OtherRequest);
    }
    let Some(status) = row.status else { return Ok(Begin::InFlight) };
    let status = u16::try_from(status).map_err(|_| DbError::inconsistent("idempotency_key", "status", status))?;
    let headers = row.headers.map(|Json(headers)| headers).unwrap_or_default();
    Ok(Begin::Done(StoredAnswer { status, headers, body: row.body.unwrap_or_default() }))
}

/// Deletes the acting store's answers that name one of these rows.
pub(crate) async fn forget(tx: &mut TenantTx, about: &[Uuid]) -> Result<u64, DbError> {
    let ids: Vec<String> = about.iter().map(Uuid::to_string).collect();
    let done = sqlx::query(
        "delete from idempotency_key
         where dealership_id = $1
           and exists (select from unnest($2::text[]) as wanted (id) where position(convert_to(wanted.id, 'UTF8') in body) > 0)",
    )
    .bind(tx.acting())
    .bind(ids)
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected())
}
