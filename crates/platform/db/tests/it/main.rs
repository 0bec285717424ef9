//! The two doors, on a real database.

mod catalogue;
mod tenancy;
