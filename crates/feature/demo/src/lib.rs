//! The demonstration store.
//!
//! **What it is.** A believable store on a Saturday: staff, stock, customers, and deals in every state. All of it is made
//! by calling the product's own use cases with a clock that is moved by hand, so every figure is the engine's and every
//! change has its audit entry. The same plan gives the same store. The small store is written out; the larger ones have a
//! history of two years, drawn from the plan's seed.
//!
//! **What it never does.** It writes no row and computes no figure itself, and it marks its stores as demonstration
//! stores. Names are invented; telephone numbers are from 555-0100 to 555-0199 and addresses at example.com, which belong
//! to nobody.

mod customers;
mod deals;
mod error;
mod history;
mod seed;
mod staff;
mod stage;
mod stock;

pub use error::DemoError;
pub use seed::{Seeded, seed};
pub use staff::{LogIn, log_ins};
pub use stage::{Plan, Scale, Stage, Tier};
