//! Loans, leases, rates and whole deals, against published examples, independent arithmetic and the laws they obey.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a helper of a test fails the test")]

mod any_column;
mod any_deal;
mod appendix_j;
mod apr;
mod bad_input;
mod capitalized;
mod conformance;
mod deals;
mod desk;
mod earnings;
mod formula;
mod grid;
mod laws;
mod lease;
mod lending;
mod limits;
mod lines;
mod loan;
mod oracle;
mod payoffs;
mod plans;
mod rebates;
mod rolls;
mod solve;
