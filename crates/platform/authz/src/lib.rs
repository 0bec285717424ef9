//! Who may do what: roles × permissions, as one table in code.
//!
//! **What it is.** [`Permission`]s (an action on a resource), and [`table`], which gives each role its
//! [`Reach`] for each permission. The complete table is printed into `docs/authz-matrix.txt` by a test, so that a
//! change of policy is a diff anybody can read. A passed check leaves a [`Grant`] behind; the HTTP layer hands one
//! out only together with the tenant's context, so a handler cannot reach the database without having named its
//! permission in its signature (see the witnesses in [`action`]).
//!
//! **What it never does.** It reads no database and knows no request: which role a person has in which store is
//! identity's business, and whose deal it is is decided inside the query, with [`Owners`]. It never
//! answers for a store other than the one the grant was made for.

pub mod action;
mod custom;
mod grant;
pub mod matrix;
mod owners;
mod permission;
mod scope;
mod table;

pub use autolytiq_kernel::{Powers, Role};

pub use action::Action;
pub use custom::{Changes, beyond, narrowed, permissions_in, powers, reach_in, reach_with, reaches_by_team};
pub use grant::Grant;
pub use owners::{Owners, Teammates};
pub use permission::{Permission, Resource};
pub use scope::Scope;
pub use table::{Reach, permissions_of, reach};
