//! What a customer may ask of the store about themselves, and what the store must be able to show.
//!
//! **What it is.** The consent ledger with the unsubscribe link that needs no sign-in; the export of all that is held on
//! a customer; erasure, and the legal hold that forbids it; the retention schedule with its
//! certificates; the compliance desk with what shows how the Safeguards Rule is met.
//!
//! **What it never does.** It changes no figure of a deal and no entry of the audit trail: an erased person's values are
//! ciphertext there whose key is gone. It sends nothing to anybody.

pub mod api;
mod domain;
mod error;
mod http;
mod ops;
mod store;

use autolytiq_http::Module;

pub use error::PrivacyError;

/// The module for the composition root.
#[must_use]
pub fn module() -> Module {
    Module::new("privacy").needs(&["identity", "customers", "deals"]).codes(error::CODES).routes(http::routes)
}
