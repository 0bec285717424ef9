//! Tables of `feature/crm`: customers.

use super::{
    Class::{DateOfBirth, Internal, Npi},
    Line,
};

pub(super) const LINES: &[Line] = &[
    ("customer", Internal, "dealership_id id version created_at updated_at erased_at"),
    (
        "customer",
        Npi,
        "first_name last_name email phone email_index phone_index street state county city zip district notes sort_name \
         search_text",
    ),
    ("customer", DateOfBirth, "date_of_birth"),
];
