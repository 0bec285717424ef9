//! Imports of local rates, through HTTP on a real database.

mod faults;
mod formats;
mod in_force;
mod store;

use store::Store;
