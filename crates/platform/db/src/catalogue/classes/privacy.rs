//! Tables of `feature/privacy`: consents and legal holds.

use super::{
    Class::{Internal, Npi, Staff},
    Line,
};

pub(super) const LINES: &[Line] = &[
    ("consent_entry", Internal, "dealership_id id customer_id channel given source recorded_at recorded_by"),
    ("consent_entry", Npi, "wording"),
    ("legal_hold", Internal, "dealership_id id customer_id placed_at placed_by released_at released_by"),
    ("legal_hold", Npi, "reason"),
    ("retention_schedule", Internal, "dealership_id without_purchase_months after_purchase_months version updated_at"),
    (
        "retention_run",
        Internal,
        "dealership_id id ran_at ran_by without_purchase_months after_purchase_months erased held digest",
    ),
    ("compliance_sign_off", Internal, "dealership_id id kind done_on due_on note recorded_at recorded_by"),
    ("compliance_sign_off", Staff, "name attested"),
    (
        "compliance_vendor",
        Internal,
        "dealership_id id name service data contract_on reviewed_on due_on ended_on version updated_at",
    ),
    (
        "compliance_incident",
        Internal,
        "dealership_id id title summary discovered_at consumers contained_at notified_at closed_at version updated_at",
    ),
];
