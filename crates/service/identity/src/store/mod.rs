//! The SQL of identity, one file per aggregate. Functions take the transaction they work in; rows are private to here.

pub(crate) mod api_key;
pub(crate) mod challenge;
pub(crate) mod change;
pub(crate) mod custom_role;
pub(crate) mod dealership;
pub(crate) mod desk;
pub(crate) mod factor;
pub(crate) mod features;
pub(crate) mod group_people;
pub(crate) mod limits;
pub(crate) mod link;
pub(crate) mod member;
pub(crate) mod numbering;
pub(crate) mod person;
pub(crate) mod registration;
pub(crate) mod rooftops;
pub(crate) mod seats;
pub(crate) mod sent_code;
pub(crate) mod session;
pub(crate) mod session_list;
pub(crate) mod setting_version;
pub(crate) mod single_sign_on;
pub(crate) mod store_card;
pub(crate) mod team;
pub(crate) mod throttle;
pub(crate) mod ticket;
pub(crate) mod user_import;

use autolytiq_db::DbError;
use autolytiq_kernel::Role;

/// A role as it stands in a row.
fn role_of(table: &'static str, text: &str) -> Result<Role, DbError> {
    text.parse().map_err(|error| DbError::inconsistent(table, "role", error))
}
