//! Tables of `feature/desking`: deals and their pencils.

use super::{
    Class::{Confidential, Internal, Npi, Staff},
    Line,
};

pub(super) const LINES: &[Line] = &[
    ("deal_counter", Internal, "dealership_id last_number"),
    (
        "deal",
        Internal,
        "dealership_id id number shown_number state deal_date vehicle_id newest_pencil_id pencils keeps_rates approved_at \
         version created_at updated_at",
    ),
    ("deal", Staff, "salesperson_id approved_by"),
    ("deal", Npi, "customer_id search_text"),
    ("deal_search", Internal, "dealership_id deal_id"),
    ("deal_search", Npi, "keys"),
    (
        "pencil",
        Internal,
        "dealership_id id deal_id number parent_id penciled_at engine_version rules_jurisdiction rules_effective \
         rules_hash rates_hash rates_as_of",
    ),
    ("pencil", Staff, "penciled_by"),
    // What somebody was offered, and with the costs and the gross in it.
    ("pencil", Npi, "note reason price input rates result"),
    ("pencil_column", Internal, "dealership_id pencil_id position column_id kind label"),
    ("pencil_column", Npi, "amount"),
    ("pencil_column", Confidential, "front_gross back_gross reserve total_gross"),
];
