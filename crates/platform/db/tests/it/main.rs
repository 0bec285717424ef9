//! The two doors, on a real database.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a helper of a test fails the test")]

mod access;
mod catalogue;
mod data_map;
mod durability;
mod idempotency;
mod migrations;
mod patience;
mod tenancy;
