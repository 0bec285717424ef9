//! Types and rules: no SQL, no async.

pub(crate) mod carry;
pub(crate) mod change;
pub(crate) mod copy;
pub(crate) mod counts;
pub(crate) mod desk;
pub(crate) mod figures;
pub(crate) mod policy;
pub(crate) mod presence;
pub(crate) mod sight;
pub(crate) mod start;
pub(crate) mod state;
