//! Appending to the audit trail. Sealing, verifying and reading it is `service/audit`.

use autolytiq_kernel::{Actor, AuditEntryId, DealershipId, Origin};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde::Serialize;
use sqlx::PgConnection;

use crate::{DbError, Subject};

/// What happened to what, for [`TenantTx::audit`](crate::TenantTx::audit).
///
/// `before` and `after` are what the action changed, as JSON with the API's field names; a protected value goes in as
/// its ciphertext or not at all, since an entry is never rewritten.
#[derive(Debug)]
#[must_use = "a record does nothing until it is handed to `audit`"]
pub struct AuditRecord {
    action: &'static str,
    subject: Subject,
    reason: Option<String>,
    before: Option<Result<String, serde_json::Error>>,
    after: Option<Result<String, serde_json::Error>>,
}

impl AuditRecord {
    /// A record of an action (`deal.submitted`, `customer.viewed`) on a subject.
    pub fn new(action: &'static str, subject: impl Into<Subject>) -> Self {
        Self { action, subject: subject.into(), reason: None, before: None, after: None }
    }

    /// The state before.
    pub fn before(mut self, state: &impl Serialize) -> Self {
        self.before = Some(serde_json::to_string(state));
        self
    }

    /// The state after.
    pub fn after(mut self, state: &impl Serialize) -> Self {
        self.after = Some(serde_json::to_string(state));
        self
    }

    /// The reason the actor gave.
    pub fn reason(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }
}

/// A record with who, when, where and for which store.
pub(crate) struct Entry<'a> {
    pub(crate) id: AuditEntryId,
    pub(crate) dealership: DealershipId,
    pub(crate) at: Timestamp,
    pub(crate) actor: &'a Actor,
    pub(crate) origin: Origin,
    pub(crate) record: AuditRecord,
}

/// Writes the entry and its note for the sealer in one statement.
pub(crate) async fn append(connection: &mut PgConnection, entry: Entry<'_>) -> Result<(), DbError> {
    let (person, job) = match entry.actor {
        Actor::Person(actor) => (Some(*actor), None),
        Actor::Job(name) => (None, Some(*name)),
    };
    let record = entry.record;
    sqlx::query(
        // The entry, and so the chain, holds a salted digest of the reason; the words stand where they can be erased.
        "with words as (
             select gen_random_uuid() as salt, $13::text as reason where $13 is not null
         ), kept as (
             insert into audit_reason (dealership_id, entry_id, salt, reason) select $1, $2, salt, reason from words
         ), entry as (
             insert into audit_entry (dealership_id, id, occurred_at, person_id, session_id, role, job, request_id, address,
                                      action, subject_kind, subject_id, reason, before, after)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9::inet, $10, $11, $12,
                     (select 'sha256:' || encode(sha256(convert_to(salt::text || reason, 'UTF8')), 'hex') from words),
                     $14::json, $15::json)
         )
         insert into audit_unsealed (dealership_id, entry_id, occurred_at) values ($1, $2, $3)",
    )
    .bind(entry.dealership)
    .bind(entry.id)
    .bind(entry.at.to_sqlx())
    .bind(person.map(|person| person.person))
    .bind(person.map(|person| person.session))
    .bind(person.map(|person| person.role.as_str()))
    .bind(job)
    .bind(entry.origin.request)
    .bind(entry.origin.address.map(|address| address.to_string()))
    .bind(record.action)
    .bind(record.subject.kind)
    .bind(record.subject.id)
    .bind(record.reason)
    .bind(record.before.transpose().map_err(DbError::Encode)?)
    .bind(record.after.transpose().map_err(DbError::Encode)?)
    .execute(connection)
    .await?;
    Ok(())
}
