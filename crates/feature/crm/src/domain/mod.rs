//! Types and rules: no SQL, no async.

pub(crate) mod contact;
pub(crate) mod customer;
pub(crate) mod place;
