//! Imports of local rates, through HTTP on a real database.

#![expect(clippy::unwrap_used, reason = "tests")]

mod addresses;
mod faults;
mod formats;
mod in_force;
mod store;

use store::Store;
