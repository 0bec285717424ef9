//! Tables of `service/places`: local rates that stores import.

use super::{
    Class::{Internal, Public, Staff},
    Line,
};

pub(super) const LINES: &[Line] = &[
    (
        "rate_import",
        Internal,
        "dealership_id id state format source file_name as_of first_day rows address_records state_rows created_at \
         withdrawn_at withdrawn_reason version",
    ),
    ("rate_import", Staff, "created_by withdrawn_by"),
    ("rate_import_levy", Internal, "dealership_id import_id line"),
    (
        "rate_import_levy",
        Public,
        "coded code county area level tax name rate amount applies_to first_day last_day verified reason",
    ),
    ("rate_import_area", Internal, "dealership_id import_id number"),
    ("rate_import_area", Public, "county county_name place districts"),
    ("rate_import_range", Internal, "dealership_id import_id line"),
    ("rate_import_range", Public, "plus4 low high first_day last_day area"),
    ("rate_import_address", Internal, "dealership_id import_id line"),
    ("rate_import_address", Public, "zip street low high parity first_day last_day area"),
];
