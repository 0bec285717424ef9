//! Tables of `feature/inventory`: vehicles.

use super::{
    Class::{Confidential, Internal, Public},
    Line,
};

pub(super) const LINES: &[Line] = &[
    ("vehicle", Internal, "dealership_id id received_on status held_by search_text version created_at updated_at"),
    (
        "vehicle",
        Public,
        "stock_number vin condition year make model trim body_class class odometer msrp price weight_lb mpg fuel",
    ),
    ("vehicle", Confidential, "cost"),
    ("vehicle_search", Internal, "dealership_id vehicle_id keys"),
];
