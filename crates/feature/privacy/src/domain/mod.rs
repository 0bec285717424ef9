//! Types and rules: no SQL, no async.

pub(crate) mod compliance;
pub(crate) mod consent;
pub(crate) mod link;
pub(crate) mod retention;
pub(crate) mod rooftops;
