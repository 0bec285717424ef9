//! Appending to the outbox. Sending from it is `crates/platform/events`.

use autolytiq_kernel::{DealershipId, EventId, RequestId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde::Serialize;
use sqlx::PgConnection;

use crate::{DbError, Subject};

/// Something that happened, for [`TenantTx::emit`](crate::TenantTx::emit).
///
/// A payload tells which thing changed and to what state, so that a listener can fetch the rest under its own rights:
/// nothing protected, no cost, no gross.
#[derive(Debug)]
#[must_use = "an event does nothing until it is handed to `emit`"]
pub struct NewEvent {
    kind: &'static str,
    version: i16,
    subject: Subject,
    payload: Result<serde_json::Value, serde_json::Error>,
}

impl NewEvent {
    /// An event of a type (`deal.changed`), version 1, about a subject.
    pub fn new(kind: &'static str, subject: impl Into<Subject>, payload: &impl Serialize) -> Self {
        Self { kind, version: 1, subject: subject.into(), payload: serde_json::to_value(payload) }
    }

    /// The version of the payload's shape, when it is not the first.
    pub fn version(mut self, version: i16) -> Self {
        self.version = version;
        self
    }
}

/// An event with its envelope.
pub(crate) struct Row {
    pub(crate) id: EventId,
    pub(crate) dealership: DealershipId,
    pub(crate) at: Timestamp,
    pub(crate) actor: String,
    pub(crate) cause: RequestId,
    pub(crate) event: NewEvent,
}

pub(crate) async fn append(connection: &mut PgConnection, row: Row) -> Result<(), DbError> {
    sqlx::query(
        "insert into outbox (dealership_id, id, type, version, occurred_at, actor, cause, subject_kind, subject_id, payload)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(row.dealership)
    .bind(row.id)
    .bind(row.event.kind)
    .bind(row.event.version)
    .bind(row.at.to_sqlx())
    .bind(row.actor)
    .bind(row.cause)
    .bind(row.event.subject.kind)
    .bind(row.event.subject.id)
    .bind(row.event.payload.map_err(DbError::Encode)?)
    .execute(connection)
    .await?;
    Ok(())
}
