//! Cases of every rule file and fixture, laws that hold for all rules, and the mistakes a rule file can contain.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

#[expect(dead_code, reason = "the build script uses what the tests do not")]
#[path = "../../compile/mod.rs"]
mod compile;

/// The compiler's view of the crate it is part of.
use autolytiq_tax::{kinds, rule};

mod cases;
mod laws;
mod mistakes;
mod rule_files;
mod run;
mod wire;
