//! A whole deal: what is entered, what is answered, and the calculation between them.

pub mod column;
pub mod input;
pub mod limits;
pub mod output;

mod calculate;
mod cash;
mod common;
mod fees;
mod financed;
mod gross;
mod leased;
mod notices;
mod ratios;
mod taxes;
mod validate;

pub use calculate::{calculate, jurisdiction_state, rules_for};
pub(crate) use calculate::{columns, taxes};
pub(crate) use common::{Depth, excludes, reduces_balance};
pub(crate) use financed::schedule;
pub use validate::{validate, validate_rates};
