//! The envelope.

use autolytiq_kernel::{DealershipId, EventId, RequestId};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

/// An event as it left the outbox.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// Its id; a handler that may do nothing twice remembers it.
    pub id: EventId,
    /// The store it belongs to.
    #[serde(rename = "dealershipId")]
    pub dealership: DealershipId,
    /// Ascends over all stores; not without gaps, and not strictly in the order of commits.
    pub sequence: i64,
    /// The type: `deal.changed`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The version of the payload's shape.
    pub version: i16,
    /// When it happened, by the writer's clock.
    pub occurred_at: Timestamp,
    /// `person:<id>` or `job:<name>`.
    pub actor: String,
    /// The request or run that caused it.
    pub cause: RequestId,
    /// What it is about.
    pub subject: EventSubject,
    /// What its type says.
    pub payload: Value,
}

/// A noun and its id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EventSubject {
    /// The noun: `deal`.
    pub kind: String,
    /// The id.
    pub id: Uuid,
}
