//! The outbox as its readers see it.

use autolytiq_db::{DbError, SystemTx};
use autolytiq_kernel::{DealershipId, EventId, RequestId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde_json::Value;
use sqlx::FromRow;
use uuid::Uuid;

use crate::{Event, EventSubject};

#[derive(FromRow)]
struct EventRow {
    dealership_id: DealershipId,
    id: EventId,
    sequence: i64,
    #[sqlx(rename = "type")]
    kind: String,
    version: i16,
    occurred_at: jiff_sqlx::Timestamp,
    actor: String,
    cause: RequestId,
    subject_kind: String,
    subject_id: Uuid,
    payload: Value,
    attempts: i32,
}

impl EventRow {
    fn into_event(self) -> Event {
        Event {
            id: self.id,
            dealership: self.dealership_id,
            sequence: self.sequence,
            kind: self.kind,
            version: self.version,
            occurred_at: self.occurred_at.to_jiff(),
            actor: self.actor,
            cause: self.cause,
            subject: EventSubject { kind: self.subject_kind, id: self.subject_id },
            payload: self.payload,
        }
    }
}

/// An event that waits to be sent, locked for this transaction.
pub(crate) struct Pending {
    pub(crate) event: Event,
    pub(crate) attempts: u32,
}

/// The oldest events that are due, except those another dispatcher holds.
pub(crate) async fn take_pending(tx: &mut SystemTx, most: i64) -> Result<Vec<Pending>, DbError> {
    let now = tx.now().to_sqlx();
    let rows: Vec<EventRow> = sqlx::query_as(
        "select dealership_id, id, sequence, type, version, occurred_at, actor, cause, subject_kind, subject_id, payload,
                attempts
         from outbox
         where dispatched_at is null and (next_attempt_at is null or next_attempt_at <= $1)
         order by sequence limit $2
         for update skip locked",
    )
    .bind(now)
    .bind(most)
    .fetch_all(tx.conn())
    .await?;
    let pending =
        |row: EventRow| Pending { attempts: u32::try_from(row.attempts).unwrap_or(0), event: row.into_event() };
    Ok(rows.into_iter().map(pending).collect())
}

/// Notes that every handler took the event.
pub(crate) async fn mark_dispatched(tx: &mut SystemTx, event: &Event) -> Result<(), DbError> {
    let now = tx.now().to_sqlx();
    sqlx::query(
        "update outbox set dispatched_at = $4, attempts = attempts + 1, last_error = null
         where dealership_id = $1 and id = $2 and occurred_at = $3",
    )
    .bind(event.dealership)
    .bind(event.id)
    .bind(event.occurred_at.to_sqlx())
    .bind(now)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Notes that a handler failed, and when to try again.
pub(crate) async fn mark_failed(
    tx: &mut SystemTx,
    event: &Event,
    again_at: Timestamp,
    why: &str,
) -> Result<(), DbError> {
    sqlx::query(
        "update outbox set attempts = attempts + 1, next_attempt_at = $4, last_error = $5
         where dealership_id = $1 and id = $2 and occurred_at = $3",
    )
    .bind(event.dealership)
    .bind(event.id)
    .bind(event.occurred_at.to_sqlx())
    .bind(again_at.to_sqlx())
    .bind(why)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The newest sequence number that can be seen, 0 when there is none.
pub(crate) async fn newest_sequence(tx: &mut SystemTx) -> Result<i64, DbError> {
    Ok(sqlx::query_scalar("select coalesce(max(sequence), 0) from outbox").fetch_one(tx.conn()).await?)
}

/// Events with these numbers, and those after a number, in order.
pub(crate) async fn of_or_after(
    tx: &mut SystemTx,
    numbers: &[i64],
    after: i64,
    most: i64,
) -> Result<Vec<Event>, DbError> {
    let rows: Vec<EventRow> = sqlx::query_as(
        "select dealership_id, id, sequence, type, version, occurred_at, actor, cause, subject_kind, subject_id, payload,
                attempts
         from outbox where sequence > $2 or sequence = any ($1)
         order by sequence limit $3",
    )
    .bind(numbers)
    .bind(after)
    .bind(most)
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(EventRow::into_event).collect())
}
