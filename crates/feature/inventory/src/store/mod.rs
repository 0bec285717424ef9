//! SQL, and nothing else.

pub(crate) mod rooftops;
pub(crate) mod search;
pub(crate) mod vehicle;
