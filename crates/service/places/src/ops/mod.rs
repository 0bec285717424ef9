//! Importing a file of local rates, trying one out, withdrawing one.

pub(crate) mod compare;
pub(crate) mod import_rates;
mod load;
pub(crate) mod withdraw_import;

pub(crate) use load::{MOST_BYTES, Order};
