//! Tables of `feature/privacy`: consents and legal holds.

use super::{
    Class::{Internal, Npi},
    Line,
};

pub(super) const LINES: &[Line] = &[
    ("consent_entry", Internal, "dealership_id id customer_id channel given source recorded_at recorded_by"),
    ("consent_entry", Npi, "wording"),
    ("legal_hold", Internal, "dealership_id id customer_id placed_at placed_by released_at released_by"),
    ("legal_hold", Npi, "reason"),
];
