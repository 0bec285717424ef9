//! SQL, and nothing else.

pub(crate) mod customer;
pub(crate) mod search;
