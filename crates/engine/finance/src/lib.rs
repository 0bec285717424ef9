//! Loans, leases, the annual percentage rate, and a whole deal with the reason for each figure.
//!
//! What it is: pure functions from typed inputs to exact figures. [`calculate`] takes a deal, the tax rules of its date and
//! the local rates of its place, and answers every column with its tax, fees, gross and a [`trace`] from which a person can
//! repeat each figure with a pocket calculator. [`surface`] offers the same by name and JSON to the browser, the command
//! line and HTTP.
//!
//! What it never does: read a clock, a file or the network; use floating point; answer with a figure where the law gives
//! none. The same input, rules and rates give the same bits natively and in WebAssembly.

pub mod apr;
pub mod compare;
pub mod deal;
pub mod desk;
pub mod explain;
pub mod grid;
pub mod itemization;
pub mod lease;
pub mod lines;
pub mod loan;
pub mod products;
pub mod rebates;
pub mod solve;
pub mod sources;
pub mod surface;
pub mod trace;

mod decimal;
mod error;
mod fixed;

pub use autolytiq_tax::supply as supply_rules;
pub use deal::{calculate, rules_for};
pub use error::{CalcError, FieldError, FinanceError};
pub use loan::Loan;

/// Version of the program, which every result records.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
