//! The whole product behind its HTTP layers, on a real database.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "helpers of tests report by failing them")]

mod audited;
mod bad_input;
mod clock;
mod confirmation;
mod crossing;
mod document;
mod features;
mod fields;
mod gateway;
mod live;
mod operations;
mod pages;
mod samples;
mod world;
