//! SQL, and nothing else.

pub(crate) mod consent;
pub(crate) mod erasure;
pub(crate) mod hold;
