//! Use cases, one a file: they take an open transaction, decide, write, and note what happened.

pub(crate) mod create_customer;
pub(crate) mod duplicates;
pub(crate) mod erase_customer;
pub(crate) mod file;
mod record;
pub(crate) mod reveal;
pub(crate) mod update_customer;
