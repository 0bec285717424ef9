//! SQL, and nothing else.

pub(crate) mod deal;
pub(crate) mod log;
pub(crate) mod pencil;
pub(crate) mod rooftops;
