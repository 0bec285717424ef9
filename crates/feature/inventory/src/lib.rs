//! Vehicles of a store.
//!
//! **What it is.** What the store has on the lot: stock numbers, VINs with their check digit, prices, age; what a VIN says
//! by itself; search by stock number, VIN or model; and the one way in which a vehicle is held, sold and given back.
//!
//! **What it never does.** It knows no deal: whoever holds a vehicle is an id to it. It asks no service on the network,
//! and never fills in what it does not know.

pub mod api;
mod domain;
mod error;
mod http;
mod ops;
mod store;

use autolytiq_http::Module;

pub use error::InventoryError;

/// The module for the composition root.
#[must_use]
pub fn module() -> Module {
    Module::new("inventory").needs(&["identity"]).codes(error::CODES).routes(http::routes)
}
