//! Types and rules: no SQL, no async.

pub(crate) mod consent;
pub(crate) mod link;
