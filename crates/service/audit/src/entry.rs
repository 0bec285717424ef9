//! An entry as it is read.

use autolytiq_kernel::{AuditEntryId, PersonId, RequestId};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

/// One line of the audit trail.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuditEntry {
    /// Its id.
    pub id: AuditEntryId,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub occurred_at: Timestamp,
    /// Who.
    pub actor: AuditActor,
    /// What was done: `deal.submitted`, `customer.viewed`.
    pub action: String,
    /// To what.
    pub subject: AuditSubject,
    /// The reason that was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The state before, as the action recorded it; protected values are ciphertext.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub before: Option<Value>,
    /// The state after.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub after: Option<Value>,
    /// The request or run that did it.
    pub request_id: RequestId,
    /// The client's address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Whether it is part of the store's chain already.
    pub sealed: bool,
}

/// Who did it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum AuditActor {
    /// A person.
    Person {
        /// The person's id.
        id: PersonId,
        /// As the store calls them today; absent when they were never a member.
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        /// The role they had then.
        role: String,
    },
    /// The product itself.
    Job {
        /// The job: `audit.seal`.
        name: String,
    },
}

/// What it was done to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct AuditSubject {
    /// The noun: `deal`.
    pub kind: String,
    /// The id.
    pub id: Uuid,
}
