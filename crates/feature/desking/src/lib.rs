//! The desk: deals and their pencils.
//!
//! **What it is.** A deal from the first pencil to delivery: the states it goes through and who moves it, immutable
//! pencils that each store their inputs, the engine's result with its trace, and the rules and rates that made it; the
//! desk log; the history; the engine over HTTP.
//!
//! **What it never does.** It computes no payment and no tax: that is `engine/finance`, and if a figure is wrong, it is
//! wrong there. It takes no total, tax or cost from a client, never changes a pencil, and shows no figure to a role that
//! may not see it.

pub mod api;
mod domain;
mod error;
mod http;
mod ops;
mod store;

use std::sync::Arc;

use autolytiq_http::{Module, Started};
use autolytiq_places::Tables;

use domain::presence::Board;
pub use error::DeskError;
pub use ops::transfer::attach;

/// The module for the composition root.
#[must_use]
pub fn module() -> Module {
    Module::new("deals")
        .needs(&["identity", "places", "customers", "inventory"])
        .codes(error::CODES)
        .routes(http::routes)
        .start(|_| async {
            Ok(Started::new().extension(Arc::new(Tables::shipped()?)).extension(Arc::new(Board::default())))
        })
}
