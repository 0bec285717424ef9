//! The SQL of the audit tables, except for appending, which is `crates/platform/db`'s.

pub(crate) mod history;
pub(crate) mod partitions;
pub(crate) mod seal;
pub(crate) mod verify;
