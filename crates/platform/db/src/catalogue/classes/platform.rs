//! Tables of the platform: audit, events, answers, keys.

use super::{
    Class::{Internal, Npi, Secret, Staff},
    Line,
};

pub(super) const LINES: &[Line] = &[
    ("audit_reason", Internal, "dealership_id entry_id salt"),
    ("audit_reason", Npi, "reason"),
    ("audit_entry", Internal, "dealership_id id occurred_at role job request_id action subject_kind subject_id"),
    ("audit_entry", Staff, "person_id session_id address"),
    // What changed of a customer stands in both; values of the sealed classes only as ciphertext.
    ("audit_entry", Npi, "before after reason"),
    ("audit_unsealed", Internal, "dealership_id entry_id occurred_at"),
    ("audit_seal", Internal, "dealership_id sequence entry_id occurred_at previous hash sealed_at"),
    (
        "outbox",
        Internal,
        "dealership_id id sequence type version occurred_at cause subject_kind subject_id payload dispatched_at attempts \
         next_attempt_at last_error",
    ),
    ("outbox", Staff, "actor"),
    (
        "idempotency_key",
        Internal,
        "dealership_id operation key fingerprint ticket started_at finished_at status headers",
    ),
    ("idempotency_key", Staff, "person_id"),
    ("idempotency_key", Npi, "body"),
    ("subject_key", Internal, "dealership_id subject_kind subject_id master_key_id created_at destroyed_at"),
    ("subject_key", Secret, "wrapped"),
    ("key_rotation", Internal, "id master_key_id started_at total done updated_at finished_at failure"),
];
