//! Use cases, one a file: they take an open transaction, decide, write, and note what happened.

pub(crate) mod add_vehicle;
pub(crate) mod holding;
mod record;
pub(crate) mod stock_numbers;
pub(crate) mod update_vehicle;
