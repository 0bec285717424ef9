//! The tables of imports.

pub(crate) mod import;
pub(crate) mod levy;
pub(crate) mod range;
