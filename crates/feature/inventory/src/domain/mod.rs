//! Types and rules: no SQL, no async.

pub(crate) mod decode;
pub(crate) mod manufacturers;
pub(crate) mod vehicle;
pub(crate) mod vin;
