//! The two doors, on a real database.

mod access;
mod catalogue;
mod durability;
mod idempotency;
mod migrations;
mod patience;
mod tenancy;
