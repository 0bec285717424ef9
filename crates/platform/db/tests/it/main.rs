//! The two doors, on a real database.

mod access;
mod catalogue;
mod idempotency;
mod migrations;
mod patience;
mod tenancy;
