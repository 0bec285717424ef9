//! Customers of a store.
//!
//! **What it is.** Names, how to reach a person and where they live; search by name, telephone and e-mail that stays
//! quick behind row-level security; look-up of duplicates by blind index; protected fields, encrypted under a key of the
//! customer's own, shown only through an operation that asks for a reason and is audited.
//!
//! **What it never does.** It knows no deal. It puts no personal value into an event, a log line, or in clear into the
//! audit trail, and never returns a protected field with the others.

pub mod api;
mod domain;
mod error;
mod http;
mod ops;
mod store;

use autolytiq_http::Module;

pub use error::CrmError;

/// The module for the composition root.
#[must_use]
pub fn module() -> Module {
    Module::new("customers").needs(&["identity"]).codes(error::CODES).routes(http::routes)
}
