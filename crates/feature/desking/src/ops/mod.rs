//! Use cases, one a file: they take an open transaction, decide, write, and note what happened.

pub(crate) mod act;
pub(crate) mod attend;
pub(crate) mod calculate;
mod context;
pub(crate) mod copy_deal;
pub(crate) mod desk_log;
pub(crate) mod history;
pub(crate) mod numbers;
pub(crate) mod of_customer;
pub(crate) mod open_deal;
pub(crate) mod page;
pub(crate) mod pencil_deal;
mod record;
pub(crate) mod rooftops;
pub(crate) mod summary;
pub(crate) mod transfer;
