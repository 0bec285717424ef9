//! All stores of a group in one table.
//!
//! **What it is.** `GET /admin/group`: a row for each store with its people, deals, stock, compliance and settings, for
//! whoever sees all stores of the group. It asks each crate for its own figures and puts them side by side.
//!
//! **What it never does.** It has no table and no SQL, and it tells of a store only what the caller may see of their
//! own. It changes nothing.

mod http;
mod usual;
mod view;

use autolytiq_http::Module;

/// The module for the composition root.
#[must_use]
pub fn module() -> Module {
    Module::new("rooftops").needs(&["identity", "deals", "inventory", "privacy"]).routes(http::routes)
}
