//! Tables of `service/identity`: groups, stores, people, sessions, settings.

use super::{
    Class::{Confidential, Internal, Secret, Staff},
    Line,
};

pub(super) const LINES: &[Line] = &[
    ("dealer_group", Internal, "id name created_at"),
    (
        "dealership",
        Internal,
        "dealership_id group_id name time_zone currency state county city zip street demo version created_at updated_at",
    ),
    ("person", Staff, "id email"),
    ("person", Internal, "password_set_at created_at email_verified_at must_change"),
    ("person", Secret, "password_hash"),
    ("account_link", Staff, "person_id"),
    ("account_link", Internal, "dealership_id purpose created_at expires_at used_at"),
    ("account_link", Secret, "digest"),
    ("registration_door", Internal, "dealership_id open version updated_at"),
    ("registration", Staff, "name email decided_by"),
    ("registration", Internal, "dealership_id id confirm_until created_at confirmed_at decided_at decision"),
    ("registration", Secret, "digest"),
    ("membership", Staff, "person_id name email"),
    ("membership", Internal, "dealership_id role active version created_at updated_at"),
    ("session", Staff, "person_id user_agent address"),
    ("session", Internal, "id dealership_id created_at last_used_at ended_at ended_because"),
    ("refresh_token", Secret, "digest successor"),
    ("refresh_token", Internal, "session_id issued_at expires_at used_at"),
    ("sign_in_failure", Staff, "account"),
    ("sign_in_failure", Internal, "failures window_ends_at locked_until"),
    ("service_account", Staff, "person_id purpose created_by"),
    ("service_account", Internal, "dealership_id created_at"),
    ("api_key", Staff, "person_id name created_by last_used_from revoked_by"),
    ("api_key", Internal, "dealership_id id scopes created_at expires_at last_used_at revoked_at reminded_at"),
    ("api_key", Secret, "digest"),
    ("identity_revision", Internal, "singleton revision"),
    ("identity_change", Staff, "person_id"),
    ("identity_change", Internal, "revision changed_at"),
    (
        "desk_settings",
        Internal,
        "dealership_id doc_fee acquisition_fee fees finance_term_months finance_rate lease_term_months lease_money_factor \
         lease_residual_percent annual_miles registration_place elections version updated_at",
    ),
    ("desk_settings", Confidential, "pack"),
];
