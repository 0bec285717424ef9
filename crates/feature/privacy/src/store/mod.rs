//! SQL, and nothing else.

pub(crate) mod consent;
pub(crate) mod erasure;
pub(crate) mod evidence;
pub(crate) mod hold;
pub(crate) mod register;
pub(crate) mod retention;
pub(crate) mod rooftops;
