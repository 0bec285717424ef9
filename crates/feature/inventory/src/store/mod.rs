//! SQL, and nothing else.

pub(crate) mod search;
pub(crate) mod vehicle;
